"""The way out: intent committed, call made with no transaction open, result recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from notifications.dispatcher import circuits
from notifications.dispatcher.claims import LEASE
from notifications.dispatcher.quiet import held_until, morning_after
from notifications.dispatcher.reactions import Around
from notifications.models import DeliveryState, DeviceState, OccurrenceState
from notifications.models.address import origin_of
from notifications.models.sql import among, run, spelled
from notifications.models.tables import Delivery
from notifications.models.transitions import check_delivery_step, delivery_step, settle
from notifications.push import Envelope, Message, Target, payload

Claimed = tuple[UUID, UUID]  #: a delivery, and the token of the lease under which it is ours
_Refusal = tuple[DeliveryState, dict[str, object]]  #: where the delivery goes instead, and why
TOO_LARGE = "too-large"  #: the reason after which a message is sent once more, as short as can be


class Render(Protocol):
    """Finds the words for a notice, or None if there is nothing to say any more."""

    def __call__(
        self, session: Session, *, kind: str, subject_id: UUID, recipient_id: UUID, slot: str, now: datetime
    ) -> Message | None: ...


class MaySend(Protocol):
    """Asked in the sending transaction: does this notice still matter, and may this device get it?

    An instant means: not now, ask again then, if the notice is still of use.
    """

    def __call__(
        self,
        session: Session,
        *,
        kind: str,
        subject_id: UUID,
        recipient_id: UUID,
        slot: str,
        revision: int,
        device_session_id: UUID | None,
        now: datetime,
    ) -> bool | datetime: ...


class About(NamedTuple):
    """What a notice is about, for whom it is, and on which device; None: by another way."""

    kind: str
    subject_id: UUID
    recipient_id: UUID
    slot: str
    revision: int
    device_session_id: UUID | None


class MaySendAll(Protocol):
    """What `MaySend` says, of many at once and in their order."""

    def __call__(
        self, session: Session, /, *, about: Sequence[About], now: datetime
    ) -> Sequence[bool | datetime]: ...


class RenderAll(Protocol):
    """What `Render` finds, for many at once and in their order."""

    def __call__(
        self, session: Session, /, *, about: Sequence[About], now: datetime
    ) -> Sequence[Message | None]: ...


@dataclass(frozen=True)
class Together:
    """The two questions for many notices at once: a house that asks its tables once for all of them."""

    may_send: MaySendAll
    render: RenderAll


class Job(NamedTuple):
    """What leaves the house, and what is needed to write down how it went."""

    delivery_id: UUID
    occurrence_id: UUID
    token: UUID
    attempts: int
    target: Target
    body: bytes
    phone: circuits.PhoneAt
    around: Around
    is_probe: bool = False  #: tries whether a push service in trouble is well again


@dataclass(frozen=True)
class Rules:
    """What the house says about its notices."""

    render: Render
    may_send: MaySend
    public_url: str
    lease: timedelta = LEASE
    together: "Together | None" = None

    def ask(self, session: Session, about: Sequence["About"], now: datetime) -> Sequence[bool | datetime]:
        """Whether each of these may be sent now, in their order."""
        if self.together is not None and about:
            return self.together.may_send(session, about=about, now=now)
        return [self.may_send(session, **one._asdict(), now=now) for one in about]

    def words(self, session: Session, about: Sequence["About"], now: datetime) -> Sequence[Message | None]:
        """What each of these says, in their order."""
        if self.together is not None and about:
            return self.together.render(session, about=about, now=now)
        return [
            self.render(
                session,
                kind=one.kind,
                subject_id=one.subject_id,
                recipient_id=one.recipient_id,
                slot=one.slot,
                now=now,
            )
            for one in about
        ]


def intend(session: Session, rules: Rules, *, claimed: Sequence[Claimed], now: datetime) -> list[Job]:
    """Write down that these deliveries are about to be sent; the others may not or need not be.

    The jobs come in the order of `claimed`, of whatever leases they are. All are asked about at once where
    the house can do that, and written at once.
    """
    rows = run(session, _LOAD, **_pairs(claimed))
    troubled = _in_trouble(session, rows)
    ready: dict[Claimed, tuple[Any, Message, bool]] = {}
    refusals, allowed = _refusals(session, rules, rows, now)
    said = rules.words(session, [about for _, about in allowed], now)
    for (row, _), message in zip(allowed, said, strict=True):
        is_probe = False
        if message is None:
            refusals[row.id] = DeliveryState.CANCELLED, {"reason": "nothing-to-say"}
            continue
        if troubled and _origin(row) in troubled:
            way = circuits.enter(session, origin=_origin(row), now=now)
            if isinstance(way, datetime):
                refusals[row.id] = _later(row, way, "service-in-trouble")
                continue
            is_probe = way.is_probe
        ready[row.id, row.lease_token] = (row, message, is_probe)
    if refusals:
        _write_refusals(session, [(row, refusals[row.id]) for row in rows if row.id in refusals], now)
    is_night = morning_after(now) is not None
    leaving = _write_intents(session, rules, ready, now)
    return [
        _job(row, replace(message, is_silent=True) if is_night else message, rules.public_url, probe)
        for row, message, probe in (ready[one] for one in claimed if one in leaving)
    ]


def _pairs(claimed: Collection[Claimed]) -> dict[str, str]:
    return {"ids": spelled(one for one, _ in claimed), "tokens": spelled(token for _, token in claimed)}


# Deliveries with all they belong to, their occurrences locked in the common order: a cancellation waits, or
# came first.
_LOAD = """
SELECT delivery.id, delivery.lease_token, delivery.occurrence_id, delivery.attempts, delivery.ack_secret,
    delivery.deadline_at, delivery.accepted_at, delivery.reason, occurrence.state AS occurrence_state,
    occurrence.slot_key, occurrence.revision, reminder.id AS reminder_id, reminder.kind, reminder.subject_id,
    reminder.recipient_id, push_device.id AS device_id,
    push_device.recipient_id = reminder.recipient_id AS is_theirs, push_device.session_id,
    push_device.state AS device_state, push_device.endpoint, push_device.p256dh, push_device.auth,
    push_device.vapid_key_id, push_device.origin, push_device.refusals, push_device.wait_until,
    EXISTS (SELECT FROM push_origin WHERE state <> 'closed') AS is_one_in_trouble
