"""A phone without a browser: it holds its own push keys, so a test can read what was sent to it."""

from __future__ import annotations

import base64
import json
import os
import time
from dataclasses import dataclass
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.journeys.autopush import PushService

PATIENCE_SECONDS = 30


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True)
class OpenPhone:
    """A subscription at the local push service whose private key the test knows."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey
    auth: bytes

    @property
    def keys(self) -> dict[str, str]:
        """What `PushSubscription.toJSON().keys` would be."""
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {"p256dh": _text(point), "auth": _text(self.auth)}

    def decrypt(self, body: bytes) -> bytes:
        """The plain bytes of one message, padding removed by the decoder only as the RFC says."""
        return bytes(
            http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth, version="aes128gcm")
        )

    def messages(self, service: PushService) -> list[dict[str, Any]]:
        """Everything that arrived here, decrypted."""
        number = self.endpoint.rpartition("/")[2]
        mine = [each for each in service.received if each.channel == number and each.status == 201]
        return [json.loads(self.decrypt(each.body)) for each in mine]


def wait_for_message(service: PushService, phone: OpenPhone, *, number: int = 1) -> dict[str, Any]:
    """The first message to this phone, or a later one.

    :raises AssertionError: if none comes in time
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if len(found := phone.messages(service)) >= number:
            return found[number - 1]
        time.sleep(0.1)
    raise AssertionError(f"no message came to the phone within {PATIENCE_SECONDS} s")


def subscribe(service: PushService, vapid_public_key: str) -> OpenPhone:
    """A new subscription that belongs to one sender's key."""
    endpoint = service.open_channel(client="a phone without a browser", key=vapid_public_key)
    return OpenPhone(endpoint, ec.generate_private_key(ec.SECP256R1()), os.urandom(16))
