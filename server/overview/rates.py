"""How often people did not come, and how long they waited for the first talk: the unit's figures.

The definitions stand beside the numbers on the screen (pwa/src/text/rates.*). Never by colleague: there is
no such argument, and a month that could point at one is shown only together with others (`cells.py`).
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments import figures
from server.appointments.figures import COUNTED, MonthFigures
from server.audit import service as audit
from server.citizens import first_contacts
from server.citizens.first_contacts import FirstContact
from server.core import clock
from server.core.access import Actor
from server.core.errors import Forbidden, Invalid
from server.overview.cells import FEWEST, Cell, cells_of, together

GUARANTEE_DAYS = 14  #: serviceloven § 101, 2: from the first contact
MONTHS_SHOWN, MOST_MONTHS = 12, 36
PARTS = tuple(name for name in COUNTED if name != "missed")
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
    counted = figures.count_by_month(session, unit_id=actor.unit_id, until=_after(now), now=now)
    cells = [cell for cell in cells_of(counted) if set(cell.months) <= set(months)]
    pooled = [cell for cell in cells if len(cell.months) > 1]
    shown = {
        "since": f"{first:%Y-%m}",
        "until": f"{last:%Y-%m}",
        "months": _by_month(months, cells),
        "smaller": {"months": _named(pooled), **_rate(together(pooled))},
        "total": {"months": _named(cells), **_rate(together(cells))},
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


def _after(now: datetime) -> datetime:
    """The end of this month: what lies behind it counts nowhere yet."""
    return _midnight(_later(clock.to_wall(now).date(), 1))


def _named(cells: Sequence[Cell]) -> list[str]:
    return [f"{month:%Y-%m}" for cell in cells for month in cell.months]


def _by_month(months: Sequence[date], cells: Sequence[Cell]) -> list[dict[str, Any]]:
    alone = {cell.months[0]: cell.figures for cell in cells if len(cell.months) == 1}
    return [{"month": f"{month:%Y-%m}", **_rate(alone.get(month))} for month in months]


def _rate(one: MonthFigures | None) -> dict[str, Any]:
    """No-show rate = no-show ÷ (held + no-show + late-cancelled); excused and in-time stand apart.

    Nothing at all of what may not be shown.
    """
    if one is None:
        return {"shown": False, **dict.fromkeys(("numerator", "denominator", "percent", *PARTS))}
    denominator = one.held + one.missed + one.late
    return {
        "shown": True,
        "numerator": one.missed,
        "denominator": denominator,
        "percent": _percent(one.missed, denominator),
        **{name: getattr(one, name) for name in PARTS},
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
