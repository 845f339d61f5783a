"""What an answer of a push service means for the delivery, for the device and for us."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from notifications.dispatcher.quiet import comes_too_late, held_until
from notifications.models import DeliveryState, DeviceState
from notifications.push import Answer, Failure


@dataclass(frozen=True)
class Reaction:
    """One row of the table: where the delivery goes, what ends, how long to wait, whether to call a human."""

    name: str
    state: DeliveryState
    device: DeviceState | None = None
    base: timedelta = timedelta(0)
    cap: timedelta = timedelta(hours=6)
    alarm: bool = False


SHORT, LONG = timedelta(seconds=30), timedelta(seconds=60)
HALF_HOUR = timedelta(minutes=30)
SHORTEST_WAIT = timedelta(seconds=1)

ACCEPTED = Reaction("accepted", DeliveryState.ACCEPTED)
GONE = Reaction("gone", DeliveryState.DEAD_DEVICE, device=DeviceState.DEAD)
MOVED = Reaction("redirect", DeliveryState.QUARANTINED, device=DeviceState.QUARANTINED, alarm=True)
TOO_FAST = Reaction("too-fast", DeliveryState.RETRY_WAIT, base=LONG)
THEIRS = Reaction("service-error", DeliveryState.RETRY_WAIT, base=SHORT, cap=HALF_HOUR)
OURS = Reaction("refused", DeliveryState.RETRY_WAIT, base=LONG, cap=HALF_HOUR, alarm=True)
UNKNOWN = Reaction("no-answer", DeliveryState.RETRY_WAIT, base=SHORT, cap=HALF_HOUR)
INNER = Reaction("inner-address", DeliveryState.QUARANTINED, device=DeviceState.QUARANTINED, alarm=True)
CANNOT = Reaction("cannot-sign-or-encrypt", DeliveryState.RETRY_WAIT, base=LONG, cap=HALF_HOUR, alarm=True)

BY_STATUS = {
    **dict.fromkeys((200, 201, 202, 204), ACCEPTED),
    **dict.fromkeys((404, 410), GONE),
    **dict.fromkeys((406, 429), TOO_FAST),
}
BY_CLASS = {3: MOVED, 4: OURS, 5: THEIRS}
BY_FAILURE = {
    Failure.TIMEOUT: UNKNOWN,
    Failure.CONNECTION: UNKNOWN,
    Failure.REFUSED_ADDRESS: INNER,
    Failure.NO_KEY: CANNOT,
    Failure.BAD_KEYS: CANNOT,
}


@dataclass(frozen=True)
class Verdict:
    """What shall be written about one try."""

    reaction: Reaction
    state: DeliveryState
    next_attempt_at: datetime | None = None
    reason: str | None = None


def reaction_to(answer: Answer) -> Reaction:
    """The row of the table for this answer; an unheard-of status counts as the service's own error."""
    if answer.failure is not None:
        return BY_FAILURE[answer.failure]
    status = answer.status or 0
    return BY_STATUS.get(status) or BY_CLASS.get(status // 100, THEIRS)


def judge(
    answer: Answer, *, attempts: int, now: datetime, deadline_at: datetime, random: Callable[[], float]
) -> Verdict:
    """Decide; a next try that would come after the deadline is none."""
    reaction = reaction_to(answer)
    if reaction.state is not DeliveryState.RETRY_WAIT:
        reason = None if reaction is ACCEPTED else reaction.name
        return Verdict(reaction, reaction.state, reason=reason)
    again_at = now + (answer.retry_after or _backoff(reaction, attempts, random))
    morning = held_until(again_at, deadline_at=deadline_at)
    again_at = morning or again_at
    if again_at >= deadline_at or comes_too_late(morning, deadline_at=deadline_at):
        return Verdict(reaction, DeliveryState.EXPIRED, reason=f"past-deadline: {reaction.name}")
    return Verdict(reaction, DeliveryState.RETRY_WAIT, next_attempt_at=again_at, reason=reaction.name)


def _backoff(reaction: Reaction, attempts: int, random: Callable[[], float]) -> timedelta:
    """Full jitter: anything up to base · 2^n, so that a thousand phones do not come back at once."""
    ceiling = min(reaction.base * 2 ** min(attempts, 16), reaction.cap)
    return max(ceiling * random(), SHORTEST_WAIT)
