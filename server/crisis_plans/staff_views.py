"""What a counsellor can do with a plan whose owner said yes."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import glance, transaction
from server.core.dumping import Written
from server.core.http import ProblemSchema, blueprint
from server.crisis_plans import schemas, service
from server.crisis_plans.desk import Refused

plans = blueprint("plans", "staff")


@plans.get("/citizens/<uuid:citizen_id>/plan")
@requires(Action.READ_PLAN)
@plans.response(200, schemas.SharedPlanSchema)
@plans.alt_response(404, schema=ProblemSchema)
def read_plan(citizen_id: UUID) -> Written:
    """A citizen's plan, if the person lets the contact person see it; else only that it is not shared."""
    with glance() as session:
        return service.read_shared(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


@plans.post("/citizens/<uuid:citizen_id>/plan/lines")
@requires(Action.EDIT_PLAN)
@plans.arguments(schemas.SharedEditSchema)
@plans.response(200, schemas.SharedOutcomeSchema)
@plans.alt_response(404, schema=ProblemSchema)
@plans.alt_response(409, schema=ProblemSchema)
def write_line(body: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """Write in a line of a citizen's plan, with the person's yes; by the rules of the person's own phone."""
    line_id, mutation_id = body.pop("id"), body.pop("mutation_id")
    with transaction() as session:
        outcome = service.write_shared(
            session,
            citizen_id=citizen_id,
            line_id=line_id,
            mutation_id=mutation_id,
            fields=body,
            actor=current_actor(),
            now=clock.now(),
        )
    return {"result": outcome.result, "line": outcome.line}


@plans.get("/citizens/<uuid:citizen_id>/plan/refused")
@requires(Action.EDIT_PLAN)
@plans.response(200, schemas.RefusedSchema(many=True))
@plans.alt_response(404, schema=ProblemSchema)
def list_refused(citizen_id: UUID) -> list[Refused]:
    """My own words for a plan that could not be saved."""
    with transaction() as session:
        return service.list_refused(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


@plans.delete("/refused-edits/<uuid:edit_id>")
@requires(Action.EDIT_PLAN)
@plans.response(204)
@plans.alt_response(404, schema=ProblemSchema)
def dismiss_refused(edit_id: UUID) -> None:
    """Let my own refused words go."""
    with transaction() as session:
        service.dismiss_refused(session, edit_id=edit_id, actor=current_actor(), now=clock.now())
