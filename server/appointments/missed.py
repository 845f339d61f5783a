"""Missed talks as other rooms need them: which they are, and whether that still holds."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.appointments import wishes
from server.appointments.models import Appointment, AppointmentKind, AppointmentStatus, Reply


class MissedTalk(NamedTuple):
    """A talk to which the person did not come; `excused` if there was a good reason.

    `late_no_at` is when the person's no came, if it came after the start.
    `wishes` and `wish_note` are what the person asked for instead, before the talk or since.
    """

    id: UUID
    citizen_id: UUID
    staff_id: UUID
    kind: AppointmentKind
    starts_at: datetime
    starts_local: datetime
    excused: bool
    revision: int
    asks_again: bool
    late_no_at: datetime | None
    wishes: list[dict[str, Any]]
    wish_note: str | None


def find_missed(session: Session, *, appointment_ids: Collection[UUID]) -> dict[UUID, MissedTalk]:
    """Those of the appointments that still count as missed; the caller knows who may see them."""
    found = select(Appointment).where(
        Appointment.id.in_(appointment_ids), Appointment.status == AppointmentStatus.NOSHOW
    )
    return {one.id: _as_missed(one) for one in session.scalars(found)}


def _as_missed(one: Appointment) -> MissedTalk:
    return MissedTalk(
        id=one.id,
        citizen_id=one.citizen_id,
        staff_id=one.staff_id,
        kind=one.kind,
        starts_at=one.starts_at,
        starts_local=one.starts_local,
        excused=bool(one.noshow_excused),
        revision=one.revision,
        asks_again=one.reply == Reply.TENTATIVE,
        late_no_at=one.late_no_at,
        wishes=wishes.as_read(one.wishes),
        wish_note=one.wish_note,
    )
