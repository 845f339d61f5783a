"""One deadline for a whole call: a line that drips is cut, however busily it drips."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class Deadline:
    """Shuts every line it watches when the time is over; whoever reads from one then finds its end.

    A timeout of a socket begins anew with every byte. This one does not.
    """

    def __init__(self, seconds: float) -> None:
        """`seconds`: from entering the block on."""
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._is_over = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            while self._lines:
                self._lines.pop().close()

    def watch(self, line: socket.socket) -> None:
        """Cut this line, too, when the time is over.

        :raises TimeoutError: if it is over already; the line is closed then
        """
        with self._lock:
            if self._is_over:
                line.close()
                raise TimeoutError
            self._lines.append(line.dup())  # encrypting takes the original over

    def _cut(self) -> None:
        with self._lock:
            self._is_over = True
            for line in self._lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
