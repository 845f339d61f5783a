"""The same clock time on other days, on a Danish wall. Pure: no database, no clock."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class Rule(StrEnum):
    """How often a series takes place."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"


_APART = {Rule.WEEKLY: timedelta(days=7), Rule.FORTNIGHTLY: timedelta(days=14)}


def walls_of(first: datetime, rule: Rule, count: int) -> list[datetime]:
    """The Danish clock times of a series: the same hour on every date, whatever the clocks do between."""
    return [first + _APART[rule] * number for number in range(count)]


def walls_on(
    first_on: date, weekdays: Collection[int], at: time, count: int, skip: Collection[date] = ()
) -> list[datetime]:
    """The Danish clock times of so many meetings, week after week on these weekdays (1 is Monday).

    The first is on `first_on` or the first such weekday after it. A day that is skipped moves all later ones.
    """
    days = _days(first_on, frozenset(weekdays), frozenset(skip))
    return [datetime.combine(next(days), at) for _ in range(count)]


def _days(first_on: date, weekdays: frozenset[int], skip: frozenset[date]) -> Iterator[date]:
    """:raises ValueError: if no weekday is named"""
    if not weekdays:
        raise ValueError("Name a weekday.")
    day = first_on
    while True:
        if day.isoweekday() in weekdays and day not in skip:
            yield day
        day += timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the month's last day where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=years, month=month + 1, day=min(day.day, monthrange(years, month + 1)[1]))
