"""On which days a given exercise comes up, and to which of them an answer belongs. Pure: Danish dates alone.

The phone works it out in the same way, by the same examples (`tests/contract/occurrences.json`).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Repeat(StrEnum):
    """How often a given exercise comes up."""

    NONE = "none"  #: once, by its day or at any time
    DAILY = "daily"
    WEEKLY = "weekly"


_STEP = {Repeat.DAILY: timedelta(days=1), Repeat.WEEKLY: timedelta(days=7)}


class Rhythm(NamedTuple):
    """When a given exercise comes up: from its first day on, as often as `repeat` says, until a last day."""

    repeat: Repeat
    given_on: date
    due_on: date | None
    until_on: date | None

    @property
    def first_on(self) -> date:
        """The first day; of one without a day, the day on which it was given."""
        return self.due_on or self.given_on


def occurrences(rhythm: Rhythm, *, upto: date, at_most: int) -> list[date]:
    """The days up to and with `upto`, the last `at_most` of them, in order; one that does not repeat has one
    day, also when that day lies ahead.
    """
    if rhythm.repeat == Repeat.NONE:
        return [rhythm.first_on]
    step = _STEP[rhythm.repeat]
    last = upto if rhythm.until_on is None else min(upto, rhythm.until_on)
    count = (last - rhythm.first_on) // step + 1
    return [rhythm.first_on + step * n for n in range(max(0, count - at_most), max(0, count))]


def occurrence_of(rhythm: Rhythm, day: date) -> date:
    """The day that an answer of this day belongs to: the last one not after it, else the first.

    So every answer belongs to exactly one, early and late ones too.
    """
    found = occurrences(rhythm, upto=day, at_most=1)
    return found[-1] if found else rhythm.first_on


def days_answered(rhythm: Rhythm, answered_on: Sequence[date]) -> set[date]:
    """The days of the exercise to which these answers belong."""
    return {occurrence_of(rhythm, day) for day in answered_on}
