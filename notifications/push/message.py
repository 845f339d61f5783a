"""What a phone receives: one JSON form, always of the same length."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import orjson

MESSAGE_SIZE = 1024  #: every message is this long before it is encrypted, so that length says nothing


class MessageTooLong(ValueError):
    """The words of a notice do not fit into one message."""


@dataclass(frozen=True)
class Message:
    """The words that a phone shows; without a sound if it must not wake anybody."""

    title: str
    body: str
    lang: str
    is_silent: bool = False


class Envelope(NamedTuple):
    """What a phone needs besides the words: where a tap leads, and how to say that it was shown."""

    delivery_id: UUID
    occurrence_id: UUID
    reminder_id: UUID
    revision: int
    ack_secret: str


def payload(message: Message, envelope: Envelope, *, origin: str, is_minimal: bool = False) -> bytes:
    """The declarative push message (web_push 8030), padded with spaces to one length.

    `mutable` wakes the service worker on phones that could show the text by themselves: without it
    no acknowledgement would ever come. Notices of one reminder share a `tag`, as they share a Topic on
    the way: the newer one takes the place of the older one on the screen, and no old time stays beside it.

    Our fields stand twice: a browser that reads the message itself hands the worker its notification only.
    `is_minimal` is for a push service that called the message too large: they stand once, unpadded. Both
    kinds of browser still find them; that its length tells a little is better than that nothing arrives.

    :raises MessageTooLong: if the words do not fit
    """
    fields: dict[str, object] = {
        "id": envelope.delivery_id,
        "occurrence": envelope.occurrence_id,
        "revision": envelope.revision,
        "ack": envelope.ack_secret,
    }
    notification: dict[str, object] = {
        "title": message.title,
        "body": message.body,
        "navigate": f"{origin}/r/{envelope.occurrence_id}",
        "lang": message.lang,
        "tag": envelope.reminder_id,
        "data": fields,
    }
    if message.is_silent:
        notification["silent"] = True
    content: dict[str, object] = {"web_push": 8030, "mutable": True, "notification": notification}
    if not is_minimal:
        content |= fields
    plain = orjson.dumps(content)
    if len(plain) > MESSAGE_SIZE:
        raise MessageTooLong(f"{len(plain)} bytes")
    return plain if is_minimal else plain.ljust(MESSAGE_SIZE, b" ")


def topic(key: bytes, *, device_id: UUID, reminder_id: UUID) -> str:
    """The name under which a newer message replaces an older one; links no two phones to each other."""
    digest = hmac.digest(key, device_id.bytes + reminder_id.bytes, hashlib.sha256)
    return base64.urlsafe_b64encode(digest)[:32].decode()
