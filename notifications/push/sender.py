"""Sends one message to one subscription and says what came of it."""

import contextlib
import hashlib
import logging
import re
import threading
import time
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from py_vapid import Vapid02

from notifications.models import BadEndpoint, Endpoint
from notifications.push.answers import Answer, Failure, Sealed, Target
from notifications.push.calls import Calls, Key
from notifications.push.encryption import encrypt
from notifications.push.message import topic
from notifications.push.transport import (
    NOT_SENT,
    BadCertificate,
    InnerAddress,
    NoAnswer,
    Reply,
    TimedOut,
    Transport,
)
from notifications.push.wires import Wires

log = logging.getLogger("notifications.push")

LONGEST_TTL = timedelta(days=28)
URGENT_BEFORE_DEADLINE = timedelta(hours=2)
TOKEN_LIVES = timedelta(hours=11)
TOKEN_RENEWED_BEFORE_END = timedelta(hours=1)
SIGNED_ANEW_AT_MOST_EVERY = timedelta(minutes=1)
CLOCK_MAY_DIFFER = timedelta(minutes=5)
NOT_BELIEVED = frozenset({401, 403})
LONGEST_RETRY_AFTER = timedelta(hours=6)
SHORTEST_RETRY_AFTER = timedelta(seconds=1)
_DIGITS = re.compile(r"[0-9]{1,9}")


class Vapid:
    """Our identity towards push services: one signed token per key and origin, kept for hours."""

    def __init__(self, *, subject: str, keys: Mapping[str, str]) -> None:
        """`keys`: key id to raw private key in base64url; an old key stays while devices use it."""
        self._subject = subject
        self._signers = {key_id: Vapid02.from_raw(raw.encode()) for key_id, raw in keys.items()}
        self._cached: dict[tuple[str, str], tuple[datetime, str]] = {}
        self._renewed_at: dict[tuple[str, str], datetime] = {}
        self._lock = threading.Lock()

    def authorization(self, *, key_id: str, origin: str, now: datetime) -> str:
        """The Authorization header for one push service.

        :raises KeyError: if the key is not configured
        """
        signer = self._signers[key_id]
        with self._lock:
            expires_at, header = self._cached.get((key_id, origin), (now, ""))
            if not now < expires_at - TOKEN_RENEWED_BEFORE_END <= now + TOKEN_LIVES:
                expires_at = now + TOKEN_LIVES
                claims = {"sub": self._subject, "aud": origin, "exp": int(expires_at.timestamp())}
                header = signer.sign(claims)["Authorization"]
                self._cached[(key_id, origin)] = (expires_at, header)
            return header

    def forget(self, *, key_id: str, origin: str, now: datetime) -> bool:
        """Sign anew for a push service that did not believe the token; false if we just did."""
        with self._lock:
            last = self._renewed_at.get((key_id, origin))
            if last is not None and timedelta(0) <= now - last < SIGNED_ANEW_AT_MOST_EVERY:
                return False
            self._renewed_at[(key_id, origin)] = now
            self._cached.pop((key_id, origin), None)
            return True


