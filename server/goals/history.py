"""What happened on the way to a goal: written down once, in the order in which the house heard of it.

Call everything here with the citizen's sequence locked. An entry is never changed; its author can empty it
for good.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from server.citizens import rejected
from server.citizens import service as citizens
from server.core.access import Actor, ActorKind
from server.core.errors import Conflict, Forbidden, NotFound
from server.core.ids import new_id
from server.goals import visible
from server.goals.models import (
    PRIVATE_KINDS,
    WRITTEN_KINDS,
    EventKind,
    Goal,
    GoalEvent,
    Question,
    Side,
)

GOAL, EVENT = "goal", "goal_event"


class EventNotFound(NotFound):
    """There is no such entry for this person, or it was erased for good."""


class EventIdTaken(Conflict):
    """The id was already used for another entry."""

    code, title = "id-taken", "This id was already used for something else."


class NotOwnEntry(Forbidden):
    """Only what a person wrote by hand can be emptied, and only by that person."""

    code, title = "not-own-words", "Only your own words can be deleted."


class Entry(NamedTuple):
    """One entry on its way in. `shared` counts only for what the person alone decides to show."""

    kind: EventKind
    text: str | None = None
    question: Question | None = None
    level: int | None = None
    value: str | None = None
    step_id: UUID | None = None
    happened_at: datetime | None = None
    shared: bool = False


def side_of(actor: Actor) -> Side:
    """Which side the actor stands on."""
    return Side.CITIZEN if actor.kind == ActorKind.CITIZEN else Side.STAFF


def touch(session: Session, goal: Goal, *, now: datetime) -> None:
    """Let a goal have its next version, and the phones fetch it."""
    goal.version += 1
    goal.updated_at = now
    session.flush()
    tell(session, goal, now=now)


def tell(session: Session, goal: Goal, *, now: datetime) -> None:
    """Let the phones fetch a goal as it stands now."""
    citizens.record_change(session, citizen_id=goal.citizen_id, entity=GOAL, entity_id=goal.id, at=now)


def add(
    session: Session, goal: Goal, entry: Entry, *, actor: Actor, now: datetime, event_id: UUID | None = None
) -> GoalEvent:
    """Write an entry down."""
    event_id, side = event_id or new_id(), side_of(actor)
    seq = citizens.record_change(
        session, citizen_id=goal.citizen_id, entity=EVENT, entity_id=event_id, at=now
    )
    event = GoalEvent(
        id=event_id,
        citizen_id=goal.citizen_id,
        goal_id=goal.id,
        kind=entry.kind,
        by=side,
        staff_id=None if side == Side.CITIZEN else actor.staff_id,
        at=now,
        happened_at=entry.happened_at or now,
        question=entry.question,
        level=entry.level,
        value=entry.value,
        step_id=entry.step_id,
        shared=entry.shared or side == Side.STAFF or entry.kind not in PRIVATE_KINDS,
        seq=seq,
    )
    event.text = entry.text
    session.add(event)
    session.flush()
    return event


def find_same(
    session: Session, *, event_id: UUID, goal: Goal, entry: Entry, actor: Actor
) -> GoalEvent | None:
    """The entry that came before under this id, if it says the same.

    :raises EventNotFound: if its author erased it, or it is another person's
    :raises EventIdTaken: if it says something else
    """
    known = session.get(GoalEvent, event_id, populate_existing=True)
    if known is None:
        return None
    if known.citizen_id != goal.citizen_id or known.erased:
        raise EventNotFound()
    says = (known.goal_id, known.kind, known.by, known.text, known.question, known.level)
    if says != (goal.id, entry.kind, side_of(actor), entry.text, entry.question, entry.level):
        raise EventIdTaken()
    return known


def empty(session: Session, *, citizen_id: UUID, event_id: UUID, now: datetime) -> GoalEvent:
    """Leave only a tombstone of an entry that the person wrote, and nothing of refused words for it.

    The tombstone does not even say what it was. One that never came here gets a tombstone, too, so that it
    never will. What followed from it goes on: closer contact that was asked for is not called off by it.

    :raises EventNotFound: if it is another person's
    :raises NotOwnEntry: if the person did not write it by hand
    """
    event = session.get(GoalEvent, event_id, populate_existing=True)
    if event is None:
        return _bury_unborn(session, citizen_id=citizen_id, event_id=event_id, now=now)
    if event.citizen_id != citizen_id:
        raise EventNotFound()
    if event.erased:
        return event
    if event.by != Side.CITIZEN or event.kind not in WRITTEN_KINDS:
        raise NotOwnEntry()
    event.kind = event.happened_at = event.question = event.level = event.value = None
    event.words_sealed, event.shared, event.erased_at = None, False, now
    session.flush()
    rejected.blank(session, citizen_id=citizen_id, entity=EVENT, entity_id=event_id, now=now)
    citizens.record_change(session, citizen_id=citizen_id, entity=EVENT, entity_id=event_id, at=now)
    return event


def present_answers(session: Session, goal_ids: Collection[UUID]) -> dict[UUID, dict[Question, str | None]]:
    """For each goal the newest answer to each question, by the order in which the house heard of them."""
    found: dict[UUID, dict[Question, str | None]] = {goal_id: {} for goal_id in goal_ids}
    newest = (
        select(GoalEvent)
        .where(GoalEvent.goal_id.in_(goal_ids), GoalEvent.kind == EventKind.ANSWER)
        .order_by(GoalEvent.goal_id, GoalEvent.question, GoalEvent.seq.desc())
        .ext(distinct_on(GoalEvent.goal_id, GoalEvent.question))
    )
    for event in session.scalars(newest) if goal_ids else ():
        if event.goal_id is not None and event.question is not None:
            found[event.goal_id][event.question] = event.text
    return found


def newest_level(session: Session, goal: Goal) -> int | None:
    """The level that was written last and still stands."""
    levels = select(GoalEvent.level).where(GoalEvent.goal_id == goal.id, GoalEvent.kind == EventKind.LEVEL)
    return session.scalar(levels.order_by(GoalEvent.seq.desc()).limit(1))


def current_events(session: Session, *, citizen_id: UUID, event_ids: Collection[UUID]) -> dict[UUID, Any]:
    """The entries among these ids that the citizen's own phones hold, by id."""
    own = visible.own_events(citizen_id).where(GoalEvent.id.in_(event_ids))
    return {event.id: event for event in session.scalars(own)}


def is_erased(session: Session, *, citizen_id: UUID, event_id: UUID) -> bool:
    """Whether its author erased the entry for good, so that no word for it may be kept anywhere."""
    own = select(GoalEvent.id).where(
        GoalEvent.citizen_id == citizen_id, GoalEvent.id == event_id, GoalEvent.erased_at.is_not(None)
    )
    return session.scalar(own) is not None


def _bury_unborn(session: Session, *, citizen_id: UUID, event_id: UUID, now: datetime) -> GoalEvent:
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=EVENT, entity_id=event_id, at=now)
    event = GoalEvent(
        id=event_id, citizen_id=citizen_id, by=Side.CITIZEN, at=now, shared=False, erased_at=now, seq=seq
    )
    session.add(event)
    session.flush()
    rejected.blank(session, citizen_id=citizen_id, entity=EVENT, entity_id=event_id, now=now)
    return event
