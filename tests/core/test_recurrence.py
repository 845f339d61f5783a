"""The same clock time on other days, whatever the clocks do between."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.clock import from_wall, to_wall, wall_exists
from server.core.recurrence import Rule, months_after, walls_of, walls_on

days = st.dates(date(2024, 1, 1), date(2035, 12, 31))
weekdays = st.sets(st.integers(1, 7), min_size=1)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
counts = st.integers(1, 26)


class TestWallsOn:
    @given(first_on=days, on=weekdays, at=times, count=counts)
    def test_keeps_the_clock_time_on_the_named_weekdays(
        self, first_on: date, on: set[int], at: time, count: int
    ) -> None:
        walls = walls_on(first_on, on, at, count)

        assert len(walls) == count
        assert {wall.time() for wall in walls} == {at}
        assert {wall.isoweekday() for wall in walls} <= on
        assert walls[0].date() - first_on < timedelta(days=7)
        assert all(earlier < later for earlier, later in pairwise(walls))

    @given(first_on=days, on=weekdays, at=times, count=counts)
    def test_leaves_no_such_day_out(self, first_on: date, on: set[int], at: time, count: int) -> None:
        walls = walls_on(first_on, on, at, count)

        span = (walls[-1].date() - first_on).days + 1
        all_days = [first_on + timedelta(days=number) for number in range(span)]
        assert [wall.date() for wall in walls] == [day for day in all_days if day.isoweekday() in on]

    @given(first_on=days, on=weekdays, at=times, count=counts)
    def test_hangs_on_a_danish_wall_at_every_instant_across_the_change_of_clocks(
        self, first_on: date, on: set[int], at: time, count: int
    ) -> None:
        for wall in walls_on(first_on, on, at, count):
            if wall_exists(wall):
                assert to_wall(from_wall(wall)) == wall
            else:
                assert (wall.month, wall.hour) == (3, 2)

    @given(first_on=days, on=weekdays, at=times, count=counts, data=st.data())
    def test_moves_what_comes_after_a_day_that_is_skipped(
        self, first_on: date, on: set[int], at: time, count: int, data: st.DataObject
    ) -> None:
        plain = walls_on(first_on, on, at, count + 1)
        skipped = data.draw(st.sampled_from(plain))

        walls = walls_on(first_on, on, at, count, [skipped.date()])

        assert walls == [wall for wall in plain if wall != skipped]

    def test_is_an_hour_apart_in_utc_when_summer_time_begins(self) -> None:
        before, after = walls_on(date(2027, 3, 23), [2], time(10), 2)

        assert from_wall(after) - from_wall(before) == timedelta(days=7, hours=-1)

    def test_needs_a_weekday(self) -> None:
        with pytest.raises(ValueError, match="weekday"):
            walls_on(date(2027, 3, 23), [], time(10), 1)


@given(first=st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1)), rule=st.sampled_from(Rule))
def test_a_series_is_the_same_as_a_group_on_its_weekday(first: datetime, rule: Rule) -> None:
    every = walls_on(first.date(), [first.isoweekday()], first.time(), 9)

    assert walls_of(first, rule, 5) == every[:: 1 if rule is Rule.WEEKLY else 2][:5]


class TestMonthsAfter:
    @given(day=days, months=st.integers(-36, 36))
    def test_keeps_the_day_or_takes_the_last_of_the_month(self, day: date, months: int) -> None:
        found = months_after(day, months)

        assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
        assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)

    def test_clips_the_end_of_january(self) -> None:
        assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
        assert months_after(date(2027, 1, 31), -2) == date(2026, 11, 30)
