"""Counting contacts: true counts for the own unit; every contact stands in a row or in a named gap."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.crisis_line.models import Contact
from server.crisis_line.releases import KEYS, Counted, Way, later, month_key
from server.library.desk_models import NOT_REGISTERED

#: A contact that was emptied keeps its month and its channel, nothing else.
LEFT_WHEN_ERASED = frozenset({Way.MONTH, Way.CHANNEL})
ERASED, STILL_OPEN, UNANSWERED, NOT_ON_THE_LIST = "erased", "still-open", "unanswered", "not-on-the-list"
GAPS = (ERASED, STILL_OPEN, UNANSWERED, NOT_ON_THE_LIST)


class Row(NamedTuple):
    """What of a contact is counted; the first reason that was ticked is the one that counts."""

    id: UUID
    citizen_id: UUID | None
    is_found: bool
    opened_at: datetime
    is_open: bool
    is_erased: bool
    channel: str
    gender: str
    reasons: list[str]
    safety_before: int | None
    safety_after: int | None


def read_rows(session: Session, *, unit_id: UUID, first: date, last: date) -> list[Row]:
    """The unit's contacts that began on these Danish days, both included, in order."""
    since = clock.from_wall(datetime.combine(first, time.min))
    until = clock.from_wall(datetime.combine(date.fromordinal(last.toordinal() + 1), time.min))
    counted = (
        Contact.id,
        Contact.citizen_id,
        Contact.found_by.is_not(None),
        Contact.opened_at,
        Contact.closed_at.is_(None),
        Contact.erased_at.is_not(None),
        Contact.channel,
        Contact.gender,
        Contact.reasons,
        Contact.safety_before,
        Contact.safety_after,
    )
    found = select(*counted).where(
        Contact.unit_id == unit_id, Contact.opened_at >= since, Contact.opened_at < until
    )
    return [Row._make(row) for row in session.execute(found.order_by(Contact.opened_at, Contact.id))]


def first_day(session: Session, *, unit_id: UUID) -> date | None:
    """The Danish day of the unit's first contact, if there is any."""
    oldest = select(Contact.opened_at).where(Contact.unit_id == unit_id).order_by(Contact.opened_at).limit(1)
    found = session.scalars(oldest).one_or_none()
    return clock.to_wall(found).date() if found else None


def count(rows: Sequence[Row], way: Way, *, first: date, last: date) -> dict[str, Any]:
    """Rows and gaps, and how many contacts there are: the three always add up."""
    keys = _months(first, last) if way is Way.MONTH else KEYS[way]
    values, gaps = Counter[str](), Counter[str]()
    for row in rows:
        value, gap = value_of(row, way)
        if gap is None and value not in keys:
            gap = NOT_ON_THE_LIST
        (values if gap is None else gaps)[value if gap is None else gap] += 1
    return {
        "rows": [{"keys": [key], "count": values[key]} for key in keys],
        "gaps": [{"code": code, "count": gaps[code]} for code in GAPS if gaps[code]],
        "total": len(rows),
    }


def value_of(row: Row, way: Way) -> tuple[str, str | None]:
    """What a contact is counted under, and the gap it falls into if under nothing."""
    if row.is_erased and way not in LEFT_WHEN_ERASED:
        return "", ERASED
    wall = clock.to_wall(row.opened_at)
    if way is Way.REASON:
        missing = STILL_OPEN if row.is_open else UNANSWERED
        return (row.reasons[0], None) if row.reasons else ("", missing)
    value = {
        Way.MONTH: month_key(wall.date()),
        Way.HOUR: f"{wall.hour:02}",
        Way.CHANNEL: str(row.channel),
        Way.GENDER: str(row.gender),
    }[way]
    return value, None


def counted(row: Row) -> Counted:
    """A contact as an analyst's figures count it: what nobody wrote down is not registered."""
    values = {way: value_of(row, way)[0] for way in Way}
    if values[Way.REASON] not in KEYS[Way.REASON]:
        values[Way.REASON] = NOT_REGISTERED
    return Counted(clock.to_wall(row.opened_at).date().replace(day=1), values, row.citizen_id or row.id)


def callers(rows: Sequence[Row]) -> dict[str, int]:
    """Who came back: only among people whom the desk found. Of everybody else we do not say.

    Whoever claimed a contact counts as unknown, too: over a short span the numbers would tell who it was.
    """
    times = Counter(row.citizen_id for row in rows if row.is_found)
    again = [number for number in times.values() if number > 1]
    return {
        "known_people": len(times),
        "came_again": len(again),
        "contacts_of_known": sum(times.values()),
        "contacts_of_came_again": sum(again),
        "contacts_unknown": sum(not row.is_found for row in rows),
    }


def safety(rows: Sequence[Row]) -> dict[str, int]:
    """How safe people felt before and after, where both were said; asked is never everybody."""
    both = [
        (row.safety_before, row.safety_after)
        for row in rows
        if row.safety_before is not None and row.safety_after is not None
    ]
    return {
        "answered": len(both),
        "contacts": len(rows),
        "safer": sum(after > before for before, after in both),
        "same": sum(after == before for before, after in both),
        "less_safe": sum(after < before for before, after in both),
    }


def mentioned(rows: Sequence[Row]) -> dict[str, int]:
    """How often each reason was ticked at all; a contact can have several."""
    times = Counter(reason for row in rows for reason in set(row.reasons))
    return {reason: times[reason] for reason in KEYS[Way.REASON]}


def _months(first: date, last: date) -> tuple[str, ...]:
    start = first.replace(day=1)
    number = (last.year - start.year) * 12 + last.month - start.month + 1
    return tuple(month_key(later(start, step)) for step in range(number))
