"""A push service on this machine: Mozilla's WebSocket protocol for browsers, RFC 8030 for senders.

It keeps messages while the browser is away, checks the sender's signature, answers as scripted,
and writes down all it sees, as a curious push service could.
"""

from __future__ import annotations

import base64
import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from tests.journeys import vapid

MOST_BYTES = 4096


@dataclass(frozen=True)
class Received:
    """One POST of a sender, as the push service sees it."""

    channel: str
    status: int
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Channel:
    """One subscription of one browser, or of a phone without a browser."""

    id: str
    client: str
    key: str
    waiting: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    ended: bool = False


class PushService:
    """Runs in threads of the test process until `stop`."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.acks: list[dict[str, Any]] = []
        self.channels: dict[str, Channel] = {}
        self._online: dict[str, ServerConnection] = {}
        self._lost: set[str] = set()
        self._lock = threading.RLock()
        self._sockets = serve(self._talk, "127.0.0.1", 0, subprotocols=["push-notification"])
        handler = type("Handler", (SenderRequest,), {"service": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._http.server_port}"
        self.websocket_url = f"ws://127.0.0.1:{self._sockets.socket.getsockname()[1]}/"
        for target in (self._sockets.serve_forever, self._http.serve_forever):
            threading.Thread(target=target, daemon=True).start()

    def stop(self) -> None:
        """End both listeners."""
        self._http.shutdown()
        self._http.server_close()
        self._sockets.shutdown()

    def open_channel(self, *, client: str, key: str, channel: str | None = None) -> str:
        """A new subscription; the answer is its endpoint."""
        number = channel or str(uuid.uuid4())
        with self._lock:
            self.channels[number] = Channel(number, client, key)
        return f"{self.origin}/wpush/v2/{number}"

    def script(self, endpoint: str, status: int, headers: dict[str, str] | None = None) -> None:
        """Answer the next message to this endpoint with a failure."""
        self.channels[endpoint.rpartition("/")[2]].answers.append((status, headers or {}))

    def endpoints(self) -> list[str]:
        """The endpoints of live subscriptions, oldest first."""
        return [f"{self.origin}/wpush/v2/{each.id}" for each in self.channels.values() if not each.ended]

    def wait_for(self, what: str, *, count: int = 1, timeout: float = 30) -> None:
        """Wait until `received` or `acks` holds so many entries.

        :raises AssertionError: if it does not in time
        """
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if len(getattr(self, what)) >= count:
                return
            time.sleep(0.05)
        raise AssertionError(
            f"the push service has {len(getattr(self, what))} {what} after {timeout} s, not {count}"
        )

    def received_at(self, endpoint: str) -> list[Received]:
        """What senders have sent to one subscription."""
        return [each for each in self.received if endpoint.endswith(each.channel)]

    def wait_for_end_of(self, endpoint: str, *, timeout: float = 20) -> None:
        """Wait until a browser has given up this subscription.

        :raises AssertionError: if it keeps it
        """
        deadline = time.monotonic() + timeout
        while not self.channels[endpoint.rpartition("/")[2]].ended:
            assert time.monotonic() < deadline, f"the subscription lives after {timeout} s"
            time.sleep(0.05)

    def lose_client_of(self, endpoint: str) -> None:
        """Forget a browser, as a push service may: its subscriptions end, and it must begin anew."""
        client = self.channels[endpoint.rpartition("/")[2]].client
        with self._lock:
            self._lost.add(client)
            for channel in self.channels.values():
                channel.ended = channel.ended or channel.client == client
            socket = self._online.pop(client, None)
        if socket is not None:
            socket.close()

    def wait_until_back(self, *, timeout: float = 60) -> None:
        """Until a browser that was forgotten is here again by another name, with a subscription that lives.

        :raises AssertionError: if it does not come
        """
        deadline = time.monotonic() + timeout
        while not self._is_back():
            assert time.monotonic() < deadline, "the browser did not come back"
            time.sleep(0.1)

    def _is_back(self) -> bool:
        with self._lock:
            living = {each.client for each in self.channels.values() if not each.ended}
            return bool(living & set(self._online) - self._lost)

    def accept(self, number: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        """Judge one message of a sender and pass it on."""
        with self._lock:
            status, extra = self._judge(number, headers, body)
            self.received.append(Received(number, status, headers, body, time.time()))
            if status != 201:
                return status, extra
            channel = self.channels[number]
            message = self._store(channel, headers, body)
            self._deliver(channel.client, message)
            location = f"{self.origin}/m/{message['version']}"
            return 201, {"Location": location, "TTL": headers["ttl"]}

    def _judge(self, number: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        channel = self.channels.get(number)
        if channel is None or channel.ended:
            return 410, {}
        if channel.answers:
            status, extra = channel.answers.pop(0)
            channel.ended = status in (404, 410)
            return status, extra
        if not headers.get("ttl", "").isdigit() or headers.get("content-encoding") != "aes128gcm":
            return 400, {}
        if len(body) > MOST_BYTES:
            return 413, {}
        try:
            vapid.check(headers.get("authorization", ""), audience=self.origin, key=channel.key)
        except vapid.Refused:
            return 401, {}
        return 201, {}

    def _store(self, channel: Channel, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        topic = headers.get("topic")
        message = {
            "messageType": "notification",
            "channelID": channel.id,
            "version": uuid.uuid4().hex,
            "ttl": int(headers["ttl"]),
            "topic": topic,
            "data": base64.urlsafe_b64encode(body).decode().rstrip("="),
            "headers": {"encoding": "aes128gcm"},
        }
        channel.waiting = [each for each in channel.waiting if topic is None or each["topic"] != topic]
        channel.waiting.append(message)
        return message

    def _deliver(self, client: str, message: dict[str, Any]) -> None:
        socket = self._online.get(client)
        if socket is None:
            return
        try:
            socket.send(json.dumps(message))
        except ConnectionClosed:
            self._online.pop(client, None)

    def _talk(self, socket: ServerConnection) -> None:
        client = ""
        try:
            for text in socket:
                message = json.loads(text)
                if message.get("messageType") == "hello":
                    client = self._greet(socket, message)
                elif not message:
                    socket.send("{}")
                else:
                    self._answer(socket, client, message)
        except ConnectionClosed:
            pass
        finally:
            if self._online.get(client) is socket:
                self._online.pop(client)

    def _greet(self, socket: ServerConnection, message: dict[str, Any]) -> str:
        known = message.get("uaid")
        client = known if known and known not in self._lost else uuid.uuid4().hex
        hello = {"messageType": "hello", "uaid": client, "status": 200, "use_webpush": True, "broadcasts": {}}
        with self._lock:
            socket.send(json.dumps(hello))
            self._online[client] = socket
            for channel in [each for each in self.channels.values() if each.client == client]:
                for waiting in channel.waiting:
                    socket.send(json.dumps(waiting))
        return client

    def _answer(self, socket: ServerConnection, client: str, message: dict[str, Any]) -> None:
        kind, number = message.get("messageType"), message.get("channelID")
        if kind == "register":
            endpoint = self.open_channel(client=client, key=message.get("key", ""), channel=number)
            socket.send(
                json.dumps(
                    {"messageType": kind, "channelID": number, "status": 200, "pushEndpoint": endpoint}
                )
            )
        elif kind == "unregister":
            self.channels[number].ended = True
            socket.send(json.dumps({"messageType": kind, "channelID": number, "status": 200}))
        elif kind == "ack":
            with self._lock:
                for update in message["updates"]:
                    self.acks.append(update)
                    channel = self.channels[update["channelID"]]
                    channel.waiting = [
                        each for each in channel.waiting if each["version"] != update["version"]
                    ]


class SenderRequest(BaseHTTPRequestHandler):
    """The side of the push service that application servers call."""

    service: PushService
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take one message."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key.lower(): value for key, value in self.headers.items()}
        status, extra = self.service.accept(self.path.rpartition("/")[2], headers, body)
        self.send_response(status)
        for key, value in {**extra, "Content-Length": "0"}.items():
            self.send_header(key, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; `received` holds all."""
