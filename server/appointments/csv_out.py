"""A counsellor's own bookings as a sheet, so that nothing is typed twice."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.appointments import csv_text, visible
from server.appointments.csv_words import KINDS, MODES, STATUSES, Column
from server.appointments.models import Appointment
from server.audit import service as audit
from server.citizens import visible as citizens_visible
from server.core.access import Actor
from server.core.errors import Invalid

LONGEST_SPAN = timedelta(days=731)
FILE_NAME = "aftaler.csv"


def write_own(session: Session, *, since: datetime, until: datetime, actor: Actor, now: datetime) -> bytes:
    """The actor's own bookings that start in a span of time, in order; that they were taken is recorded.

    :raises Invalid: if the span is empty or longer than two years
    """
    if not timedelta() < until - since <= LONGEST_SPAN:
        raise Invalid(errors={"to": ["Must lie after `from`, at most two years."]})
    own = visible.appointments(actor, now).where(
        Appointment.staff_id == actor.staff_id, Appointment.starts_at >= since, Appointment.starts_at < until
    )
    found = session.scalars(own.order_by(Appointment.starts_at, Appointment.id)).all()
    cases = citizens_visible.cases(actor, now).subquery()
    wanted = select(cases.c.id, cases.c.alias).where(cases.c.id.in_({one.citizen_id for one in found}))
    aliases = {row.id: row.alias for row in session.execute(wanted)}
    sheet = csv_text.write_sheet(_row(one, aliases.get(one.citizen_id, "")) for one in found)
    audit.record(session, event="appointments.exported", actor=actor, at=now, purpose="sheet")
    return sheet


def _row(appointment: Appointment, alias: str) -> dict[Column, str]:
    return {
        Column.DATE: f"{appointment.starts_local:%Y-%m-%d}",
        Column.TIME: f"{appointment.starts_local:%H:%M}",
        Column.MINUTES: str(appointment.duration_minutes),
        Column.ALIAS: alias,
        Column.KIND: KINDS[appointment.kind],
        Column.MODE: MODES[appointment.mode],
        Column.PLACE: appointment.place or "",
        Column.STATUS: STATUSES[appointment.status],
    }
