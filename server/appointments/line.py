"""A person's appointments as a line of time, and how many colleagues the person has met."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from server.appointments import visible
from server.appointments.models import Appointment, AppointmentKind, AppointmentStatus
from server.core.access import Actor


def list_line(
    session: Session,
    *,
    citizen_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int,
    before: tuple[datetime, UUID] | None = None,
    until: datetime | None = None,
    goal_id: UUID | None = None,
) -> Sequence[Appointment]:
    """A person's appointments, latest first; of one goal, if one is named. The caller records the look.

    `before`: only those that stand after this one in the list. `until`: only those that have begun by then.
    """
    found = visible.appointments(actor, now).where(Appointment.citizen_id == citizen_id)
    if goal_id is not None:
        found = found.where(Appointment.goal_id == goal_id)
    if until is not None:
        found = found.where(Appointment.starts_at <= until)
    if before is not None:
        found = found.where(tuple_(Appointment.starts_at, Appointment.id) < tuple_(*before))
    return session.scalars(
        found.order_by(Appointment.starts_at.desc(), Appointment.id.desc()).limit(limit)
    ).all()


def staff_met(session: Session, *, citizen_id: UUID, since: datetime, until: datetime) -> set[UUID]:
    """The colleagues with whom a person had a talk that was held in a span; the person must be in sight."""
    held = select(Appointment.staff_id).where(
        Appointment.citizen_id == citizen_id,
        Appointment.status == AppointmentStatus.FULFILLED,
        Appointment.starts_at >= since,
        Appointment.starts_at <= until,
    )
    return set(session.scalars(held.distinct()))


def days_of_talks(session: Session, *, citizen_id: UUID, unit_id: UUID | None) -> list[date]:
    """The Danish days on which a person had a talk that was held at a unit; the person must be in sight."""
    held = select(Appointment.starts_local).where(
        Appointment.citizen_id == citizen_id,
        Appointment.unit_id == unit_id,
        Appointment.status == AppointmentStatus.FULFILLED,
        Appointment.kind.in_((AppointmentKind.TALK, AppointmentKind.FIRST_TALK)),
    )
    return sorted(wall.date() for wall in session.scalars(held))
