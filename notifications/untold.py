"""Whose reminders ended without telling anybody, so that a human can."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.models import Delivery, DeliveryState, Occurrence, OccurrenceState, Reminder
from notifications.models.fallbacks import Fallback, FallbackState
from notifications.models.states import LEFT_OUT

TOLD_HOLDS = timedelta(days=2)  #: who was told so shortly before needs no call about a later reminder
TOLD = (OccurrenceState.CONFIRMED, OccurrenceState.FALLBACK_SENT)
ENDED_UNTOLD = (OccurrenceState.UNCONFIRMED, OccurrenceState.NO_DEVICE, OccurrenceState.EXPIRED)
NO_OTHER_WAY = (FallbackState.FAILED, FallbackState.SKIPPED)


def find_untold(session: Session, subject_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, datetime]:
    """The subjects whose reminders ended without telling anybody, by when the last of these was due.

    Ended is what no phone has shown and what every other way has been looked for in vain; a text message or
    mail that a provider took counts as told. What was not wanted, what was never planned because its moment
    had gone by, and what is still on its way, say nothing.
    """
    told: dict[UUID, datetime] = {}
    untold: dict[UUID, datetime] = {}
    for row in _ended(session, subject_ids):
        kept = told if row.is_told else untold if _is_over(row, now) else {}
        kept[row.subject_id] = max(row.due_at, kept.get(row.subject_id, row.due_at))
    return {
        subject_id: due_at
        for subject_id, due_at in untold.items()
        if subject_id not in told or told[subject_id] < due_at - TOLD_HOLDS
    }


def _ended(session: Session, subject_ids: Sequence[UUID]) -> Iterable[Any]:
    shown = (
        select(Delivery.id)
        .where(Delivery.occurrence_id == Occurrence.id, Delivery.state == DeliveryState.CONFIRMED.value)
        .exists()
    )
    is_told = Occurrence.state.in_([state.value for state in TOLD]) | shown
    found = (
        select(
            Reminder.subject_id,
            Occurrence.due_at,
            Occurrence.deadline_at,
            Occurrence.reason,
            Fallback.state.label("other_way"),
            is_told.label("is_told"),
        )
        .join(Occurrence, Occurrence.reminder_id == Reminder.id)
        .outerjoin(Fallback, Fallback.occurrence_id == Occurrence.id)
        .where(
            Reminder.subject_id.in_(subject_ids),
            Reminder.cancelled_at.is_(None),
            Occurrence.state.in_([state.value for state in (*TOLD, *ENDED_UNTOLD)]),
            ~Occurrence.slot_key.contains("~"),
        )
    )
    return session.execute(found)


def _is_over(row: Any, now: datetime) -> bool:
    """Whether nothing more is tried: every other way was looked for in vain, or there is no time left."""
    if (row.reason or "").startswith(LEFT_OUT):
        return False
    if row.other_way is None:
        return bool(row.deadline_at <= now)
    return row.other_way in [state.value for state in NO_OTHER_WAY]
