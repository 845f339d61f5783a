"""What counsellors can do with messages; a manager sees which of them nobody answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.messages import schemas, service

messages = blueprint("messages", "staff")


@messages.get("/messages/waiting")
@requires(Action.READ_WAITING_MESSAGES)
@messages.response(200, schemas.WaitingListSchema)
def list_waiting() -> dict[str, Any]:
    """Who waits for an answer by me, who has waited longest first."""
    with transaction() as session:
        return {"items": service.list_waiting(session, actor=current_actor(), now=clock.now())}


@messages.get("/citizens/<uuid:citizen_id>/messages")
@requires(Action.READ_MESSAGES)
@messages.arguments(schemas.PageSchema, location="query")
@messages.response(200, schemas.ThreadSchema)
@messages.alt_response(404, schema=ProblemSchema)
def read_thread(query: dict[str, str], citizen_id: UUID) -> service.Thread:
    """A citizen's messages with the contact person, newest first."""
    with transaction() as session:
        return service.list_thread(
            session,
            citizen_id=citizen_id,
            cursor=query.get("cursor"),
            actor=current_actor(),
            now=clock.now(),
        )


@messages.post("/citizens/<uuid:citizen_id>/messages")
@requires(Action.WRITE_MESSAGES)
@messages.arguments(schemas.NewMessageSchema)
@messages.response(201, schemas.MessageSchema)
@messages.alt_response(404, schema=ProblemSchema)
@messages.alt_response(409, schema=ProblemSchema)
def write(body: dict[str, Any], citizen_id: UUID) -> service.Shown:
    """Write to a citizen; the phone gets it when it has a network."""
    message_id = body.pop("id")
    with transaction() as session:
        return service.write(
            session,
            citizen_id=citizen_id,
            message_id=message_id,
            **body,
            actor=current_actor(),
            now=clock.now(),
        )


@messages.post("/citizens/<uuid:citizen_id>/messages/answered")
@requires(Action.WRITE_MESSAGES)
@messages.arguments(schemas.OtherAnswerSchema)
@messages.response(200, schemas.StillWaitingSchema)
@messages.alt_response(404, schema=ProblemSchema)
def answer_otherwise(body: dict[str, UUID], citizen_id: UUID) -> dict[str, datetime | None]:
    """Note that the citizen was answered in another way: by phone, or face to face."""
    with transaction() as session:
        since = service.answer_otherwise(
            session, citizen_id=citizen_id, seen=body["seen"], actor=current_actor(), now=clock.now()
        )
    return {"waiting_since": since}


@messages.post("/citizens/<uuid:citizen_id>/messages/<uuid:message_id>/withdrawal")
@requires(Action.WRITE_MESSAGES)
@messages.response(200, schemas.MessageSchema)
@messages.alt_response(404, schema=ProblemSchema)
def withdraw(citizen_id: UUID, message_id: UUID) -> service.Shown:
    """Take my own message back; its words are then shown to nobody."""
    with transaction() as session:
        return service.withdraw(
            session,
            citizen_id=citizen_id,
            message_id=message_id,
            actor=current_actor(),
            now=clock.now(),
        )
