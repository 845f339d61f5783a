"""Whether the notice of an exercise may still be sent, asked in the very transaction that sends it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.exercises import service
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
    """Whether this citizen may be told of an exercise on this device now, or when to ask again."""
    is_wanted = service.still_wanted(session, citizen_id=recipient_id, assignment_id=subject_id, now=now)
    return is_wanted and reminders.may_notify(
        session, citizen_id=recipient_id, slot=slot, device_session_id=device_session_id, now=now
    )
