"""What a citizen decides about one check-in, online; everything else comes with the phone's changes."""

from typing import Any
from uuid import UUID

from server.checkins import service
from server.consents.schemas import OfferSchema
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

check_ins = blueprint("checkins", "citizen")


@check_ins.put("/check-ins/<uuid:check_in_id>/sharing")
@requires(Action.CHANGE_OWN_SHARING)
@check_ins.arguments(OfferSchema)
@check_ins.response(204)
@check_ins.alt_response(404, schema=ProblemSchema)
def offer(body: dict[str, Any], check_in_id: UUID) -> None:
    """Let my contact person see one of my check-ins, or no longer."""
    with transaction() as session:
        service.offer(session, check_in_id=check_in_id, **body, actor=current_actor(), now=clock.now())
