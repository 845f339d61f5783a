"""What a citizen decides about own answers, online; everything else comes with the phone's changes."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.measures import schemas, service

measures = blueprint("measures", "citizen")


@measures.put("/measure-results/<uuid:result_id>/sharing")
@requires(Action.CHANGE_OWN_SHARING)
@measures.arguments(schemas.OfferAnswersSchema)
@measures.response(204)
@measures.alt_response(404, schema=ProblemSchema)
def offer(body: dict[str, Any], result_id: UUID) -> None:
    """Let my contact person see some of my answers, or no longer."""
    with transaction() as session:
        service.offer(session, result_id=result_id, **body, actor=current_actor(), now=clock.now())
