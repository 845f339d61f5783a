"""What a counsellor sees of check-ins."""

from typing import Any
from uuid import UUID

from server.checkins import schemas, service
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

check_ins = blueprint("checkins", "staff")


@check_ins.get("/citizens/<uuid:citizen_id>/check-ins")
@requires(Action.READ_CHECK_INS)
@check_ins.arguments(schemas.SharedQuerySchema, location="query")
@check_ins.response(200, schemas.SharedPageSchema)
@check_ins.alt_response(404, schema=ProblemSchema)
def list_shared(query: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """What a citizen shares with me of the check-ins, newest first; else only that nothing is shared."""
    with transaction() as session:
        page = service.read_shared(
            session, citizen_id=citizen_id, **query, actor=current_actor(), now=clock.now()
        )
    return page._asdict()
