"""Planning and withdrawing what people are told of a course's sessions: each person by themself.

A session is one subject for many people, so everything here names the person too. Call it in the
transaction that enrols, moves, cancels or lets go, with the person's sequence held.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox
from server.accounts import service as accounts
from server.citizens import service as citizens
from server.core.ids import new_id
from server.reminders.rules import rules_of
from server.reminders.slots import slot_of_change, slots_before_session

KIND, KIND_CHANGED = "session", "session-changed"
REPLACED = "replaced"


def plan(
    session: Session,
    *,
    session_id: UUID,
    citizen_id: UUID,
    starts_at: datetime,
    revision: int,
    now: datetime,
) -> bool:
    """Remind one person of one session, in place of whatever was planned about it before.

    What cannot be sent any more is written with its reason. Says whether the reminder comes at once.
    """
    withdraw(session, session_id=session_id, citizen_id=citizen_id, reason=REPLACED, now=now)
    unit_id = citizens.unit_of(session, citizen_id=citizen_id)
    rules = rules_of(accounts.get_unit(session, unit_id=unit_id).slug if unit_id else "")
    planned = slots_before_session(starts_at, now, rules)
    outbox.enqueue(
        session,
        kind=KIND,
        subject_id=session_id,
        recipient_id=citizen_id,
        slots=planned.rows(starts_at, now),
        dedupe_key=f"{KIND}:{session_id}:{citizen_id}:{new_id()}",
        revision=revision,
        now=now,
    )
    return any(slot.due_at <= slot_of_change(starts_at, now).due_at for slot in planned.slots)


def tell_change(
    session: Session,
    *,
    session_id: UUID,
    citizen_id: UUID,
    starts_at: datetime,
    revision: int,
    now: datetime,
) -> None:
    """Tell one person that something about a session that was to start at `starts_at` has changed."""
    outbox.enqueue(
        session,
        kind=KIND_CHANGED,
        subject_id=session_id,
        recipient_id=citizen_id,
        slots=[slot_of_change(starts_at, now)],
        dedupe_key=f"{KIND_CHANGED}:{session_id}:{citizen_id}:{new_id()}",
        revision=revision,
        now=now,
    )


def withdraw(session: Session, *, session_id: UUID, citizen_id: UUID, reason: str, now: datetime) -> None:
    """Tell one person nothing more of a session."""
    outbox.cancel(session, subject_id=session_id, recipient_id=citizen_id, reason=reason, now=now)


def occurrence_ids(
    session: Session, *, session_ids: Sequence[UUID], citizen_id: UUID
) -> dict[UUID, list[UUID]]:
    """The notices of each session that were one person's own."""
    return outbox.occurrence_ids(session, session_ids, recipient_id=citizen_id)
