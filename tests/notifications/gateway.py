"""A gateway for text messages on this machine: answers as it is told, and remembers what it was given."""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Says:
    """One answer: a status and a body; the text `<id>` in it becomes the message's id."""

    status: int = 200
    body: str = '{"id": "<id>", "status": "accepted"}'
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    hangs_up: bool = False


@dataclass
class Gateway:
    """What it was given, and what it says next."""

    url: str = ""
    received: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    script: deque[Says] = field(default_factory=deque)
    default: Says = field(default_factory=Says)
    on_message: Callable[[dict[str, Any]], None] | None = None

    @property
    def ids(self) -> list[str]:
        """The ids of the messages, in the order in which they came."""
        return [message["id"] for message in self.received]


@contextmanager
def gateway_running() -> Iterator[Gateway]:
    """Start a gateway for one test."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # else the second write of an answer waits 40 ms

        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            gateway.received.append(message)
            gateway.headers.append(dict(self.headers))
            if gateway.on_message is not None:
                gateway.on_message(message)
            says = gateway.script.popleft() if gateway.script else gateway.default
            time.sleep(says.delay)
            if says.hangs_up:
                self.close_connection = True
                return
            body = says.body.replace("<id>", message["id"]).encode()
            self.send_response(says.status)
            for name, value in {"Content-Length": str(len(body)), **says.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gateway.url = f"http://127.0.0.1:{server.server_port}/messages"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def dripping(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that says too little at a time; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def meet(line: socket.socket) -> None:
        with suppress(OSError), line:
            serve(line)

    def listen() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                threading.Thread(target=meet, args=(line,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
