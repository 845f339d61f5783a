"""Whether a reminder of an appointment still matters, asked in the very transaction that sends it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.appointments.models import Appointment, AppointmentStatus, Reply
from server.reminders import service as reminders

KIND = "appointment"


def still_matters(session: Session, *, subject_id: UUID, revision: int, now: datetime) -> bool:
    """Whether the appointment is still booked as it was, lies ahead, and was not declined."""
    found = select(Appointment.id).where(
        Appointment.id == subject_id,
        Appointment.revision == revision,
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.reply != Reply.DECLINED,
        Appointment.starts_at > now,
    )
    return session.scalar(found) is not None


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
    """Whether this citizen may be reminded of this appointment on this device now, or when to ask again."""
    return still_matters(session, subject_id=subject_id, revision=revision, now=now) and reminders.may_notify(
        session, citizen_id=recipient_id, slot=slot, device_session_id=device_session_id, now=now
    )
