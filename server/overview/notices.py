"""Whether the message about a missed talk may still be sent, asked in the very transaction that sends it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.overview import missed
from server.reminders import service as reminders

KIND = missed.MESSAGE_KIND


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
    """Whether this citizen may be written to about it on this device now, or when to ask again."""
    return missed.may_still_send(session, subject_id=subject_id, revision=revision) and reminders.may_notify(
        session, citizen_id=recipient_id, slot=slot, device_session_id=device_session_id, now=now
    )
