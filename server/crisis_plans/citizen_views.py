"""What a citizen can ask about the own plan; writing goes through the phone's queue."""

from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.crisis_plans import schemas, service
from server.crisis_plans.desk import PlanLook
from server.crisis_plans.reading import Past

plans = blueprint("plans", "citizen")


@plans.get("/history/<uuid:line_id>")
@requires(Action.READ_OWN_RECORD)
@plans.response(200, schemas.PastSchema(many=True))
@plans.alt_response(404, schema=ProblemSchema)
def read_history(line_id: UUID) -> list[Past]:
    """Everything ever written in one line of my plan, newest first."""
    with transaction() as session:
        return service.list_history(session, line_id=line_id, actor=current_actor(), now=clock.now())


@plans.get("/plan-reads")
@requires(Action.READ_OWN_RECORD)
@plans.response(200, schemas.LookSchema(many=True))
def list_looks() -> list[PlanLook]:
    """When staff have seen my plan, from which unit and for what."""
    with transaction() as session:
        return service.list_looks(session, actor=current_actor())
