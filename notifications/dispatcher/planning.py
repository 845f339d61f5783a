"""From what is due to what is on its way: planned -> due -> (held) -> one delivery for each device."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.dispatcher.quiet import held_until
from notifications.failpoints import Point
from notifications.models import (
    Delivery,
    DeliveryState,
    DeviceState,
    Occurrence,
    OccurrenceState,
    PushDevice,
    Reminder,
    new_id,
)
from notifications.models.transitions import affected, occurrence_step

BATCH = 200
TAKEN = (OccurrenceState.DUE, OccurrenceState.HELD)


def plan(session: Session, *, now: datetime) -> int:
    """Take one batch of due occurrences a step further; says how many were touched."""
    touched = _mark_due(session, now)
    due = Occurrence.state == OccurrenceState.DUE.value
    woken = (Occurrence.state == OccurrenceState.HELD.value) & (Occurrence.held_until <= now)
    for condition in (due, woken):
        taken = _take(session, condition)
        touched += len(taken)
        _sort_out(session, taken, now)
    return touched


def _mark_due(session: Session, now: datetime) -> int:
    batch = (
        select(Occurrence.id)
        .where(Occurrence.state == OccurrenceState.PLANNED.value, Occurrence.due_at <= now)
        .order_by(Occurrence.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    step = occurrence_step([OccurrenceState.PLANNED], OccurrenceState.DUE, now=now)
    return affected(session, step.where(Occurrence.id.in_(batch)))


def _take(session: Session, condition: ColumnElement[bool]) -> Sequence[Any]:
    return session.execute(
        select(Occurrence.id, Occurrence.due_at, Occurrence.deadline_at, Reminder.recipient_id)
        .join(Reminder, Reminder.id == Occurrence.reminder_id)
        .where(condition)
        .order_by(Occurrence.deadline_at, Occurrence.due_at)
        .limit(BATCH)
        .with_for_update(of=Occurrence, skip_locked=True)
    ).all()


def _sort_out(session: Session, taken: Sequence[Any], now: datetime) -> None:
    expired = [row.id for row in taken if row.deadline_at <= now]
    _end(session, expired, OccurrenceState.EXPIRED, "past-deadline", now)
    waiting: dict[datetime, list[UUID]] = defaultdict(list)
    sendable = []
    for row in taken:
        morning = held_until(now, deadline_at=row.deadline_at)
        if row.deadline_at <= now:
            continue
        if morning is None:
            sendable.append(row)
        else:
            waiting[morning].append(row.id)
    for morning, ids in waiting.items():
        _hold(session, ids, morning, now)
    _fan_out(session, sendable, now)


def _hold(session: Session, ids: list[UUID], morning: datetime, now: datetime) -> None:
    step = occurrence_step([OccurrenceState.DUE], OccurrenceState.HELD, now=now, held_until=morning)
    session.execute(step.where(Occurrence.id.in_(ids)))
    session.execute(
        update(Occurrence)
        .where(Occurrence.id.in_(ids), Occurrence.state == OccurrenceState.HELD.value)
        .values(held_until=morning)
        .execution_options(synchronize_session=False)
    )


def _fan_out(session: Session, rows: Sequence[Any], now: datetime) -> None:
    if not rows:
        return
    devices = _devices(session, {row.recipient_id for row in rows})
    alone = [row.id for row in rows if row.recipient_id not in devices]
    _end(session, alone, OccurrenceState.NO_DEVICE, "no-device", now)
    reached = [row for row in rows if row.recipient_id in devices]
    deliveries = [_delivery(row, device_id) for row in reached for device_id in devices[row.recipient_id]]
    if not deliveries:
        return
    # One statement: after a pipeline of many, PostgreSQL ends no transaction of one who stands still.
    session.execute(
        insert(Delivery)
        .values(deliveries)
        .on_conflict_do_nothing(index_elements=["occurrence_id", "device_id"])
    )
    failpoints.reach(Point.FANNED_OUT)
    step = occurrence_step(TAKEN, OccurrenceState.FANNED_OUT, now=now, fanned_out_at=now)
    session.execute(step.where(Occurrence.id.in_([row.id for row in reached])))


def _devices(session: Session, recipient_ids: set[UUID]) -> dict[UUID, list[UUID]]:
    """The devices that can be sent to, locked so that none ends between this look and our commit."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = session.execute(
        select(PushDevice.recipient_id, PushDevice.id)
        .where(PushDevice.recipient_id.in_(recipient_ids), PushDevice.state == DeviceState.ACTIVE.value)
        .order_by(PushDevice.id)
        .with_for_update(read=True)
    )
    for recipient_id, device_id in rows:
        found[recipient_id].append(device_id)
    return found


def _delivery(row: Any, device_id: UUID) -> dict[str, object]:
    return {
        "id": new_id(),
        "occurrence_id": row.id,
        "device_id": device_id,
        "due_at": row.due_at,
        "deadline_at": row.deadline_at,
        "state": DeliveryState.READY.value,
        "attempts": 0,
        "ack_secret": secrets.token_urlsafe(16),
    }


def _end(session: Session, ids: list[UUID], state: OccurrenceState, reason: str, now: datetime) -> None:
    if ids:
        step = occurrence_step(TAKEN, state, now=now, reason=reason)
        session.execute(step.where(Occurrence.id.in_(ids)))
