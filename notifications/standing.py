"""How the reminders of something stand, as staff may see it: never a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from notifications.models import Delivery, DeliveryState, Occurrence, OccurrenceState, Reminder
from notifications.models.states import LEFT_OUT, OPEN_OCCURRENCE


class Standing(StrEnum):
    """What staff may know about the reminders of a subject: never a time."""

    NONE = "none"  #: no reminder
    PLANNED = "planned"  #: its time has not come
    SENT = "sent"  #: on its way
    REACHED = "reached"  #: a phone showed it
    NOT_REACHED = "not-reached"  #: no phone has said so
    NO_DEVICE = "no-device"  #: there was no phone to send it to


def standing(session: Session | Connection, subject_ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """How the reminders of each subject stand; one that was left out counts where there is no other."""
    confirmed = (
        select(Delivery.id)
        .where(Delivery.occurrence_id == Occurrence.id, Delivery.state == DeliveryState.CONFIRMED)
        .exists()
    )
    tried = select(Delivery.id).where(Delivery.occurrence_id == Occurrence.id, Delivery.attempts > 0).exists()
    rows = session.execute(
        select(
            Reminder.subject_id, Occurrence.state, confirmed, tried, Occurrence.reason.startswith(LEFT_OUT)
        )
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .where(
            Reminder.subject_id.in_(subject_ids),
            Occurrence.state != OccurrenceState.CANCELLED,
            ~Occurrence.slot_key.contains("~"),
        )
    )
    seen: dict[UUID, set[Standing]] = {subject_id: set() for subject_id in subject_ids}
    left_out: set[UUID] = set()
    for subject_id, state, is_confirmed, is_tried, is_left_out in rows:
        if is_left_out:
            left_out.add(subject_id)
        elif state == OccurrenceState.FANNED_OUT and not is_tried:
            seen[subject_id].add(Standing.PLANNED)  # it waits for the end of a pause, a gap or the night
        else:
            seen[subject_id].add(Standing.REACHED if is_confirmed else _STANDING[OccurrenceState(state)])
    for subject_id in left_out:
        seen[subject_id] = seen[subject_id] or {Standing.NOT_REACHED}
    return {
        subject_id: min(standings, key=_WEIGHT.index, default=Standing.NONE)
        for subject_id, standings in seen.items()
    }


_STANDING = {
    OccurrenceState.PLANNED: Standing.PLANNED,
    OccurrenceState.DUE: Standing.PLANNED,
    OccurrenceState.HELD: Standing.PLANNED,
    OccurrenceState.FANNED_OUT: Standing.SENT,
    OccurrenceState.CONFIRMED: Standing.REACHED,
    OccurrenceState.FALLBACK_SENT: Standing.NOT_REACHED,
    OccurrenceState.UNCONFIRMED: Standing.NOT_REACHED,
    OccurrenceState.EXPIRED: Standing.NOT_REACHED,
    OccurrenceState.NO_DEVICE: Standing.NO_DEVICE,
}
_WEIGHT = [
    Standing.REACHED,
    Standing.SENT,
    Standing.NOT_REACHED,
    Standing.NO_DEVICE,
    Standing.PLANNED,
]


@dataclass(frozen=True)
class Progress:
    """How far one reminder came on its way to one phone; for the eyes of its own reader."""

    planned_at: datetime
    tried: bool  #: it has left the house at least once
    accepted: bool  #: the push service took it
    shown: bool  #: the phone says that it showed it
    over: bool  #: nothing more will happen by itself


def progress(session: Session, *, recipient_id: UUID, key_prefix: str) -> list[Progress]:
    """How far the last reminders under this beginning of a key came: those that were planned together."""
    reminders = session.execute(
        select(Reminder.id, Reminder.created_at)
        .where(
            Reminder.recipient_id == recipient_id, Reminder.dedupe_key.startswith(key_prefix, autoescape=True)
        )
        .order_by(Reminder.created_at.desc())
    ).all()
    together = [row.id for row in reminders if row.created_at == reminders[0].created_at]
    rows = session.execute(
        select(Reminder.created_at, Occurrence.state, Delivery.state, Delivery.attempts, Delivery.accepted_at)
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .outerjoin(
            Delivery,
            # What never was for this phone is no news: a test goes to every phone, and one may get it.
            (Delivery.occurrence_id == Occurrence.id) & (Delivery.state != DeliveryState.CANCELLED.value),
        )
        .where(Reminder.id.in_(together))
    )
    return [
        Progress(
            planned_at=row[0],
            tried=bool(row[3]),
            accepted=row[4] is not None or row[2] == DeliveryState.CONFIRMED,
            shown=row[2] == DeliveryState.CONFIRMED,
            over=row[1] not in (state.value for state in OPEN_OCCURRENCE),
        )
        for row in rows
    ]
