"""Which times can be booked, for one person or for a group. Pure: no database, no clock."""

from datetime import UTC, datetime, timedelta

from server.core.clock import to_wall, wall_exists
from server.core.errors import Invalid

FARTHEST = timedelta(days=731)
DANISH_OFFSETS = (timedelta(hours=1), timedelta(hours=2))


class BadStart(Invalid):
    """An appointment cannot start at this time."""

    def __init__(self, message: str) -> None:
        super().__init__(errors={"starts_at": [message]})


def check_start(given: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The instant in UTC and the Danish clock time of a start that can be booked.

    In the doubled hour of autumn the offset tells the two passes apart, so both can be booked. A time
    inside the spring gap names no moment: it is refused and not quietly shifted, because the two
    people would each shift it their own way.

    :raises BadStart: if it names no zone, no whole minute, no moment in Denmark, the past, or a far future
    """
    offset = given.utcoffset()
    if offset is None:
        raise BadStart("Must say its time zone, such as +01:00 or Z.")
    if given.second or given.microsecond:
        raise BadStart("Must be a whole minute.")
    if offset in DANISH_OFFSETS and not wall_exists(given.replace(tzinfo=None)):
        raise BadStart("This time does not exist: Danish clocks skip it when summer time begins.")
    starts_at = given.astimezone(UTC)
    if starts_at <= now:
        raise BadStart("Must not lie in the past.")
    if starts_at > now + FARTHEST:
        raise BadStart("Must lie within two years.")
    return starts_at, to_wall(starts_at)
