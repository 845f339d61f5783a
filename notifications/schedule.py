"""The worker: a clock that ticks, an ear on the database, and a few threads that send.

APScheduler only wakes it. The truth is rows: a missed tick costs delay, never a reminder.
"""

import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any
from uuid import uuid4

import psycopg
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Delete, Engine, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from notifications import alarms, failpoints
from notifications.dispatcher import Dispatcher, SessionFactory
from notifications.failpoints import Point
from notifications.models import WorkerTick
from notifications.outbox import CHANNEL
from notifications.outgoing import Outgoing
from notifications.shortage import Shortage

log = logging.getLogger("notifications.schedule")

CONCURRENCY = 400  #: enough for a push service that takes 50 ms for each of 8000 a second
TICK_SECONDS = 1.0
TICK_WRITTEN_EVERY = 5.0
PATIENCE_AT_THE_END = 8.0
LONGEST_PAUSE = 30.0
DRIFT_NOTED = timedelta(seconds=2)
DRIFT_REFUSED = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(days=1)


class Worker:
    """One worker process; as many as wanted may run against one database."""

    def __init__(
        self,
        *,
        dispatcher: Dispatcher,
        engine: Engine,
        session_factory: SessionFactory,
        concurrency: int = CONCURRENCY,
        tick_seconds: float = TICK_SECONDS,
        look_seconds: float = alarms.LOOK_EVERY.total_seconds(),
    ) -> None:
        """`concurrency`: how many calls to push services may be open at once; so many messages at most go
        out again after the process has died.

        `look_seconds`: how often it looks whether the sending is in order.
        """
        # A row of its own for each: one that is stopped in the middle of its tick holds up no other.
        self._name = f"worker-{uuid4()}"
        self._dispatcher = dispatcher
        self._concurrency = concurrency
        self._engine = engine
        self._session = session_factory
        self._tick_seconds = tick_seconds
        self._wake = threading.Event()
        self._outgoing = Outgoing(dispatcher, concurrency=concurrency, when_hungry=self._wake.set)
        self._shortage = Shortage(engine)
        self._stopping = threading.Event()
        self._tick_written_at: float | None = None
        self._looked_at: float | None = None
        self._look_seconds = look_seconds
        self._drifting = False

    def run(self) -> None:
        """Work until told to stop by `stop`, SIGTERM or SIGINT; back within ten seconds of that."""
        with self.leaves_when_told(), self._clockwork():
            self._outgoing.start()
            threading.Thread(target=self._listen, name="listen", daemon=True).start()
            log.info("worker started")
            self._tick_until_stopped()
        self._finish()
        self._shortage.forget()
        log.info("worker stopped")

    def leaves_when_told(self) -> AbstractContextManager[None]:
        """SIGTERM and SIGINT stop the worker, also those that come before it runs."""
        return _signals_to(self.stop)

    def stop(self) -> None:
        """Ask the worker to finish what is under way and come back."""
        self._stopping.set()
        self._outgoing.stop()
        self._wake.set()

    @contextmanager
    def _clockwork(self) -> Iterator[None]:
        scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        scheduler.add_job(self._wake.set, "interval", seconds=self._tick_seconds)
        logging.getLogger("apscheduler").setLevel(logging.WARNING)
        scheduler.start()
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)

    def _tick_until_stopped(self) -> None:
        pause = 0.0
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            try:
                self.tick()
            except (SQLAlchemyError, psycopg.Error) as error:
                if not pause:
                    log.error("database does not do its work (%s); trying again", kind_of(error))
                pause = min(max(pause * 2, 1.0), LONGEST_PAUSE)
                self._stopping.wait(pause)
            else:
                if pause:
                    log.warning("database is back")
                pause = 0.0

    def tick(self) -> None:
        """Look at the clock and the rows once; hand what is ready to the sending threads.

        The tick is written last: a worker that cannot do its work, on a full disk for example, is missed.
        """
        database_now, is_work_waiting = self._dispatcher.look()
        if not self._is_clock_right(database_now):
            return
        self._look_for_trouble()
        if is_work_waiting and not self._stopping.is_set():
            self._move()
        if not self._shortage.is_there:
            self._write_tick()

    def _move(self) -> None:
        moved = self._dispatcher.advance()
        if self._shortage.is_there:
            self._outgoing.let_go()
        free = self._shortage.allows(self._outgoing.room())
        taken = self._take(free) if free else 0
        if moved or (taken and taken == free):
            self._wake.set()

    def _is_clock_right(self, database_now: datetime) -> bool:
        """Clocks that disagree are told; with a wide gap nothing is claimed and no tick is written."""
        drift = abs(database_now - self._dispatcher.clock())
        is_drifting = drift > DRIFT_NOTED
        if is_drifting and not self._drifting:
            log.log(
                logging.ERROR if drift > DRIFT_REFUSED else logging.WARNING,
                "clock differs from the database's by %d s",
                drift.total_seconds(),
            )
        self._drifting = is_drifting
        return drift <= DRIFT_REFUSED

    def _write_tick(self) -> None:
        written = self._tick_written_at
        if written is not None and time.monotonic() - written < TICK_WRITTEN_EVERY:
            return
        with self._session() as session:
            session.execute(
                insert(WorkerTick)
                .values(name=self._name, at=func.now())
                .on_conflict_do_update(index_elements=["name"], set_={"at": func.now()})
            )
            if written is None:
                session.execute(_forget_old_workers())
        self._tick_written_at = time.monotonic()

    def _look_for_trouble(self) -> None:
        """Now and then: are the books right, is anything late? Whatever comes of it, sending goes on."""
        looked = self._looked_at
        if looked is not None and time.monotonic() - looked < self._look_seconds:
            return
        self._looked_at = time.monotonic()
        try:
            with self._session() as session:
                changes = alarms.watch(session, now=self._dispatcher.clock())
        except Exception as error:  # who looks after the sending must not be what stops it
            log.error("could not look whether the sending is in order: %s", type(error).__name__)
            return
        for change in changes:
            log.log(
                logging.ERROR if change.is_raised else logging.WARNING,
                "alarm %s: %s %s (%d)",
                "raised" if change.is_raised else "cleared",
                change.code,
                change.origin or "-",
                change.count,
            )

    def _take(self, limit: int) -> int:
        busy = self._outgoing.busy()
        lease = self._dispatcher.claim(limit, slots=self._concurrency, busy=busy)
        self._outgoing.put(lease)
        return len(lease.delivery_ids)

    def _listen(self) -> None:
        """Hear of new reminders at once; without it the next tick finds them."""
        pause = 1.0
        while not self._stopping.is_set():
            try:
                with _own_connection(self._engine) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    pause = 1.0
                    while not self._stopping.is_set():
                        for _ in connection.notifies(timeout=5.0, stop_after=1):
                            self._wake.set()
            except (SQLAlchemyError, psycopg.Error):
                self._stopping.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def _finish(self) -> None:
        """Let open calls end for a moment, then hand back what is left."""
        give_up_at = time.monotonic() + PATIENCE_AT_THE_END
        while time.monotonic() < give_up_at and self._outgoing.is_calling():
            time.sleep(0.05)
        failpoints.reach(Point.ENDING)
        for token in self._outgoing.tokens():
            try:
                self._dispatcher.hand_back(token)
            except (SQLAlchemyError, psycopg.Error):
                log.error("leases not handed back: the database does not answer; they run out by themselves")
                return