FROM unnest(%(ids)s::uuid[], %(tokens)s::uuid[]) AS claimed (id, token)
JOIN delivery ON delivery.id = claimed.id AND delivery.lease_token = claimed.token
JOIN occurrence ON occurrence.id = delivery.occurrence_id
JOIN reminder ON reminder.id = occurrence.reminder_id
JOIN push_device ON push_device.id = delivery.device_id
WHERE delivery.state = 'leased'
ORDER BY occurrence.id
FOR NO KEY UPDATE OF occurrence
"""


def _in_trouble(session: Session, rows: Sequence[Any]) -> set[str]:
    """The push services among these whose circuit is not closed."""
    if not any(row.is_one_in_trouble for row in rows):
        return set()
    return circuits.in_trouble(session, {_origin(row) for row in rows})


def _write_refusals(session: Session, refused: Sequence[tuple[Any, _Refusal]], now: datetime) -> None:
    alike: dict[tuple[Any, ...], list[UUID]] = {}
    for row, (state, values) in refused:
        alike.setdefault((row.lease_token, state, *sorted(values.items())), []).append(row.id)
    for (token, state, *shared), ids in alike.items():
        step = delivery_step([DeliveryState.LEASED], state, now=now, **dict(shared))
        session.execute(step.where(among(Delivery.id, ids), Delivery.lease_token == token))
    settle(session, {row.occurrence_id for row, _ in refused}, now=now)


def _write_intents(
    session: Session, rules: Rules, claimed: Collection[Claimed], now: datetime
) -> set[Claimed]:
    """The deliveries that are still ours, with a lease that starts again."""
    if not claimed:
        return set()
    check_delivery_step([DeliveryState.LEASED], DeliveryState.INTENT)
    until = now + rules.lease
    return {(one, token) for one, token in run(session, _INTEND, **_pairs(claimed), now=now, until=until)}


_INTEND = """
UPDATE delivery SET state = 'intent', attempts = attempts + 1, lease_until = %(until)s
FROM unnest(%(ids)s::uuid[], %(tokens)s::uuid[]) AS claimed (id, token)
WHERE delivery.id = claimed.id AND state = 'leased' AND lease_token = claimed.token AND lease_until > %(now)s
RETURNING delivery.id, lease_token
"""


def _about(row: Any) -> About:
    return About(
        kind=row.kind,
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        slot=row.slot_key,
        revision=row.revision,
        device_session_id=row.session_id,
    )


def _refusals(
    session: Session, rules: Rules, rows: Sequence[Any], now: datetime
) -> tuple[dict[UUID, _Refusal], list[tuple[Any, About]]]:
    """Which may not go now, by what stands in their rows and by what the house says; and the others."""
    is_night = morning_after(now) is not None
    refusals: dict[UUID, _Refusal] = {}
    asked: list[tuple[Any, About]] = []
    for row in rows:
        if refusal := _refusal(row, now, is_night=is_night):
            refusals[row.id] = refusal
        else:
            asked.append((row, _about(row)))
    allowed = []
    answers = rules.ask(session, [about for _, about in asked], now)
    for one, wanted in zip(asked, answers, strict=True):
        row, _ = one
        if wanted is True:
            allowed.append(one)
        elif isinstance(wanted, datetime) and wanted < row.deadline_at:
            refusals[row.id] = DeliveryState.RETRY_WAIT, _waits(wanted, "not-now")
        else:
            refusals[row.id] = DeliveryState.CANCELLED, {"reason": "not-wanted"}
    return refusals, allowed


def _refusal(row: Any, now: datetime, *, is_night: bool) -> _Refusal | None:
    if row.device_state != DeviceState.ACTIVE or not row.is_theirs:
        return DeliveryState.DEAD_DEVICE, {"reason": "device-gone"}
    if row.occurrence_state != OccurrenceState.FANNED_OUT:
        return DeliveryState.CANCELLED, {"reason": "occurrence-closed"}
    if row.deadline_at <= now:
        return DeliveryState.EXPIRED, {"reason": "past-deadline"}
    morning = held_until(now, deadline_at=row.deadline_at) if is_night else None
    if morning is not None:
        return DeliveryState.RETRY_WAIT, _waits(morning, "quiet-hours")
    if row.wait_until is not None and row.wait_until > now:
        return _later(row, row.wait_until, "too-fast")
    return None


def _waits(until: datetime, reason: str) -> dict[str, object]:
    return {"next_attempt_at": until, "held_until": until, "reason": reason}


def _later(row: Any, again_at: datetime, why: str) -> _Refusal:
    """Ask again then; a next try that would come after the deadline is none."""
    if again_at >= row.deadline_at:
        return DeliveryState.EXPIRED, {"reason": f"past-deadline: {why}"}
    return DeliveryState.RETRY_WAIT, {"next_attempt_at": again_at, "reason": why}


def _origin(row: Any) -> str:
    return str(row.origin or origin_of(row.endpoint))


def _job(row: Any, message: Message, public_url: str, is_probe: bool) -> Job:
    envelope = Envelope(
        delivery_id=row.id,
        occurrence_id=row.occurrence_id,
        reminder_id=row.reminder_id,
        revision=row.revision,
        ack_secret=row.ack_secret,
    )
    target = Target(
        device_id=row.device_id,
        reminder_id=row.reminder_id,
        endpoint=row.endpoint,
        p256dh=row.p256dh,
        auth=row.auth,
        vapid_key_id=row.vapid_key_id,
        deadline_at=row.deadline_at,
    )
    is_minimal = row.reason == TOO_LARGE
    return Job(
        delivery_id=row.id,
        occurrence_id=row.occurrence_id,
        token=row.lease_token,
        attempts=row.attempts,
        target=target,
        body=payload(message, envelope, origin=public_url, is_minimal=is_minimal),
        phone=circuits.PhoneAt(device_id=row.device_id, origin=_origin(row)),
        around=Around(
            refusals=row.refusals + 1, was_minimal=is_minimal, was_accepted=row.accepted_at is not None
        ),
        is_probe=is_probe,
    )
