"""Who may do what: one table, read by every route.

A route names its `Action`; the table says which roles may do it. Relations and sharing choices narrow
it further in each room's `visible.py`. Matrix: docs/security.md.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from flask import Flask, g
from flask_login import current_user

from server.core.errors import Forbidden, Unauthenticated

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """What a person is to the house."""

    ANYONE = "anyone"  #: nobody in particular, signed in or not
    CITIZEN = "citizen"
    COUNSELLOR = "counsellor"
    COURSE_LEADER = "course-leader"
    CRISIS_LINE = "crisis-line"
    MANAGER = "manager"
    ANALYST = "analyst"
    ADMIN = "admin"


STAFF_ROLES = frozenset(
    {Role.COUNSELLOR, Role.COURSE_LEADER, Role.CRISIS_LINE, Role.MANAGER, Role.ANALYST, Role.ADMIN}
)


class Action(StrEnum):
    """What a route lets somebody do."""

    READ_PUBLIC = "read-public"
    PAIR_PHONE = "pair-phone"
    ACKNOWLEDGE_NOTICE = "acknowledge-notice"
    SIGN_IN = "sign-in"
    ACCEPT_INVITATION = "accept-invitation"
    READ_API_DOCUMENT = "read-api-document"
    READ_CALENDAR_FEED = "read-calendar-feed"
    USE_CLAIM_CODE = "use-claim-code"

    READ_OWN_RECORD = "read-own-record"
    END_OWN_SESSION = "end-own-session"
    REPLY_TO_APPOINTMENT = "reply-to-appointment"
    CHANGE_OWN_CALENDAR = "change-own-calendar"
    CHANGE_OWN_REMINDERS = "change-own-reminders"
    CHANGE_OWN_PLAN = "change-own-plan"
    CHANGE_OWN_SHARING = "change-own-sharing"
    CHANGE_OWN_DESK_CODE = "change-own-desk-code"
    CLAIM_CONTACT = "claim-contact"
    EXPORT_OWN_RECORD = "export-own-record"
    ERASE_OWN_RECORD = "erase-own-record"

    READ_STAFF_SESSION = "read-staff-session"
    READ_COLLEAGUES = "read-colleagues"
    INVITE_STAFF = "invite-staff"
    DEACTIVATE_STAFF = "deactivate-staff"
    READ_CASELOAD = "read-caseload"
    READ_CITIZEN = "read-citizen"
    TAKE_IN_CITIZEN = "take-in-citizen"
    EDIT_CITIZEN = "edit-citizen"
    PAIR_CITIZEN = "pair-citizen"
    END_CITIZEN_DEVICES = "end-citizen-devices"
    PAUSE_REMINDERS = "pause-reminders"
    MARK_DECEASED = "mark-deceased"
    EDIT_CONTACT_CHANNELS = "edit-contact-channels"
    GRANT_CARE_RELATION = "grant-care-relation"
    WAIVE_GUARANTEE = "waive-guarantee"
    READ_TODAY = "read-today"
    READ_TIMELINE = "read-timeline"
    FIND_OWN_CITIZEN = "find-own-citizen"
    READ_CASELOAD_GAUGE = "read-caseload-gauge"
    SET_CASELOAD_FIGURE = "set-caseload-figure"
    READ_APPOINTMENTS = "read-appointments"
    EDIT_APPOINTMENTS = "edit-appointments"
    KEEP_OWN_CALENDAR = "keep-own-calendar"
    READ_GOALS = "read-goals"
    EDIT_GOALS = "edit-goals"
    READ_CHECK_INS = "read-check-ins"
    READ_EXERCISES = "read-exercises"
    GIVE_EXERCISES = "give-exercises"
    WRITE_EXERCISES = "write-exercises"
    READ_COURSES = "read-courses"
    EDIT_COURSE_RUNS = "edit-course-runs"
    CHANGE_COURSE_RUN = "change-course-run"
    ENROL_IN_COURSE = "enrol-in-course"
    SET_COURSES = "set-courses"
    READ_COURSE_REPORT = "read-course-report"
    READ_CITIZEN_COURSES = "read-citizen-courses"
    EDIT_COURSE_PATHS = "edit-course-paths"
    READ_CARE_PLAN = "read-care-plan"
    EDIT_CARE_PLAN = "edit-care-plan"
    READ_MEASURES = "read-measures"
    EDIT_MEASURES = "edit-measures"
    EDIT_MEASURE_RULES = "edit-measure-rules"
    READ_PLAN = "read-plan"
    EDIT_PLAN = "edit-plan"
    READ_TASKS = "read-tasks"
    EDIT_TASKS = "edit-tasks"
    SEND_MISSED_YOU = "send-missed-you"
    READ_MESSAGES = "read-messages"
    WRITE_MESSAGES = "write-messages"
    READ_WAITING_MESSAGES = "read-waiting-messages"
    READ_RATES = "read-rates"
    TRY_REMINDERS = "try-reminders"
    READ_SEND_HEALTH = "read-send-health"
    SEARCH_AT_DESK = "search-at-desk"
    OPEN_CRISIS_CONTACT = "open-crisis-contact"
    READ_CRISIS_DESK = "read-crisis-desk"
    OPEN_PLAN_AT_DESK = "open-plan-at-desk"
    READ_DESK_FIGURES = "read-desk-figures"


_ANYONE = frozenset({Role.ANYONE})
_CITIZEN = frozenset({Role.CITIZEN})
_COUNSELLOR = frozenset({Role.COUNSELLOR})
_MANAGER = frozenset({Role.MANAGER})
_CRISIS_LINE = frozenset({Role.CRISIS_LINE})
_COURSE_LEADER = frozenset({Role.COURSE_LEADER})
_CASE_STAFF = frozenset({Role.COUNSELLOR, Role.MANAGER})

ROLES_FOR: dict[Action, frozenset[Role]] = {
    Action.READ_PUBLIC: _ANYONE,
    Action.PAIR_PHONE: _ANYONE,
    Action.ACKNOWLEDGE_NOTICE: _ANYONE,
    Action.SIGN_IN: _ANYONE,
    Action.ACCEPT_INVITATION: _ANYONE,
    Action.READ_API_DOCUMENT: _ANYONE,
    Action.READ_CALENDAR_FEED: _ANYONE,
    Action.USE_CLAIM_CODE: _ANYONE,
    Action.READ_OWN_RECORD: _CITIZEN,
    Action.END_OWN_SESSION: _CITIZEN,
    Action.REPLY_TO_APPOINTMENT: _CITIZEN,
    Action.CHANGE_OWN_CALENDAR: _CITIZEN,
    Action.CHANGE_OWN_REMINDERS: _CITIZEN,
    Action.CHANGE_OWN_PLAN: _CITIZEN,
    Action.CHANGE_OWN_SHARING: _CITIZEN,
    Action.CHANGE_OWN_DESK_CODE: _CITIZEN,
    Action.CLAIM_CONTACT: _CITIZEN,
    Action.EXPORT_OWN_RECORD: _CITIZEN,
    Action.ERASE_OWN_RECORD: _CITIZEN,
    Action.READ_STAFF_SESSION: STAFF_ROLES,
    Action.READ_COLLEAGUES: _CASE_STAFF,
    Action.INVITE_STAFF: _MANAGER,
    Action.DEACTIVATE_STAFF: _MANAGER,
    Action.READ_CASELOAD: _CASE_STAFF,
    Action.READ_CITIZEN: _CASE_STAFF,
    Action.TAKE_IN_CITIZEN: _COUNSELLOR,
    Action.EDIT_CITIZEN: _COUNSELLOR,
    Action.PAIR_CITIZEN: _COUNSELLOR,
    Action.END_CITIZEN_DEVICES: _COUNSELLOR,
    Action.PAUSE_REMINDERS: _COUNSELLOR,
    Action.MARK_DECEASED: _COUNSELLOR,
    Action.EDIT_CONTACT_CHANNELS: _COUNSELLOR,
    Action.GRANT_CARE_RELATION: _MANAGER,
    Action.WAIVE_GUARANTEE: _COUNSELLOR,
    Action.READ_TODAY: _CASE_STAFF | _CRISIS_LINE,
    Action.READ_TIMELINE: _COUNSELLOR,
    Action.FIND_OWN_CITIZEN: _COUNSELLOR,
    Action.READ_CASELOAD_GAUGE: _CASE_STAFF,
    Action.SET_CASELOAD_FIGURE: _MANAGER,
    Action.READ_APPOINTMENTS: _COUNSELLOR,
    Action.EDIT_APPOINTMENTS: _COUNSELLOR,
    Action.KEEP_OWN_CALENDAR: _COUNSELLOR,
    Action.READ_GOALS: _COUNSELLOR,
    Action.EDIT_GOALS: _COUNSELLOR,
    Action.READ_CHECK_INS: _COUNSELLOR,
    Action.READ_EXERCISES: _COUNSELLOR,
    Action.GIVE_EXERCISES: _COUNSELLOR,
    Action.WRITE_EXERCISES: _COUNSELLOR,
    Action.READ_COURSES: _CASE_STAFF | _COURSE_LEADER,
    Action.EDIT_COURSE_RUNS: _COURSE_LEADER,
    Action.CHANGE_COURSE_RUN: _COURSE_LEADER | _MANAGER,
    Action.ENROL_IN_COURSE: _COUNSELLOR | _COURSE_LEADER,
    Action.SET_COURSES: _MANAGER,
    Action.READ_COURSE_REPORT: _COURSE_LEADER | _MANAGER,
    Action.READ_CITIZEN_COURSES: _COUNSELLOR,
    Action.EDIT_COURSE_PATHS: _COUNSELLOR,
    Action.READ_CARE_PLAN: _COUNSELLOR,
    Action.EDIT_CARE_PLAN: _COUNSELLOR,
    Action.READ_MEASURES: _COUNSELLOR,
    Action.EDIT_MEASURES: _COUNSELLOR,
    Action.EDIT_MEASURE_RULES: _MANAGER,
    Action.READ_PLAN: _COUNSELLOR,
    Action.EDIT_PLAN: _COUNSELLOR,
    Action.READ_TASKS: _CASE_STAFF,
    Action.EDIT_TASKS: _COUNSELLOR,
    Action.SEND_MISSED_YOU: _COUNSELLOR,
    Action.READ_MESSAGES: _COUNSELLOR,
    Action.WRITE_MESSAGES: _COUNSELLOR,
    Action.READ_WAITING_MESSAGES: _CASE_STAFF,
    Action.READ_RATES: _MANAGER,
    Action.TRY_REMINDERS: _COUNSELLOR,
    Action.READ_SEND_HEALTH: _MANAGER,
    Action.SEARCH_AT_DESK: _CRISIS_LINE,
    Action.OPEN_CRISIS_CONTACT: _CRISIS_LINE,
    Action.READ_CRISIS_DESK: _CRISIS_LINE,
    Action.OPEN_PLAN_AT_DESK: _CRISIS_LINE,
    Action.READ_DESK_FIGURES: frozenset({Role.CRISIS_LINE, Role.MANAGER, Role.ANALYST}),
}


class ActorKind(StrEnum):
    """Which of the two doors somebody came through."""

    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """The person (or the house itself) on whose behalf something happens."""

    kind: ActorKind
    roles: frozenset[Role]
    staff_id: UUID | None = None
    citizen_id: UUID | None = None
    unit_id: UUID | None = None
    session_id: UUID | None = None

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def id(self) -> UUID | None:
        """The staff member's or the citizen's id."""
        return self.staff_id or self.citizen_id

    def get_id(self) -> str:
        """Flask-Login's name for the identity; sessions are rows, so it is never put in a cookie."""
        return str(self.id)

    def may(self, action: Action) -> bool:
        """Whether one of the actor's roles stands in the table beside this action."""
        allowed = ROLES_FOR[action]
        return Role.ANYONE in allowed or not self.roles.isdisjoint(allowed)


