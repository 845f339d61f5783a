"""The steps between states: each is one UPDATE that names the state it leaves; no row: somebody else won.

Locks are taken in one order everywhere: occurrences (by id), then devices, then deliveries.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Update, exists, select, update
from sqlalchemy.orm import Session

from notifications.models.sql import among, stands_in
from notifications.models.states import (
    DELIVERY_EDGES,
    DEVICE_EDGES,
    OCCURRENCE_EDGES,
    OPEN_DELIVERY,
    OPEN_OCCURRENCE,
    UNSENT_DELIVERY,
    DeliveryState,
    DeviceState,
    OccurrenceState,
)
from notifications.models.tables import Delivery, Occurrence, PushDevice, Reminder


class IllegalStep(Exception):
    """The code asked for a step that the state machine does not know."""


def affected(session: Session, statement: Update) -> int:
    """Run an UPDATE and say how many rows it changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def delivery_step(
    source: Collection[DeliveryState], target: DeliveryState, *, now: datetime, **values: object
) -> Update:
    """The UPDATE from any of these states to `target`; the caller adds which rows, and the token.

    :raises IllegalStep: if the state machine does not have one of these edges
    """
    check_delivery_step(source, target)
    if target not in OPEN_DELIVERY:
        values["finished_at"] = now
    if target not in (DeliveryState.LEASED, DeliveryState.INTENT):
        values |= {"lease_token": None, "lease_until": None}
    return (
        update(Delivery)
        .where(stands_in(Delivery.state, source))
        .values(state=target.value, **values)
        .execution_options(synchronize_session=False)
    )


def check_delivery_step(source: Collection[DeliveryState], target: DeliveryState) -> None:
    """For a step that is spelled in SQL.

    :raises IllegalStep: if the state machine does not have one of these edges
    """
    _check(source, target, DELIVERY_EDGES)


def occurrence_step(
    source: Collection[OccurrenceState], target: OccurrenceState, *, now: datetime, **values: object
) -> Update:
    """The UPDATE of occurrences from any of these states to `target`; the caller adds which rows.

    :raises IllegalStep: if the state machine does not have one of these edges
    """
    _check(source, target, OCCURRENCE_EDGES)
    values["finished_at"] = None if target in OPEN_OCCURRENCE else now
    return (
        update(Occurrence)
        .where(stands_in(Occurrence.state, source))
        .values(state=target.value, **values)
        .execution_options(synchronize_session=False)
    )


def _check(source: Collection[Any], target: Any, edges: Any) -> None:
    if any(target not in edges[one] for one in source):
        raise IllegalStep(f"{sorted(source)} -> {target}")


def lock_occurrences(session: Session, occurrence_ids: Iterable[UUID]) -> list[UUID]:
    """Take the rows in the one common order."""
    wanted = select(Occurrence.id).where(among(Occurrence.id, occurrence_ids))
    return list(session.scalars(wanted.order_by(Occurrence.id).with_for_update(key_share=True)))


def lock_occurrences_of_devices(
    session: Session, device_ids: Collection[UUID], *, now: datetime
) -> list[UUID]:
    """Take every occurrence that is on its way to one of these devices, or that it never answered."""
    open_states = [state.value for state in OPEN_DELIVERY]
    under_way = select(Delivery.occurrence_id).where(
        Delivery.device_id.in_(device_ids), Delivery.state.in_(open_states)
    )
    sent = [OccurrenceState.FANNED_OUT.value, OccurrenceState.UNCONFIRMED.value]
    unanswered = (  # by way of the person: what ended long ago is not looked through
        select(Occurrence.id)
        .join(Reminder, Reminder.id == Occurrence.reminder_id)
        .join(PushDevice, PushDevice.recipient_id == Reminder.recipient_id)
        .join(Delivery, (Delivery.occurrence_id == Occurrence.id) & (Delivery.device_id == PushDevice.id))
        .where(PushDevice.id.in_(device_ids), Occurrence.state.in_(sent), _silent(now))
    )
    return lock_occurrences(session, session.scalars(under_way.union(unanswered)))


