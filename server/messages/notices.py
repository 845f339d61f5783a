"""Whether the notice of an answer may still be sent, asked in the very transaction that sends it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.messages import service
from server.reminders import service as reminders

KIND = service.KIND


def may_send(
    session: Session,
    *,
    subject_id: UUID,
    recipient_id: UUID,
    revision: int,
    slot: str,
    device_session_id: UUID | None,
    now: datetime,
) -> bool | datetime:
    """Whether this citizen may be told on this device now that an answer is there, or when to ask again."""
    stands = service.still_stands(session, citizen_id=recipient_id, message_id=subject_id)
    return stands and reminders.may_notify(
        session, citizen_id=recipient_id, slot=slot, device_session_id=device_session_id, now=now
    )
