"""What is said of a goal besides its title: where it stands, what kind it is, when to look at it again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Forbidden
from server.goals import history, lifecycle
from server.goals.finding import hold_goal
from server.goals.history import EVENT, Entry, side_of
from server.goals.lifecycle import Move, Standing
from server.goals.models import EventKind, Goal, GoalEvent, GoalStatus, GoalStep, Side
from server.goals.steps import STEP
from server.goals.trail import record_event

#: What may be said of a goal, and of which the history tells.
_DETAILS = frozenset({"kind", "theme", "review_on", "achievement", "counts_from"})
_TOLD = {"achievement": EventKind.ACHIEVEMENT, "review_on": EventKind.REVIEW}


def change(
    session: Session,
    goal: Goal,
    *,
    status: GoalStatus | None,
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Take a held goal to another status and write down what is said of it; the history tells both.

    The caller gives the goal its next version.

    :raises server.goals.lifecycle.MoveNotAllowed: if this side may not take it there
    :raises Forbidden: if somebody else than the person starts or stops counting days
    """
    if unknown := said.keys() - _DETAILS:
        raise TypeError(f"A goal has no {min(unknown)}.")
    if "counts_from" in said and side_of(actor) != Side.CITIZEN:
        raise Forbidden()
    if status is not None:
        moved = lifecycle.move(_standing(goal), to=status, by=side_of(actor))
        _settle(session, goal, moved, actor=actor, now=now)
    for name, value in said.items():
        if getattr(goal, name) == value:
            continue
        setattr(goal, name, value)
        if name in _TOLD:
            entry = Entry(_TOLD[name], value=_written(value))
            history.add(session, goal, entry, actor=actor, now=now)


def agree(session: Session, *, goal_id: Any, actor: Actor, now: datetime) -> Goal:
    """Say yes to a goal of the person's own; a second yes changes nothing.

    :raises GoalNotFound: if the actor may not see it
    :raises server.goals.lifecycle.NotYoursToAgree: if staff wrote it: then the person says yes or no
    """
    goal = hold_goal(session, goal_id=goal_id, actor=actor, now=now)
    moved = lifecycle.agree(_standing(goal), by=side_of(actor))
    if moved.told is not None:
        _settle(session, goal, moved, actor=actor, now=now)
        history.touch(session, goal, now=now)
        record_event(
            session, event="goal.agreed", citizen_id=goal.citizen_id, subject_id=goal.id, actor=actor, now=now
        )
    return goal


def _standing(goal: Goal) -> Standing:
    return Standing(goal.origin, goal.agreed, goal.status)


def _settle(session: Session, goal: Goal, moved: Move, *, actor: Actor, now: datetime) -> None:
    goal.agreed, goal.status = moved.standing.agreed, moved.standing.status
    if moved.told is not None:
        history.add(session, goal, Entry(moved.told, value=goal.status), actor=actor, now=now)
    if goal.status == GoalStatus.ENTERED_IN_ERROR:
        _take_from_phones(session, goal, now=now)


def _take_from_phones(session: Session, goal: Goal, *, now: datetime) -> None:
    """Let the phones forget what hangs on a goal that should never have been written."""
    for entity, kind in ((STEP, GoalStep), (EVENT, GoalEvent)):
        ids = select(kind.id).where(kind.goal_id == goal.id).order_by(kind.id)
        for entity_id in session.scalars(ids).all():
            citizens.record_change(
                session, citizen_id=goal.citizen_id, entity=entity, entity_id=entity_id, at=now
            )


def _written(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
