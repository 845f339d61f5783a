"""A line to the database that can go dead or part: it still takes what is said, and brings nothing back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy.engine import make_url


@dataclass
class Line:
    """A way to the database over TCP; `url` goes through it."""

    url: str
    opened: int = 0
    _dead: threading.Event = field(default_factory=threading.Event)
    _whole: threading.Event = field(default_factory=threading.Event)
    _ends: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._whole.set()

    def part(self) -> None:
        """Nothing gets through, either way, on old connections and new ones, until `heal`."""
        self._whole.clear()

    def heal(self) -> None:
        """What was said meanwhile arrives now, late, also from callers who have given up."""
        self._whole.set()

    def die(self) -> None:
        """Every connection that is open now is dead for good; those that are opened later work."""
        former, self._dead = self._dead, threading.Event()
        former.set()

    def carry(self, caller: socket.socket, database: socket.socket) -> None:
        """Bring both ways what is said, until this connection is dead."""
        self.opened += 1
        self._ends += [caller, database]
        for ends in ((caller, database), (database, caller)):
            threading.Thread(target=_pump, args=(*ends, self._dead, self._whole), daemon=True).start()

    def hang_up(self) -> None:
        """End every connection, and let nothing lie about."""
        self._whole.set()
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for end in self._ends:
            end.close()


def _pump(
    source: socket.socket, target: socket.socket, is_dead: threading.Event, is_whole: threading.Event
) -> None:
    with suppress(OSError):
        while said := source.recv(65536):
            is_whole.wait()
            if not is_dead.is_set():
                target.sendall(said)
        is_whole.wait()
        if not is_dead.is_set():
            target.shutdown(socket.SHUT_RDWR)


@contextmanager
def line_to(database: str) -> Iterator[Line]:
    """A line to this database until the end of the block."""
    url = make_url(database)
    host, port = str(url.query.get("host") or url.host), int(str(url.query.get("port") or url.port or 5432))
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        query = {key: value for key, value in url.query.items() if key not in ("host", "port")}
        through = url.set(host="127.0.0.1", port=server.getsockname()[1], query=query)
        line = Line(through.render_as_string(hide_password=False))

        def accept() -> None:
            with suppress(OSError):
                while True:
                    caller, _ = server.accept()
                    try:
                        line.carry(caller, _reach(host, port))
                    except OSError:
                        caller.close()

        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield line
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)  # whoever waits for a caller goes on waiting after a close
            server.close()
            accepting.join()
            line.hang_up()


def _reach(host: str, port: int) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    reached = socket.socket(socket.AF_UNIX)
    reached.connect(f"{host}/.s.PGSQL.{port}")
    return reached
