"""What the rest of the house may ask of courses."""

from server.courses.enrolling import end_place, enrol
from server.courses.holding import code_of, exists, list_times
from server.courses.meetings import cancel, move, take_attendance
from server.courses.models import Presence
from server.courses.own import (
    FEEDBACK,
    Opinion,
    current_feedback,
    erase_opinion,
    excuse,
    is_erased,
    leave_run,
    say_opinion,
)
from server.courses.paths import begin_path, change_path, list_paths
from server.courses.phone import current_paths, current_sessions
from server.courses.planning import Plan, change_run, plan_run
from server.courses.reading import find_people, list_runs, show_courses_of, show_run
from server.courses.report import read_report
from server.courses.sending import change_still_matters, still_matters
from server.courses.settings import UnknownCourse, decide, get_decided, list_decided
from server.reminders.sessions import KIND, KIND_CHANGED

__all__ = [
    "FEEDBACK",
    "KIND",
    "KIND_CHANGED",
    "Opinion",
    "Plan",
    "Presence",
    "UnknownCourse",
    "begin_path",
    "cancel",
    "change_path",
    "change_run",
    "change_still_matters",
    "code_of",
    "current_feedback",
    "current_paths",
    "current_sessions",
    "decide",
    "end_place",
    "enrol",
    "erase_opinion",
    "excuse",
    "exists",
    "find_people",
    "get_decided",
    "is_erased",
    "leave_run",
    "list_decided",
    "list_paths",
    "list_runs",
    "list_times",
    "move",
    "plan_run",
    "read_report",
    "say_opinion",
    "show_courses_of",
    "show_run",
    "still_matters",
    "take_attendance",
]
