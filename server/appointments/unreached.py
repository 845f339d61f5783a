"""A reminder that told nobody becomes somebody's call, as long as the appointment lies ahead."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications import untold
from server.appointments.models import Appointment, AppointmentKind, AppointmentStatus, Reply
from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.core import clock
from server.core.access import SYSTEM
from server.tasks import service as tasks
from server.tasks.days import next_working_day
from server.tasks.service import TaskKind

KIND = TaskKind.REMINDER_NOT_REACHED
FARTHEST = timedelta(days=15)  #: no reminder is due earlier before the start
A_DAY = timedelta(days=1)


class Unreached(NamedTuple):
    """An appointment ahead of which its person has not been told."""

    id: UUID
    citizen_id: UUID
    unit_id: UUID
    staff_id: UUID
    kind: AppointmentKind
    starts_at: datetime
    starts_local: datetime


def find_unreached(
    session: Session, *, now: datetime, appointment_ids: Collection[UUID] | None = None
) -> dict[UUID, Unreached]:
    """The appointments ahead whose reminders told nobody; all of them, or those among the ids.

    Who has answered since the reminder was due has seen the appointment. Nobody is called about somebody
    who has died. The caller knows who may see them.
    """
    ahead = select(Appointment).where(
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.starts_at > now,
        Appointment.starts_at <= now + FARTHEST,
        Appointment.citizen_id.in_(citizens_visible.living_ids()),
    )
    if appointment_ids is not None:
        ahead = ahead.where(Appointment.id.in_(appointment_ids))
    found = session.scalars(ahead).all()
    silent = untold.find_untold(session, [one.id for one in found], now=now)
    return {
        one.id: _as_unreached(one)
        for one in found
        if one.id in silent and not _has_answered_since(one, silent[one.id])
    }


def list_to_settle(session: Session, *, now: datetime) -> dict[UUID, UUID]:
    """The appointments whose task does not fit what their reminders came to, and whose they are."""
    should = {one.id: one.citizen_id for one in find_unreached(session, now=now).values()}
    known = tasks.known_subjects(session, kind=KIND, subject_ids=should)
    is_open = tasks.open_subjects(session, kind=KIND)
    missing = {one: citizen_id for one, citizen_id in should.items() if one not in known}
    needless = {one: citizen_id for one, citizen_id in is_open.items() if one not in should}
    return missing | needless


def settle(
    session: Session, *, appointment_id: UUID, citizen_id: UUID, holidays: Collection[date], now: datetime
) -> None:
    """Open the task about an appointment if its reminders told nobody, else take it back; as often as asked.

    It is due today, or on the next working day if the appointment is not before. What somebody is done with
    stays so. One appointment a transaction: the trail is written last.
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    found = find_unreached(session, now=now, appointment_ids=[appointment_id]).get(appointment_id)
    if found is None:
        tasks.cancel_task(session, kind=KIND, subject_id=appointment_id, actor=SYSTEM, now=now)
        return
    today = clock.to_wall(now).date()
    tasks.open_task(
        session,
        kind=KIND,
        citizen_id=found.citizen_id,
        subject_id=found.id,
        unit_id=found.unit_id,
        due_on=min(next_working_day(today - A_DAY, holidays=holidays), found.starts_local.date()),
        actor=SYSTEM,
        now=now,
    )


def _has_answered_since(appointment: Appointment, due_at: datetime) -> bool:
    answered_at = appointment.reply_at
    return appointment.reply != Reply.NEEDS_ACTION and answered_at is not None and answered_at >= due_at


def _as_unreached(one: Appointment) -> Unreached:
    return Unreached(
        id=one.id,
        citizen_id=one.citizen_id,
        unit_id=one.unit_id,
        staff_id=one.staff_id,
        kind=one.kind,
        starts_at=one.starts_at,
        starts_local=one.starts_local,
    )
