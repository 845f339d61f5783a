"""A push service for tests: checks who calls, decrypts as the phone would, answers as it is told."""

import base64
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Phone:
    """A subscription with the private keys that only the phone has."""

    endpoint: str
    private_key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth_secret: bytes = b"0123456789abcdef"

    @property
    def p256dh(self) -> str:
        return b64(
            self.private_key.public_key().public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
        )

    @property
    def auth(self) -> str:
        return b64(self.auth_secret)

    def decrypt(self, body: bytes) -> bytes:
        return http_ece.decrypt(
            body, private_key=self.private_key, auth_secret=self.auth_secret, version="aes128gcm"
        )


@dataclass
class Received:
    """One message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes
    vapid: dict[str, Any]
    plain: bytes = b""

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.plain)


@dataclass
class Script:
    """One answer to give."""

    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    hang: float = 0.0  #: seconds of silence before it; cut short when the service ends
    cut: bool = False  #: read the message, then hang up without a word
    reset: bool = False  #: the same, rudely
    half: bool = False  #: promise the whole body, send half of it, hang up


class Desk:
    """Takes messages, checks and decrypts them, and says which answer to give."""

    def __init__(self, origin: str, clock: Callable[[], datetime]) -> None:
        self.origin = origin
        self.clock = clock
        self.received: list[Received] = []
        self.phones: dict[str, Phone] = {}
        self.script: deque[Script] = deque()
        self.default = Script()
        self.by_path: dict[str, Script] = {}
        self.connections = 0
        self.on_message: Any = None
        self.ending = threading.Event()

    def phone(self, name: str) -> Phone:
        """A new subscription at this service."""
        made = Phone(endpoint=f"{self.origin}/wpush/{name}")
        self.phones[f"/wpush/{name}"] = made
        return made

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Script:
        """Note a message; comes back when it is time to answer."""
        vapid = _checked(headers["authorization"], self.origin, self.clock())
        message = Received(path=path, headers=headers, body=body, vapid=vapid)
        phone = self.phones.get(path)
        if phone is not None:
            message.plain = phone.decrypt(body)
        self.received.append(message)
        if self.on_message is not None:
            self.on_message(message)
        answer = self.by_path.get(path) or (self.script.popleft() if self.script else self.default)
        self.ending.wait(answer.hang)
        return answer


class PushService(Desk, ThreadingHTTPServer):
    """Listens on 127.0.0.1 without encryption; every path is a subscription."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, clock: Callable[[], datetime]) -> None:
        ThreadingHTTPServer.__init__(self, ("127.0.0.1", 0), _Handler)
        Desk.__init__(self, f"http://127.0.0.1:{self.server_address[1]}", clock)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True  # else the second write of an answer waits 40 ms
    protocol_version = "HTTP/1.1"
    server: PushService

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.server.take(
            self.path, {name.lower(): value for name, value in self.headers.items()}, body
        )
        if answer.cut:
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def _checked(authorization: str, origin: str, now: datetime) -> dict[str, Any]:
    """The claims of a VAPID header whose signature, audience and expiry are right."""
    assert Vapid02.verify(authorization), "bad signature"
    token = authorization.removeprefix("vapid t=").partition(",")[0]
    claims = json.loads(unb64(token.split(".")[1]))
    assert claims["aud"] == origin
    assert claims["sub"].startswith("mailto:")
    assert 0 < claims["exp"] - now.timestamp() <= 12 * 3600
    return claims


@contextmanager
def push_service_running(clock: Callable[[], datetime]) -> Iterator[PushService]:
    """A push service until the end of the block."""
    service = PushService(clock)
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.ending.set()
        service.shutdown()
        service.server_close()
        thread.join()
