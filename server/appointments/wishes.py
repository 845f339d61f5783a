"""What a citizen wishes instead of a booked time, as it is stored and as it is read. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from server.core.clock import wall_exists
from server.core.errors import Invalid
from server.core.fields import instant_text
from server.core.starts import DANISH_OFFSETS, FARTHEST

MOST = 2


class DayPart(StrEnum):
    """A part of a day, for somebody who cannot name an hour."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class BadWish(Invalid):
    """A wish names a time that cannot be."""


def to_store(wishes: Sequence[Mapping[str, Any]], now: datetime) -> list[dict[str, str]] | None:
    """The wishes as they are kept, or None without any.

    One that has gone by when it arrives is kept: a phone may come late, and the wish for another time
    matters more than which. Staff cannot book it, since a booking must lie ahead.

    :raises BadWish: naming each one that names no moment in Denmark or a far future
    """
    faults = {f"wishes.{at}": [fault] for at, wish in enumerate(wishes) if (fault := _fault(wish, now))}
    if faults:
        raise BadWish(errors=faults)
    return [_plain(wish) for wish in wishes] or None


def as_read(stored: Sequence[Mapping[str, str]] | None) -> list[dict[str, Any]]:
    """The wishes with real times and dates, in the order in which they were given."""
    return [
        {"starts_at": datetime.fromisoformat(wish["starts_at"])}
        if "starts_at" in wish
        else {"on": date.fromisoformat(wish["on"]), "day_part": DayPart(wish["day_part"])}
        for wish in stored or ()
    ]


def _fault(wish: Mapping[str, Any], now: datetime) -> str | None:
    starts_at: datetime | None = wish.get("starts_at")
    if starts_at is None:
        return "Must lie within two years." if wish["on"] > (now + FARTHEST).date() else None
    if starts_at.second or starts_at.microsecond:
        return "Must be a whole minute."
    if starts_at.utcoffset() in DANISH_OFFSETS and not wall_exists(starts_at.replace(tzinfo=None)):
        return "This time does not exist: Danish clocks skip it when summer time begins."
    return "Must lie within two years." if starts_at.astimezone(UTC) > now + FARTHEST else None


def _plain(wish: Mapping[str, Any]) -> dict[str, str]:
    if "starts_at" in wish:
        return {"starts_at": instant_text(wish["starts_at"])}
    return {"on": wish["on"].isoformat(), "day_part": str(wish["day_part"])}
