"""Many calls at once for one thread, over connections that are kept and shared."""

import contextlib
import threading
import time
from typing import Any, Generic, TypeVar

import pycurl

from notifications.models import Endpoint
from notifications.push.transport import Line, NoAnswer, Reply, Transport

Key = TypeVar("Key")
LINES_KEPT = 2  #: for each call that may be open
POSTED_TOGETHER = 25
SHORTEST_PAUSE = 0.005  #: seconds; while a name is looked up there may be no line to wait for


class Wires(Generic[Key]):
    """Open calls, each known by a key of the caller's; HTTP/2 shares one line where it is spoken."""

    def __init__(self, transport: Transport, *, at_once: int, turn: threading.Lock) -> None:
        """`at_once`: how many calls the caller has open at most; twice as many lines are kept, so that a
        call to one service rarely costs another service's line. `turn`: see `Calls.turn`.
        """
        self._transport = transport
        self.turn = turn
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        self._multi.setopt(pycurl.M_MAXCONNECTS, max(LINES_KEPT * at_once, 4))
        self._idle: list[Line] = []
        self._open: dict[Any, tuple[Key, Line]] = {}
        self._posted = 0

    def __len__(self) -> int:
        return len(self._open)

    def post(self, key: Key, endpoint: Endpoint, headers: list[str], body: bytes) -> None:
        """Start a call; what comes of it is among what `answered` says."""
        line = self._idle.pop() if self._idle else self._transport.line()
        line.aim(endpoint, headers, body)
        self._multi.add_handle(line.handle)
        self._open[line.handle] = key, line
        self._posted += 1
        if self._posted % POSTED_TOGETHER == 0:  # they leave while the next ones are encrypted
            self._perform()

    def answered(self, seconds: float) -> list[tuple[Key, Reply | NoAnswer]]:
        """What has come meanwhile, else what comes first within so many seconds."""
        give_up_at = time.monotonic() + seconds
        while True:
            with self.turn:
                self._perform()
                found = self._collect()
            left = give_up_at - time.monotonic()
            if found or left <= 0 or not self._open:
                return found
            self._wait(left)

    def _wait(self, seconds: float) -> None:
        its_own = self._multi.timeout()  # milliseconds until it wants to act by itself; -1: nothing planned
        if its_own == 0:
            return
        seconds = min(seconds, its_own / 1000) if its_own > 0 else seconds
        if self._multi.select(seconds) < 0:
            time.sleep(min(seconds, SHORTEST_PAUSE))

    def _perform(self) -> None:
        while self._multi.perform()[0] == pycurl.E_CALL_MULTI_PERFORM:
            pass

    def _collect(self) -> list[tuple[Key, Reply | NoAnswer]]:
        found: list[tuple[Key, Reply | NoAnswer]] = []
        left = 1
        while left:
            left, well, broken = self._multi.info_read()
            found += [self._end(handle, None) for handle in well]
            found += [self._end(handle, code) for handle, code, _ in broken]
        return found

    def _end(self, handle: Any, code: int | None) -> tuple[Key, Reply | NoAnswer]:
        key, line = self._open.pop(handle)
        self._multi.remove_handle(handle)
        self._idle.append(line)
        return key, line.outcome(code)

    def close(self) -> None:
        """Hang up; what was under way stays without an answer."""
        for handle, (_, line) in self._open.items():
            with contextlib.suppress(pycurl.error):
                self._multi.remove_handle(handle)
            line.outcome(None)
        self._open.clear()
        self._idle.clear()
        self._multi.close()
