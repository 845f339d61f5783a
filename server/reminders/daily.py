"""Notices that can wait: off until the person chooses them, and together at most one a day."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox
from notifications.outbox import Slot
from server.core import clock
from server.reminders.choices import choices_of
from server.reminders.slots import QUIET_FROM, QUIET_UNTIL, SlotKey, is_quiet

LIVES = timedelta(days=1)
SUPERSEDED = "superseded"


def tell_once_a_day(
    session: Session, *, kind: str, slot: SlotKey, subject_id: UUID, citizen_id: UUID, now: datetime
) -> None:
    """Plan a neutral notice for a person who chose this kind, unless that day has one already.

    The day is the one on which it would be shown: after a pause, and not at night. What is left of the day
    before gives way, so that nobody gets two at once. Whether it still matters is asked when it is due.
    """
    wanted = choices_of(session, citizen_ids=[citizen_id])[citizen_id].allow(slot, now)
    if wanted is False:
        return
    due_at = _in_waking_hours(wanted if isinstance(wanted, datetime) else now)
    day = clock.to_wall(due_at).date()
    outbox.cancel(session, dedupe_key=_key(citizen_id, day - timedelta(days=1)), reason=SUPERSEDED, now=now)
    outbox.enqueue(
        session,
        kind=kind,
        subject_id=subject_id,
        recipient_id=citizen_id,
        slots=[Slot(key=slot.value, due_at=due_at, deadline_at=due_at + LIVES)],
        dedupe_key=_key(citizen_id, day),
        revision=1,
        now=now,
    )


def _key(citizen_id: UUID, day: object) -> str:
    return f"once-a-day:{citizen_id}:{day}"


def _in_waking_hours(due_at: datetime) -> datetime:
    """The same moment by day; at night, the morning after."""
    if not is_quiet(due_at):
        return due_at
    wall = clock.to_wall(due_at)
    day = wall.date() + timedelta(days=1) if wall.time() >= QUIET_FROM else wall.date()
    return clock.from_wall(datetime.combine(day, QUIET_UNTIL))
