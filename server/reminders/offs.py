"""Off beats on: what was turned off holds for a day against an "on" that was said without having seen it.

A phone may have been left in a hurry, forgotten or taken, and another one still carries an older "on"
that reaches the house late. Whoever says "on" with the "off" before their eyes is heard at once.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.reminders.models import ReminderOff

HOLDS = timedelta(hours=24)


class Seen(NamedTuple):
    """What somebody had before their eyes: a version of the choices, and own changes not yet in it."""

    version: int
    after: Collection[UUID] = ()


def is_quieter(choice: str, before: Any, after: Any, now: datetime) -> bool:
    """Whether a choice brings fewer reminders than the one before: turned off, or a longer pause."""
    if choice == "paused_until":
        return _end(after, now) > _end(before, now)
    return bool(before and not after)


def unseen(
    session: Session,
    *,
    citizen_id: UUID,
    before: Mapping[str, Any],
    changed: Mapping[str, Any],
    seen: Seen,
    now: datetime,
) -> set[str]:
    """Which of these changes would undo an "off" of the last day that their author had not seen."""
    louder = [name for name, value in changed.items() if is_quieter(name, value, before[name], now)]
    offs = select(ReminderOff).where(
        ReminderOff.citizen_id == citizen_id,
        ReminderOff.choice.in_(louder),
        ReminderOff.version > seen.version,
        ReminderOff.at > now - HOLDS,
    )
    return {off.choice for off in session.scalars(offs) if off.mutation_id not in seen.after}


def remember(
    session: Session,
    *,
    citizen_id: UUID,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    version: int,
    mutation_id: UUID | None,
    now: datetime,
) -> None:
    """Write down what was turned off with this version, and by which change."""
    for name, value in after.items():
        if is_quieter(name, before[name], value, now):
            off = ReminderOff(
                citizen_id=citizen_id, choice=name, version=version, at=now, mutation_id=mutation_id
            )
            session.merge(off)
    session.flush()


def _end(until: datetime | None, now: datetime) -> datetime:
    """When reminders begin again."""
    return now if until is None else max(until, now)
