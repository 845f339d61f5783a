"""What is sent, and what of an answer is kept."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from notifications.models import Endpoint


class Failure(StrEnum):
    """Why there was no answer."""

    TIMEOUT = "timeout"  #: silence; it may have been accepted
    CONNECTION = "connection"  #: refused, reset, no name; it may have been accepted
    TLS = "tls"  #: they could not prove who they are; nothing was sent
    REFUSED_ADDRESS = "refused-address"  #: we may not call there
    NO_KEY = "no-key"  #: our key for this subscription is not configured
    BAD_KEYS = "bad-keys"  #: nothing could be encrypted for this subscription


class Answer(NamedTuple):
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


class Target(NamedTuple):
    """The device, the reminder and the deadline of one message."""

    device_id: UUID
    reminder_id: UUID
    endpoint: str
    p256dh: str
    auth: str
    vapid_key_id: str
    deadline_at: datetime

    def __repr__(self) -> str:
        return f"Target({self.device_id})"  # neither the address nor the keys


class Sealed(NamedTuple):
    """A message that only its phone can read, and where it goes."""

    target: Target
    endpoint: Endpoint
    body: bytes

    def __repr__(self) -> str:
        return f"Sealed({self.target!r})"
