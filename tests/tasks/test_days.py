"""The next working day, across weekends and holidays."""

from datetime import date

import pytest

from server.tasks.days import next_working_day

CHRISTMAS = {date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26)}


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 24)),  # Monday to Tuesday
        (date(2026, 11, 27), date(2026, 11, 30)),  # Friday to Monday
        (date(2026, 11, 28), date(2026, 11, 30)),  # Saturday to Monday
        (date(2026, 12, 23), date(2026, 12, 28)),  # the Wednesday before Christmas to the Monday after
        (date(2026, 12, 31), date(2027, 1, 1)),  # a holiday that is not given is a working day
    ],
)
def test_is_the_first_day_that_is_neither_weekend_nor_holiday(after: date, due: date) -> None:
    assert next_working_day(after, holidays=CHRISTMAS) == due
