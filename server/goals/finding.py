"""Finding one goal that an actor may see, and holding it while it is changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import NotFound, PreconditionFailed
from server.goals import visible
from server.goals.models import Goal


class GoalNotFound(NotFound):
    """There is no such goal for this person."""


def get_goal(session: Session, *, goal_id: UUID, actor: Actor, now: datetime) -> Goal:
    """One goal that the actor may see.

    :raises GoalNotFound: if there is none, or it belongs to somebody out of sight
    """
    goal = session.scalars(visible.goals(actor, now).where(Goal.id == goal_id)).one_or_none()
    if goal is None:
        raise GoalNotFound()
    return goal


def hold_goal(
    session: Session, *, goal_id: UUID, actor: Actor, now: datetime, version: int | None = None
) -> Goal:
    """One goal that the actor may see, held until the commit: first the citizen's sequence, then the goal.

    :raises GoalNotFound: if there is none, or the wait has ended what the actor may see
    :raises PreconditionFailed: if a version is named and somebody changed the goal since
    """
    goal = get_goal(session, goal_id=goal_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[goal.citizen_id])
    still = visible.goals(actor, now).where(Goal.id == goal_id).with_for_update(of=Goal)
    held = session.scalars(still.execution_options(populate_existing=True)).one_or_none()
    if held is None:
        raise GoalNotFound()
    if version not in (None, held.version):
        raise PreconditionFailed()
    return held
