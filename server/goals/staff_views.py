"""What counsellors can do with goals."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.goals import schemas, service

goals = blueprint("goals", "staff")


@goals.get("/citizens/<uuid:citizen_id>/goals")
@requires(Action.READ_GOALS)
@goals.response(200, schemas.GoalListSchema)
@goals.alt_response(404, schema=ProblemSchema)
def list_goals(citizen_id: UUID) -> dict[str, Any]:
    """A citizen's goals, the person's own and the suggested ones in one list."""
    with transaction() as session:
        found = service.list_goals(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
        return {"items": found}


@goals.post("/citizens/<uuid:citizen_id>/goals")
@requires(Action.EDIT_GOALS)
@goals.arguments(schemas.NewGoalSchema)
@goals.response(201, schemas.GoalSchema)
@goals.alt_response(404, schema=ProblemSchema)
@goals.alt_response(409, schema=ProblemSchema)
def create_goal(body: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """Write down a goal for a citizen."""
    goal_id, actor, now = body.pop("id", None), current_actor(), clock.now()
    with transaction() as session:
        goal = service.create_goal(
            session, citizen_id=citizen_id, goal_id=goal_id, **body, actor=actor, now=now
        )
        return service.show_goal(session, goal, actor=actor, now=now)


@goals.get("/goals/<uuid:goal_id>")
@requires(Action.READ_GOALS)
@goals.arguments(schemas.HistoryQuerySchema, location="query")
@goals.response(200, schemas.GoalPageSchema)
@goals.alt_response(404, schema=ProblemSchema)
def read_goal(query: dict[str, str], goal_id: UUID) -> dict[str, Any]:
    """A goal with its steps and a page of its history, newest first."""
    with transaction() as session:
        return service.read_goal(session, goal_id=goal_id, **query, actor=current_actor(), now=clock.now())


@goals.patch("/goals/<uuid:goal_id>")
@requires(Action.EDIT_GOALS)
@versioned
@goals.arguments(schemas.GoalChangeSchema)
@goals.response(200, schemas.GoalSchema)
@goals.alt_response(404, schema=ProblemSchema)
@goals.alt_response(409, schema=ProblemSchema)
def change_goal(body: dict[str, Any], goal_id: UUID, version: int) -> dict[str, Any]:
    """Give a goal other words, another status or other details."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        goal = service.change_goal(session, goal_id=goal_id, version=version, **body, actor=actor, now=now)
        return service.show_goal(session, goal, actor=actor, now=now)


@goals.post("/goals/<uuid:goal_id>/agree")
@requires(Action.EDIT_GOALS)
@goals.response(200, schemas.GoalSchema)
@goals.alt_response(404, schema=ProblemSchema)
@goals.alt_response(409, schema=ProblemSchema)
def agree(goal_id: UUID) -> dict[str, Any]:
    """Say yes to a goal of the person's own."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        goal = service.agree(session, goal_id=goal_id, actor=actor, now=now)
        return service.show_goal(session, goal, actor=actor, now=now)


@goals.put("/goals/<uuid:goal_id>/scaling")
@requires(Action.EDIT_GOALS)
@versioned
@goals.arguments(schemas.GoalScalingSchema)
@goals.response(200, schemas.GoalSchema)
@goals.alt_response(404, schema=ProblemSchema)
def set_scaling(body: dict[str, Any], goal_id: UUID, version: int) -> dict[str, Any]:
    """Write down what was agreed about the levels of a goal."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        goal = service.set_scaling(
            session, goal_id=goal_id, version=version, scaling=body, actor=actor, now=now
        )
        return service.show_goal(session, goal, actor=actor, now=now)


@goals.get("/citizens/<uuid:citizen_id>/goal-report")
@requires(Action.READ_GOALS)
@goals.response(200, schemas.GoalReportSchema)
@goals.alt_response(404, schema=ProblemSchema)
def read_report(citizen_id: UUID) -> service.Report:
    """How far a citizen's goals are reached, with the figure of goal attainment scaling."""
    with transaction() as session:
        return service.read_report(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
