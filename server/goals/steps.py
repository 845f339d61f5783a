"""Steps towards a goal: their words never change, the tick is whatever the house heard last.

To word a step anew a phone erases it and writes another in its place, so that two phones never write over
each other's words.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.citizens import rejected
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, NotFound
from server.goals import history, visible
from server.goals.finding import hold_goal
from server.goals.history import Entry, side_of
from server.goals.models import EventKind, Goal, GoalOrigin, GoalStep
from server.goals.trail import record_event

STEP = "goal_step"


class StepNotFound(NotFound):
    """There is no such step for this person, or it was erased for good."""


class StepIdTaken(Conflict):
    """The id was already used for another step."""

    code, title = "id-taken", "This id was already used for something else."


class NotOwnStep(Forbidden):
    """Staff take back only what staff wrote."""

    code, title = "not-own-words", "Only a step that a counsellor wrote can be taken back."


class NewStep(NamedTuple):
    """A step on its way in; without a position it comes last."""

    goal_id: UUID
    text: str
    position: int | None = None


def put_own_step(
    session: Session,
    *,
    citizen_id: UUID,
    step_id: UUID,
    new: NewStep | None,
    done: bool | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down an own step, or say of any step whether it is done.

    :raises GoalNotFound: if the goal is not the person's
    :raises StepNotFound: if there is no such step and none to begin, it was erased, or is another person's
    :raises StepIdTaken: if the id stands for a step with other words
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    if new is not None:
        step = _begin(session, new, step_id=step_id, actor=actor, now=now)
    else:
        step = _find(session, step_id=step_id, actor=actor, now=now)
    if done is not None:
        _tick(session, step, done=done, actor=actor, now=now)


def erase_own_step(session: Session, *, citizen_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a step out for good; own words are gone everywhere, also those that were refused.

    What a counsellor wrote is shown to nobody any more and stays in the house, as staff's words do. One
    that never came here gets a tombstone, so that it never will.

    :raises StepNotFound: if it is another person's
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    step = session.get(GoalStep, step_id, populate_existing=True)
    if step is not None and step.citizen_id != citizen_id:
        raise StepNotFound()
    if step is None:
        step = GoalStep(
            id=step_id,
            citizen_id=citizen_id,
            origin=GoalOrigin.CITIZEN,
            position=0,
            created_at=now,
            version=1,
        )
        session.add(step)
    _bury(session, step, now=now)
    rejected.blank(session, citizen_id=citizen_id, entity=STEP, entity_id=step_id, now=now)
    _audit(session, "goal-step.erased", step, actor, now)


def add_step(
    session: Session, *, goal_id: UUID, step_id: UUID, text: str, actor: Actor, now: datetime
) -> GoalStep:
    """Write a step down at a counsellor's desk, as the last one.

    :raises GoalNotFound: if the actor may not see the goal
    :raises StepIdTaken: if the id stands for a step with other words
    """
    return _begin(session, NewStep(goal_id, text), step_id=step_id, actor=actor, now=now)


def tick_step(session: Session, *, step_id: UUID, done: bool, actor: Actor, now: datetime) -> GoalStep:
    """Say whether a step is done; whoever says it last is heard.

    :raises StepNotFound: if the actor may not see it
    """
    step = _hold(session, step_id=step_id, actor=actor, now=now)
    _tick(session, step, done=done, actor=actor, now=now)
    return step


def withdraw_step(session: Session, *, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Take back a step that a counsellor wrote; nobody is shown it any more.

    :raises StepNotFound: if the actor may not see it
    :raises NotOwnStep: if the person wrote it
    """
    step = _hold(session, step_id=step_id, actor=actor, now=now)
    if step.origin != GoalOrigin.STAFF:
        raise NotOwnStep()
    _bury(session, step, now=now)
    _audit(session, "goal-step.withdrawn", step, actor, now)


def list_steps(session: Session, *, goal_id: UUID, actor: Actor, now: datetime) -> Sequence[GoalStep]:
    """The steps of a goal in their places; the caller records the look."""
    found = visible.steps(actor, now).where(GoalStep.goal_id == goal_id)
    return session.scalars(found.order_by(GoalStep.position, GoalStep.created_at, GoalStep.id)).all()


