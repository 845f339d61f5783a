"""Many calls at once for one thread, over connections that are kept and shared."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pycurl

from notifications.models import Endpoint
from notifications.push.transport import Guard, NoAnswer, Reply, Transport, named

Key = TypeVar("Key")
SHORTEST_PAUSE = 0.005  #: seconds; while a name is looked up there may be no line to wait for


@dataclass(frozen=True)
class _Call(Generic[Key]):
    key: Key
    reply: Reply
    guard: Guard


class Wires(Generic[Key]):
    """Open calls, each known by a key of the caller's; HTTP/2 shares one line where it is spoken."""

    def __init__(self, transport: Transport, *, at_once: int) -> None:
        """`at_once`: for how many calls lines are kept; the caller starts no more."""
        self._transport = transport
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_MULTIPLEX)
        self._multi.setopt(pycurl.M_MAXCONNECTS, max(at_once, 4))
        self._idle: list[Any] = []
        self._open: dict[Any, _Call[Key]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def post(self, key: Key, endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> None:
        """Start a call; what comes of it is among what `answered` says."""
        handle = self._idle.pop() if self._idle else pycurl.Curl()
        call = _Call(key, Reply(), Guard())
        self._transport.prepare(handle, endpoint, headers, body, reply=call.reply, guard=call.guard)
        # Wait to hear whether a line can be shared; without TLS nobody would say so before the first answer.
        handle.setopt(pycurl.PIPEWAIT, int(endpoint.url.startswith("https:")))
        self._multi.add_handle(handle)
        self._open[handle] = call

    def answered(self, seconds: float) -> list[tuple[Key, Reply | NoAnswer]]:
        """What has come meanwhile, else what comes first within so many seconds."""
        give_up_at = time.monotonic() + seconds
        while True:
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
        call = self._open.pop(handle)
        self._multi.remove_handle(handle)
        call.guard.close()
        self._idle.append(handle)
        if call.reply.is_whole:
            return call.key, call.reply
        return call.key, NoAnswer() if code is None else named(code, call.guard.has_refused)

    def close(self) -> None:
        """Hang up; what was under way stays without an answer."""
        for handle, call in self._open.items():
            with contextlib.suppress(pycurl.error):
                self._multi.remove_handle(handle)
            call.guard.close()
        self._open.clear()
        self._idle.clear()
        self._multi.close()
