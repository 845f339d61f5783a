"""WebDriver BiDi over one WebSocket: commands block, events wait until somebody asks for them."""

from __future__ import annotations

import itertools
import json
import time
from contextlib import ExitStack
from typing import Any

from websockets.sync.client import connect


class BidiError(AssertionError):
    """The browser refused a command."""


class Bidi:
    """One WebDriver BiDi session with a browser."""

    def __init__(self, url: str) -> None:
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(url, max_size=None, open_timeout=20, close_timeout=2))
        self._ids = itertools.count(1)
        self.events: list[dict[str, Any]] = []
        self.send("session.new", capabilities={})

    def send(self, method: str, *, timeout: float = 30, **params: Any) -> dict[str, Any]:
        """Send one command and return its result.

        :raises BidiError: if the browser answers with an error
        """
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        deadline = time.monotonic() + timeout
        while True:
            message = json.loads(self._socket.recv(timeout=max(0.01, deadline - time.monotonic())))
            if message.get("id") == number:
                break
            self.events.append(message)
        if message.get("type") == "error":
            raise BidiError(f"{method}: {message.get('error')}: {message.get('message')}")
        return dict(message["result"])

    def close(self) -> None:
        """Leave the browser running and end the connection."""
        self._open.close()
