"""The report on how far a person's goals are reached: for staff, with its figure; never on a phone."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core.access import Actor
from server.goals import history, visible
from server.goals.attainment import Attainment, Scaled, attainment
from server.goals.finding import hold_goal
from server.goals.history import Entry
from server.goals.models import Achievement, EventKind, Goal, GoalOrigin, GoalStatus
from server.goals.trail import record_event


class ReportedGoal(NamedTuple):
    """One goal of the report; `weight` is None where it is not in the figure."""

    id: UUID
    title: str
    origin: GoalOrigin
    status: GoalStatus
    achievement: Achievement | None
    importance: int | None
    difficulty: int | None
    baseline: int | None
    reached: int | None
    weight: int | None


class Report(NamedTuple):
    """All goals that both sides or the person stand behind, and T of those with both levels."""

    goals: list[ReportedGoal]
    t_score: Attainment | None


def read_report(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Report:
    """How far a citizen's goals are reached; reading it is recorded.

    A suggestion that the person has not said yes to is not the person's goal, and not in it.

    :raises NotFound: if the actor may not see the citizen
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    found = visible.goals(actor, now).where(
        Goal.citizen_id == citizen_id, Goal.agreed | (Goal.origin == GoalOrigin.CITIZEN)
    )
    goals = session.scalars(found.order_by(Goal.created_at, Goal.id)).all()
    scaled = {goal.id: one for goal in goals if (one := _scaled(goal)) is not None}
    report = Report([_reported(goal, scaled.get(goal.id)) for goal in goals], attainment([*scaled.values()]))
    record_event(session, event="goal-report.read", citizen_id=citizen_id, actor=actor, now=now)
    return report


def set_scaling(
    session: Session, *, goal_id: UUID, version: int, scaling: dict[str, Any], actor: Actor, now: datetime
) -> Goal:
    """Write down what was agreed about the levels of a goal: all of it, None where something stays open.

    A new level that is reached stands in the history.

    :raises GoalNotFound: if the actor may not see it
    :raises PreconditionFailed: if somebody changed it since `version`
    """
    goal = hold_goal(session, goal_id=goal_id, actor=actor, now=now, version=version)
    reached = scaling["reached"]
    goal.importance, goal.difficulty = scaling["importance"], scaling["difficulty"]
    goal.baseline, goal.levels = scaling["baseline"], scaling["levels"]
    if reached is not None and reached != goal.reached:
        history.add(session, goal, Entry(EventKind.LEVEL, level=reached), actor=actor, now=now)
    goal.reached = reached
    history.touch(session, goal, now=now)
    record_event(
        session, event="goal.scaled", citizen_id=goal.citizen_id, subject_id=goal.id, actor=actor, now=now
    )
    return goal


def _scaled(goal: Goal) -> Scaled | None:
    if goal.baseline is None or goal.reached is None:
        return None
    return Scaled(goal.baseline, goal.reached, goal.importance, goal.difficulty)


def _reported(goal: Goal, scaled: Scaled | None) -> ReportedGoal:
    told = {name: getattr(goal, name) for name in ReportedGoal._fields if name != "weight"}
    return ReportedGoal(**told, weight=None if scaled is None else scaled.weight)
