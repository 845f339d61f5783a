"""What staff can call to find and open a citizen."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.overview import schemas, service

overview = blueprint("overview", "staff")


@overview.get("/citizens")
@requires(Action.READ_CASELOAD)
@overview.arguments(schemas.PageQuerySchema, location="query")
@overview.response(200, schemas.CaseloadSchema)
def list_caseload(query: dict[str, Any]) -> dict[str, Any]:
    """My caseload, stand-in work included; for a manager the whole unit."""
    with transaction() as session:
        return service.list_caseload(session, **query, actor=current_actor(), now=clock.now())


@overview.get("/citizens/<uuid:citizen_id>")
@requires(Action.READ_CITIZEN)
@overview.response(200, schemas.PersonSchema)
@overview.alt_response(404, schema=ProblemSchema)
def read_person(citizen_id: UUID) -> dict[str, Any]:
    """One citizen's page."""
    with transaction() as session:
        return service.read_person(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
