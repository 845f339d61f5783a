"""The way out: intent committed, call made with no transaction open, result recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.dispatcher import circuits
from notifications.dispatcher.claims import LEASE
from notifications.dispatcher.quiet import held_until, morning_after
from notifications.dispatcher.reactions import Around
from notifications.models import (
    Delivery,
    DeliveryState,
    DeviceState,
    Occurrence,
    OccurrenceState,
    PushDevice,
    Reminder,
)
from notifications.models.address import origin_of
from notifications.models.sql import among
from notifications.models.transitions import (
    delivery_step,
    settle,
)
from notifications.push import Envelope, Message, Target, payload

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


@dataclass(frozen=True)
class About:
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


@dataclass(frozen=True)
class Job:
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
        return [self.may_send(session, **vars(one), now=now) for one in about]

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


def intend(
    session: Session, rules: Rules, *, delivery_ids: Sequence[UUID], token: UUID, now: datetime
) -> list[Job]:
    """Write down that these deliveries are about to be sent; the others may not or need not be.

    The jobs come in the order of `delivery_ids`. All are asked about at once where the house can do that, and
    written at once.
    """
    rows = _load(session, delivery_ids, token)
    troubled = circuits.in_trouble(session, {_origin(row) for row in rows})
    ready: dict[UUID, tuple[Any, Message, bool]] = {}
    refusals = _refusals(session, rules, rows, now)
    allowed = [row for row in rows if row.id not in refusals]
    said = rules.words(session, [_about(row) for row in allowed], now)
    for row, message in zip(allowed, said, strict=True):
        is_probe = False
        if message is None:
            refusals[row.id] = DeliveryState.CANCELLED, {"reason": "nothing-to-say"}
            continue
        if _origin(row) in troubled:
            way = circuits.enter(session, origin=_origin(row), now=now)
            if isinstance(way, datetime):
                refusals[row.id] = _later(row, way, "service-in-trouble")
                continue
            is_probe = way.is_probe
        ready[row.id] = (row, message, is_probe)
    refused = [(row, refusals[row.id]) for row in rows if row.id in refusals]
    _write_refusals(session, refused, token, now)
    is_night = morning_after(now) is not None
    leaving = _write_intents(session, rules, ready, token, now)
    return [
        _job(row, token, replace(message, is_silent=True) if is_night else message, rules.public_url, probe)
        for row, message, probe in (ready[one] for one in delivery_ids if one in leaving)
    ]


def _write_refusals(
    session: Session, refused: Sequence[tuple[Any, _Refusal]], token: UUID, now: datetime
) -> None:
    alike: dict[tuple[Any, ...], list[UUID]] = {}
    for row, (state, values) in refused:
        alike.setdefault((state, *sorted(values.items())), []).append(row.id)
    for (state, *shared), ids in alike.items():
        step = delivery_step([DeliveryState.LEASED], state, now=now, **dict(shared))
        session.execute(step.where(among(Delivery.id, ids), Delivery.lease_token == token))
    settle(session, {row.occurrence_id for row, _ in refused}, now=now)


def _write_intents(
    session: Session, rules: Rules, ids: Collection[UUID], token: UUID, now: datetime
) -> set[UUID]:
    """The deliveries that are still ours, with a lease that starts again."""
    if not ids:
        return set()
    step = delivery_step(
        [DeliveryState.LEASED],
        DeliveryState.INTENT,
        now=now,
        attempts=Delivery.attempts + 1,
        lease_until=now + rules.lease,
    ).where(among(Delivery.id, ids), Delivery.lease_token == token, Delivery.lease_until > now)
    return set(session.scalars(step.returning(Delivery.id)))


def _load(session: Session, delivery_ids: Sequence[UUID], token: UUID) -> Sequence[Any]:
    """Deliveries with all they belong to, their occurrences locked in the common order.

    A cancellation waits, or came first.
    """
    return session.execute(
        select(
            Delivery.id,
            Delivery.occurrence_id,
            Delivery.attempts,
            Delivery.ack_secret,
            Delivery.deadline_at,
            Delivery.accepted_at,
            Delivery.reason,
            Occurrence.state.label("occurrence_state"),
            Occurrence.slot_key,
            Occurrence.revision,
            Reminder.id.label("reminder_id"),
            Reminder.kind,
            Reminder.subject_id,
            Reminder.recipient_id,
            PushDevice.id.label("device_id"),
            PushDevice.recipient_id.label("device_recipient_id"),
            PushDevice.session_id,
            PushDevice.state.label("device_state"),
            PushDevice.endpoint,
            PushDevice.p256dh,
            PushDevice.auth,
            PushDevice.vapid_key_id,
            PushDevice.origin,
            PushDevice.refusals,
            PushDevice.wait_until,
        )
        .join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        .join(Reminder, Reminder.id == Occurrence.reminder_id)
        .join(PushDevice, PushDevice.id == Delivery.device_id)
        .where(
            among(Delivery.id, delivery_ids),
            Delivery.state == DeliveryState.LEASED.value,
            Delivery.lease_token == token,
        )
        .order_by(Occurrence.id)
        .with_for_update(of=Occurrence, key_share=True)
    ).all()


def _about(row: Any) -> About:
    return About(
        kind=row.kind,
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        slot=row.slot_key,
        revision=row.revision,
        device_session_id=row.session_id,
    )


def _refusals(session: Session, rules: Rules, rows: Sequence[Any], now: datetime) -> dict[UUID, _Refusal]:
    """Which of these may not go now: first by what stands in their rows, then by what the house says."""
    refusals = {row.id: refusal for row in rows if (refusal := _refusal(row, now)) is not None}
    open_ones = [row for row in rows if row.id not in refusals]
    answers = rules.ask(session, [_about(row) for row in open_ones], now)
    for row, wanted in zip(open_ones, answers, strict=True):
        if isinstance(wanted, datetime) and wanted < row.deadline_at:
            refusals[row.id] = DeliveryState.RETRY_WAIT, _waits(wanted, "not-now")
        elif wanted is not True:
            refusals[row.id] = DeliveryState.CANCELLED, {"reason": "not-wanted"}
    return refusals


def _refusal(row: Any, now: datetime) -> _Refusal | None:
    if row.device_state != DeviceState.ACTIVE or row.device_recipient_id != row.recipient_id:
        return DeliveryState.DEAD_DEVICE, {"reason": "device-gone"}
    if row.occurrence_state != OccurrenceState.FANNED_OUT:
        return DeliveryState.CANCELLED, {"reason": "occurrence-closed"}
    if row.deadline_at <= now:
        return DeliveryState.EXPIRED, {"reason": "past-deadline"}
    morning = held_until(now, deadline_at=row.deadline_at)
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


def _job(row: Any, token: UUID, message: Message, public_url: str, is_probe: bool) -> Job:
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
        token=token,
        attempts=row.attempts,
        target=target,
        body=payload(message, envelope, origin=public_url, is_minimal=is_minimal),
        phone=circuits.PhoneAt(device_id=row.device_id, origin=_origin(row)),
        around=Around(
            refusals=row.refusals + 1, was_minimal=is_minimal, was_accepted=row.accepted_at is not None
        ),
        is_probe=is_probe,
    )
