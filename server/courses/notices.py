"""Whether a notice about a session may still be sent, asked in the very transaction that sends it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.courses import service
from server.reminders import service as reminders

KIND, KIND_CHANGED = service.KIND, service.KIND_CHANGED


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
    """Whether this citizen may be reminded of this session on this device now, or when to ask again."""
    return service.still_matters(
        session, session_id=subject_id, citizen_id=recipient_id, revision=revision, now=now
    ) and reminders.may_notify(
        session, citizen_id=recipient_id, slot=slot, device_session_id=device_session_id, now=now
    )


def may_tell_change(
    session: Session,
    *,
    subject_id: UUID,
    recipient_id: UUID,
    revision: int,
    slot: str,
    device_session_id: UUID | None,
    now: datetime,
) -> bool | datetime:
    """Whether this citizen may be told on this device that a session has changed, or when to ask again."""
    return service.change_still_matters(
        session, session_id=subject_id, citizen_id=recipient_id, revision=revision
    ) and reminders.may_notify(
        session, citizen_id=recipient_id, slot=slot, device_session_id=device_session_id, now=now
    )
