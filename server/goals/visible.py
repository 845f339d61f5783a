"""Which goals, steps and entries of the history somebody may see."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from server.citizens import visible as citizens
from server.core.access import Actor, ActorKind
from server.goals.models import Goal, GoalEvent, GoalStatus, GoalStep


def goals(actor: Actor, now: datetime) -> Select[Goal]:
    """The goals of every citizen this actor may see, without those entered in error."""
    return select(Goal).where(
        Goal.citizen_id.in_(citizens.citizen_ids(actor, now)), Goal.status != GoalStatus.ENTERED_IN_ERROR
    )


def steps(actor: Actor, now: datetime) -> Select[GoalStep]:
    """The steps of the goals this actor may see, without those that were erased."""
    theirs = goals(actor, now).with_only_columns(Goal.id)
    return select(GoalStep).where(GoalStep.goal_id.in_(theirs), GoalStep.erased_at.is_(None))


def events(actor: Actor, now: datetime) -> Select[GoalEvent]:
    """The history of the goals this actor may see; of what the person keeps private, staff see nothing."""
    theirs = goals(actor, now).with_only_columns(Goal.id)
    found = select(GoalEvent).where(GoalEvent.goal_id.in_(theirs), GoalEvent.erased_at.is_(None))
    return found if actor.kind == ActorKind.CITIZEN else found.where(GoalEvent.shared)


def own_steps(citizen_id: UUID) -> Select[GoalStep]:
    """What the citizen's own phones hold of the steps, tombstones among them."""
    return select(GoalStep).where(GoalStep.citizen_id == citizen_id, _stands(GoalStep.goal_id))


def own_events(citizen_id: UUID) -> Select[GoalEvent]:
    """What the citizen's own phones hold of the history, tombstones among them."""
    return select(GoalEvent).where(GoalEvent.citizen_id == citizen_id, _stands(GoalEvent.goal_id))


def _stands(goal_id: InstrumentedAttribute[UUID | None]) -> ColumnElement[bool]:
    """Whether the goal was not entered in error; a tombstone may belong to no goal."""
    wrong = select(Goal.id).where(Goal.id == goal_id, Goal.status == GoalStatus.ENTERED_IN_ERROR)
    return or_(goal_id.is_(None), ~wrong.exists())
