"""A circuit for each push service: when it is in trouble nothing goes there but one try a minute.

Circuits are rows, so that all workers know at once. A service that is well costs no write: what led to a
circuit is read from the tries that were written down, and only when another one has failed.
"""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications.dispatcher.reactions import TABLE, Around, Sign
from notifications.models import (
    CircuitState,
    Delivery,
    DeliveryAttempt,
    DeviceState,
    PushDevice,
    PushOrigin,
)
from notifications.models.sql import run, spelled
from notifications.models.transitions import affected
from notifications.push import Answer
from notifications.push.sender import LONGEST_RETRY_AFTER

log = logging.getLogger("notifications.circuits")

PROBE_EVERY = timedelta(seconds=60)
LONGEST_REST = LONGEST_RETRY_AFTER + timedelta(minutes=1)  #: a later probe was set by a clock that was wrong
LOOK_BACK = timedelta(minutes=10)
CALLS_JUDGED = 20
TOKENS_REFUSED, TOLD_TOO_FAST = 3, 3
REFUSED_WITHIN, REFUSED_PHONES, REFUSED_SHARE = timedelta(hours=1), 5, 0.02
ENDED_WITHIN, ENDED_PHONES, ENDED_SHARE = timedelta(minutes=10), 5, 0.05
LOOKS = 4  #: times that a claim looks on past push services that have their share


class PhoneAt(NamedTuple):
    """A phone, and the push service it is at."""

    device_id: UUID
    origin: str


@dataclass(frozen=True)
class Pass:
    """A delivery may leave; `is_probe` if it is the one that tries whether the service is well again."""

    is_probe: bool


class Noted(NamedTuple):
    """What one try says about its push service, and for how long that asked for peace."""

    sign: Sign
    is_probe: bool = False
    wait: timedelta | None = None


