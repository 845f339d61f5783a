"""What counsellors can do with goals."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.goals import schemas, service
from server.goals.models import Goal, GoalStatus

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
def create_goal(body: dict[str, Any], citizen_id: UUID) -> Goal:
    """Write down a goal for a citizen."""
    goal_id = body.pop("id", None)
    with transaction() as session:
        return service.create_goal(
            session, citizen_id=citizen_id, goal_id=goal_id, **body, actor=current_actor(), now=clock.now()
        )


@goals.patch("/goals/<uuid:goal_id>")
@requires(Action.EDIT_GOALS)
@versioned
@goals.arguments(schemas.GoalChangeSchema)
@goals.response(200, schemas.GoalSchema)
@goals.alt_response(404, schema=ProblemSchema)
def change_goal(body: dict[str, Any], goal_id: UUID, version: int) -> Goal:
    """Give a goal other words or another status."""
    status = GoalStatus(body["status"]) if "status" in body else None
    with transaction() as session:
        return service.change_goal(
            session,
            goal_id=goal_id,
            version=version,
            title=body.get("title"),
            status=status,
            actor=current_actor(),
            now=clock.now(),
        )
