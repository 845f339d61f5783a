"""Telling how it goes: entries that somebody writes by hand, and what follows from them.

That it became hard resets nothing: steps, levels and the days somebody counts stay as they are. If the
person lets the contact person know, there is closer contact for a while and somebody calls.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core import clock
from server.core.access import Actor
from server.goals import history
from server.goals.finding import hold_goal
from server.goals.history import Entry
from server.goals.models import PRIVATE_KINDS, EventKind, Goal, GoalEvent
from server.goals.trail import record_event
from server.tasks import service as tasks
from server.tasks.days import next_working_day

CLOSER_DAYS = 14


class Closer(NamedTuple):
    """Closer contact for this many days; `wants_talk` is None where the person was not asked."""

    days: int = CLOSER_DAYS
    wants_talk: bool | None = None


def entry_of(said: Mapping[str, Any]) -> Entry:
    """An entry as it came over the wire, with what concerns only the contact left out."""
    named = {name: value for name, value in said.items() if name in Entry._fields and name != "kind"}
    return Entry(EventKind(said["kind"]), **named)


def tell(
    session: Session,
    *,
    goal_id: UUID,
    event_id: UUID,
    entry: Entry,
    closer: Closer,
    holidays: Collection[date],
    actor: Actor,
    now: datetime,
) -> GoalEvent:
    """Write down how it goes; the same again under the same id changes nothing.

    An answer or a level is the present one from now on. That it became hard, and may be known, brings closer
    contact and a task for the next day that is neither weekend nor one of the `holidays`.

    :raises GoalNotFound: if the actor may not see the goal
    :raises EventNotFound: if its author erased the entry, or the id is another person's
    :raises EventIdTaken: if the id stands for other words
    """
    goal = hold_goal(session, goal_id=goal_id, actor=actor, now=now)
    known = history.find_same(session, event_id=event_id, goal=goal, entry=entry, actor=actor)
    if known is not None:
        return known
    event = history.add(session, goal, entry, actor=actor, now=now, event_id=event_id)
    if entry.kind == EventKind.ANSWER:
        history.tell(session, goal, now=now)
    if entry.kind == EventKind.LEVEL:
        goal.reached = entry.level
        history.touch(session, goal, now=now)
    if entry.kind == EventKind.BECAME_HARD and event.shared:
        _come_closer(session, goal, event, closer, holidays=holidays, actor=actor, now=now)
    record_event(
        session, event="goal.told", citizen_id=goal.citizen_id, subject_id=event.id, actor=actor, now=now
    )
    return event


def erase_own(session: Session, *, citizen_id: UUID, event_id: UUID, actor: Actor, now: datetime) -> None:
    """Make one's own words gone for good; an earlier answer or level stands again.

    :raises EventNotFound: if it is another person's
    :raises NotOwnEntry: if the person did not write it by hand
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    known = session.get(GoalEvent, event_id, populate_existing=True)
    kind, taken = (None, None) if known is None else (known.kind, known.level)
    event = history.empty(session, citizen_id=citizen_id, event_id=event_id, now=now)
    if event.goal_id is not None and kind not in PRIVATE_KINDS:
        goal = session.get_one(Goal, event.goal_id, populate_existing=True)
        if taken is not None and goal.reached == taken:
            goal.reached = history.newest_level(session, goal)
        history.touch(session, goal, now=now)
    record_event(
        session,
        event="goal-event.erased",
        citizen_id=citizen_id,
        subject_id=event_id,
        actor=actor,
        now=now,
    )


def _come_closer(
    session: Session,
    goal: Goal,
    event: GoalEvent,
    closer: Closer,
    *,
    holidays: Collection[date],
    actor: Actor,
    now: datetime,
) -> None:
    """Be in touch more often for a while: never for less long than was said before."""
    today = clock.to_wall(now).date()
    until = today + timedelta(days=closer.days)
    goal.closer_until = max(goal.closer_until or until, until)
    history.touch(session, goal, now=now)
    unit_id = citizens.get_citizen(session, citizen_id=goal.citizen_id, actor=actor, now=now).unit_id
    due_on = next_working_day(today, holidays=holidays)
    if tasks.join_open(
        session,
        kind=tasks.TaskKind.CLOSER_CONTACT,
        citizen_id=goal.citizen_id,
        due_on=due_on,
        wants_talk=closer.wants_talk,
        actor=actor,
        now=now,
    ):
        return
    tasks.open_task(
        session,
        kind=tasks.TaskKind.CLOSER_CONTACT,
        citizen_id=goal.citizen_id,
        subject_id=event.id,
        unit_id=unit_id,
        due_on=due_on,
        wants_talk=closer.wants_talk,
        actor=actor,
        now=now,
    )