def _silent(now: datetime) -> ColumnElement[bool]:
    """Taken by a push service, never acknowledged, and still of use to its reader."""
    return (
        (Delivery.state == DeliveryState.EXPIRED.value)
        & Delivery.accepted_at.is_not(None)
        & (Delivery.deadline_at > now)
    )


def end_devices(
    session: Session, device_ids: Collection[UUID], *, state: DeviceState, reason: str, now: datetime
) -> int:
    """End devices with all that is on its way to them; a dead or revoked one forgets address and keys.

    What a push service took for a dead or revoked one, and no phone has acknowledged, counts as not told.
    """
    if not device_ids:
        return 0
    occurrence_ids = lock_occurrences_of_devices(session, device_ids, now=now)
    sources = [source for source, targets in DEVICE_EDGES.items() if state in targets]
    kept = state is DeviceState.QUARANTINED
    forgotten = {} if kept else dict.fromkeys(("endpoint", "endpoint_hash", "p256dh", "auth"))
    ended = affected(
        session,
        update(PushDevice)
        .where(PushDevice.id.in_(device_ids), PushDevice.state.in_(sources))
        .values(state=state.value, finished_at=now, reason=reason, **forgotten)
        .execution_options(synchronize_session=False),
    )
    end = DeliveryState.QUARANTINED if kept else DeliveryState.DEAD_DEVICE
    ending = UNSENT_DELIVERY if kept else UNSENT_DELIVERY | {DeliveryState.INTENT, DeliveryState.ACCEPTED}
    theirs = Delivery.device_id.in_(device_ids)
    session.execute(delivery_step(ending, end, now=now, reason=reason).where(theirs))
    if not kept:
        silent = delivery_step([DeliveryState.EXPIRED], end, now=now, reason=reason)
        session.execute(silent.where(theirs, Delivery.occurrence_id.in_(occurrence_ids), _silent(now)))
    settle(session, occurrence_ids, now=now)
    return ended


# A push service's yes counts only as long as the phone behind it may still answer.
_taken_and_alive = Delivery.accepted_at.is_not(None) & (Delivery.state != DeliveryState.DEAD_DEVICE.value)

# What is left of an occurrence when nothing of it is on its way any more; the first that fits.
_ENDINGS = (
    (Delivery.state == DeliveryState.CONFIRMED, OccurrenceState.CONFIRMED, None),
    (_taken_and_alive, OccurrenceState.UNCONFIRMED, "not-acknowledged"),
    (Delivery.state == DeliveryState.EXPIRED, OccurrenceState.EXPIRED, "past-deadline"),
    (Delivery.state == DeliveryState.DEAD_DEVICE, OccurrenceState.NO_DEVICE, "device-gone"),
    (Delivery.state == DeliveryState.QUARANTINED, OccurrenceState.NO_DEVICE, "device-quarantined"),
    (Delivery.state == DeliveryState.CANCELLED, OccurrenceState.CANCELLED, "not-wanted"),
)


def settle(session: Session, occurrence_ids: Collection[UUID], *, now: datetime) -> None:
    """Close the occurrences of which no delivery is open any more."""
    if not occurrence_ids:
        return
    deliveries = Delivery.occurrence_id == Occurrence.id
    still_open = exists().where(deliveries, stands_in(Delivery.state, OPEN_DELIVERY))
    for condition, state, reason in _ENDINGS:
        step = occurrence_step([OccurrenceState.FANNED_OUT], state, now=now, reason=reason)
        session.execute(
            step.where(
                among(Occurrence.id, occurrence_ids), ~still_open, exists().where(deliveries, condition)
            )
        )
    gone = occurrence_step(
        [OccurrenceState.UNCONFIRMED], OccurrenceState.NO_DEVICE, now=now, reason="device-gone"
    )
    nobody_left = ~exists().where(deliveries, _taken_and_alive)
    session.execute(gone.where(among(Occurrence.id, occurrence_ids), nobody_left))
