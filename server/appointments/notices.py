"""Whether a reminder of an appointment still matters, asked in the very transaction that sends it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.appointments.models import Appointment, AppointmentStatus, Reply
from server.reminders import service as reminders

KIND = "appointment"


class Notice(Protocol):
    """A reminder that is about to be sent, as whoever sends it knows it."""

    @property
    def subject_id(self) -> UUID: ...

    @property
    def recipient_id(self) -> UUID: ...

    @property
    def slot(self) -> str: ...

    @property
    def revision(self) -> int: ...

    @property
    def device_session_id(self) -> UUID | None: ...


def still_matters(session: Session, *, subject_id: UUID, revision: int, now: datetime) -> bool:
    """Whether the appointment is still booked as it was, lies ahead, and was not declined."""
    return _standing(session, [subject_id], now).get(subject_id) == revision


def _standing(session: Session, subject_ids: Iterable[UUID], now: datetime) -> dict[UUID, int]:
    """The revisions of those appointments of which a reminder still matters."""
    found = select(Appointment.id, Appointment.revision).where(
        Appointment.id.in_(list(subject_ids)),
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.reply != Reply.DECLINED,
        Appointment.starts_at > now,
    )
    return {subject_id: revision for subject_id, revision in session.execute(found)}


def may_send_all(session: Session, *, asked: Sequence[Notice], now: datetime) -> list[bool | datetime]:
    """What `may_send` says of each of these, in their order, with as many statements as for one."""
    standing = _standing(session, {one.subject_id for one in asked}, now)
    people = [reminders.Asked(one.recipient_id, one.slot, one.device_session_id) for one in asked]
    wanted = reminders.may_notify_all(session, asked=people, now=now)
    return [
        answer if standing.get(one.subject_id) == one.revision else False
        for one, answer in zip(asked, wanted, strict=True)
    ]


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
