"""One occurrence's other way out: everything asked again, intent committed, call made, result recorded.

Two ways are never used for one occurrence on purpose: the next channel is asked only after the one before
has refused, or has given no answer that can be trusted three times in a row, always under the same id. What
no way could tell keeps its state, and stands in the counsellors' list as not reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications.dispatcher.other_ways import is_stuck
from notifications.dispatcher.quiet import LEAST_NOTICE, morning_after
from notifications.dispatcher.sending import MaySend
from notifications.models import Delivery, DeliveryState, Occurrence, OccurrenceState, Reminder
from notifications.models.fallbacks import (
    ChannelKind,
    Fallback,
    FallbackState,
    Told,
    Words,
    fallback_step,
)
from notifications.models.states import UNSENT_DELIVERY
from notifications.models.transitions import affected, delivery_step, lock_occurrences, occurrence_step

TRIES = 3
WAITS = (timedelta(minutes=1), timedelta(minutes=5))  #: before the second and the third try
A_PHONE_IS_TRIED = timedelta(minutes=10)
ENDED = (OccurrenceState.CONFIRMED, OccurrenceState.CANCELLED, OccurrenceState.FALLBACK_SENT)
ANSWERABLE = (
    OccurrenceState.FANNED_OUT,
    OccurrenceState.UNCONFIRMED,
    OccurrenceState.NO_DEVICE,
    OccurrenceState.EXPIRED,
)


@dataclass(frozen=True)
class SafeChannel:
    """An address that a person has agreed to be written to, and from when if not now."""

    kind: ChannelKind
    address: str = field(repr=False)
    not_before: datetime | None = None


class Channels(Protocol):
    """Asked in the sending transaction: which ways to write to this person are safe?"""

    def __call__(self, session: Session, *, recipient_id: UUID, now: datetime) -> Sequence[SafeChannel]: ...


class Write(Protocol):
    """Finds the neutral words for another way, or None if there is nothing to say any more."""

    def __call__(
        self, session: Session, *, kind: str, recipient_id: UUID, occurrence_id: UUID
    ) -> Words | None: ...


class Carrier(Protocol):
    """Whatever brings one message to one address of its kind."""

    def send(self, *, message_id: UUID, address: str, words: Words) -> Told: ...


@dataclass(frozen=True)
class OtherWays:
    """What the house says about other ways than push, and who carries them."""

    channels: Channels
    write: Write
    carriers: Mapping[ChannelKind, Carrier]


@dataclass(frozen=True)
class FallbackJob:
    """What leaves the house by another way."""

    fallback_id: UUID
    occurrence_id: UUID
    token: UUID
    channel: ChannelKind
    attempts: int
    refused: tuple[str, ...]
    address: str = field(repr=False)
    words: Words


def intend(
    session: Session,
    ways: OtherWays,
    may_send: MaySend,
    *,
    fallback_id: UUID,
    token: UUID,
    now: datetime,
    lasts: timedelta,
) -> FallbackJob | None:
    """Write down that this fallback is about to be sent; None if it may not, need not or cannot be yet."""
    row = _load(session, fallback_id, token, now)
    if row is None:
        return None
    chosen = _choose(session, ways, may_send, row, now)
    if not isinstance(chosen, SafeChannel):
        _write_down(session, row, token, chosen, now)
        return None
    words = ways.write(session, kind=row.kind, recipient_id=row.recipient_id, occurrence_id=row.occurrence_id)
    if words is None:
        _write_down(session, row, token, _End(FallbackState.SUPERFLUOUS, "nothing-to-say"), now)
        return None
    attempts = row.attempts + 1 if row.channel == chosen.kind else 1
    step = fallback_step(
        [FallbackState.LEASED],
        FallbackState.INTENT,
        now=now,
        channel=chosen.kind.value,
        attempts=attempts,
        lease_until=now + lasts,
    ).where(Fallback.id == fallback_id, Fallback.lease_token == token, Fallback.lease_until > now)
    if not affected(session, step):
        return None
    return FallbackJob(
        fallback_id=fallback_id,
        occurrence_id=row.occurrence_id,
        token=token,
        channel=chosen.kind,
        attempts=attempts,
        refused=tuple(row.refused),
        address=chosen.address,
        words=words,
    )


@dataclass(frozen=True)
class _End:
    """That it is over, and why."""

    state: FallbackState
    reason: str


def _load(session: Session, fallback_id: UUID, token: UUID, now: datetime) -> Any | None:
    """It with all it belongs to; the occurrence is locked: an acknowledgement waits, or came first."""
    of = select(Fallback.occurrence_id).where(Fallback.id == fallback_id)
    if not lock_occurrences(session, session.scalars(of)):
        return None
    return session.execute(
        select(
            Fallback.id,
            Fallback.occurrence_id,
            Fallback.channel,
            Fallback.attempts,
            Fallback.refused,
            Fallback.deadline_at,
            Occurrence.state.label("occurrence_state"),
            Occurrence.slot_key,
            Occurrence.revision,
            Reminder.kind,
            Reminder.subject_id,
            Reminder.recipient_id,
            Reminder.cancelled_at,
            is_stuck(now).label("is_stuck"),
        )
        .join(Occurrence, Occurrence.id == Fallback.occurrence_id)
        .join(Reminder, Reminder.id == Occurrence.reminder_id)
        .where(
            Fallback.id == fallback_id,
            Fallback.state == FallbackState.LEASED.value,
            Fallback.lease_token == token,
        )
    ).one_or_none()


def _choose(
    session: Session, ways: OtherWays, may_send: MaySend, row: Any, now: datetime
) -> SafeChannel | _End | datetime:
    """The channel to use now; or when to ask again; or the end."""
    if row.occurrence_state in ENDED or row.cancelled_at is not None or "~" in row.slot_key:
        return _End(FallbackState.SUPERFLUOUS, f"occurrence {row.occurrence_state}")
    latest = row.deadline_at - LEAST_NOTICE
    if now > latest:
        return _End(FallbackState.SKIPPED, "past-deadline")
    is_being_pushed = row.occurrence_state == OccurrenceState.FANNED_OUT and not row.is_stuck
    if row.occurrence_state not in ANSWERABLE or is_being_pushed:
        return now + A_PHONE_IS_TRIED
    wanted = may_send(
        session,
        kind=row.kind,
        subject_id=row.subject_id,
        recipient_id=row.recipient_id,
        slot=row.slot_key,
        revision=row.revision,
        device_session_id=None,
        now=now,
    )
    if wanted is False:
        return _End(FallbackState.SUPERFLUOUS, "not-wanted")
    if isinstance(wanted, datetime):
        return wanted if wanted <= latest else _End(FallbackState.SUPERFLUOUS, "not-now")
    return _open_channel(ways.channels(session, recipient_id=row.recipient_id, now=now), ways, row, now)


def _open_channel(
    safe: Sequence[SafeChannel], ways: OtherWays, row: Any, now: datetime
) -> SafeChannel | _End | datetime:
    latest = row.deadline_at - LEAST_NOTICE
    usable = [one for one in safe if one.kind in ways.carriers and one.kind not in row.refused]
    if not usable:
        if row.refused:
            return _End(FallbackState.FAILED, "every-way-failed")
        return _End(FallbackState.SKIPPED, "no-safe-channel")
    morning = morning_after(now)
    if morning is not None:
        return morning if morning <= latest else _End(FallbackState.SKIPPED, "quiet-hours")
    order = list(ChannelKind)
    open_now = [one for one in usable if one.not_before is None or one.not_before <= now]
    if open_now:
        return min(open_now, key=lambda one: order.index(one.kind))
    first = min(one.not_before for one in usable if one.not_before is not None)
    return first if first <= latest else _End(FallbackState.SKIPPED, "safe-hours")


def _write_down(session: Session, row: Any, token: UUID, outcome: _End | datetime, now: datetime) -> None:
    if isinstance(outcome, datetime):
        step = fallback_step(
            [FallbackState.LEASED], FallbackState.READY, now=now, next_attempt_at=outcome, reason=None
        )
    else:
        step = fallback_step([FallbackState.LEASED], outcome.state, now=now, reason=outcome.reason)
    session.execute(step.where(Fallback.id == row.id, Fallback.lease_token == token))


def record(session: Session, job: FallbackJob, told: Told, *, now: datetime) -> bool:
    """Write down what the provider said; false if the lease was lost."""
    lock_occurrences(session, [job.occurrence_id])
    step = _result(job, told, now).where(Fallback.id == job.fallback_id, Fallback.lease_token == job.token)
    if not affected(session, step):
        return False
    if told is Told.TAKEN:
        sent = occurrence_step(
            ANSWERABLE, OccurrenceState.FALLBACK_SENT, now=now, reason=f"sent by {job.channel}"
        )
        session.execute(sent.where(Occurrence.id == job.occurrence_id))
        unsent = delivery_step(UNSENT_DELIVERY, DeliveryState.CANCELLED, now=now, reason="fallback-sent")
        session.execute(unsent.where(Delivery.occurrence_id == job.occurrence_id))
    return True


def _result(job: FallbackJob, told: Told, now: datetime) -> Any:
    intent = [FallbackState.INTENT]
    if told is Told.TAKEN:
        return fallback_step(intent, FallbackState.SENT, now=now, reason=None)
    if told is Told.UNKNOWN and job.attempts < TRIES:
        again_at = now + WAITS[job.attempts - 1]
        return fallback_step(
            intent, FallbackState.READY, now=now, next_attempt_at=again_at, reason=f"{job.channel}: {told}"
        )
    refused = [*job.refused, job.channel.value]
    return fallback_step(
        intent,
        FallbackState.READY,
        now=now,
        next_attempt_at=now,
        refused=refused,
        channel=None,
        reason=f"{job.channel}: {told}",
    )
