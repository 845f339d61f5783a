"""Danish wall time over the changes of the clock."""

from datetime import UTC, datetime

import pytest

from server.core import clock


@pytest.mark.parametrize(
    ("wall", "fold", "instant"),
    [
        (datetime(2027, 3, 28, 2, 30), 0, datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (datetime(2027, 10, 31, 2, 30), 0, datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (datetime(2027, 10, 31, 2, 30), 1, datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
        (datetime(2026, 11, 23, 10, 0), 0, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
    ],
)
def test_a_wall_time_is_one_instant(wall: datetime, fold: int, instant: datetime) -> None:
    assert clock.from_wall(wall, fold=fold) == instant


def test_a_time_in_the_gap_shows_as_the_hour_after() -> None:
    assert clock.to_wall(clock.from_wall(datetime(2027, 3, 28, 2, 30))) == datetime(2027, 3, 28, 3, 30)
    assert not clock.wall_exists(datetime(2027, 3, 28, 2, 30))
    assert clock.wall_exists(datetime(2027, 10, 31, 2, 30))