def current_steps(session: Session, *, citizen_id: UUID, step_ids: Collection[UUID]) -> dict[UUID, GoalStep]:
    """The steps among these ids that the citizen's own phones hold, by id."""
    own = visible.own_steps(citizen_id).where(GoalStep.id.in_(step_ids))
    return {step.id: step for step in session.scalars(own)}


def is_erased(session: Session, *, citizen_id: UUID, step_id: UUID) -> bool:
    """Whether the step was erased for good, so that no word for it may be kept anywhere."""
    own = select(GoalStep.id).where(
        GoalStep.citizen_id == citizen_id, GoalStep.id == step_id, GoalStep.erased_at.is_not(None)
    )
    return session.scalar(own) is not None


def _begin(session: Session, new: NewStep, *, step_id: UUID, actor: Actor, now: datetime) -> GoalStep:
    goal = hold_goal(session, goal_id=new.goal_id, actor=actor, now=now)
    known = session.get(GoalStep, step_id, populate_existing=True)
    if known is not None:
        if known.citizen_id != goal.citizen_id or known.erased:
            raise StepNotFound()
        if (known.goal_id, known.text) != (goal.id, new.text):
            raise StepIdTaken()
        return known
    step = GoalStep(
        id=step_id,
        citizen_id=goal.citizen_id,
        goal_id=goal.id,
        origin=GoalOrigin(side_of(actor)),
        position=_last(session, goal) + 1 if new.position is None else new.position,
        created_at=now,
        version=1,
    )
    step.text = new.text
    session.add(step)
    session.flush()
    _tell(session, step, now=now)
    history.add(session, goal, Entry(EventKind.STEP_ADDED, step_id=step.id), actor=actor, now=now)
    _audit(session, "goal-step.added", step, actor, now)
    return step


def _find(session: Session, *, step_id: UUID, actor: Actor, now: datetime) -> GoalStep:
    found = visible.steps(actor, now).where(GoalStep.id == step_id).with_for_update(of=GoalStep)
    step = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if step is None:
        raise StepNotFound()
    return step


def _hold(session: Session, *, step_id: UUID, actor: Actor, now: datetime) -> GoalStep:
    """A step that the actor may see, with the citizen's sequence locked before the step."""
    seen = visible.steps(actor, now).where(GoalStep.id == step_id)
    citizen_id = session.scalar(seen.with_only_columns(GoalStep.citizen_id))
    if citizen_id is None:
        raise StepNotFound()
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    return _find(session, step_id=step_id, actor=actor, now=now)


def _tick(session: Session, step: GoalStep, *, done: bool, actor: Actor, now: datetime) -> None:
    if step.done == done or step.goal_id is None:
        return
    step.done_at, step.done_by = (now, side_of(actor)) if done else (None, None)
    step.version += 1
    session.flush()
    _tell(session, step, now=now)
    goal = session.get_one(Goal, step.goal_id)
    kind = EventKind.STEP_DONE if done else EventKind.STEP_UNDONE
    history.add(session, goal, Entry(kind, step_id=step.id), actor=actor, now=now)
    _audit(session, "goal-step.ticked", step, actor, now)


def _bury(session: Session, step: GoalStep, *, now: datetime) -> None:
    if step.erased:
        return
    if step.origin == GoalOrigin.CITIZEN:
        step.text_sealed = None
    step.done_at, step.done_by, step.erased_at = None, None, now
    step.version += 1
    session.flush()
    _tell(session, step, now=now)


def _last(session: Session, goal: Goal) -> int:
    last = session.scalar(select(func.max(GoalStep.position)).where(GoalStep.goal_id == goal.id))
    return 0 if last is None else last


def _tell(session: Session, step: GoalStep, *, now: datetime) -> None:
    citizens.record_change(session, citizen_id=step.citizen_id, entity=STEP, entity_id=step.id, at=now)


def _audit(session: Session, event: str, step: GoalStep, actor: Actor, now: datetime) -> None:
    record_event(session, event=event, citizen_id=step.citizen_id, subject_id=step.id, actor=actor, now=now)
