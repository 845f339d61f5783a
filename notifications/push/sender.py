"""Sends one message to one subscription and says what came of it."""

import contextlib
import hashlib
import logging
import re
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from uuid import UUID

from py_vapid import Vapid02

from notifications.models import BadEndpoint, Endpoint
from notifications.push.encryption import encrypt
from notifications.push.message import topic
from notifications.push.transport import BadCertificate, InnerAddress, NoAnswer, Reply, TimedOut, Transport

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


class Failure(StrEnum):
    """Why there was no answer."""

    TIMEOUT = "timeout"  #: silence; it may have been accepted
    CONNECTION = "connection"  #: refused, reset, no name; it may have been accepted
    TLS = "tls"  #: they could not prove who they are; nothing was sent
    REFUSED_ADDRESS = "refused-address"  #: we may not call there
    NO_KEY = "no-key"  #: our key for this subscription is not configured
    BAD_KEYS = "bad-keys"  #: nothing could be encrypted for this subscription


@dataclass(frozen=True)
class Answer:
    """What a push service said, as far as we keep it."""

    status: int | None = None
    failure: Failure | None = None
    retry_after: timedelta | None = None
    location_hash: bytes | None = None
    granted_ttl: int | None = None  #: seconds for which they keep it
    asked_ttl: int | None = None  #: seconds for which they should
    clock_off: timedelta | None = None  #: how far their clock is from ours, when they did not believe us
    was_signed_anew: bool = False  #: the first token was refused, so that another one was tried
    duration_ms: int = 0


@dataclass(frozen=True)
class Target:
    """The device, the reminder and the deadline of one message."""

    device_id: UUID
    reminder_id: UUID
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    vapid_key_id: str
    deadline_at: datetime


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

    def send(self, target: Target, body: bytes) -> Answer:
        """Encrypt and send; every outcome is an answer, never an exception."""
        started = time.monotonic()
        answer = self._try(target, body)
        return replace(answer, duration_ms=int((time.monotonic() - started) * 1000))

    def _try(self, target: Target, body: bytes) -> Answer:
        try:
            endpoint = Endpoint.parse(target.endpoint, origins=self._origins)
            sealed = encrypt(body, p256dh=target.p256dh, auth=target.auth)
            answer = self._call(target, endpoint, sealed)
            if answer.status in NOT_BELIEVED and self._may_sign_anew(target, endpoint):
                answer = replace(self._call(target, endpoint, sealed), was_signed_anew=True)
            return answer
        except BadEndpoint:
            return Answer(failure=Failure.REFUSED_ADDRESS)
        except KeyError:
            return Answer(failure=Failure.NO_KEY)
        except ValueError:
            return Answer(failure=Failure.BAD_KEYS)

    def _may_sign_anew(self, target: Target, endpoint: Endpoint) -> bool:
        return self._vapid.forget(key_id=target.vapid_key_id, origin=endpoint.origin, now=self._clock())

    def _call(self, target: Target, endpoint: Endpoint, sealed: bytes) -> Answer:
        headers = self._headers(target, endpoint)
        try:
            reply = self._transport.post(endpoint, headers, sealed)
        except NoAnswer as none:
            return Answer(failure=_FAILURES[type(none)])
        return self._read(reply, asked_ttl=int(headers["TTL"]))

    def _ttl(self, target: Target) -> int:
        left = min(target.deadline_at - self._clock(), LONGEST_TTL)
        return max(1, int(left.total_seconds()))

    def _headers(self, target: Target, endpoint: Endpoint) -> dict[str, str]:
        now = self._clock()
        urgent = target.deadline_at - now < URGENT_BEFORE_DEADLINE
        return {
            "Authorization": self._vapid.authorization(
                key_id=target.vapid_key_id, origin=endpoint.origin, now=now
            ),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/notification+json",
            "TTL": str(self._ttl(target)),
            "Topic": topic(self._topic_key, device_id=target.device_id, reminder_id=target.reminder_id),
            "Urgency": "high" if urgent else "normal",
        }

    def _read(self, reply: Reply, *, asked_ttl: int) -> Answer:
        location = reply.headers.get("location")
        granted = reply.headers.get("ttl", "")
        is_doubted = reply.status in NOT_BELIEVED
        off = clock_off(reply.headers.get("date"), now=self._clock()) if is_doubted else None
        if off is not None:
            log.error("our clock differs from the push service's by %d s", off.total_seconds())
        return Answer(
            status=reply.status,
            retry_after=retry_after(reply.headers.get("retry-after"), now=self._clock()),
            location_hash=hashlib.sha256(location.encode()).digest() if location else None,
            granted_ttl=int(granted) if _DIGITS.fullmatch(granted) else None,
            asked_ttl=asked_ttl,
            clock_off=off,
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
