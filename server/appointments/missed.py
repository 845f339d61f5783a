"""Missed talks as other rooms need them: which they are, and whether that still holds."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.appointments.models import Appointment, AppointmentKind, AppointmentStatus


class MissedTalk(NamedTuple):
    """A talk to which the person did not come; `excused` if there was a good reason."""

    id: UUID
    citizen_id: UUID
    staff_id: UUID
    kind: AppointmentKind
    starts_at: datetime
    starts_local: datetime
    excused: bool
    revision: int


def find_missed(session: Session, *, appointment_ids: Collection[UUID]) -> dict[UUID, MissedTalk]:
    """Those of the appointments that still count as missed; the caller knows who may see them."""
    found = select(
        Appointment.id,
        Appointment.citizen_id,
        Appointment.staff_id,
        Appointment.kind,
        Appointment.starts_at,
        Appointment.starts_local,
        func.coalesce(Appointment.noshow_excused, False),
        Appointment.revision,
    ).where(Appointment.id.in_(appointment_ids), Appointment.status == AppointmentStatus.NOSHOW)
    return {row.id: MissedTalk(*row) for row in session.execute(found)}
