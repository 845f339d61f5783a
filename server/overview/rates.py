"""How often people did not come, and how long they waited for the first talk: the unit's figures.

The definitions stand beside the numbers on the screen (pwa/src/text/rates.*). Never by colleague: there is
no such argument, and a month in which all appointments were one colleague's shows numbers without a rate.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments import figures
from server.appointments.figures import MonthFigures
from server.audit import service as audit
from server.citizens import first_contacts
from server.citizens.first_contacts import FirstContact
from server.core import clock
from server.core.access import Actor
from server.core.errors import Forbidden, Invalid

FEWEST = 5  #: below this a share says nothing and could point at somebody
GUARANTEE_DAYS = 14  #: serviceloven § 101, 2: from the first contact
MONTHS_SHOWN, MOST_MONTHS = 12, 36
COUNTED = ("held", "missed", "excused", "late", "in_time", "by_service", "moved", "unmarked")
#: "Udeblivelser i stofbehandlingen", the one earlier figure we know of; how it was counted stands nowhere.
EARLIER = {
    "rusmiddelcenter": {
        "year": 2016,
        "percent": 29,
        "source": "Udsatteområdets udviklingsplaner 2017-2018, Viborg Kommune",
    }
}


class BadMonths(Invalid):
    """The months cannot be shown."""

    def __init__(self) -> None:
        super().__init__(errors={"to": [f"Must not lie before `from`, at most {MOST_MONTHS} months."]})


def read_rates(
    session: Session, *, actor: Actor, now: datetime, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """The figures of the actor's unit for whole Danish months, both included; the look is recorded.

    Without months: the last twelve. Months are given by their first day.

    :raises BadMonths: if the first lies after the last, or there are more than 36
    """
    if actor.unit_id is None:
        raise Forbidden()
    last = last or clock.to_wall(now).date().replace(day=1)
    first = first or _later(last, 1 - MONTHS_SHOWN)
    months = _months(first, last)
    since, until = _midnight(first), _midnight(_later(last, 1))
    counted = figures.count_by_month(session, unit_id=actor.unit_id, since=since, until=until, now=now)
    shown = {
        "since": f"{first:%Y-%m}",
        "until": f"{last:%Y-%m}",
        "months": _by_month(months, counted),
        "total": _rate(_sum(counted)),
        "waiting": _waiting(session, actor.unit_id, since, until, today=clock.to_wall(now).date()),
        "earlier": EARLIER.get(accounts.get_unit(session, unit_id=actor.unit_id).slug),
    }
    audit.record(
        session, event="rates.read", actor=actor, at=now, purpose=f"{shown['since']} to {shown['until']}"
    )
    return shown


def _months(first: date, last: date) -> list[date]:
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 1 <= number <= MOST_MONTHS:
        raise BadMonths()
    return [_later(first, step) for step in range(number)]


def _later(month: date, steps: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 + steps, 12)
    return date(year, index + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _by_month(months: Sequence[date], counted: Sequence[MonthFigures]) -> list[dict[str, Any]]:
    known = {one.month.date(): one for one in counted}
    return [
        {"month": f"{month:%Y-%m}", **_rate(known.get(month) or _sum([], month=month))} for month in months
    ]


def _sum(counted: Sequence[MonthFigures], *, month: date = date.min) -> MonthFigures:
    """Several months as one. The number of colleagues is at least that of the busiest month."""
    whole = MonthFigures(_midnight(month), 0, 0, 0, 0, 0, 0, 0, 0, 0)
    for one in counted:
        more = {name: getattr(whole, name) + getattr(one, name) for name in COUNTED}
        whole = whole._replace(**more, colleagues=max(whole.colleagues, one.colleagues))
    return whole


def _rate(one: MonthFigures) -> dict[str, Any]:
    """No-show rate = no-show ÷ (held + no-show + late-cancelled); excused and in-time stand apart."""
    denominator = one.held + one.missed + one.late
    return {
        "numerator": one.missed,
        "denominator": denominator,
        "percent": _percent(one.missed, denominator) if one.colleagues > 1 else None,
        "held": one.held,
        "late": one.late,
        "excused": one.excused,
        "in_time": one.in_time,
        "by_service": one.by_service,
        "moved": one.moved,
        "unmarked": one.unmarked,
    }


def _percent(part: int, whole: int) -> int | None:
    """A share in whole per cent, half a per cent upwards; none of fewer than five."""
    return (200 * part + whole) // (2 * whole) if whole >= FEWEST else None


def _waiting(
    session: Session, unit_id: UUID, since: datetime, until: datetime, *, today: date
) -> dict[str, Any]:
    """Days from the first contact to the first talk held, for those who first came in these months."""
    came = first_contacts.list_first_contacts(session, unit_id=unit_id, since=since, until=until)
    held_at = figures.first_held(session, unit_id=unit_id, citizen_ids=[one.citizen_id for one in came])
    held = [_days(one, held_at[one.citizen_id]) for one in came if one.citizen_id in held_at]
    without = [one for one in came if one.citizen_id not in held_at]
    waiting = [one for one in without if one.active]
    overdue = [one for one in waiting if _waits_too_long(one, today)]
    in_time = sum(days <= GUARANTEE_DAYS for days in held)
    decided = len(held) + len(overdue)
    return {
        "came": len(came),
        "held": len(held),
        "median_days": float(median(held)) if len(held) >= FEWEST else None,
        "within_14": in_time,
        "decided": decided,
        "percent_within_14": _percent(in_time, decided),
        "waiting": len(waiting),
        "waiting_over_14": len(overdue),
        "ended_without": len(without) - len(waiting),
    }


def _days(one: FirstContact, held_at: datetime) -> int:
    """A first contact that was corrected to a later day than the talk counts as the same day."""
    return max(0, (held_at.date() - one.at.date()).days)


def _waits_too_long(one: FirstContact, today: date) -> bool:
    return today - one.at.date() > timedelta(days=GUARANTEE_DAYS)
