"""The table of faults: what a push service was seen to do, and what is done about it.

Source of the rules: RFC 8030 sections 5 to 8, RFC 8292 sections 2 to 4, and what push services really do.
The rows are read from the top; the first that fits is taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from notifications.dispatcher.quiet import held_until
from notifications.models import DeliveryState, DeviceState
from notifications.push import Answer, Failure


class Sign(StrEnum):
    """What an answer says about the push service as a whole."""

    WELL = "well"  #: it works, and it knows us
    FAILED = "failed"  #: it is broken, or out of reach
    NOT_BELIEVED = "not-believed"  #: it does not believe that we are who we say
    TOO_MUCH = "too-much"  #: it wants less from us
    OUR_FAULT = "our-fault"  #: it finds one message after the other wrong
    NONE = "none"  #: nothing


class Around(NamedTuple):
    """What is known besides the answer itself."""

    refusals: int = 1  #: times in a row that this phone's messages were called wrong, this one included
    refused_by_many: bool = False  #: so many phones of one service that the fault must be ours
    ended_by_many: bool = False  #: so many subscriptions ended at once that we do not believe it
    was_minimal: bool = False  #: it was sent as short as can be
    was_accepted: bool = False  #: it was taken before; this was a repetition


Given = Callable[[Answer, Around], bool]


@dataclass(frozen=True)
class Reaction:
    """One row: what is seen, where the delivery goes, what ends, how long to wait, whether to call a human.

    `seen` holds statuses, classes of them ("5xx") and failures; empty: anything.
    """

    name: str
    seen: frozenset[int | str]
    state: DeliveryState
    sign: Sign = Sign.NONE
    given: Given | None = None
    device: DeviceState | None = None
    base: timedelta = timedelta(0)
    cap: timedelta = timedelta(hours=6)
    alarm: bool = False

    def is_about(self, *kinds: int | str | None) -> bool:
        """Whether this row may be the one for what was seen."""
        return not self.seen or not self.seen.isdisjoint(kinds)

    def fits(self, answer: Answer, around: Around) -> bool:
        """Whether also all else is so."""
        return self.given is None or self.given(answer, around)


def _seen(*kinds: int | str) -> frozenset[int | str]:
    return frozenset(kinds)


SHORT, LONG = timedelta(seconds=30), timedelta(seconds=60)
THIRD, HALF_HOUR = timedelta(minutes=20), timedelta(minutes=30)
SHORTEST_WAIT = timedelta(seconds=1)
SHORTEST_REPETITION = timedelta(minutes=5)
TRIES_WHEN_REFUSED = 3

GOOD, GONE, UNBELIEVED, PACE = _seen(200, 201, 202, 204), _seen(404, 410), _seen(401, 403), _seen(406, 429)
LINE = _seen(Failure.TIMEOUT, Failure.CONNECTION, Failure.TLS)
UNFIT = _seen(Failure.NO_KEY, Failure.BAD_KEYS)
ACCEPTED, WAIT = DeliveryState.ACCEPTED, DeliveryState.RETRY_WAIT
ASIDE, DEAD = DeliveryState.QUARANTINED, DeliveryState.DEAD_DEVICE
SET_ASIDE = DeviceState.QUARANTINED

TABLE = (
    Reaction(
        "accepted-briefly",
        GOOD,
        ACCEPTED,
        Sign.WELL,
        given=lambda answer, _: _is_cut_short(answer),
    ),
    Reaction("accepted", GOOD, ACCEPTED, Sign.WELL),
    Reaction("redirect", _seen("3xx"), ASIDE, device=SET_ASIDE, alarm=True),
    Reaction(
        "refused-by-many",
        _seen(400),
        WAIT,
        Sign.OUR_FAULT,
        given=lambda _, around: around.refused_by_many,
        base=THIRD,
        cap=2 * THIRD,
        alarm=True,
    ),
    Reaction(
        "refused-for-good",
        _seen(400),
        ASIDE,
        given=lambda _, around: around.refusals >= TRIES_WHEN_REFUSED,
        device=SET_ASIDE,
        alarm=True,
    ),
    Reaction("refused", _seen(400), WAIT, base=THIRD, cap=2 * THIRD, alarm=True),
    Reaction("token-refused", UNBELIEVED, WAIT, Sign.NOT_BELIEVED, base=LONG, cap=HALF_HOUR, alarm=True),
    Reaction(
        "gone-by-many",
        GONE,
        WAIT,
        given=lambda _, around: around.ended_by_many,
        base=LONG,
        cap=HALF_HOUR,
        alarm=True,
    ),
    Reaction("gone", GONE, DEAD, Sign.WELL, device=DeviceState.DEAD),
    Reaction("too-fast", PACE, WAIT, Sign.TOO_MUCH, base=LONG),
    Reaction(
        "too-large-for-good",
        _seen(413),
        DeliveryState.EXPIRED,
        given=lambda _, around: around.was_minimal,
        alarm=True,
    ),
    Reaction("too-large", _seen(413), WAIT, base=SHORTEST_WAIT, cap=SHORTEST_WAIT, alarm=True),
    Reaction("refused-otherwise", _seen("4xx"), WAIT, base=LONG, cap=HALF_HOUR, alarm=True),
    Reaction("no-answer", LINE, WAIT, Sign.FAILED, base=SHORT, cap=HALF_HOUR),
    Reaction("inner-address", _seen(Failure.REFUSED_ADDRESS), ASIDE, device=SET_ASIDE, alarm=True),
    Reaction("cannot-sign-or-encrypt", UNFIT, WAIT, base=LONG, cap=HALF_HOUR, alarm=True),
    Reaction("service-error", frozenset(), WAIT, Sign.FAILED, base=SHORT, cap=HALF_HOUR),
)
ROWS = {row.name: row for row in TABLE}
EVENLY = {"refused", "refused-by-many", "too-large"}  #: waits without chance: two more tries within the hour


class Verdict(NamedTuple):
    """What shall be written about one try."""

    reaction: Reaction
    state: DeliveryState
    next_attempt_at: datetime | None = None
    reason: str | None = None


def reaction_to(answer: Answer, around: Around) -> Reaction:
    """The row for what was seen."""
    return next(row for row in _rows(answer.status, answer.failure) if row.fits(answer, around))


@cache  # as many as there are statuses, 8 kB at most
def _rows(status: int | None, failure: Failure | None) -> tuple[Reaction, ...]:
    kinds = (failure,) if failure else (status, f"{(status or 0) // 100}xx")
    return tuple(row for row in TABLE if row.is_about(*kinds))


def judge(
    answer: Answer,
    around: Around,
    *,
    attempts: int,
    now: datetime,
    deadline_at: datetime,
    random: Callable[[], float],
) -> Verdict:
    """Decide; a next try that would come after the deadline is none.

    A repetition that fails leaves what was taken before as it is, and tries again beside it.
    """
    reaction = reaction_to(answer, around)
    verdict = _first_verdict(reaction, answer, around, attempts, now, deadline_at, random)
    if around.was_accepted and verdict.state in (WAIT, DeliveryState.EXPIRED):
        return verdict._replace(state=ACCEPTED)
    return verdict


def _first_verdict(
    reaction: Reaction,
    answer: Answer,
    around: Around,
    attempts: int,
    now: datetime,
    deadline_at: datetime,
    random: Callable[[], float],
) -> Verdict:
    if reaction.name == "accepted-briefly":
        again_at = _before_it_ends(answer, now)
        return Verdict(reaction, ACCEPTED, next_attempt_at=again_at if again_at < deadline_at else None)
    if reaction.state is not WAIT:
        reason = None if reaction.state is ACCEPTED else reaction.name
        return Verdict(reaction, reaction.state, reason=reason)
    if reaction.name in EVENLY:
        again_at = now + min(reaction.base * 2 ** (around.refusals - 1), reaction.cap)
    else:
        again_at = now + (answer.retry_after or _backoff(reaction, attempts, random))
    morning = held_until(again_at, deadline_at=deadline_at)
    again_at = morning or again_at
    if again_at >= deadline_at:
        return Verdict(reaction, DeliveryState.EXPIRED, reason=f"past-deadline: {reaction.name}")
    return Verdict(reaction, WAIT, next_attempt_at=again_at, reason=reaction.name)


def _is_cut_short(answer: Answer) -> bool:
    granted, asked = answer.granted_ttl, answer.asked_ttl
    return granted is not None and asked is not None and granted < asked


def _before_it_ends(answer: Answer, now: datetime) -> datetime:
    """A little before the push service forgets the message, but not more often than every five minutes."""
    granted = timedelta(seconds=answer.granted_ttl or 0)
    return now + max(granted * 0.9, SHORTEST_REPETITION)


def _backoff(reaction: Reaction, attempts: int, random: Callable[[], float]) -> timedelta:
    """Full jitter: anything up to base · 2^n, so that a thousand phones do not come back at once."""
    ceiling = min(reaction.base * 2 ** min(attempts, 16), reaction.cap)
    return max(ceiling * random(), SHORTEST_WAIT)
