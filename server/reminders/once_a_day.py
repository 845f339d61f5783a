"""The notice that can wait, in the outbox: at most one a day, and one at most that is still to come.

Whoever calls holds the person's sequence, so that two plans do not cross.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox
from notifications.outbox import Slot
from server.core import clock
from server.core.ids import new_id
from server.reminders.slots import QUIET_FROM, QUIET_UNTIL, is_quiet

LIVES = timedelta(days=1)
SUPERSEDED = "superseded"
Allow = Callable[[str, datetime], bool | datetime]


def plan(
    session: Session,
    *,
    kind: str,
    slot: str,
    subject_id: UUID,
    citizen_id: UUID,
    allowed: bool | datetime,
    now: datetime,
    last_on: date | None = None,
) -> None:
    """Plan a notice unless the day on which it would be shown has one; any other that waits gives way.

    It is not planned for a day after `last_on`.
    `allowed`: what the person's choices say of it now; in a pause, when it ends.
    """
    if allowed is False:
        return
    due_at = _due(allowed, now)
    if last_on is not None and clock.to_wall(due_at).date() > last_on:
        return
    if not _has_one(session, citizen_id, due_at):
        _cancel(session, citizen_id, now)
        _enqueue(
            session,
            kind=kind,
            slot=slot,
            subject_id=subject_id,
            citizen_id=citizen_id,
            due_at=due_at,
            now=now,
        )


def follow(session: Session, *, citizen_id: UUID, allow: Allow, now: datetime) -> None:
    """Let the notice that waits follow new choices: a pause that is lifted brings it forward to the next
    waking hour, on a day that has had one to the next morning, and a pause that begins puts it off.

    What is not wanted any more stays: it is asked about when it is due.
    """
    waiting = outbox.find_waiting(session, recipient_id=citizen_id, key_prefix=_key(citizen_id))
    allowed = allow(waiting.slot_key, now) if waiting is not None else False
    if waiting is None or allowed is False:
        return
    due_at = _due(allowed, now)
    if due_at == waiting.due_at or (allowed is True and due_at > waiting.due_at):
        return
    _cancel(session, citizen_id, now)
    while _has_one(session, citizen_id, due_at):
        due_at = _morning(clock.to_wall(due_at).date() + timedelta(days=1))
    _enqueue(
        session,
        kind=waiting.kind,
        slot=waiting.slot_key,
        subject_id=waiting.subject_id,
        citizen_id=citizen_id,
        due_at=due_at,
        now=now,
    )


def _enqueue(
    session: Session,
    *,
    kind: str,
    slot: str,
    subject_id: UUID,
    citizen_id: UUID,
    due_at: datetime,
    now: datetime,
) -> None:
    """Under a key of its own: one that was put off must not stand in the way of another for the same day."""
    outbox.enqueue(
        session,
        kind=kind,
        subject_id=subject_id,
        recipient_id=citizen_id,
        slots=[Slot(key=slot, due_at=due_at, deadline_at=due_at + LIVES)],
        dedupe_key=f"{_key(citizen_id, due_at)}:{new_id()}",
        revision=1,
        now=now,
    )


def _has_one(session: Session, citizen_id: UUID, due_at: datetime) -> bool:
    return outbox.is_told_under(session, recipient_id=citizen_id, key_prefix=_key(citizen_id, due_at))


def _cancel(session: Session, citizen_id: UUID, now: datetime) -> None:
    outbox.cancel(session, recipient_id=citizen_id, key_prefix=_key(citizen_id), reason=SUPERSEDED, now=now)


def _key(citizen_id: UUID, due_at: datetime | None = None) -> str:
    key = f"once-a-day:{citizen_id}:"
    return key if due_at is None else f"{key}{clock.to_wall(due_at).date()}"


def _due(allowed: bool | datetime, now: datetime) -> datetime:
    """By day; at night, the morning after."""
    due_at = allowed if isinstance(allowed, datetime) else now
    if not is_quiet(due_at):
        return due_at
    wall = clock.to_wall(due_at)
    return _morning(wall.date() + timedelta(days=1) if wall.time() >= QUIET_FROM else wall.date())


def _morning(day: date) -> datetime:
    return clock.from_wall(datetime.combine(day, QUIET_UNTIL))
