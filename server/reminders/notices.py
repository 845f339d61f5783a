"""Whether a test notice may still be sent: only to the phone that asked for it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.reminders import service
from server.reminders.phones import TEST_KIND

KIND = TEST_KIND


def may_send(
    session: Session,
    *,
    subject_id: UUID,
    recipient_id: UUID,
    revision: int,
    slot: str,
    device_session_id: UUID | None,
    now: datetime,
) -> bool:
    """Whether this is the phone that asked, and it is still this person's. A pause does not stop a test."""
    return device_session_id == subject_id and service.may_reach(
        session, citizen_id=recipient_id, device_session_id=device_session_id, now=now
    )
