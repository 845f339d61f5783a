"""Pulling: everything about one citizen that a phone may hold, in the order in which it was committed.

The cursor names the citizen, the epoch and the last step of the citizen's sequence, signed. Steps are
numbered under a lock that is held until the commit, so no step can appear below a cursor later on. A page
is read in one snapshot: a goal's version must not be older than the titles that come with it, or the next
title would be taken as written without having seen them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.appointments import first_talk
from server.appointments import service as appointments
from server.checkins import service as checkins
from server.citizens import rejected
from server.citizens import service as citizens
from server.citizens.changes import Change, Position
from server.consents import goal_titles
from server.consents import service as consents
from server.core import clock, crypto
from server.core.access import Actor
from server.core.db import Asked
from server.courses import service as courses
from server.crisis_line import service as crisis_line
from server.crisis_plans import service as crisis_plans
from server.exercises import service as exercises
from server.goals import care_plans
from server.goals import service as goals
from server.measures import service as measures
from server.messages import service as messages
from server.reminders import service as reminders

PAGE = 250
CURSOR_LIVES = timedelta(days=180)
_PURPOSE = "sync-cursor"


class Pulled(NamedTuple):
    """One thing as it stands now; without data it is gone."""

    entity: str
    id: UUID
    data: Any | None


class Page(NamedTuple):
    """What a phone takes in at once."""

    changes: list[Pulled]
    cursor: str
    more: bool
    reset: bool


class _Mark(NamedTuple):
    """Where a phone stands: the last step it has, and the day on which it last saw the profile."""

    seq: int
    day: str


def pull(
    session: Session,
    *,
    cursor: str | None,
    actor: Actor,
    now: datetime,
    centre_phones: Mapping[str, str],
    position: Position | None = None,
) -> Page:
    """The next things a phone has to take in; a cursor that cannot be used starts afresh.

    The profile also comes once a day, because who stands in can change with the date alone. `position`, if
    the caller knows it already, is where the sequence stood when it was asked; it only ever grows.
    """
    citizen_id = reminders.citizen_id_of(actor)
    position = position or citizens.get_position(session, citizen_id=citizen_id)
    mark = _read(cursor, citizen_id, position) if cursor else None
    after = mark.seq if mark else 0
    steps = citizens.list_changes(session, citizen_id=citizen_id, after_seq=after, limit=PAGE + 1)
    more = len(steps) > PAGE
    steps = steps[:PAGE]
    today = _today(now)
    wanted = _by_entity(steps)
    if mark is not None and mark.day != today:
        wanted["profile"] = [citizen_id]
    reached = _Mark(seq=steps[-1].seq if steps else after, day=today)
    return Page(
        changes=_load(session, wanted, citizen_id=citizen_id, now=now, centre_phones=centre_phones),
        cursor=_write(reached, citizen_id, position),
        more=more,
        reset=bool(cursor) and mark is None,
    )


def nothing_new(session: Asked, *, cursor: str, actor: Actor, now: datetime) -> Page | Position:
    """The empty page for a phone that has everything, or where the sequence stands if there is something.

    Most phones ask and find nothing: one statement, and no snapshot is needed for it.
    """
    citizen_id = reminders.citizen_id_of(actor)
    position = citizens.get_position(session, citizen_id=citizen_id)
    mark = _read(cursor, citizen_id, position)
    if mark != _Mark(seq=position.seq, day=_today(now)):
        return position
    return Page(changes=[], cursor=cursor, more=False, reset=False)


def _today(now: datetime) -> str:
    """The day on a Danish wall."""
    return clock.to_wall(now).date().isoformat()


def lacks_code(page: Page) -> bool:
    """Whether a profile goes out without the code that the crisis line finds the person by."""
    return any(_is_without_code(change) for change in page.changes)


def with_code(session: Session, page: Page, *, actor: Actor, now: datetime) -> Page:
    """The same page with the person's code, made now: the pull itself only reads."""
    code = crisis_line.own_code(session, actor=actor, now=now).code
    return page._replace(
        changes=[
            change._replace(data={**(change.data or {}), "desk_code": code})
            if _is_without_code(change)
            else change
            for change in page.changes
        ]
    )


def _is_without_code(change: Pulled) -> bool:
    return change.entity == "profile" and change.data is not None and change.data["desk_code"] is None


def _by_entity(steps: Sequence[Change]) -> dict[str, list[UUID]]:
    """Each changed thing once, however often it changed: only its present state is sent."""
    found: dict[str, dict[UUID, None]] = {}
    for step in steps:
        found.setdefault(step.entity, {})[step.entity_id] = None
    return {entity: list(ids) for entity, ids in found.items()}


