"""What a citizen's phone can call about appointments."""

from typing import Any
from uuid import UUID

from server.appointments import schemas, service
from server.appointments.models import Reply
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

appointments = blueprint("appointments", "citizen")


@appointments.post("/appointments/<uuid:appointment_id>/reply")
@requires(Action.REPLY_TO_APPOINTMENT)
@appointments.arguments(schemas.ReplySchema)
@appointments.response(200, schemas.AppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def reply(body: dict[str, Any], appointment_id: UUID) -> dict[str, Any]:
    """Say that I will come, that I cannot, or that I would like another time."""
    with transaction() as session:
        appointment = service.reply(
            session,
            appointment_id=appointment_id,
            revision=body["revision"],
            answer=Reply(body["reply"]),
            wished=body["wishes"],
            note=body.get("note"),
            actor=current_actor(),
            now=clock.now(),
        )
        return service.show(session, [appointment])[0]
