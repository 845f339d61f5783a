"""A push service over TLS that speaks HTTP/1.1 or HTTP/2 and misbehaves exactly as it is told."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, Event, RequestReceived, StreamEnded, StreamReset
from h2.exceptions import ProtocolError

from tests.notifications.push_service import Desk, Script

HTTP_1, HTTP_2 = "http/1.1", "h2"
BROKEN_LINE = (OSError, ProtocolError, ValueError, EOFError)


class SecurePushService(Desk):
    """Listens on localhost; `protocol` is the only one it offers."""

    def __init__(self, clock: Callable[[], datetime], *, certificate: Path, protocol: str) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        super().__init__(f"https://localhost:{self._listener.getsockname()[1]}", clock)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._context.set_alpn_protocols([protocol])
        self.protocols: list[str | None] = []
        self.handshakes_failed = 0

    def serve(self) -> None:
        """Answer until `stop`."""
        while not self.ending.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._meet, args=(line,), daemon=True).start()

    def stop(self) -> None:
        """Hang up on everybody."""
        self.ending.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _meet(self, line: socket.socket) -> None:
        try:
            secure = self._context.wrap_socket(line, server_side=True)
        except OSError:
            self.handshakes_failed += 1
            return
        spoken = secure.selected_alpn_protocol()
        self.protocols.append(spoken)
        with suppress(*BROKEN_LINE), secure:
            (_Two if spoken == HTTP_2 else _One)(self, secure).talk()


class _One:
    """One connection in HTTP/1.1."""

    def __init__(self, desk: Desk, line: ssl.SSLSocket) -> None:
        self._desk, self._line = desk, line
        self._file = line.makefile("rb")

    def talk(self) -> None:
        while request := self._file.readline():
            path = request.decode().split(" ")[1]
            headers = dict(self._header_lines())
            body = self._file.read(int(headers["content-length"]))
            if not self._answer(self._desk.take(path, headers, body)):
                return

    def _header_lines(self) -> Iterator[tuple[str, str]]:
        while line := self._file.readline().decode().strip():
            name, _, value = line.partition(":")
            yield name.lower(), value.strip()

    def _answer(self, answer: Script) -> bool:
        if answer.reset:
            _hang_up_rudely(self._line)
        if answer.cut or answer.reset:
            return False
        headers = answer.headers | {"Content-Length": str(len(answer.body))}
        lines = [f"HTTP/1.1 {answer.status} Answer", *(f"{name}: {value}" for name, value in headers.items())]
        self._line.sendall("\r\n".join([*lines, "", ""]).encode())
        self._line.sendall(answer.body[: len(answer.body) // 2] if answer.half else answer.body)
        return not answer.half


class _Two:
    """One connection in HTTP/2; its streams are answered one after the other."""

    def __init__(self, desk: Desk, line: ssl.SSLSocket) -> None:
        self._desk, self._line = desk, line
        self._http = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self._asked: dict[int, tuple[dict[str, str], bytes]] = {}
        self._reset: set[int] = set()

    def talk(self) -> None:
        self._http.initiate_connection()
        self._flush()
        while True:
            for event in self._listen():
                if isinstance(event, StreamEnded) and not self._finish(event.stream_id):
                    return

    def _listen(self) -> list[Event]:
        data = self._line.recv(65536)
        if not data:
            raise EOFError
        events = self._http.receive_data(data)
        for event in events:
            if isinstance(event, RequestReceived):
                self._asked[event.stream_id] = ({str(n): str(v) for n, v in event.headers}, b"")
            elif isinstance(event, DataReceived):
                headers, body = self._asked[event.stream_id]
                self._asked[event.stream_id] = (headers, body + event.data)
                self._http.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            elif isinstance(event, StreamReset):
                self._reset.add(event.stream_id)
        self._flush()
        return events

    def _finish(self, stream: int) -> bool:
        headers, body = self._asked.pop(stream)
        answer = self._desk.take(headers[":path"], headers, body)
        if answer.cut:
            return False
        if answer.reset:
            self._http.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
        else:
            self._send(stream, answer)
        self._flush()
        return True

    def _send(self, stream: int, answer: Script) -> None:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        headers |= {"content-length": str(len(answer.body))}
        self._http.send_headers(stream, [(":status", str(answer.status)), *headers.items()])
        left = answer.body[: len(answer.body) // 2] if answer.half else answer.body
        while left and stream not in self._reset:
            room = min(self._http.local_flow_control_window(stream), self._http.max_outbound_frame_size)
            if room == 0:
                self._listen()
                continue
            self._http.send_data(stream, left[:room])
            left = left[room:]
            self._flush()
        if answer.half:
            self._http.reset_stream(stream, ErrorCodes.INTERNAL_ERROR)
        elif stream not in self._reset:
            self._http.end_stream(stream)

    def _flush(self) -> None:
        self._line.sendall(self._http.data_to_send())


def _hang_up_rudely(line: ssl.SSLSocket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


@contextmanager
def scripted_service_running(
    clock: Callable[[], datetime], *, certificate: Path, protocol: str = HTTP_1
) -> Iterator[SecurePushService]:
    """A push service until the end of the block."""
    service = SecurePushService(clock, certificate=certificate, protocol=protocol)
    thread = threading.Thread(target=service.serve, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.stop()
        thread.join(5)
