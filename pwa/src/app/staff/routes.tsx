import type { ComponentChild } from 'preact'
import type { Me } from '../../api/staffTypes'
import { AppointmentCard } from '../../features/staff-appointments/AppointmentCard'
import { Appointments } from '../../features/staff-appointments/Appointments'
import { Book } from '../../features/staff-appointments/Book'
import { CancelAppointment } from '../../features/staff-appointments/CancelAppointment'
import { EndSeries } from '../../features/staff-appointments/EndSeries'
import { MoveAppointment } from '../../features/staff-appointments/MoveAppointment'
import { CareLink } from '../../features/staff-care/CareLink'
import { CarePage } from '../../features/staff-care/CarePage'
import { EditCare } from '../../features/staff-care/EditCare'
import { CalendarPage } from '../../features/staff-calendar-feed/CalendarPage'
import { NewPerson } from '../../features/staff-caseload/NewPerson'
import { CheckIns } from '../../features/staff-checkins/CheckIns'
import { coursesAt } from '../../features/staff-courses/names'
import { PersonCourses } from '../../features/staff-courses/PersonCourses'
import { EnrolPerson, NewTalks } from '../../features/staff-courses/PersonForms'
import { PersonLink } from '../../features/staff-courses/PersonLink'
import { ContactPage } from '../../features/staff-desk/ContactPage'
import { DeskPage } from '../../features/staff-desk/DeskPage'
import { FollowUpsPage } from '../../features/staff-desk/FollowUpsPage'
import { PlacesPage } from '../../features/staff-desk/PlacesPage'
import { ShiftPage } from '../../features/staff-desk/ShiftPage'
import { StatisticsPage } from '../../features/staff-desk/StatisticsPage'
import { ExercisesLink } from '../../features/staff-exercises/ExercisesLink'
import { EditGoal } from '../../features/staff-goals/EditGoal'
import { GoalPage } from '../../features/staff-goals/GoalPage'
import { EditFirstContact } from '../../features/staff-first-contact/EditFirstContact'
import { GaugePage } from '../../features/staff-gauge/GaugePage'
import { Goals } from '../../features/staff-goals/Goals'
import { LinePage } from '../../features/staff-goals/LinePage'
import { NewGoal } from '../../features/staff-goals/NewGoal'
import { QuestionsForm } from '../../features/staff-goals/QuestionsForm'
import { ReportPage } from '../../features/staff-goals/ReportPage'
import { ScalingForm } from '../../features/staff-goals/ScalingForm'
import { TellPage } from '../../features/staff-goals/TellPage'
import { HealthPage } from '../../features/staff-health/HealthPage'
import { MeasuresLink } from '../../features/staff-measures/MeasuresLink'
import { MeasuresPage } from '../../features/staff-measures/MeasuresPage'
import { RulesPage } from '../../features/staff-measures/RulesPage'
import { MessagesLink } from '../../features/staff-messages/MessagesLink'
import { ThreadPage } from '../../features/staff-messages/ThreadPage'
import { WaitingPage } from '../../features/staff-messages/WaitingPage'
import { MissedPage } from '../../features/staff-missed/MissedPage'
import { EditPerson } from '../../features/staff-person/EditPerson'
import { EditChannel } from '../../features/staff-person/EditChannel'
import { LostPhone } from '../../features/staff-person/LostPhone'
import { MarkDeceased, PauseReminders } from '../../features/staff-person/Quiet'
import { Person } from '../../features/staff-person/Person'
import { PlanLink } from '../../features/staff-plan/PlanLink'
import { PlanPage } from '../../features/staff-plan/PlanPage'
import { RatesPage } from '../../features/staff-rates/RatesPage'
import { Ahead } from '../../features/staff-timeline/Ahead'
import { Timeline } from '../../features/staff-timeline/Timeline'
import { Today } from '../../features/staff-today/Today'
import { CloseAccess } from '../../features/staff-unit/CloseAccess'
import { Colleagues } from '../../features/staff-unit/Colleagues'
import { EndRelation } from '../../features/staff-unit/EndRelation'
import { EndStandIn } from '../../features/staff-unit/EndStandIn'
import { GiveRelation } from '../../features/staff-unit/GiveRelation'
import { Invite } from '../../features/staff-unit/Invite'
import { NewStandIn } from '../../features/staff-unit/NewStandIn'
import { StandIns } from '../../features/staff-unit/StandIns'
import { DayPage } from '../../features/staff-week/DayPage'
import { UnsaidPage } from '../../features/staff-week/UnsaidPage'
import { WeekPage } from '../../features/staff-week/WeekPage'
import { matchPath } from '../../ui/routing'
import { COURSES } from './courseRoutes'
import { OWN_EXERCISES, PERSON_EXERCISES } from './exerciseRoutes'