def _load(
    session: Session,
    wanted: Mapping[str, list[UUID]],
    *,
    citizen_id: UUID,
    now: datetime,
    centre_phones: Mapping[str, str],
) -> list[Pulled]:
    """The present state of each thing; what is not found, or no longer the citizen's to see, is gone."""
    present: dict[str, Mapping[UUID, Any]] = {}
    if "profile" in wanted:
        profile = citizens.profile(session, citizen_id=citizen_id, now=now, centre_phones=centre_phones)
        chosen = reminders.choices_of(session, citizen_ids=[citizen_id])[citizen_id]
        code = crisis_line.kept_code(session, citizen_id=citizen_id)
        days = first_talk.read_clocks(session, citizen_ids=[citizen_id], now=now)[citizen_id]
        shown = {
            **profile._asdict(),
            "reminders": chosen,
            "desk_code": code,
            "first_contact": days,
            "low_scores": measures.low_scores(session, citizen_id=citizen_id),
        }
        present["profile"] = {citizen_id: shown}
    for entity, load in _LOADERS.items():
        if ids := wanted.get(entity):
            present[entity] = load(session, citizen_id, ids)
    return [
        Pulled(entity=entity, id=entity_id, data=found.get(entity_id))
        for entity, found in present.items()
        for entity_id in wanted[entity]
    ]


def _goals(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    found = goals.current_goals(session, citizen_id=citizen_id, goal_ids=ids)
    titles = goals.titles_of(session, list(found.values()))
    shared = goal_titles.shared_ids(session, citizen_id=citizen_id, goal_ids=ids)
    shown = {goal["id"]: goal for goal in goals.show_own_goals(session, list(found.values()))}
    return {key: {**shown[key], "titles": titles[key], "shared_with_desk": key in shared} for key in found}


def _steps(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return goals.current_steps(session, citizen_id=citizen_id, step_ids=ids)


def _events(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return goals.current_events(session, citizen_id=citizen_id, event_ids=ids)


def _appointments(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return appointments.current_appointments(session, citizen_id=citizen_id, appointment_ids=ids)


def _lines(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return crisis_plans.current_lines(session, citizen_id=citizen_id, line_ids=ids)


def _plans(session: Session, citizen_id: UUID, _ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return crisis_plans.current_plans(session, citizen_id=citizen_id)


def _sharing(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return consents.current_choices(session, citizen_id=citizen_id, choice_ids=ids)


def _refused(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return rejected.current(session, citizen_id=citizen_id, edit_ids=ids)


def _contacts(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return crisis_line.current_contacts(session, citizen_id=citizen_id, contact_ids=ids)


def _care_plans(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return care_plans.current(session, citizen_id=citizen_id, ids=ids)


def _measure_plans(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return measures.current_plans(session, citizen_id=citizen_id, ids=ids)


def _measure_results(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return measures.current_results(session, citizen_id=citizen_id, ids=ids)


def _messages(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return messages.current_messages(session, citizen_id=citizen_id, message_ids=ids)


def _check_ins(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return checkins.current_check_ins(session, citizen_id=citizen_id, ids=ids)


def _days(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return checkins.current_days(session, citizen_id=citizen_id, ids=ids)


def _exercises(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return exercises.current_assignments(session, citizen_id=citizen_id, ids=ids)


def _answers(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return exercises.current_answers(session, citizen_id=citizen_id, ids=ids)


def _sessions(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return courses.current_sessions(session, citizen_id=citizen_id, ids=ids)


def _paths(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return courses.current_paths(session, citizen_id=citizen_id, ids=ids)


def _opinions(session: Session, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, Any]:
    return courses.current_feedback(session, citizen_id=citizen_id, ids=ids)


_LOADERS: dict[str, Callable[[Session, UUID, Sequence[UUID]], Mapping[UUID, Any]]] = {
    "goal": _goals,
    "goal_step": _steps,
    "goal_event": _events,
    "appointment": _appointments,
    "plan": _plans,
    "plan_line": _lines,
    "sharing": _sharing,
    "rejected_edit": _refused,
    "crisis_contact": _contacts,
    "care_plan": _care_plans,
    "measure_plan": _measure_plans,
    "measure_result": _measure_results,
    "message": _messages,
    "checkin": _check_ins,
    "used_day": _days,
    "course_session": _sessions,
    "course_path": _paths,
    "course_feedback": _opinions,
    "exercise_assignment": _exercises,
    "exercise_answer": _answers,
}


def _write(mark: _Mark, citizen_id: UUID, position: Position) -> str:
    return crypto.sign(
        {"citizen": str(citizen_id), "epoch": position.epoch, "seq": mark.seq, "day": mark.day},
        purpose=_PURPOSE,
    )


def _read(cursor: str, citizen_id: UUID, position: Position) -> _Mark | None:
    """Where the cursor stands, or None if it is broken, old, foreign, or ahead of a restored database."""
    try:
        said = crypto.unsign(cursor, purpose=_PURPOSE, max_age=CURSOR_LIVES)
    except crypto.BadToken:
        return None
    seq, day = said.get("seq"), said.get("day")
    if not isinstance(seq, int) or not isinstance(day, str) or not 0 <= seq <= position.seq:
        return None
    if said.get("citizen") != str(citizen_id) or said.get("epoch") != position.epoch:
        return None
    return _Mark(seq=seq, day=day)
