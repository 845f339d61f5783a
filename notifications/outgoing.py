"""What a worker has claimed and is sending: a queue, a few lanes for push, a side door for other ways."""

import gc
import logging
import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from uuid import UUID

from notifications.dispatcher import FALLBACKS_AT_ONCE, Claimed, Dispatcher, Lane, Lease

log = logging.getLogger("notifications.outgoing")

LANES = 2  #: threads that send: while one waits for the database or an answer, the other encrypts
SWITCH_SECONDS = 0.001  #: after which a thread gives way to one that has an answer to take in
LOOK_FOR_MORE = 0.005  #: seconds between looks for more to send while calls are open, even ones that hang
WAIT_WHEN_FULL = 0.05  #: seconds that a lane waits for an answer while it has room for nothing more


def settle_process() -> None:
    """Make a process that does nothing but send ready for it; for whoever starts one, after it is set up.

    What was loaded until now lives as long as the process, so that the collector need not look through it
    again among the messages; and a thread that encrypts gives way five times as soon as usual.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(SWITCH_SECONDS)


class Outgoing:
    """The threads of a worker that send."""

    def __init__(self, dispatcher: Dispatcher, *, concurrency: int, when_hungry: Callable[[], None]) -> None:
        """`concurrency`: calls that may be open at once; `when_hungry`: told when there is room for more."""
        self._dispatcher = dispatcher
        self._concurrency = concurrency
        self._when_hungry = when_hungry
        self._waiting: deque[Claimed] = deque()
        self._others: queue.Queue[Claimed] = queue.Queue()
        self._open: dict[UUID, UUID] = {}  # delivery -> lease token
        self._calling: set[Claimed] = set()
        self._is_stopping = False
        self._changed = threading.Condition()

    def start(self) -> None:
        """Start the threads; they end with the process."""
        lanes = min(LANES, self._concurrency)
        for number in range(lanes):
            room = self._concurrency // lanes + (number < self._concurrency % lanes)
            threading.Thread(target=self._run_lane, args=(room,), name=f"push-{number}", daemon=True).start()
        for number in range(FALLBACKS_AT_ONCE):
            threading.Thread(target=self._send_others, name=f"other-{number}", daemon=True).start()

    def stop(self) -> None:
        """Begin nothing any more; what is under way goes on."""
        with self._changed:
            self._is_stopping = True

    def room(self) -> int:
        """How many more may be claimed: those that are called, and as many that wait for them."""
        with self._changed:
            return max(0, self._concurrency * 2 - len(self._open))

    def busy(self) -> set[UUID]:
        """The deliveries that are not finished."""
        with self._changed:
            return set(self._open)

    def is_calling(self) -> bool:
        """Whether anything is under way."""
        with self._changed:
            return bool(self._calling)

    def tokens(self) -> set[UUID]:
        """The leases of which something is left."""
        with self._changed:
            return set(self._open.values())

    def put(self, lease: Lease) -> None:
        """Send these."""
        claimed = [(one, lease.token) for one in lease.delivery_ids]
        others = [one for one in claimed if self._dispatcher.is_fallback(*one)]
        with self._changed:
            self._open.update(claimed)
            self._waiting.extend(one for one in claimed if one not in others)
            self._changed.notify_all()
        for one in others:
            self._others.put(one)

    def let_go(self) -> None:
        """Forget what waits for a call; its leases run out."""
        with self._changed:
            for delivery_id, token in self._waiting:
                if self._open.get(delivery_id) == token:
                    del self._open[delivery_id]
            self._waiting.clear()

    def _run_lane(self, at_once: int) -> None:
        lane = self._dispatcher.lane(at_once=at_once)
        while True:
            taken: list[Claimed] = []
            try:
                taken = self._next(lane)
                self._forget(lane.begin(taken))
                self._forget(lane.finish(LOOK_FOR_MORE if lane.free else WAIT_WHEN_FULL).over)
            except Exception:  # whatever it is: the next ones get a way out of their own
                log.exception("a lane broke; the leases on it run out")
                self._forget({*taken, *lane.close()})
                lane = self._dispatcher.lane(at_once=at_once)

    def _next(self, lane: Lane) -> list[Claimed]:
        """What this lane has room for; one on which nothing is under way waits until there is something."""
        with self._changed:
            while lane.is_empty and (not self._waiting or self._is_stopping):
                self._changed.wait()
            if self._is_stopping:  # what waits stays open: handed back at the end
                return []
            found = [self._waiting.popleft() for _ in range(min(lane.free, len(self._waiting)))]
            self._calling.update(found)
            return found

    def _send_others(self) -> None:
        while True:
            one = self._others.get()
            with self._changed:
                if self._is_stopping:
                    continue  # stays open: handed back at the end
                self._calling.add(one)
            try:
                self._dispatcher.deliver(*one)
            except Exception as error:  # one bad message must not take the thread from the others
                log.error("fallback %s: %s; its lease runs out", one[0], type(error).__name__)
            self._forget([one])

    def _forget(self, finished: Iterable[Claimed]) -> None:
        """These are not on their way any more."""
        finished = list(finished)
        if not finished:
            return
        with self._changed:
            self._calling.difference_update(finished)
            for delivery_id, token in finished:
                if self._open.get(delivery_id) == token:
                    del self._open[delivery_id]
            is_hungry = len(self._waiting) <= self._concurrency // 2
        if is_hungry:  # a call that hangs elsewhere does not keep this lane idle
            self._when_hungry()
