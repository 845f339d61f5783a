"""What lies ahead on the way to a person's goals: steps that are not ticked, and days to look at a goal."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.core.access import Actor
from server.goals import lifecycle, visible
from server.goals.models import Goal, GoalStep


class GoalAhead(NamedTuple):
    """A goal under way, and when it is to be looked at together, if a day was agreed."""

    id: UUID
    title: str
    review_on: date | None


class StepAhead(NamedTuple):
    """A step that is not ticked yet."""

    id: UUID
    goal_id: UUID
    text: str


def list_goals_ahead(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[GoalAhead]:
    """A person's goals under way, as far as the actor may see them, oldest first; the caller records it."""
    under_way = visible.goals(actor, now).where(
        Goal.citizen_id == citizen_id, Goal.status.in_(lifecycle.UNDER_WAY)
    )
    columns = under_way.with_only_columns(Goal.id, Goal.title, Goal.review_on)
    return [GoalAhead(*row) for row in session.execute(columns.order_by(Goal.created_at, Goal.id))]


def list_steps_ahead(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[StepAhead]:
    """The steps of these goals that are not ticked, in their places; the caller records the look."""
    goals = visible.goals(actor, now).where(Goal.status.in_(lifecycle.UNDER_WAY)).with_only_columns(Goal.id)
    found = visible.steps(actor, now).where(
        GoalStep.citizen_id == citizen_id, GoalStep.done_at.is_(None), GoalStep.goal_id.in_(goals)
    )
    rows = session.scalars(found.order_by(GoalStep.position, GoalStep.created_at, GoalStep.id))
    return [
        StepAhead(step.id, step.goal_id, step.text)
        for step in rows
        if step.goal_id is not None and step.text is not None
    ]
