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
    """Say that I will come, that I cannot, or that I would like another time.

    After the start the answer is refused; that it was a no is kept all the same.
    """
    actor, now, answer = current_actor(), clock.now(), Reply(body["reply"])
    try:
        with transaction() as session:
            appointment = service.reply(
                session,
                appointment_id=appointment_id,
                revision=body["revision"],
                answer=answer,
                wished=body["wishes"],
                note=body.get("note"),
                actor=actor,
                now=now,
            )
            return service.show(session, [appointment])[0]
    except service.AppointmentOver:
        with transaction() as session:
            service.keep_late_no(session, appointment_id=appointment_id, answer=answer, actor=actor, now=now)
        raise