class PushSender:
    """Speaks Web Push; may be used by many threads at once."""

    def __init__(
        self,
        *,
        vapid: Vapid,
        topic_key: bytes,
        origins: Collection[str] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        transport: Transport | None = None,
    ) -> None:
        self._vapid = vapid
        self._topic_key = topic_key
        self._origins = frozenset(origins)
        self._clock = clock
        self._transport = transport or Transport()
        self._turn = threading.Lock()

    def send(self, target: Target, body: bytes) -> Answer:
        """Encrypt and send; every outcome is an answer, never an exception."""
        began_at = time.monotonic()
        sealed = self.seal(target, body)
        if isinstance(sealed, Answer):
            return sealed
        try:
            answer = self._call(sealed, began_at)
            if self.shall_sign_anew(sealed, answer):
                answer = self._call(sealed, began_at, was_signed_anew=True)
            return answer
        except KeyError:
            return Answer(failure=Failure.NO_KEY)

    def calls(self, *, at_once: int) -> Calls[Key]:
        """Lines of their own for one thread, on which so many calls may be open."""
        return Calls(self, Wires(self._transport, at_once=at_once, turn=self._turn))

    def seal(self, target: Target, body: bytes) -> Sealed | Answer:
        """Encrypt for the phone and look at its address; an answer if nothing can be sent there."""
        try:
            endpoint = Endpoint.parse(target.endpoint, origins=self._origins)
            return Sealed(target, endpoint, encrypt(body, p256dh=target.p256dh, auth=target.auth))
        except BadEndpoint:
            return Answer(failure=Failure.REFUSED_ADDRESS)
        except ValueError:
            return Answer(failure=Failure.BAD_KEYS)

    def shall_sign_anew(self, sealed: Sealed, answer: Answer) -> bool:
        """Whether they did not believe a token that we can make anew; then call once more."""
        return answer.status in NOT_BELIEVED and self._vapid.forget(
            key_id=sealed.target.vapid_key_id, origin=sealed.endpoint.origin, now=self._clock()
        )

    def _call(self, sealed: Sealed, began_at: float, *, was_signed_anew: bool = False) -> Answer:
        headers, asked_ttl = self.headers(sealed)
        reply: Reply | NoAnswer
        try:
            reply = self._transport.post(sealed.endpoint, headers, sealed.body)
        except NoAnswer as none:
            reply = none
        return self.read(reply, asked_ttl=asked_ttl, began_at=began_at, was_signed_anew=was_signed_anew)

    def headers(self, sealed: Sealed) -> tuple[list[str], int]:
        """The headers of one message, and for how many seconds it asks to be kept.

        :raises KeyError: if the key that this phone is bound to is not configured
        """
        target, now = sealed.target, self._clock()
        left = target.deadline_at - now
        ttl = max(1, int(min(left, LONGEST_TTL).total_seconds()))
        signed = self._vapid.authorization(key_id=target.vapid_key_id, origin=sealed.endpoint.origin, now=now)
        named = topic(self._topic_key, device_id=target.device_id, reminder_id=target.reminder_id)
        urgency = "high" if left < URGENT_BEFORE_DEADLINE else "normal"
        lines = [
            f"Authorization: {signed}",
            "Content-Encoding: aes128gcm",
            "Content-Type: application/notification+json",
            f"TTL: {ttl}",
            f"Topic: {named}",
            f"Urgency: {urgency}",
            *NOT_SENT,
        ]
        return lines, ttl

    def read(
        self, reply: Reply | NoAnswer, *, asked_ttl: int, began_at: float, was_signed_anew: bool
    ) -> Answer:
        """What of an answer we keep; `began_at` is by the machine's own clock, in seconds."""
        took = int((time.monotonic() - began_at) * 1000)
        if isinstance(reply, NoAnswer):
            failure = _FAILURES[type(reply)]
            return Answer(failure=failure, was_signed_anew=was_signed_anew, duration_ms=took)
        headers = reply.headers
        location = headers.get("location")
        granted = headers.get("ttl", "")
        is_doubted = reply.status in NOT_BELIEVED
        off = clock_off(headers.get("date"), now=self._clock()) if is_doubted else None
        if off is not None:
            log.error("our clock differs from the push service's by %d s", off.total_seconds())
        return Answer(
            status=reply.status,
            retry_after=retry_after(headers.get("retry-after"), now=self._clock()),
            location_hash=hashlib.sha256(location.encode()).digest() if location else None,
            granted_ttl=int(granted) if _DIGITS.fullmatch(granted) else None,
            asked_ttl=asked_ttl,
            clock_off=off,
            was_signed_anew=was_signed_anew,
            duration_ms=took,
        )


def clock_off(date: str | None, *, now: datetime) -> timedelta | None:
    """How far a push service's clock is from ours, when that may be why it does not believe our token."""
    at = _date(date)
    return abs(at - now) if at is not None and abs(at - now) > CLOCK_MAY_DIFFER else None


def _date(header: str | None) -> datetime | None:
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        at = parsedate_to_datetime(header or "")
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return None


def retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """How long a push service asks us to wait (seconds or a date), within one second and six hours."""
    if not header:
        return None
    wish: timedelta | None = None
    if header.strip().isdecimal():
        wish = timedelta(seconds=int(header.strip()[:9]))
    elif (at := _date(header)) is not None:
        wish = at - now
    if wish is None:
        return None
    return min(max(wish, SHORTEST_RETRY_AFTER), LONGEST_RETRY_AFTER)


_FAILURES = {
    NoAnswer: Failure.CONNECTION,
    TimedOut: Failure.TIMEOUT,
    BadCertificate: Failure.TLS,
    InnerAddress: Failure.REFUSED_ADDRESS,
}