export type Place =
  | 'today'
  | 'people'
  | 'calendar'
  | 'calls'
  | 'messages'
  | 'unsaid'
  | 'courses'
  | 'exercises'
  | 'figures'
  | 'sending'
  | 'colleagues'
  | 'stand-ins'
  | 'desk'
  | 'desk-follow-ups'
  | 'desk-places'
  | 'desk-shift'
  | 'desk-figures'

export interface Page {
  place: Place
  /** The person whom the page is about. */
  citizenId: string | null
  /** Nothing means: the list alone. */
  content: ComponentChild
}

export interface Visit {
  me: Me
  isManager: boolean
  /** What the pattern captured from the address. */
  at: Record<string, string>
}

export interface Route {
  pattern: string
  place: Place
  managerOnly?: boolean
  /** Not for roles that have no cases: the crisis line, for one. */
  caseStaffOnly?: boolean
  /** For who has people of their own. */
  counsellorOnly?: boolean
  /** For who leads groups, has people who may join one, or leads the centre. */
  courseStaffOnly?: boolean
  /** For the crisis line's own staff. */
  deskOnly?: boolean
  /** For whoever may read the desk's figures. */
  deskFiguresOnly?: boolean
  show: (visit: Visit) => ComponentChild
}

const id = (visit: Visit, name: string): string => visit.at[name] ?? ''
const PERSON = '/staff/people/:citizen'
const APPOINTMENT = `${PERSON}/appointments/:appointment`
const GOAL = `${PERSON}/goals/:goal`

function goalAt(visit: Visit): { citizenId: string; goalId: string } {
  return { citizenId: id(visit, 'citizen'), goalId: id(visit, 'goal') }
}

function showPerson(visit: Visit): ComponentChild {
  const citizenId = id(visit, 'citizen')
  return (
    <Person key={citizenId} citizenId={citizenId} ownId={visit.me.id} isManager={visit.isManager}>
      <Ahead citizenId={citizenId} />
      <Appointments citizenId={citizenId} />
      <Goals citizenId={citizenId} />
      <ExercisesLink citizenId={citizenId} />
      <CheckIns citizenId={citizenId} />
      <MeasuresLink citizenId={citizenId} />
      <PersonLink citizenId={citizenId} />
      <MessagesLink citizenId={citizenId} />
      <PlanLink citizenId={citizenId} />
      <CareLink citizenId={citizenId} />
      <Timeline citizenId={citizenId} />
    </Person>
  )
}

