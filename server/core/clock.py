"""Time: instants are UTC, wall times are Danish."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """The present instant, aware and in UTC."""
    return datetime.now(UTC)


def to_wall(instant: datetime) -> datetime:
    """The naive clock time that hangs on a Danish wall at this instant."""
    return instant.astimezone(ZONE).replace(tzinfo=None)


def from_wall(wall: datetime, *, fold: int = 0) -> datetime:
    """The UTC instant of a Danish wall time.

    A time inside the spring gap takes the offset before the gap (02:30 becomes 03:30); a doubled
    autumn hour means its first pass unless `fold` is 1 (RFC 5545, section 3.3.5).
    """
    return wall.replace(tzinfo=ZONE, fold=fold).astimezone(UTC)


def wall_exists(wall: datetime) -> bool:
    """Whether Danish clocks ever show this wall time (false inside the spring gap)."""
    return to_wall(from_wall(wall)) == wall
