"""How the reminders of something stand, as staff may see it: never a time."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.models import Delivery, DeliveryState, Occurrence, OccurrenceState, Reminder
from notifications.models.states import LEFT_OUT


class Standing(StrEnum):
    """What staff may know about the reminders of a subject: never a time."""

    NONE = "none"  #: no reminder
    PLANNED = "planned"  #: its time has not come
    SENT = "sent"  #: on its way
    REACHED = "reached"  #: a phone showed it
    NOT_REACHED = "not-reached"  #: no phone has said so
    NO_DEVICE = "no-device"  #: there was no phone to send it to


def standing(session: Session, subject_ids: Sequence[UUID]) -> dict[UUID, Standing]:
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
