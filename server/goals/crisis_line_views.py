"""Goals between a person and the crisis line: what the person shares, and what the desk sees of it."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.goals import crisis_line, schemas

shared_goals = blueprint("shared-goals", "citizen")
desk_goals = blueprint("desk-goals", "staff")


@shared_goals.put("/goals/<uuid:goal_id>/desk-sharing")
@requires(Action.CHANGE_OWN_SHARING)
@shared_goals.arguments(schemas.GoalSharingSchema)
@shared_goals.response(204)
@shared_goals.alt_response(404, schema=ProblemSchema)
def share_title(body: dict[str, Any], goal_id: UUID) -> None:
    """Let the crisis line see the title of one of my goals, or no longer."""
    with transaction() as session:
        crisis_line.share_title(session, goal_id=goal_id, **body, actor=current_actor(), now=clock.now())


@desk_goals.get("/desk/contacts/<uuid:contact_id>/goals")
@requires(Action.OPEN_PLAN_AT_DESK)
@desk_goals.response(200, schemas.SharedTitleListSchema)
@desk_goals.alt_response(404, schema=ProblemSchema)
def list_titles(contact_id: UUID) -> dict[str, Any]:
    """The goals that the person I am in contact with shares with the desk: their titles."""
    with transaction() as session:
        items = crisis_line.list_titles(
            session, contact_id=contact_id, actor=current_actor(), now=clock.now()
        )
    return {"items": items}
