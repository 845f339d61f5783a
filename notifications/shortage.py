"""A database that has no room: what leaves the house then cannot be written down, and would leave it again.

The worker stops claiming for a while, then tries one message, and goes on when that could be written. Until
then it does not tick, so that it counts as missing and somebody looks.
"""

import logging
import time

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

log = logging.getLogger("notifications.shortage")

PAUSE = 30.0  #: seconds after the last refusal in which nothing is claimed
TRIAL = 15.0  #: seconds that one message has to be sent and written down
NO_ROOM = frozenset({"53100", "58030"})  #: PostgreSQL: disk_full, io_error


class Shortage:
    """Hears what the database refuses for want of room, whoever in this process asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._refused_at: float | None = None
        self._is_tried = False
        event.listen(engine, "handle_error", self._hear)

    def _hear(self, context: ExceptionContext) -> None:
        if getattr(context.original_exception, "sqlstate", None) not in NO_ROOM:
            return
        if self._refused_at is None:
            log.error("the database has no room: nothing is sent but one message now and then")
        self._refused_at, self._is_tried = time.monotonic(), False

    @property
    def is_there(self) -> bool:
        """Whether there is no room, as far as we know."""
        if self._refused_at is not None and time.monotonic() - self._refused_at >= PAUSE + TRIAL:
            log.warning("the database has room again")
            self._refused_at = None
        return self._refused_at is not None

    def allows(self, wanted: int) -> int:
        """How many of so many messages may be claimed now."""
        if not self.is_there or self._refused_at is None:
            return wanted
        if self._is_tried or time.monotonic() - self._refused_at < PAUSE:
            return 0
        self._is_tried = wanted > 0
        return min(wanted, 1)

    def forget(self) -> None:
        """Stop listening."""
        event.remove(self._engine, "handle_error", self._hear)
