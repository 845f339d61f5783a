"""Phones and the push service between them and us: it fails at times, and it can hold its breath."""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID, uuid4

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.exc import DBAPIError

from notifications import outbox, subscriptions
from server.core import clock, db
from tests.notifications.push_service import b64

#: Where a call can be held: not yet read, read but not answered, or answered by half.
GATES = ("connected", "body-read", "headers-sent")
FAILURES: tuple[tuple[int | None, dict[str, str]], ...] = (
    (503, {"Retry-After": "1"}),
    (500, {}),
    (429, {"Retry-After": "1"}),
    (None, {}),
)
AUTH = b"0123456789abcdef"


@dataclass
class Phone:
    """One phone with its service worker: shows each notice once, and says so each time it gets it."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    shown: dict[tuple[str, int], str] = field(default_factory=dict)  #: (tag, revision) -> topic

    @property
    def public_key(self) -> str:
        """What the browser hands out."""
        point = serialization.PublicFormat.UncompressedPoint
        return b64(self.key.public_key().public_bytes(serialization.Encoding.X962, point))

    def get(self, body: bytes, topic: str) -> dict[str, Any]:
        """Open a message and show it, unless it is on the screen already."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=AUTH, version="aes128gcm")
        content: dict[str, Any] = json.loads(plain)
        self.shown.setdefault((content["notification"]["tag"], content["revision"]), topic)
        return content


class PushService(ThreadingHTTPServer):
    """Every path is a phone; a share of the calls fails before anything reaches it."""

    daemon_threads = False  # at the end every call is waited for: the workers are gone by then
    request_queue_size = 128

    def __init__(self, *, failing: float, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.failing = failing
        self.phones: dict[str, Phone] = {}
        self.lock = threading.Lock()
        self.calls = 0
        self.failed = 0
        self.received: Counter[tuple[str, str, int]] = Counter()  #: topic, tag, id
        self.silent = False  #: phones that say nothing, for a while
        self._unsaid: list[dict[str, Any]] = []
        self._random = random.Random(seed)
        self._held: Counter[str] = Counter()
        self._open = {gate: threading.Event() for gate in GATES}
        for gate in self._open.values():
            gate.set()

    @property
    def repeated(self) -> int:
        """How often a phone got what it had got before."""
        return sum(self.received.values()) - len(self.received)

    @property
    def shown(self) -> int:
        """How many different notices people have seen."""
        return sum(len(phone.shown) for phone in self.phones.values())

    def add_phone(self, recipient_id: UUID) -> None:
        """A person turns reminders on at a new phone."""
        path, phone = f"/wpush/{uuid4().hex}", Phone()
        self.phones[path] = phone
        with db.transaction() as session:
            subscriptions.register(
                session,
                recipient_id=recipient_id,
                session_id=uuid4(),
                endpoint=f"{self.origin}{path}",
                p256dh=phone.public_key,
                auth=b64(AUTH),
                vapid_key_id="first",
                origins=[self.origin],
                now=clock.now(),
            )

    def hold(self, gate: str) -> None:
        """Let no call get past this place."""
        self._open[gate].clear()

    def held(self, gate: str) -> int:
        """How many calls stand there."""
        return self._held[gate]

    def release(self) -> None:
        """Let them all go on."""
        for gate in self._open.values():
            gate.set()

    def pass_gate(self, gate: str) -> None:
        """Stand here while the gate is shut."""
        if self._open[gate].is_set():
            return
        with self.lock:
            self._held[gate] += 1
        self._open[gate].wait()
        with self.lock:
            self._held[gate] -= 1

    def draw_failure(self) -> tuple[int | None, dict[str, str]] | None:
        """What this call fails with, or None."""
        with self.lock:
            self.calls += 1
            if self._random.random() >= self.failing:
                return None
            self.failed += 1
            return self._random.choice(FAILURES)

    def deliver(self, path: str, body: bytes, topic: str) -> dict[str, Any]:
        """Bring a message to its phone."""
        content = self.phones[path].get(body, topic)
        with self.lock:
            self.received[topic, content["notification"]["tag"], content["id"]] += 1
        return content

    def say(self, content: dict[str, Any]) -> None:
        """A phone acknowledges; without a network, or refused by the house, it keeps what it has to say."""
        if not self.silent:
            with suppress(DBAPIError):
                acknowledge(content)
                return
        with self.lock:
            self._unsaid.append(content)

    def speak(self) -> None:
        """The phones have a network again, and the house works: they say what they had to say."""
        self.silent = False
        with self.lock:
            unsaid, self._unsaid = self._unsaid, []
        for content in unsaid:
            acknowledge(content)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that was killed is no news."""


class _Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True  # an answer is two writes: the second would wait 40 ms for the first
    protocol_version = "HTTP/1.1"
    server: PushService

    def do_POST(self) -> None:
        self.server.pass_gate("connected")
        body = self.rfile.read(int(self.headers["Content-Length"]))
        failure = self.server.draw_failure()
        if failure is None:
            content = self.server.deliver(self.path, body, self.headers["Topic"])
            hurries = UUID(content["id"]).int % 2 == 0
            if hurries:
                self.server.say(content)  # before the sender knows how its call went
            self.server.pass_gate("body-read")
            self._answer(201, {})
            if not hurries:
                self.server.say(content)
        elif failure[0] is None:
            self.close_connection = True
        else:
            self._answer(*failure)

    def _answer(self, status: int | None, headers: dict[str, str]) -> None:
        self.send_response(status or 500)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.flush()
        self.server.pass_gate("headers-sent")
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def acknowledge(content: dict[str, Any]) -> None:
    """What the service worker posts; the answer is the same however often it comes."""
    with db.transaction() as session:
        assert outbox.acknowledge(
            session, delivery_id=UUID(content["id"]), secret=content["ack"], now=clock.now()
        )


@contextmanager
def push_service(*, failing: float = 0.0, seed: int = 1) -> Iterator[PushService]:
    """A push service until the end of the block."""
    service = PushService(failing=failing, seed=seed)
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.release()
        service.shutdown()
        service.server_close()
        thread.join()
