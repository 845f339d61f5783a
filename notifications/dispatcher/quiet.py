"""Quiet hours: between 21.00 and 08.00 on Danish clocks nobody is woken."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)
LEAST_NOTICE = timedelta(minutes=30)


def held_until(now: datetime, *, deadline_at: datetime) -> datetime | None:
    """When a reminder that is due now may be sent, or None for at once.

    One that loses its use before the morning comes is sent at once: late is better than never.
    """
    local = now.astimezone(ZONE)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    morning = datetime.combine(day, QUIET_UNTIL, tzinfo=ZONE).astimezone(UTC)
    return morning if morning < deadline_at else None


def comes_too_late(morning: datetime | None, *, deadline_at: datetime) -> bool:
    """Whether what waits until then leaves its reader less than half an hour: that is no reminder."""
    return morning is not None and deadline_at - morning < LEAST_NOTICE