const PEOPLE: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/people', show: () => null },
  { pattern: '/staff/new', show: () => <NewPerson /> },
  { pattern: PERSON, show: showPerson },
  { pattern: `${PERSON}/first-contact`, show: (visit) => <EditFirstContact citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/edit`, show: (visit) => <EditPerson citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/lost-phone`, show: (visit) => <LostPhone citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/channels/sms`, show: (visit) => <EditChannel citizenId={id(visit, 'citizen')} kind="sms" /> },
  { pattern: `${PERSON}/channels/email`, show: (visit) => <EditChannel citizenId={id(visit, 'citizen')} kind="email" /> },
  { pattern: `${PERSON}/pause`, show: (visit) => <PauseReminders citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/death`, show: (visit) => <MarkDeceased citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/appointments/new`, show: (visit) => <Book citizenId={id(visit, 'citizen')} /> },
  { pattern: `${APPOINTMENT}/move`, show: (visit) => <MoveAppointment appointmentId={id(visit, 'appointment')} /> },
  {
    pattern: `${APPOINTMENT}/move/:wish`,
    show: (visit) => <MoveAppointment appointmentId={id(visit, 'appointment')} wish={Number(id(visit, 'wish')) || 0} />,
  },
  { pattern: `${APPOINTMENT}/cancel`, show: (visit) => <CancelAppointment appointmentId={id(visit, 'appointment')} /> },
  { pattern: `${APPOINTMENT}/end-series`, show: (visit) => <EndSeries appointmentId={id(visit, 'appointment')} /> },
  {
    pattern: `${APPOINTMENT}/card`,
    show: (visit) => <AppointmentCard appointmentId={id(visit, 'appointment')} phone={visit.me.unit.phone} />,
  },
  { pattern: `${PERSON}/plan`, show: (visit) => <PlanPage key={id(visit, 'citizen')} citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/messages`, show: (visit) => <ThreadPage key={id(visit, 'citizen')} citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/care-plan`, show: (visit) => <CarePage key={id(visit, 'citizen')} citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/care-plan/edit`, show: (visit) => <EditCare citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/measures`, show: (visit) => <MeasuresPage key={id(visit, 'citizen')} citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/courses`, show: (visit) => <PersonCourses key={id(visit, 'citizen')} citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/courses/enrol`, show: (visit) => <EnrolPerson citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/courses/talks`, show: (visit) => <NewTalks citizenId={id(visit, 'citizen')} /> },
  ...PERSON_EXERCISES,
  { pattern: `${PERSON}/goals/new`, show: (visit) => <NewGoal citizenId={id(visit, 'citizen')} /> },
  { pattern: `${PERSON}/goal-report`, show: (visit) => <ReportPage citizenId={id(visit, 'citizen')} /> },
  { pattern: GOAL, show: (visit) => <GoalPage key={id(visit, 'goal')} {...goalAt(visit)} /> },
  { pattern: `${GOAL}/line`, show: (visit) => <LinePage {...goalAt(visit)} /> },
  { pattern: `${GOAL}/edit`, show: (visit) => <EditGoal {...goalAt(visit)} /> },
  { pattern: `${GOAL}/questions`, show: (visit) => <QuestionsForm {...goalAt(visit)} /> },
  { pattern: `${GOAL}/scaling`, show: (visit) => <ScalingForm {...goalAt(visit)} /> },
  { pattern: `${GOAL}/hard`, show: (visit) => <TellPage {...goalAt(visit)} kind="became-hard" /> },
  { pattern: `${GOAL}/back`, show: (visit) => <TellPage {...goalAt(visit)} kind="back-after-pause" /> },
  {
    pattern: `${PERSON}/relations/new`,
    managerOnly: true,
    show: (visit) => <GiveRelation citizenId={id(visit, 'citizen')} />,
  },
  {
    pattern: `${PERSON}/relations/:relation/end`,
    managerOnly: true,
    show: (visit) => <EndRelation citizenId={id(visit, 'citizen')} relationId={id(visit, 'relation')} />,
  },
]

const CALENDAR: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/week', show: () => <WeekPage date={null} /> },
  { pattern: '/staff/week/:date', show: (visit) => <WeekPage date={id(visit, 'date')} /> },
  { pattern: '/staff/calendar', show: () => <CalendarPage /> },
  { pattern: '/staff/day', show: () => <DayPage date={null} /> },
  { pattern: '/staff/day/:date', show: (visit) => <DayPage date={id(visit, 'date')} /> },
]

const COLLEAGUES: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/colleagues', show: (visit) => <Colleagues ownId={visit.me.id} /> },
  { pattern: '/staff/colleagues/new', show: () => <Invite /> },
  { pattern: '/staff/caseload-figure', show: () => <GaugePage /> },
  { pattern: '/staff/measure-rules', show: () => <RulesPage /> },
  {
    pattern: '/staff/colleagues/:colleague/close',
    show: (visit) => <CloseAccess colleagueId={id(visit, 'colleague')} />,
  },
]

const STAND_INS: readonly Omit<Route, 'place'>[] = [
  { pattern: '/staff/stand-ins', show: () => <StandIns /> },
  { pattern: '/staff/stand-ins/new', show: () => <NewStandIn /> },
  { pattern: '/staff/stand-ins/:standIn/end', show: (visit) => <EndStandIn standInId={id(visit, 'standIn')} /> },
]