SYSTEM = Actor(kind=ActorKind.SYSTEM, roles=frozenset())


def current_actor() -> Actor:
    """The person behind this request.

    :raises Unauthenticated: if nobody is signed in, as the code that tells why
    """
    actor = current_user._get_current_object()
    if not isinstance(actor, Actor):
        raise g.get("refusal") or Unauthenticated()
    return actor


def find_actor() -> Actor | None:
    """The person behind this request, or None."""
    actor = current_user._get_current_object()
    return actor if isinstance(actor, Actor) else None


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Guard a view by an action of the table; without the right role it answers 401 or 403."""

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if Role.ANYONE not in ROLES_FOR[action] and not current_actor().may(action):
                raise Forbidden()
            return view(*args, **kwargs)

        guarded._action = action  # type: ignore[attr-defined]
        return guarded

    return guard


class UnguardedRoute(RuntimeError):
    """A route names no action; the house does not start."""


def action_of(view: Callable[..., Any]) -> Action | None:
    """The action a view was guarded with, if any."""
    return getattr(view, "_action", None)


def refuse_unguarded_routes(app: Flask, *, open_endpoints: Iterable[str] = ()) -> None:
    """Walk the URL map.

    :raises UnguardedRoute: naming every endpoint without an action
    """
    known = set(open_endpoints)
    bare = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in known and action_of(app.view_functions[rule.endpoint]) is None
    )
    if bare:
        raise UnguardedRoute(f"These routes name no action: {', '.join(bare)}")
