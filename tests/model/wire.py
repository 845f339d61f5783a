"""The line between a phone and the server, and everything that can go wrong on it.

A phone written in Python calls `exchange` itself; for any other phone `serve` opens an address that does the
same over a socket. Faults are put on the line beforehand, one for each of the next requests.
"""

import http.client
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

HTML = b"<!doctype html><title>Velkommen</title><p>Log ind for at bruge nettet.</p>"
TOO_MANY = b'{"title": "Too many tries. Wait a little.", "status": 429, "code": "too-many-tries"}'
#: What belongs to one connection, not to the message.
HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length", "accept-encoding"}
FAIL_POINT = "push-committed"


class Fault(StrEnum):
    """What happens to one request."""

    NONE = "none"
    REQUEST_LOST = "request-lost"
    REQUEST_CUT = "request-cut"
    ANSWER_LOST = "answer-lost"
    ANSWER_CUT = "answer-cut"
    DUPLICATED = "duplicated"
    DELAYED = "delayed"  #: it arrives later, after the phone has gone on
    HTML = "html"  #: a hotel's login page, with 200
    BAD_GATEWAY = "bad-gateway"  #: it was done, and the proxy says 502
    BUSY = "busy"  #: 503 before it was done
    TOO_MANY = "too-many"  #: 429 with a time to wait
    KILLED = "killed"  #: the server dies after the commit and before the answer


class Lost(Exception):
    """No whole answer came."""


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Request(NamedTuple):
    """What a phone sent."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass
class Wire:
    """One phone's line."""

    port: int
    fail_points: Path
    faults: list[Fault] = field(default_factory=list)
    held: list[Request] = field(default_factory=list)
    kills: int = 0  #: how often the server died of it
    _connection: http.client.HTTPConnection | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def exchange(self, request: Request) -> Answer:
        """Send one request through whatever the line does to it.

        :raises Lost: if no whole answer comes back
        """
        with self._lock:
            fault = self.faults.pop(0) if self.faults else Fault.NONE
            return getattr(self, "_" + fault.name.lower())(request)

    def deliver(self) -> None:
        """Let what was held up arrive; nobody waits for the answers any more."""
        with self._lock:
            while self.held:
                self._quietly(self.held.pop(0))

    def close(self) -> None:
        """End the kept connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def clear(self) -> None:
        """A line without faults, and nothing on it."""
        self.faults.clear()
        self.held.clear()

    def _none(self, request: Request) -> Answer:
        return self._send(request)

    def _request_lost(self, _request: Request) -> Answer:
        raise Lost

    def _request_cut(self, request: Request) -> Answer:
        cut = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cut.putrequest(request.method, request.path, skip_accept_encoding=True)
        for name, value in request.headers.items():
            cut.putheader(name, value)
        cut.putheader("Content-Length", str(len(request.body or b"")))
        cut.endheaders()
        if request.body:
            cut.send(request.body[: len(request.body) // 2])
        cut.close()
        raise Lost

    def _answer_lost(self, request: Request) -> Answer:
        self._quietly(request)
        raise Lost

    def _answer_cut(self, request: Request) -> Answer:
        self._quietly(request)
        raise Lost

    def _duplicated(self, request: Request) -> Answer:
        """Three copies at once; the phone gets the answer to one of them."""
        copies = [Wire(self.port, self.fail_points) for _ in range(2)]
        with ThreadPoolExecutor(len(copies)) as pool:
            sent = [pool.submit(copy._quietly, request) for copy in copies]
            try:
                return self._send(request)
            finally:
                for one in sent:
                    one.result()
                for copy in copies:
                    copy.close()

    def _delayed(self, request: Request) -> Answer:
        self.held.append(request)
        raise Lost

    def _html(self, _request: Request) -> Answer:
        return Answer(200, {"Content-Type": "text/html"}, HTML)

    def _bad_gateway(self, request: Request) -> Answer:
        self._quietly(request)
        return Answer(502, {"Content-Type": "text/html"}, HTML)

    def _busy(self, _request: Request) -> Answer:
        return Answer(503, {"Content-Type": "text/html", "Retry-After": "1"}, HTML)

    def _too_many(self, _request: Request) -> Answer:
        headers = {"Content-Type": "application/problem+json", "Retry-After": "30"}
        return Answer(429, headers, TOO_MANY)

    def _killed(self, request: Request) -> Answer:
        armed = self.fail_points / FAIL_POINT
        armed.touch()
        try:
            return self._send(request, tries=1)
        finally:
            self.kills += not armed.exists()
            armed.unlink(missing_ok=True)

    def _quietly(self, request: Request) -> None:
        try:
            self._send(request)
        except Lost:
            return

    def _send(self, request: Request, tries: int = 2) -> Answer:
        """Over a kept connection; one that was closed by the other end meanwhile is opened anew."""
        for _ in range(tries):
            connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            fresh = self._connection is None
            self._connection = connection
            try:
                connection.request(request.method, request.path, request.body, dict(request.headers))
                answer = connection.getresponse()
                return Answer(answer.status, dict(answer.getheaders()), answer.read())
            except (OSError, http.client.HTTPException):
                connection.close()
                self._connection = None
                if fresh:
                    break
        raise Lost


def serve(wire: Wire) -> ThreadingHTTPServer:
    """Open an address for a phone that speaks HTTP itself; `server_address` says where."""

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True  # else the second write of an answer waits 40 ms
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length) if length else None
            headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
            cut = wire.faults[:1] == [Fault.ANSWER_CUT]
            try:
                answer = wire.exchange(Request(self.command, self.path, headers, body))
            except Lost:
                self._break_off(cut)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in HOP | {"server", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def _break_off(self, cut: bool) -> None:
            if cut:
                self.wfile.write(
                    b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"res'
                )
                self.wfile.flush()
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _pass_on

        def log_message(self, *_: object) -> None:
            """Say nothing: the test says what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
