"""What a citizen decides about one answer, online; everything else comes with the phone's changes."""

from typing import Any
from uuid import UUID

from server.consents.schemas import OfferSchema
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.exercises import service

exercises = blueprint("exercises", "citizen")


@exercises.put("/exercise-answers/<uuid:answer_id>/sharing")
@requires(Action.CHANGE_OWN_SHARING)
@exercises.arguments(OfferSchema)
@exercises.response(204)
@exercises.alt_response(404, schema=ProblemSchema)
def offer(body: dict[str, Any], answer_id: UUID) -> None:
    """Let my contact person see what came of one exercise, or no longer."""
    with transaction() as session:
        service.offer(session, answer_id=answer_id, **body, actor=current_actor(), now=clock.now())
