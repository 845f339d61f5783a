"""Which goals, steps and entries of the history somebody may see."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from server.citizens import visible as citizens
from server.core.access import Actor, ActorKind
from server.goals.models import PRIVATE_KINDS, Goal, GoalEvent, GoalStatus, GoalStep, Side


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
    """The history of the goals this actor may see; of what the person keeps private, staff see nothing.

    What the person tells how it goes is told to the contact person, as the page says: who works in that
    person's place reads it, too, and nobody else of the care team.
    """
    theirs = goals(actor, now).with_only_columns(Goal.id)
    found = select(GoalEvent).where(GoalEvent.goal_id.in_(theirs), GoalEvent.erased_at.is_(None))
    if actor.kind == ActorKind.CITIZEN:
        return found
    told = and_(GoalEvent.by == Side.CITIZEN, GoalEvent.kind.in_(PRIVATE_KINDS))
    return found.where(GoalEvent.shared, or_(~told, GoalEvent.citizen_id.in_(told_ids(actor, now))))


def told_ids(actor: Actor, now: datetime) -> Select[UUID]:
    """The ids of the citizens whose telling how it goes reaches this staff member now."""
    return citizens.contact_citizen_ids(actor, now)


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
