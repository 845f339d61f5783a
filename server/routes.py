"""Every room's routes, in the order in which the API document names them."""

from server.accounts import public_views as accounts_public
from server.accounts import staff_views as accounts_staff
from server.appointments import calendar_citizen_views as calendars_citizen
from server.appointments import calendar_staff_views as calendars_staff
from server.appointments import citizen_views as appointments_citizen
from server.appointments import csv_staff_views as sheets_staff
from server.appointments import public_views as calendars_public
from server.appointments import series_views as appointments_series
from server.appointments import staff_views as appointments_staff
from server.checkins import citizen_views as checkins_citizen
from server.checkins import staff_views as checkins_staff
from server.citizens import citizen_views as citizens_citizen
from server.citizens import gauge_staff_views as gauges_staff
from server.citizens import guarantee_staff_views as guarantees_staff
from server.citizens import public_views as citizens_public
from server.citizens import staff_views as citizens_staff
from server.consents import citizen_views as consents_citizen
from server.courses import staff_views as courses_staff
from server.crisis_line import citizen_views as crisis_line_citizen
from server.crisis_line import desk_views as crisis_line_work
from server.crisis_line import public_views as crisis_line_public
from server.crisis_line import staff_views as crisis_line_staff
from server.crisis_line import statistics_views as crisis_line_figures
from server.crisis_plans import citizen_views as crisis_plans_citizen
from server.crisis_plans import crisis_line_views as crisis_plans_desk
from server.crisis_plans import staff_views as crisis_plans_staff
from server.exercises import citizen_views as exercises_citizen
from server.exercises import own_staff_views as own_exercises_staff
from server.exercises import staff_views as exercises_staff
from server.goals import care_staff_views as care_staff
from server.goals import crisis_line_views as goals_desk
from server.goals import staff_views as goals_staff
from server.goals import way_staff_views as goals_way
from server.measures import citizen_views as measures_citizen
from server.measures import staff_views as measures_staff
from server.messages import staff_views as messages_staff
from server.overview import console_staff_views as console_staff
from server.overview import course_staff_views as course_paths_staff
from server.overview import staff_views as overview_staff
from server.reminders import citizen_views as reminders_citizen
from server.reminders import public_views as reminders_public
from server.reminders import sending_citizen_views as sending_citizen
from server.reminders import sending_staff_views as sending_staff
from server.reminders import staff_views as reminders_staff
from server.rights import citizen_views as rights_citizen
from server.sync import citizen_views as sync_citizen
from server.tasks import staff_views as tasks_staff

BLUEPRINTS = (
    accounts_public.accounts,
    accounts_staff.accounts,
    citizens_public.citizens,
    citizens_staff.citizens,
    guarantees_staff.guarantees,
    gauges_staff.gauges,
    citizens_citizen.citizens,
    overview_staff.overview,
    console_staff.console,
    goals_staff.goals,
    goals_way.way,
    care_staff.care,
    goals_desk.shared_goals,
    goals_desk.desk_goals,
    checkins_citizen.check_ins,
    checkins_staff.check_ins,
    measures_citizen.measures,
    measures_staff.measures,
    exercises_citizen.exercises,
    exercises_staff.exercises,
    own_exercises_staff.own,
    appointments_staff.appointments,
    appointments_series.series,
    appointments_citizen.appointments,
    calendars_public.calendars,
    calendars_citizen.calendars,
    calendars_staff.calendars,
    sheets_staff.sheets,
    courses_staff.courses,
    course_paths_staff.paths,
    tasks_staff.tasks,
    messages_staff.messages,
    reminders_public.reminders,
    reminders_staff.reminders,
    reminders_citizen.reminders,
    sending_citizen.sending,
    sending_staff.sending,
    sync_citizen.sync,
    rights_citizen.rights,
    consents_citizen.consents,
    crisis_plans_citizen.plans,
    crisis_plans_staff.plans,
    crisis_plans_desk.plans,
    crisis_line_staff.desk,
    crisis_line_work.desk_work,
    crisis_line_figures.desk_figures,
    crisis_line_citizen.desk,
    crisis_line_public.desk,
)
