"""On which day something is due. Pure: no database, no clock."""

from collections.abc import Collection
from datetime import date, timedelta

A_DAY = timedelta(days=1)
SATURDAY = 5


def next_working_day(after: date, *, holidays: Collection[date]) -> date:
    """The first day after this one that is neither Saturday, Sunday nor one of the holidays."""
    day = after + A_DAY
    while day.weekday() >= SATURDAY or day in holidays:
        day += A_DAY
    return day