def kind_of(error: Exception) -> str:
    """What the driver calls it, such as DiskFull, where SQLAlchemy knows only that something is wrong."""
    return type(getattr(error, "orig", None) or error).__name__


def _forget_old_workers() -> Delete:
    old = select(WorkerTick.name).where(WorkerTick.at < func.now() - FORGOTTEN_AFTER)
    return delete(WorkerTick).where(WorkerTick.name.in_(old.with_for_update(skip_locked=True)))


@contextmanager
def _own_connection(engine: Engine) -> Iterator["psycopg.Connection[Any]"]:
    """A connection outside the pool, with every statement its own transaction."""
    pooled = engine.raw_connection()
    connection = pooled.driver_connection
    pooled.detach()
    if not isinstance(connection, psycopg.Connection):
        raise TypeError("LISTEN needs psycopg 3.")
    try:
        connection.autocommit = True
        yield connection
    finally:
        connection.close()


@contextmanager
def _signals_to(stop: Any) -> Iterator[None]:
    """SIGTERM and SIGINT ask to stop; elsewhere than in the main thread there are no signals to hear."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def told(_number: int, _frame: FrameType | None) -> None:
        # A thread of its own: the main thread may hold the very lock that `stop` needs.
        threading.Thread(target=stop, daemon=True).start()

    former = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
