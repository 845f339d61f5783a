"""The outbox: whoever books something writes its reminders here, in the same transaction."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Update, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.failpoints import Point
from notifications.models import (
    Delivery,
    DeliveryState,
    Occurrence,
    OccurrenceState,
    PushDevice,
    Reminder,
)
from notifications.models.fallbacks import Fallback, spare, spare_reminders
from notifications.models.states import LEFT_OUT, OPEN_DELIVERY, OPEN_OCCURRENCE, UNSENT_DELIVERY, sources
from notifications.models.tables import new_id
from notifications.models.transitions import affected, delivery_step, lock_occurrences, occurrence_step
from notifications.standing import Standing, standing

__all__ = [
    "CHANNEL",
    "Slot",
    "Standing",
    "Waiting",
    "acknowledge",
    "cancel",
    "enqueue",
    "find_subject",
    "find_waiting",
    "is_shown_since",
    "is_told_under",
    "ledger",
    "occurrence_ids",
    "reschedule",
    "standing",
    "unwanted_slots",
]

CHANNEL = "notifications"
RESCHEDULED = "rescheduled"
NOT_WANTED = "not-wanted"


@dataclass(frozen=True)
class Slot:
    """One moment at which to remind, and when the reminder has lost its use."""

    key: str
    due_at: datetime
    deadline_at: datetime
    left_out: str | None = None  #: why it is never sent; kept, so that nothing is ever just absent


def enqueue(
    session: Session,
    *,
    kind: str,
    subject_id: UUID,
    recipient_id: UUID,
    slots: Sequence[Slot],
    dedupe_key: str,
    revision: int,
    now: datetime,
) -> UUID:
    """Plan a reminder in the transaction that books; the same `dedupe_key` again changes nothing."""
    reminder_id = session.scalar(
        insert(Reminder)
        .values(
            id=new_id(),
            kind=kind,
            subject_id=subject_id,
            recipient_id=recipient_id,
            dedupe_key=dedupe_key,
            revision=revision,
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(Reminder.id)
    )
    if reminder_id is None:
        return session.scalars(select(Reminder.id).where(Reminder.dedupe_key == dedupe_key)).one()
    _plan(session, reminder_id, slots, revision, now)
    return reminder_id


def _plan(session: Session, reminder_id: UUID, slots: Sequence[Slot], revision: int, now: datetime) -> None:
    if not slots:
        return
    rows = [
        {
            "id": new_id(),
            "reminder_id": reminder_id,
            "slot_key": slot.key,
            "due_at": slot.due_at,
            "deadline_at": slot.deadline_at,
            "revision": revision,
            "created_at": now,
            **_first_state(slot, now),
        }
        for slot in slots
    ]
    session.execute(
        insert(Occurrence).values(rows)
    )  # the database itself writes down how many: see LedgerEntry
    failpoints.reach(Point.SLOTS_WRITTEN)
    session.execute(text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})


def _first_state(slot: Slot, now: datetime) -> dict[str, object]:
    if slot.left_out is None:
        return {"state": OccurrenceState.PLANNED.value, "finished_at": None, "reason": None}
    reason = f"{LEFT_OUT}{slot.left_out}"
    return {"state": OccurrenceState.EXPIRED.value, "finished_at": now, "reason": reason}


def reschedule(
    session: Session,
    *,
    dedupe_key: str,
    new_key: str,
    subject_id: UUID,
    slots: Sequence[Slot],
    revision: int,
    now: datetime,
) -> bool:
    """Let a successor take a reminder over, with slots of a newer revision; says whether it did.

    The reminder stays the same, so that on the phone the new notice takes the place of the old one, and
    one that is still on the screen leads to the successor. Earlier occurrences keep their row under a
    superseded key. A withdrawn reminder, or one of an equal or newer revision, stays as it is.
    """
    reminder = session.scalars(
        select(Reminder).where(Reminder.dedupe_key == dedupe_key).with_for_update()
    ).one_or_none()
    if reminder is None or reminder.cancelled_at is not None or reminder.revision >= revision:
        return False
    _cancel_open(session, [reminder.id], reason=RESCHEDULED, now=now)
    superseded = func.concat(Occurrence.slot_key, "~", Occurrence.revision)
    session.execute(
        update(Occurrence)
        .where(Occurrence.reminder_id == reminder.id, ~Occurrence.slot_key.contains("~"))
        .values(slot_key=superseded)
        .execution_options(synchronize_session=False)
    )
    reminder.revision, reminder.subject_id, reminder.dedupe_key = revision, subject_id, new_key
    session.flush()
    _plan(session, reminder.id, slots, revision, now)
    return True


def cancel(
    session: Session,
    *,
    dedupe_key: str | None = None,
    subject_id: UUID | None = None,
    recipient_id: UUID | None = None,
    key_prefix: str | None = None,
    reason: str,
    now: datetime,
) -> int:
    """Withdraw the reminders under a key, about a subject or for a person; says how many that ended.

    `key_prefix`: of those only the ones under such a key that are not over.

    :raises ValueError: if nothing is named
    """
    if dedupe_key is None and subject_id is None and recipient_id is None:
        raise ValueError("Name a dedupe_key, a subject_id or a recipient_id.")
    wanted = select(Reminder).with_for_update()
    if dedupe_key is not None:
        wanted = wanted.where(Reminder.dedupe_key == dedupe_key)
    if subject_id is not None:
        wanted = wanted.where(Reminder.subject_id == subject_id)
    if recipient_id is not None:
        wanted = wanted.where(Reminder.recipient_id == recipient_id)
    if key_prefix is not None:
        still_open = select(Occurrence.reminder_id).where(Occurrence.state.in_(_values(OPEN_OCCURRENCE)))
        wanted = wanted.where(
            Reminder.dedupe_key.startswith(key_prefix, autoescape=True), Reminder.id.in_(still_open)
        )
    reminders = session.scalars(wanted.order_by(Reminder.id)).all()
    for reminder in reminders:
        reminder.cancelled_at = reminder.cancelled_at or now
    session.flush()
    return _cancel_open(session, [reminder.id for reminder in reminders], reason=reason, now=now)


def _cancel_open(session: Session, reminder_ids: Sequence[UUID], *, reason: str, now: datetime) -> int:
    open_ids = session.scalars(
        select(Occurrence.id).where(
            Occurrence.reminder_id.in_(reminder_ids), Occurrence.state.in_(_values(OPEN_OCCURRENCE))
        )
    ).all()
    lock_occurrences(session, open_ids)
    ended = affected(
        session,
        occurrence_step(OPEN_OCCURRENCE, OccurrenceState.CANCELLED, now=now, reason=reason).where(
            Occurrence.id.in_(open_ids)
        ),
    )
    session.execute(_cancelled(OPEN_DELIVERY, reason, now).where(Delivery.occurrence_id.in_(open_ids)))
    spare_reminders(session, reminder_ids=reminder_ids, reason=reason, now=now)
    return ended


def _cancelled(states: frozenset[DeliveryState], reason: str, now: datetime) -> Update:
    return delivery_step(states, DeliveryState.CANCELLED, now=now, reason=reason)


def _values(states: frozenset[OccurrenceState]) -> list[str]:
    return [state.value for state in states]


def occurrence_ids(
    session: Session, subject_ids: Sequence[UUID], *, recipient_id: UUID | None = None
) -> dict[UUID, list[UUID]]:
    """The occurrences of each subject, oldest first: a tapped notice is resolved by them on the phone.

    `recipient_id`: only that person's, for a subject that is told to many.
    """
    found: dict[UUID, list[UUID]] = {subject_id: [] for subject_id in subject_ids}
    told = (
        select(Reminder.subject_id, Occurrence.id)
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .where(Reminder.subject_id.in_(subject_ids))
    )
    if recipient_id is not None:
        told = told.where(Reminder.recipient_id == recipient_id)
    for subject_id, occurrence_id in session.execute(told.order_by(Occurrence.id)):
        found[subject_id].append(occurrence_id)
    return found


def unwanted_slots(session: Session, *, subject_id: UUID, since: datetime) -> set[str]:
    """The slots of a subject that were not sent because nobody wanted them when they were due.

    Those of a text message or mail that was called off for that reason count too.
    """
    ended = (Occurrence.reason == NOT_WANTED) & (Occurrence.finished_at >= since)
    spared = (Fallback.reason == NOT_WANTED) & (Fallback.finished_at >= since)
    found = (
        select(Occurrence.slot_key)
        .join(Reminder, Reminder.id == Occurrence.reminder_id)
        .outerjoin(Fallback, Fallback.occurrence_id == Occurrence.id)
        .where(Reminder.subject_id == subject_id, Reminder.cancelled_at.is_(None), ended | spared)
    )
    return set(session.scalars(found))


class Waiting(NamedTuple):
    """One moment of a reminder that nobody has begun to send."""

    kind: str
    subject_id: UUID
    slot_key: str
    due_at: datetime


def find_waiting(session: Session, *, recipient_id: UUID, key_prefix: str) -> Waiting | None:
    """What comes next for a person under such a key, if nobody has begun to send it."""
    found = (
        select(Reminder.kind, Reminder.subject_id, Occurrence.slot_key, Occurrence.due_at)
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .where(
            Reminder.recipient_id == recipient_id,
            Reminder.dedupe_key.startswith(key_prefix, autoescape=True),
            Occurrence.state.in_(_values(OPEN_OCCURRENCE)),
            ~_is_begun(),
        )
        .order_by(Occurrence.due_at)
    )
    row = session.execute(found.limit(1)).one_or_none()
    return None if row is None else Waiting(*row)


def is_told_under(session: Session, *, recipient_id: UUID, key_prefix: str) -> bool:
    """Whether a person has a reminder under such a key: one that stands, or one that may have been shown."""
    found = (
        select(Reminder.id)
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .where(
            Reminder.recipient_id == recipient_id,
            Reminder.dedupe_key.startswith(key_prefix, autoescape=True),
            Reminder.cancelled_at.is_(None) | _is_begun(),
        )
    )
    return session.execute(found.limit(1)).first() is not None


def is_shown_since(session: Session, *, subject_id: UUID, recipient_id: UUID, since: datetime) -> bool:
    """Whether a reminder about a subject that was planned since then may have been shown to a person."""
    found = (
        select(Reminder.id)
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .where(
            Reminder.subject_id == subject_id,
            Reminder.recipient_id == recipient_id,
            Reminder.created_at >= since,
            _is_begun(),
        )
    )
    return session.execute(found.limit(1)).first() is not None


def _is_begun() -> ColumnElement[bool]:
    """Whether an occurrence was tried on a phone, or is to be told by another way."""
    tried = select(Delivery.id).where(Delivery.occurrence_id == Occurrence.id, Delivery.attempts > 0)
    other = select(Fallback.id).where(Fallback.occurrence_id == Occurrence.id)
    return tried.exists() | other.exists()


def ledger(session: Session) -> dict[str, int]:
    """How many occurrences stand in each state; together they are all that were ever planned."""
    rows = session.execute(select(Occurrence.state, func.count()).group_by(Occurrence.state))
    counted: dict[str, int] = {state: count for state, count in rows}
    return {state.value: counted.get(state.value, 0) for state in OccurrenceState}


def find_subject(session: Session, occurrence_id: UUID, recipient_id: UUID) -> tuple[str, UUID] | None:
    """What a notice was about, for the person it was meant for and nobody else."""
    row = session.execute(
        select(Reminder.kind, Reminder.subject_id)
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .where(Occurrence.id == occurrence_id, Reminder.recipient_id == recipient_id)
    ).one_or_none()
    return None if row is None else (row.kind, row.subject_id)


def acknowledge(session: Session, *, delivery_id: UUID, secret: str, now: datetime) -> bool:
    """Note that a phone showed the notice; true if the secret fits, however often it is told.

    May come before the sender has recorded its own result, and long after we gave up waiting.
    """
    known = session.execute(
        select(Delivery.occurrence_id, Delivery.ack_secret, Delivery.device_id).where(
            Delivery.id == delivery_id
        )
    ).one_or_none()
    if known is None or not hmac.compare_digest(known.ack_secret.encode(), secret.encode()):
        return False
    lock_occurrences(session, [known.occurrence_id])
    confirmed = delivery_step(sources(DeliveryState.CONFIRMED), DeliveryState.CONFIRMED, now=now, reason=None)
    if not affected(session, confirmed.where(Delivery.id == delivery_id)):
        return True
    session.execute(
        occurrence_step(
            [OccurrenceState.FANNED_OUT, OccurrenceState.UNCONFIRMED],
            OccurrenceState.CONFIRMED,
            now=now,
            reason=None,
        ).where(Occurrence.id == known.occurrence_id)
    )
    spare(session, occurrence_ids=[known.occurrence_id], reason="reached-by-push", now=now)
    session.execute(
        _cancelled(UNSENT_DELIVERY, "reached-elsewhere", now).where(
            Delivery.occurrence_id == known.occurrence_id
        )
    )
    session.execute(
        update(PushDevice)
        .where(PushDevice.id == known.device_id)
        .values(confirmed_at=now, unanswered=0)
        .execution_options(synchronize_session=False)
    )
    return True
