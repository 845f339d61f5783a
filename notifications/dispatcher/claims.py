"""Leases: who may work on a delivery, until when, and what happens when somebody never came back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from notifications.dispatcher import circuits
from notifications.models import Delivery, DeliveryState, Occurrence, OccurrenceState
from notifications.models.sql import among, run, spelled, stands_in
from notifications.models.transitions import affected, check_delivery_step, delivery_step, settle

LEASE = timedelta(seconds=90)
CONFIRM_WITHIN = timedelta(hours=2)
BATCH = 500
WAITING = (DeliveryState.READY, DeliveryState.RETRY_WAIT)
TAKEN = (DeliveryState.LEASED, DeliveryState.INTENT)
TAKEN_BY_THEM = (*WAITING, DeliveryState.ACCEPTED)  #: with `accepted_at`: taken once, perhaps sent again
NOT_ACKNOWLEDGED = "not-acknowledged"


@dataclass(frozen=True)
class Lease:
    """A batch of deliveries that is ours until the lease runs out."""

    token: UUID
    delivery_ids: tuple[UUID, ...]


def claim(
    session: Session,
    *,
    token: UUID,
    limit: int,
    now: datetime,
    lasts: timedelta = LEASE,
    slots: int | None = None,
    busy: Collection[UUID] = (),
) -> tuple[UUID, ...]:
    """Take the most urgent deliveries that nobody else is taking, and that may go to their push service.

    `slots` is what this worker can send at once, `busy` what it has not finished yet.
    """
    ids = circuits.pick(session, limit=limit, now=now, slots=slots, busy=busy)
    if ids:
        check_delivery_step([DeliveryState.READY], DeliveryState.LEASED)
        run(session, _LEASE, ids=spelled(ids), token=token, until=now + lasts)
    return tuple(ids)


_LEASE = """
UPDATE delivery SET state = 'leased', lease_token = %(token)s, lease_until = %(until)s
WHERE id = ANY(%(ids)s::uuid[]) AND state = 'ready'
RETURNING id
"""


def hand_back(session: Session, token: UUID, *, now: datetime) -> int:
    """Give up what is left of a lease, so that another dispatcher need not wait for its end."""
    step = delivery_step(TAKEN, DeliveryState.READY, now=now)
    return affected(session, step.where(Delivery.lease_token == token))


def sweep(session: Session, *, now: datetime) -> int:
    """Bring back what was abandoned or waited long enough, and close what is out of time."""
    return (
        _ready_again(session, TAKEN, Delivery.lease_until <= now, now)
        + _ready_again(session, [DeliveryState.RETRY_WAIT], Delivery.next_attempt_at <= now, now)
        + _close(session, WAITING, Delivery.deadline_at <= now, "past-deadline", now)
        + _close(
            session,
            TAKEN_BY_THEM,
            Delivery.accepted_at <= now - CONFIRM_WITHIN,
            NOT_ACKNOWLEDGED,
            now,
        )
        + _ready_again(session, [DeliveryState.ACCEPTED], Delivery.next_attempt_at <= now, now)
    )


def is_work_waiting(*, now: datetime) -> ColumnElement[bool]:
    """One question to the partial indexes: is anything at all to be done?"""
    planned = _occurrence(OccurrenceState.PLANNED).where(Occurrence.due_at <= now)
    due = _occurrence(OccurrenceState.DUE)
    held = _occurrence(OccurrenceState.HELD).where(Occurrence.held_until <= now)
    ready = _delivery(DeliveryState.READY)
    again = _delivery(DeliveryState.RETRY_WAIT).where(Delivery.next_attempt_at <= now)
    late = _delivery(*WAITING).where(Delivery.deadline_at <= now)
    abandoned = _delivery(*TAKEN).where(Delivery.lease_until <= now)
    silent = _delivery(*TAKEN_BY_THEM).where(Delivery.accepted_at <= now - CONFIRM_WITHIN)
    forgotten = _delivery(DeliveryState.ACCEPTED).where(Delivery.next_attempt_at <= now)
    first, *others = (planned, due, held, ready, again, late, abandoned, silent, forgotten)
    found: ColumnElement[bool] = first.exists()
    for other in others:
        found = found | other.exists()
    return func.coalesce(found, False)


def _occurrence(state: OccurrenceState) -> Select[Any]:
    return select(Occurrence.id).where(stands_in(Occurrence.state, [state]))


def _delivery(*states: DeliveryState) -> Select[Any]:
    return select(Delivery.id).where(stands_in(Delivery.state, states))


def _ready_again(
    session: Session, states: Sequence[DeliveryState], condition: ColumnElement[bool], now: datetime
) -> int:
    batch = select(Delivery.id).where(stands_in(Delivery.state, states), condition).limit(BATCH)
    step = delivery_step(states, DeliveryState.READY, now=now, next_attempt_at=None)
    return affected(session, step.where(Delivery.id.in_(batch.with_for_update(skip_locked=True))))


def _close(
    session: Session,
    states: Sequence[DeliveryState],
    condition: ColumnElement[bool],
    reason: str,
    now: datetime,
) -> int:
    late = session.execute(
        select(Delivery.id, Delivery.occurrence_id, Delivery.device_id)
        .join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        .where(stands_in(Delivery.state, states), condition)
        .limit(BATCH)
        .with_for_update(of=Occurrence, skip_locked=True)
    ).all()
    if not late:
        return 0
    if reason == NOT_ACKNOWLEDGED:
        circuits.note_silence(session, [row.device_id for row in late])
    step = delivery_step(states, DeliveryState.EXPIRED, now=now, reason=reason)
    closed = affected(session, step.where(among(Delivery.id, [row.id for row in late])))
    settle(session, {row.occurrence_id for row in late}, now=now)
    return closed
