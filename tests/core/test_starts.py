"""Which times can be booked."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.starts import BadStart, check_start

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


class TestCheckStart:
    def test_keeps_the_instant_and_the_clock_time(self) -> None:
        assert check_start(at("2026-11-30T10:00:00+01:00"), NOW) == (
            datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
            datetime(2026, 11, 30, 10, 0),
        )

    @pytest.mark.parametrize("offset", ["+01:00", "+02:00"])
    def test_refuses_a_clock_time_that_summer_time_skips(self, offset: str) -> None:
        with pytest.raises(BadStart) as caught:
            check_start(at(f"2027-03-28T02:30:00{offset}"), NOW)

        assert list(caught.value.errors or {}) == ["starts_at"]

    def test_takes_an_instant_in_utc_whose_digits_look_like_the_gap(self) -> None:
        assert check_start(at("2027-03-28T02:30:00Z"), NOW)[1] == datetime(2027, 3, 28, 4, 30)

    def test_keeps_the_two_passes_of_the_doubled_hour_apart(self) -> None:
        first, wall = check_start(at("2027-10-31T02:30:00+02:00"), NOW)
        second, same_wall = check_start(at("2027-10-31T02:30:00+01:00"), NOW)

        assert second - first == timedelta(hours=1)
        assert wall == same_wall == datetime(2027, 10, 31, 2, 30)

    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-23T10:00:00+01:00",
            "2026-11-23T08:59:00Z",
            "2029-11-30T10:00:00+01:00",
            "2026-11-30T10:00:30+01:00",
            "2026-11-30T10:00:00.000001+01:00",
            "2026-11-30T10:00:00",
        ],
    )
    def test_refuses_the_past_the_far_future_seconds_and_times_without_a_zone(self, text: str) -> None:
        with pytest.raises(BadStart):
            check_start(at(text), NOW)