const FOLLOW_UP: readonly Route[] = [
  { pattern: '/staff', place: 'today', show: (visit) => (hasPeople(visit.me) ? <Today /> : null) },
  { pattern: '/staff/unsaid', place: 'unsaid', counsellorOnly: true, show: () => <UnsaidPage /> },
  { pattern: '/staff/messages', place: 'messages', caseStaffOnly: true, show: () => <WaitingPage /> },
  { pattern: '/staff/missed', place: 'calls', caseStaffOnly: true, show: () => <MissedPage /> },
  { pattern: '/staff/rates', place: 'figures', managerOnly: true, show: () => <RatesPage /> },
  { pattern: '/staff/sending', place: 'sending', managerOnly: true, show: () => <HealthPage /> },
]

/** Whoever has people of their own, or leads a centre. */
function hasPeople(me: Me): boolean {
  return me.roles.some((role) => role === 'counsellor' || role === 'manager')
}

/** Whoever works with groups, at a centre that has courses. */
export function worksWithCourses(me: Me): boolean {
  const hasCourses = coursesAt(me.unit.slug, 'groups').length > 0
  return hasCourses && me.roles.some((role) => role === 'course-leader' || role === 'counsellor' || role === 'manager')
}

/** Whoever works at the desk, who leads its centre, and analysts, who see large groups only. */
export function readsDeskFigures(me: Me): boolean {
  const leadsDesk = me.roles.includes('manager') && me.unit.slug === DESK_UNIT
  return leadsDesk || me.roles.some((role) => role === 'crisis-line' || role === 'analyst')
}

const DESK_UNIT = 'akuttilbud'

const DESK: readonly Route[] = [
  { pattern: '/staff/desk', place: 'desk', deskOnly: true, show: () => <DeskPage /> },
  {
    pattern: '/staff/desk/contacts/:contact',
    place: 'desk',
    deskOnly: true,
    show: (visit) => <ContactPage key={id(visit, 'contact')} contactId={id(visit, 'contact')} />,
  },
  { pattern: '/staff/desk/follow-ups', place: 'desk-follow-ups', deskOnly: true, show: () => <FollowUpsPage /> },
  { pattern: '/staff/desk/places', place: 'desk-places', deskOnly: true, show: () => <PlacesPage /> },
  { pattern: '/staff/desk/shift', place: 'desk-shift', deskOnly: true, show: () => <ShiftPage /> },
  { pattern: '/staff/desk/statistics', place: 'desk-figures', deskFiguresOnly: true, show: () => <StatisticsPage /> },
]

const ROUTES: readonly Route[] = [
  ...PEOPLE.map((route) => ({ ...route, place: 'people' as const })),
  ...COURSES.map((route) => ({ ...route, place: 'courses' as const, courseStaffOnly: true })),
  ...OWN_EXERCISES.map((route) => ({ ...route, place: 'exercises' as const })),
  ...CALENDAR.map((route) => ({ ...route, place: 'calendar' as const })),
  ...DESK,
  ...FOLLOW_UP,
  ...COLLEAGUES.map((route) => ({ ...route, place: 'colleagues' as const, managerOnly: true })),
  ...STAND_INS.map((route) => ({ ...route, place: 'stand-ins' as const, managerOnly: true })),
]

/** The page at an address for this person; null when there is none. What may be done, the server decides. */
export function findPage(address: string, me: Me): Page | null {
  const isManager = me.roles.includes('manager')
  const hasCases = isManager || me.roles.includes('counsellor')
  const isDesk = me.roles.includes('crisis-line')
  const isShut = (route: Route) =>
    (route.managerOnly && !isManager) ||
    (route.caseStaffOnly && !hasCases) ||
    (route.counsellorOnly && !me.roles.includes('counsellor')) ||
    (route.courseStaffOnly && !worksWithCourses(me)) ||
    (route.deskOnly && !isDesk) ||
    (route.deskFiguresOnly && !readsDeskFigures(me))
  // Who has no cases begins at the desk, or with the groups.
  const first = isDesk ? '/staff/desk' : worksWithCourses(me) ? '/staff/courses' : address
  const wanted = !hasCases && matchPath('/staff', address) ? first : address
  for (const route of ROUTES) {
    const at = matchPath(route.pattern, wanted)
    if (!at || isShut(route)) continue
    return { place: route.place, citizenId: at['citizen'] ?? null, content: route.show({ me, isManager, at }) }
  }
  return null
}