def share(slots: int) -> int:
    """How many of a worker's sending slots one push service may hold: half, so that none stops the others."""
    return max(1, slots // 2)


def _is_rested(next_probe_at: datetime, now: datetime) -> bool:
    return not now < next_probe_at <= now + LONGEST_REST


def open_origins(session: Session, now: datetime) -> list[str]:
    """The push services to which nothing may go at this instant."""
    shut = PushOrigin.state != CircuitState.CLOSED.value
    rests = PushOrigin.next_probe_at.between(now, now + LONGEST_REST) & (PushOrigin.next_probe_at != now)
    return list(session.scalars(select(PushOrigin.origin).where(shut, rests)))


def pick(
    session: Session, *, limit: int, now: datetime, slots: int | None = None, busy: Collection[UUID] = ()
) -> list[UUID]:
    """Lock the most urgent deliveries that may leave now.

    Nothing is picked for a push service whose circuit is open, one delivery for one that is tried, and for
    no service more than its share of this worker's `slots`, of which deliveries in `busy` hold some already.
    """
    room: dict[str, int] = {}
    for origin, next_probe_at, count in run(session, _SHUT_OR_BUSY, busy=spelled(busy)):
        if count is None:
            room[origin] = int(_is_rested(next_probe_at, now))
        elif slots is not None:
            room[origin] = min(room.get(origin, limit), share(slots) - count)
    most = limit if slots is None else share(slots)
    chosen: list[UUID] = []
    for _ in range(LOOKS):
        wanted = limit - len(chosen)
        rows = _most_urgent(session, wanted, now, but=chosen, full=[one for one in room if room[one] <= 0])
        for row in rows:
            left = room.setdefault(row.origin, most)
            if left > 0:
                room[row.origin] = left - 1
                chosen.append(row.id)
        if len(rows) < wanted or len(chosen) == limit:
            break
    return chosen


# The push services whose circuit is not closed; then those that hold some of what is busy, and how many.
_SHUT_OR_BUSY = """
SELECT origin, next_probe_at, NULL::bigint FROM push_origin WHERE state <> 'closed'
UNION ALL
SELECT coalesce(push_device.origin, ''), NULL, count(*)
FROM delivery JOIN push_device ON push_device.id = delivery.device_id
WHERE delivery.id = ANY(%(busy)s::uuid[])
GROUP BY push_device.origin
"""


def _most_urgent(
    session: Session, limit: int, now: datetime, *, but: Collection[UUID], full: Collection[str]
) -> Sequence[Any]:
    """Lock deliveries with their push services, in the order of the index; of services in `full` none.

    Services are looked up after the limit where that can be: the cost is that of what is taken.
    """
    statement = _READY.format(
        join=_AT if full else "",
        but="AND delivery.id <> ALL(%(but)s::uuid[])" if but else "",
        full="AND coalesce(push_device.origin, '') <> ALL(%(full)s::text[])" if full else "",
    )
    return run(session, statement, limit=limit, now=now, but=spelled(but), full=list(full))


_AT = "JOIN push_device ON push_device.id = delivery.device_id"
_READY = """
WITH taken AS (
    SELECT delivery.id, delivery.device_id FROM delivery {join}
    WHERE delivery.state = 'ready' AND delivery.deadline_at > %(now)s {but} {full}
    ORDER BY delivery.deadline_at, delivery.due_at
    LIMIT %(limit)s
    FOR UPDATE OF delivery SKIP LOCKED
)
SELECT id, (SELECT coalesce(origin, '') FROM push_device WHERE push_device.id = taken.device_id) AS origin
FROM taken
"""


def enter(session: Session, *, origin: str, now: datetime) -> Pass | datetime:
    """Ask whether a delivery may leave for this service; else the instant at which to ask again.

    Of all who ask once the minute is over, in all workers, one gets through: the probe.
    """
    known = session.execute(
        select(PushOrigin.state, PushOrigin.next_probe_at).where(PushOrigin.origin == origin)
    ).one_or_none()
    if known is None or known.state == CircuitState.CLOSED:
        return Pass(is_probe=False)
    probe = (
        update(PushOrigin)
        .where(PushOrigin.origin == origin, PushOrigin.state != CircuitState.CLOSED.value)
        .where((PushOrigin.next_probe_at <= now) | (PushOrigin.next_probe_at > now + LONGEST_REST))
        .values(state=CircuitState.HALF_OPEN.value, next_probe_at=now + PROBE_EVERY)
        .execution_options(synchronize_session=False)
    )
    if not _is_rested(known.next_probe_at, now):
        return max(known.next_probe_at, now + timedelta(seconds=1))
    return Pass(is_probe=True) if affected(session, probe) else now + timedelta(seconds=1)


def in_trouble(session: Session, origins: Collection[str]) -> set[str]:
    """Those of the push services that one has to `enter` through their circuit."""
    shut = PushOrigin.state != CircuitState.CLOSED.value
    return set(session.scalars(select(PushOrigin.origin).where(PushOrigin.origin.in_(origins), shut)))


def note(
    session: Session, origin: str, tries: Sequence[Noted], *, now: datetime, but: Collection[UUID]
) -> None:
    """Draw the conclusion for the service from tries that were just written down, as if one by one.

    `but`: the rows of these tries. Only the probe closes a circuit: what was on its way when the trouble
    began proves nothing.
    """
    before: list[Sign] | None = None
    for number, one in enumerate(tries):
        if one.is_probe:
            _end_probe(session, origin, one.sign, now, one.wait)
        elif one.sign is Sign.WELL or one.sign is Sign.NONE:
            continue
        else:
            if before is None:
                before = _last_signs(session, origin, CALLS_JUDGED, now, but)
            known = [other.sign for other in reversed(tries[: number + 1])] + before
            if reason := _trouble(one.sign, known[:CALLS_JUDGED]):
                wait = max(PROBE_EVERY, one.wait or PROBE_EVERY)
                _open(session, origin, reason, now + wait, now)
                return


def _end_probe(session: Session, origin: str, sign: Sign, now: datetime, wait: timedelta | None) -> None:
    step = update(PushOrigin).where(
        PushOrigin.origin == origin, PushOrigin.state == CircuitState.HALF_OPEN.value
    )
    if sign is Sign.WELL:
        step = step.values(state=CircuitState.CLOSED.value, next_probe_at=None, reason=None, closed_at=now)
        log.warning("push service %s is well again: sending goes on", origin)
    else:
        again_at = now + max(PROBE_EVERY, wait or PROBE_EVERY)
        step = step.values(state=CircuitState.OPEN.value, next_probe_at=again_at)
    session.execute(step.execution_options(synchronize_session=False))


def _open(session: Session, origin: str, reason: str, next_probe_at: datetime, now: datetime) -> None:
    values = {
        "state": CircuitState.OPEN.value,
        "reason": reason,
        "opened_at": now,
        "next_probe_at": next_probe_at,
    }
    opened = session.scalar(
        insert(PushOrigin)
        .values(origin=origin, **values)
        .on_conflict_do_update(
            index_elements=["origin"], set_=values, where=PushOrigin.state == CircuitState.CLOSED.value
        )
        .returning(PushOrigin.origin)
    )
    if opened:
        log.error("push service %s is in trouble (%s): one try a minute until it is well", origin, reason)


def _trouble(sign: Sign, signs: Sequence[Sign]) -> str | None:
    """The reason to open the circuit, if this try was one too many; `signs`: newest first, with this one."""
    if sign is Sign.OUR_FAULT:
        return sign.value
    if sign is Sign.FAILED:
        failed = signs.count(Sign.FAILED)
        return sign.value if len(signs) == CALLS_JUDGED and failed * 2 >= CALLS_JUDGED else None
    needed = {Sign.NOT_BELIEVED: TOKENS_REFUSED, Sign.TOO_MUCH: TOLD_TOO_FAST}.get(sign)
    if needed is not None and list(signs[:needed]) == [sign] * needed:
        return sign.value
    return None


_SIGNS = {row.name: row.sign for row in TABLE}


def _last_signs(
    session: Session, origin: str, count: int, now: datetime, but: Collection[UUID]
) -> list[Sign]:
    """What the last tries said, newest first; what was before the circuit last closed does not count."""
    outcomes = session.scalars(
        select(DeliveryAttempt.outcome)
        .where(DeliveryAttempt.origin == origin, DeliveryAttempt.at > _since(origin, now - LOOK_BACK))
        .where(DeliveryAttempt.id.not_in(but))
        .order_by(DeliveryAttempt.at.desc(), DeliveryAttempt.id.desc())
        .limit(count)
    )
    return [_SIGNS.get(outcome, Sign.NONE) for outcome in outcomes]


def _since(origin: str, earliest: datetime) -> ColumnElement[datetime]:
    closed_at = select(PushOrigin.closed_at).where(PushOrigin.origin == origin).scalar_subquery()
    return func.greatest(earliest, closed_at)


def note_silence(session: Session, device_ids: Sequence[UUID]) -> None:
    """Count for these phones one more message that was taken and never acknowledged."""
    wanted = select(PushDevice.id).where(PushDevice.id.in_(device_ids)).order_by(PushDevice.id)
    locked = session.scalars(wanted.with_for_update()).all()
    for device_id, times in Counter(device_ids).items():
        if device_id in locked:
            session.execute(
                update(PushDevice)
                .where(PushDevice.id == device_id)
                .values(unanswered=PushDevice.unanswered + times)
                .execution_options(synchronize_session=False)
            )


LOOKED_AROUND = (400, 404, 410)  #: answers that mean something else if many phones get them
REFUSED = ("refused", "refused-by-many", "refused-for-good")
ENDED = ("gone", "gone-by-many")


def look_around(session: Session, known: Around, *, answer: Answer, device: PhoneAt, now: datetime) -> Around:
    """Complete what is known of a try by how the other phones of the service fare, where that matters."""
    if answer.status == 400:
        others, phones = _others(session, device, REFUSED, REFUSED_WITHIN, now)
        many = others >= REFUSED_PHONES or (others > 1 and others > phones * REFUSED_SHARE)
        return known._replace(refused_by_many=many)
    if answer.status in (404, 410):
        _one_at_a_time(session, device.origin)
        others, phones = _others(session, device, ENDED, ENDED_WITHIN, now)
        return known._replace(ended_by_many=others >= ENDED_PHONES and others > phones * ENDED_SHARE)
    return known


def _one_at_a_time(session: Session, origin: str) -> None:
    """Until the commit nobody else judges an end at this service: tries that come together see each other."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"ended:{origin}", 0))))


def _others(
    session: Session, device: PhoneAt, outcomes: Sequence[str], within: timedelta, now: datetime
) -> tuple[int, int]:
    """How many phones of the service had this lately, ours included, and of how many."""
    is_active = PushDevice.state == DeviceState.ACTIVE.value
    had, had_and_ended = session.execute(
        select(
            func.count(PushDevice.id.distinct()),
            func.count(PushDevice.id.distinct()).filter(~is_active),
        )
        .select_from(DeliveryAttempt)
        .join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
        .join(PushDevice, PushDevice.id == Delivery.device_id)
        .where(
            DeliveryAttempt.origin == device.origin,
            DeliveryAttempt.status_class == "4xx",
            DeliveryAttempt.outcome.in_(outcomes),
            DeliveryAttempt.at > _since(device.origin, now - within),
            PushDevice.id != device.device_id,
        )
    ).one()
    active = session.scalar(
        select(func.count()).select_from(PushDevice).where(PushDevice.origin == device.origin, is_active)
    )
    return had + 1, (active or 0) + had_and_ended
