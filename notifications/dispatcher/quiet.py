"""Quiet hours: between 21.00 and 08.00 on Danish clocks nobody is woken."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)
LEAST_NOTICE = timedelta(minutes=30)


def morning_after(now: datetime) -> datetime | None:
    """When the night that this instant lies in is over, or None by day."""
    local = now.astimezone(ZONE)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, tzinfo=ZONE).astimezone(UTC)


def held_until(now: datetime, *, deadline_at: datetime) -> datetime | None:
    """When a reminder that is due now may be sent, or None for at once.

    One that would leave its reader less than half an hour in the morning goes at once, and without a
    sound (`morning_after` says that it is night): late and silent is better than never.
    """
    morning = morning_after(now)
    return None if morning is None or deadline_at - morning < LEAST_NOTICE else morning
