"""What came of a unit's appointments, counted: numbers only, never a person.

How much of them is each colleague's is counted to decide what may be shown, and shown to nobody.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from server.appointments.models import UNSAID, Appointment, AppointmentStatus, Cancellation

COUNTED = ("held", "missed", "excused", "late", "in_time", "by_service", "moved", "unmarked")


class MonthFigures(NamedTuple):
    """The appointments of one Danish month, by what came of them; each is in one of the numbers."""

    month: datetime  #: its first day, on a Danish wall
    held: int
    missed: int  #: without an excuse
    excused: int  #: missed with an excuse
    late: int  #: cancelled too late
    in_time: int  #: cancelled by the person in time
    by_service: int  #: cancelled by us
    moved: int
    unmarked: int  #: begun, and nobody has said what came of it
    by_colleague: Mapping[UUID, int]  #: the held, missed and late ones by colleague; never shown


def count_by_month(session: Session, *, unit_id: UUID, until: datetime, now: datetime) -> list[MonthFigures]:
    """All of a unit's appointments before a Danish wall time, by month; a month without any is left out."""
    month = func.date_trunc("month", Appointment.starts_local)
    counted = (
        select(month, Appointment.staff_id, *_counts(now))
        .where(
            Appointment.unit_id == unit_id,
            Appointment.starts_local < until,
            Appointment.status != AppointmentStatus.ENTERED_IN_ERROR,
        )
        .group_by(month, Appointment.staff_id)
        .order_by(month)
    )
    found: dict[datetime, MonthFigures] = {}
    for at, staff_id, *counts in session.execute(counted):
        held, missed, _, late, *_ = counts
        mine = {staff_id: held + missed + late} if held + missed + late else {}
        one = MonthFigures._make([at, *counts, mine])
        found[at] = add(found[at], one) if at in found else one
    return list(found.values())


def add(first: MonthFigures, second: MonthFigures) -> MonthFigures:
    """Two as one, under the month of the first."""
    more = {name: getattr(first, name) + getattr(second, name) for name in COUNTED}
    together = Counter(first.by_colleague)
    together.update(second.by_colleague)
    return first._replace(**more, by_colleague=dict(together))


def first_held(session: Session, *, unit_id: UUID, citizen_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When, on a Danish wall, each of these citizens had the first talk that was held in the unit."""
    held = (
        select(Appointment.citizen_id, func.min(Appointment.starts_local))
        .where(
            Appointment.unit_id == unit_id,
            Appointment.citizen_id.in_(citizen_ids),
            Appointment.status == AppointmentStatus.FULFILLED,
        )
        .group_by(Appointment.citizen_id)
    )
    return {citizen_id: at for citizen_id, at in session.execute(held)}


def _counts(now: datetime) -> Sequence[ColumnElement[int]]:
    held = Appointment.status == AppointmentStatus.FULFILLED
    noshow = Appointment.status == AppointmentStatus.NOSHOW
    excused = and_(noshow, Appointment.noshow_excused.is_(True))
    missed = and_(noshow, Appointment.noshow_excused.is_not(True))
    late = _cancelled(Cancellation.LATE)
    unmarked = and_(Appointment.status.in_(UNSAID), Appointment.starts_at <= now)
    each = (
        held,
        missed,
        excused,
        late,
        _cancelled(Cancellation.BY_CITIZEN),
        _cancelled(Cancellation.BY_SERVICE),
        _cancelled(Cancellation.MOVED),
        unmarked,
    )
    return [func.count().filter(one) for one in each]


def _cancelled(why: Cancellation) -> ColumnElement[bool]:
    return and_(Appointment.status == AppointmentStatus.CANCELLED, Appointment.cancellation == why)
