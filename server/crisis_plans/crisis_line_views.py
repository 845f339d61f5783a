"""What the crisis line can do with a plan during a contact."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.crisis_plans import schemas
from server.crisis_plans.crisis_line import NoYes, open_at_desk

plans = blueprint("desk-plans", "staff")


@plans.post("/desk/contacts/<uuid:contact_id>/plan")
@requires(Action.OPEN_PLAN_AT_DESK)
@plans.arguments(schemas.OpenAtDeskSchema)
@plans.response(200, schemas.DeskPlanSchema)
@plans.alt_response(403, schema=ProblemSchema)
@plans.alt_response(404, schema=ProblemSchema)
def open_plan(body: dict[str, Any], contact_id: UUID) -> dict[str, Any]:
    """Open the plan of the person I am in contact with; without the person's yes, nothing."""
    with transaction() as session:
        found = open_at_desk(
            session,
            contact_id=contact_id,
            says_yes=body["oral_yes"],
            actor=current_actor(),
            now=clock.now(),
        )
    if found is None:
        raise NoYes()  # after the commit: that it was asked stays on the trail
    lines = [{**line._asdict(), "history": []} for line in found.lines]
    return {"shared": True, "basis": found.basis, "review_on": found.review_on, "lines": lines}
