"""Sends one message to one subscription and says what came of it."""

import base64
import contextlib
import hashlib
import re
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from uuid import UUID

import requests
from py_vapid import Vapid02
from pywebpush import WebPusher

from notifications.models import BadEndpoint, Endpoint
from notifications.push.message import topic
from notifications.push.transport import InnerAddress, PushSession

LONGEST_TTL = timedelta(days=28)
URGENT_BEFORE_DEADLINE = timedelta(hours=2)
TOKEN_LIVES = timedelta(hours=11)
TOKEN_RENEWED_BEFORE_END = timedelta(hours=1)
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


class PushSender:
    """Speaks Web Push; one connection pool per thread."""

    def __init__(
        self,
        *,
        vapid: Vapid,
        topic_key: bytes,
        origins: Collection[str] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._vapid = vapid
        self._topic_key = topic_key
        self._origins = frozenset(origins)
        self._clock = clock
        self._own = threading.local()

    def send(self, target: Target, body: bytes) -> Answer:
        """Encrypt and send; every outcome is an answer, never an exception."""
        started = time.monotonic()
        answer = self._try(target, body)
        return Answer(
            status=answer.status,
            failure=answer.failure,
            retry_after=answer.retry_after,
            location_hash=answer.location_hash,
            granted_ttl=answer.granted_ttl,
            duration_ms=int((time.monotonic() - started) * 1000),
        )

    def _try(self, target: Target, body: bytes) -> Answer:
        try:
            endpoint = Endpoint.parse(target.endpoint, origins=self._origins)
            headers = self._headers(target, endpoint)
            pusher = WebPusher(_subscription(target), requests_session=self._session())
            return self._read(pusher.send(body, headers, ttl=self._ttl(target)))
        except BadEndpoint:
            return Answer(failure=Failure.REFUSED_ADDRESS)
        except KeyError:
            return Answer(failure=Failure.NO_KEY)
        except requests.Timeout:
            return Answer(failure=Failure.TIMEOUT)
        except requests.RequestException as error:
            return Answer(failure=_failure_of(error))
        except ValueError:
            return Answer(failure=Failure.BAD_KEYS)

    def _session(self) -> PushSession:
        if not hasattr(self._own, "session"):
            self._own.session = PushSession(self._origins)
        session: PushSession = self._own.session
        return session

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
            "Content-Type": "application/notification+json",
            "Topic": topic(self._topic_key, device_id=target.device_id, reminder_id=target.reminder_id),
            "Urgency": "high" if urgent else "normal",
        }

    def _read(self, answer: requests.Response) -> Answer:
        location = answer.headers.get("Location")
        granted = answer.headers.get("TTL", "")
        return Answer(
            status=answer.status_code,
            retry_after=retry_after(answer.headers.get("Retry-After"), now=self._clock()),
            location_hash=hashlib.sha256(location.encode()).digest() if location else None,
            granted_ttl=int(granted) if _DIGITS.fullmatch(granted) else None,
        )


def retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """How long a push service asks us to wait (seconds or a date), within one second and six hours."""
    if not header:
        return None
    wish: timedelta | None = None
    if header.strip().isdecimal():
        wish = timedelta(seconds=int(header.strip()[:9]))
    else:
        with contextlib.suppress(ValueError, TypeError):
            at = parsedate_to_datetime(header)
            wish = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    if wish is None:
        return None
    return min(max(wish, SHORTEST_RETRY_AFTER), LONGEST_RETRY_AFTER)


def _failure_of(error: BaseException) -> Failure:
    seen: BaseException | None = error
    while seen is not None:
        reason = getattr(seen.args[0], "reason", None) if seen.args else None
        if isinstance(seen, InnerAddress) or isinstance(reason, InnerAddress):
            return Failure.REFUSED_ADDRESS
        seen = seen.__cause__ or seen.__context__
    return Failure.CONNECTION


def _subscription(target: Target) -> dict[str, object]:
    return {"endpoint": target.endpoint, "keys": {"p256dh": _bare(target.p256dh), "auth": _bare(target.auth)}}


def _bare(key: str) -> str:
    """Base64url with its padding written out: pywebpush completes some lengths wrongly."""
    plain = key.rstrip("=")
    return base64.urlsafe_b64encode(base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4))).decode()
