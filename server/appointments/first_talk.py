"""The clock of the first contact, stopped by the first talk that was held at the person's centre."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, FromClause, ScalarSelect, bindparam, cast, func, select
from sqlalchemy.orm import Session

from server.appointments.models import Appointment, AppointmentStatus
from server.citizens import changes, guarantee
from server.citizens.guarantee import FirstContactClock
from server.core import clock


def first_held(people: FromClause) -> ScalarSelect[date]:
    """The day of the first talk held of each of the people of an outer query (`guarantee.add_clock`).

    Held is what the figures count as held (`figures.first_held`): marked as held, by whomever it was booked.
    A talk from before the contact, as of somebody who has come back, stops nothing.
    """
    day = cast(Appointment.starts_local, Date)
    talks = select(func.min(day)).where(
        Appointment.citizen_id == people.c.id,
        Appointment.unit_id == people.c.unit_id,
        Appointment.status == AppointmentStatus.FULFILLED,
        day >= cast(people.c.first_contact_wall, Date),
    )
    return talks.correlate(people).scalar_subquery()


_PEOPLE = guarantee.people().subquery("people")
_CLOCKS = select(_PEOPLE, first_held(_PEOPLE).label("held_on")).where(
    _PEOPLE.c.id.in_(bindparam("citizen_ids", expanding=True))
)


def read_clocks(
    session: Session, *, citizen_ids: Collection[UUID], now: datetime
) -> dict[UUID, FirstContactClock]:
    """Where each of these citizens stands with the days until the first talk; they must be in sight."""
    if not citizen_ids:
        return {}
    today = clock.to_wall(now).date()
    return {
        person.id: guarantee.clock_of(person, held_on=person.held_on, today=today)
        for person in session.execute(_CLOCKS, {"citizen_ids": list(citizen_ids)})
    }


def tell_phone(session: Session, appointment: Appointment, *, now: datetime) -> None:
    """Let the person's phone fetch the clock anew, after a talk was held, or was not held after all."""
    changes.record_profile_change(session, citizen_id=appointment.citizen_id, at=now)
