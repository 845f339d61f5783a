"""The clock of the first contact, stopped by the first talk that was held at the person's centre."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Date, cast, select
from sqlalchemy.orm import Session

from server.appointments.models import Appointment, AppointmentStatus
from server.citizens import changes, guarantee
from server.citizens.guarantee import FirstContactClock, HeldTalk


def read_clocks(
    session: Session, *, citizen_ids: Collection[UUID], now: datetime
) -> dict[UUID, FirstContactClock]:
    """Where each of these citizens stands with the days until the first talk; they must be in sight.

    Held is what the figures count as held (`figures.first_held`): marked as held, by whomever it was booked.
    A talk from before the contact, as of somebody who has come back, stops nothing.
    """
    day = cast(Appointment.starts_local, Date)
    talks = select(Appointment.citizen_id, Appointment.unit_id, day).where(
        Appointment.citizen_id.in_(citizen_ids), Appointment.status == AppointmentStatus.FULFILLED
    )
    held = defaultdict(list)
    for citizen_id, unit_id, on in session.execute(talks.distinct()) if citizen_ids else ():
        held[citizen_id].append(HeldTalk(unit_id, on))
    return guarantee.read_clocks(session, citizen_ids=citizen_ids, held=held, now=now)


def tell_phone(session: Session, appointment: Appointment, *, now: datetime) -> None:
    """Let the person's phone fetch the clock anew, after a talk was held, or was not held after all."""
    changes.record_profile_change(session, citizen_id=appointment.citizen_id, at=now)
