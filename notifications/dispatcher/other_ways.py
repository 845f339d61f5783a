"""Which occurrences need another way than push, and who may work on them: ordered, claimed, taken back.

Ordered is what no phone has answered in time and what found no phone, as long as it is of use; and what the
push services have refused for so long that half of the time that was left, at most two hours, is gone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications.dispatcher.claims import CONFIRM_WITHIN
from notifications.models import (
    CircuitState,
    Delivery,
    DeliveryAttempt,
    DeliveryState,
    Occurrence,
    OccurrenceState,
    PushDevice,
    PushOrigin,
    Reminder,
    new_id,
)
from notifications.models.fallbacks import Fallback, FallbackState, fallback_step
from notifications.models.states import LEFT_OUT, OPEN_DELIVERY
from notifications.models.tables import INSTANT
from notifications.models.transitions import affected

BATCH = 200
UNANSWERED = (OccurrenceState.UNCONFIRMED, OccurrenceState.NO_DEVICE, OccurrenceState.EXPIRED)
HELD_BACK = ("quiet-hours", "not-now")  #: not the push service's fault: these wait on purpose


def order(session: Session, *, now: datetime, with_stuck: bool = True) -> int:
    """Order another way for one batch of occurrences; says how many were looked at."""
    found = _take(session, _unanswered(now))
    if with_stuck:
        found = [*found, *_take(session, is_stuck(now))]
    if not found:
        return 0
    wanted = [_row(one, now) for one in found if one.is_wanted]
    if wanted:
        session.execute(insert(Fallback).on_conflict_do_nothing(index_elements=["occurrence_id"]), wanted)
    session.execute(
        update(Occurrence)
        .where(Occurrence.id.in_([one.id for one in found]))
        .values(fallback_at=now)
        .execution_options(synchronize_session=False)
    )
    return len(found)


def _unanswered(now: datetime) -> ColumnElement[bool]:
    states = [state.value for state in UNANSWERED]
    return Occurrence.state.in_(states) & (Occurrence.deadline_at > now)


def is_stuck(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """Handed out, and taken by no push service although it had its time: refused, or the service rests."""
    tried = (
        select(func.min(DeliveryAttempt.at))
        .join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
        .where(Delivery.occurrence_id == Occurrence.id)
        .scalar_subquery()
    )
    first_try = func.coalesce(tried, Occurrence.fanned_out_at)
    instant = now if isinstance(now, ColumnElement) else literal(now, INSTANT)
    has_had_its_time = (first_try <= instant - CONFIRM_WITHIN) | (
        Occurrence.deadline_at - instant <= instant - first_try
    )
    in_trouble = select(PushOrigin.origin).where(PushOrigin.state != CircuitState.CLOSED.value)
    waiting = (
        select(Delivery.occurrence_id)
        .join(PushDevice, PushDevice.id == Delivery.device_id)
        .where(
            Delivery.state.in_([DeliveryState.RETRY_WAIT.value, DeliveryState.READY.value]),
            (Delivery.attempts > 0) | PushDevice.origin.in_(in_trouble),
            Delivery.deadline_at > now,
            func.coalesce(Delivery.reason, "").not_in(HELD_BACK),
        )
    )
    return (
        Occurrence.id.in_(waiting)
        & (Occurrence.state == OccurrenceState.FANNED_OUT.value)
        & ~_is_under_way()
        & has_had_its_time
    )


def _is_under_way() -> ColumnElement[bool]:
    """Whether a push service has this occurrence, or is being asked to take it now."""
    is_open = Delivery.state.in_([state.value for state in OPEN_DELIVERY])
    has_it = (Delivery.state == DeliveryState.INTENT.value) | Delivery.accepted_at.is_not(None)
    return select(Delivery.id).where(Delivery.occurrence_id == Occurrence.id, is_open, has_it).exists()


def _take(session: Session, condition: ColumnElement[bool]) -> Sequence[Any]:
    is_wanted = (
        Reminder.cancelled_at.is_(None)
        & ~Occurrence.slot_key.contains("~")
        & ~func.coalesce(Occurrence.reason, "").startswith(LEFT_OUT)
    )
    return session.execute(
        select(Occurrence.id, Occurrence.deadline_at, is_wanted.label("is_wanted"))
        .join(Reminder, Reminder.id == Occurrence.reminder_id)
        .where(condition, Occurrence.fallback_at.is_(None))
        .order_by(Occurrence.deadline_at)
        .limit(BATCH)
        .with_for_update(of=Occurrence, skip_locked=True)
    ).all()


def _row(occurrence: Any, now: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "occurrence_id": occurrence.id,
        "state": FallbackState.READY.value,
        "refused": [],
        "next_attempt_at": now,
        "attempts": 0,
        "deadline_at": occurrence.deadline_at,
        "created_at": now,
    }


def claim(session: Session, *, token: UUID, limit: int, now: datetime, lasts: timedelta) -> tuple[UUID, ...]:
    """Take the most urgent fallbacks that nobody else is taking."""
    batch = (
        select(Fallback.id)
        .where(Fallback.state == FallbackState.READY.value, Fallback.next_attempt_at <= now)
        .order_by(Fallback.deadline_at)
        .limit(limit)
    )
    ids = session.scalars(batch.with_for_update(skip_locked=True)).all()
    if ids:
        step = fallback_step(
            [FallbackState.READY], FallbackState.LEASED, now=now, lease_token=token, lease_until=now + lasts
        )
        session.execute(step.where(Fallback.id.in_(ids)))
    return tuple(ids)


def hand_back(session: Session, token: UUID, *, now: datetime) -> int:
    """Give up what is left of a lease."""
    step = fallback_step([FallbackState.LEASED, FallbackState.INTENT], FallbackState.READY, now=now)
    return affected(session, step.where(Fallback.lease_token == token))


def sweep(session: Session, *, now: datetime) -> int:
    """Bring back what was abandoned."""
    states = [FallbackState.LEASED, FallbackState.INTENT]
    batch = select(Fallback.id).where(Fallback.state.in_(states), Fallback.lease_until <= now).limit(BATCH)
    step = fallback_step(states, FallbackState.READY, now=now)
    return affected(session, step.where(Fallback.id.in_(batch.with_for_update(skip_locked=True))))


def is_work_waiting(*, now: datetime, with_stuck: bool) -> ColumnElement[bool]:
    """A question to the partial indexes: is there anything to order, to send or to take back?"""
    open_states = [FallbackState.LEASED.value, FallbackState.INTENT.value]
    unanswered = select(Occurrence.id).where(_unanswered(now), Occurrence.fallback_at.is_(None))
    ready = select(Fallback.id).where(Fallback.state == "ready", Fallback.next_attempt_at <= now)
    abandoned = select(Fallback.id).where(Fallback.state.in_(open_states), Fallback.lease_until <= now)
    found = unanswered.exists() | ready.exists() | abandoned.exists()
    if not with_stuck:
        return found
    stuck = select(Occurrence.id).where(is_stuck(now), Occurrence.fallback_at.is_(None))
    return found | stuck.exists()
