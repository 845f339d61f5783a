"""Worker processes that are killed at every point where a reminder could be lost, and what is left then."""

from __future__ import annotations

import base64
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from notifications import health, outbox
from notifications.failpoints import Point
from notifications.outbox import Slot
from server.core import clock, db
from tests.soak.phones import GATES, PushService

ROOT = Path(__file__).parents[2]
KEY = base64.urlsafe_b64encode(bytes(range(1, 33))).rstrip(b"=").decode()
CONCURRENCY = 6
PATIENCE = 60.0
#: Every point at which a worker can die; a gate is a place inside a call to the push service.
KILLS = (*(point.value for point in Point if point is not Point.SLOTS_WRITTEN), *GATES)


@dataclass(frozen=True)
class Outcome:
    """What the ordeal came to."""

    planned: int
    kills: int
    shown: int
    repeated: int
    failed: int
    states: dict[str, int]
    stuck: int
    difference: int
    seconds: float
    unknown: int = 0  #: calls besides those of the killed of which nobody could know whether they had arrived
    timeouts: int = 0  #: calls that were given up before their answer; on a busy machine there are some

    @property
    def at_most(self) -> int:
        """How many messages may have gone out again."""
        return self.kills * CONCURRENCY + self.unknown + self.timeouts

    @property
    def lost(self) -> int:
        """Reminders that nobody has seen."""
        return self.planned - self.shown

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return (
            self.lost == 0
            and self.repeated <= self.at_most
            and self.states == {"confirmed": self.planned}
            and self.stuck == 0
            and self.difference == 0
        )

    def __str__(self) -> str:
        return (
            f"{self.planned} planned, {self.kills} kills, {self.failed} calls failed,"
            f" {self.timeouts} timed out: lost {self.lost},"
            f" shown {self.shown}, repeated {self.repeated} (at most {self.at_most}),"
            f" stuck leases {self.stuck}, books differ by {self.difference}, {self.states},"
            f" {self.seconds:.0f} s"
        )


@dataclass
class Ordeal:
    """Some workers on one database, and the hand that kills them."""

    database: str
    service: PushService
    folder: Path
    lease_seconds: float = 5.0
    idle_seconds: int = 60
    concurrency: int = CONCURRENCY
    tick_seconds: float = 0.2
    look_seconds: float = 2.0
    others: Sequence[str] = ()  #: more push services
    gateway: str | None = None  #: where text messages go
    statement_seconds: int = 30
    grace_seconds: int = 5  #: beyond that a worker gives a silent line up; one that is idle or new, at once
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    planned: int = 0
    kills: int = 0

    def start_worker(self, database: str | None = None) -> subprocess.Popen[bytes]:
        """One more worker process, perhaps with another way to the database."""
        told = {
            "database": database or self.database,
            "statement_seconds": self.statement_seconds,
            "grace_seconds": self.grace_seconds,
            "origin": self.service.origin,
            "key": KEY,
            "fail_points": str(self.folder),
            "lease_seconds": self.lease_seconds,
            "idle_seconds": self.idle_seconds,
            "concurrency": self.concurrency,
            "tick_seconds": self.tick_seconds,
            "look_seconds": self.look_seconds,
            "others": list(self.others),
            "gateway": self.gateway,
        }
        log = (self.folder / "workers.log").open("ab")
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.sender"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
        )
        log.close()
        assert worker.stdin is not None
        worker.stdin.write(json.dumps(told).encode())
        worker.stdin.close()
        self.workers.append(worker)
        return worker

    def gather(self, people: int) -> None:
        """People with one phone each."""
        for _ in range(people):
            self.gather_at(self.service)

    def gather_at(self, service: PushService) -> None:
        """One more person, with a phone of this push service."""
        person = uuid4()
        service.add_phone(person)
        self.people.append(person)

    def gather_without_phones(self, people: int) -> None:
        """People whom only a text message can tell."""
        self.people += [uuid4() for _ in range(people)]

    def plan(self, count: int) -> None:
        """Plan so many reminders that are due now."""
        for number in range(count):
            now, subject = clock.now(), uuid4()
            with db.transaction() as session:
                outbox.enqueue(
                    session,
                    kind="appointment",
                    subject_id=subject,
                    recipient_id=self.people[number % len(self.people)],
                    slots=[Slot("day-before", now, now + timedelta(hours=10))],
                    dedupe_key=f"appointment:{subject}",
                    revision=1,
                    now=now,
                )
        self.planned += count

    def kill_at(self, place: str, *, work: int) -> None:
        """Plan some work, let one worker die at this place in the middle of it, and start another."""
        if place in GATES:
            self._kill_in_a_call(place, work)
        elif place == Point.ENDING:
            self._kill_while_ending(work)
        else:
            armed = self.folder / place
            armed.touch()
            self.plan(work)
            self.until(lambda: not armed.exists() and self._dead())
        self._replace_the_dead()

    def kill_anybody(self, *, work: int, luck: random.Random) -> None:
        """Kill some worker at whatever it does."""
        self.plan(work)
        time.sleep(luck.uniform(0.0, 0.3))
        self._kill(luck.choice(self.workers))
        self._replace_the_dead()

    def _kill_in_a_call(self, gate: str, work: int) -> None:
        self.service.hold(gate)
        self.plan(max(work, 2 * self.concurrency * len(self.workers)))
        self.wait_until_all_stand(gate)
        self._kill(self.workers[0])
        self.service.release()

    def wait_until_all_stand(self, gate: str) -> int:
        """Wait until every worker has as many calls open as it may, all at this gate; says how many."""
        seen = 0
        while seen == 0 or seen != self.service.held(gate):
            seen = self.service.held(gate)
            time.sleep(0.4)
            self.until(lambda: self.service.held(gate))
        return seen

    def _kill_while_ending(self, work: int) -> None:
        self.plan(work)
        (self.folder / Point.ENDING).touch()
        self.workers[0].send_signal(signal.SIGTERM)
        self.until(self._dead)

    def halt(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGSTOP, and wait until every thread stands: the signal is sent sooner than it is obeyed."""
        worker.send_signal(signal.SIGSTOP)
        self.until(lambda: os.waitpid(worker.pid, os.WUNTRACED | os.WNOHANG)[0])

    def _kill(self, worker: subprocess.Popen[bytes]) -> None:
        worker.kill()
        worker.wait()

    def _dead(self) -> list[subprocess.Popen[bytes]]:
        return [worker for worker in self.workers if worker.poll() is not None]

    def _replace_the_dead(self) -> None:
        for worker in self._dead():
            self.workers.remove(worker)
            self.kills += 1
            self.start_worker()

    def finish(self, began: float, *, unknown: int = 0, patience: float = PATIENCE) -> Outcome:
        """Wait until nothing is open any more, and count; `unknown` calls may have gone out again."""
        self.until_few_are_open(0, patience=patience)
        with db.transaction() as session:
            books = health.compare_books(session, now=clock.now())
            states = {state: count for state, count in outbox.ledger(session).items() if count}
        stuck = self.number("SELECT count(*) FROM delivery WHERE state IN ('leased', 'intent')")
        return Outcome(
            planned=self.planned,
            kills=self.kills,
            shown=self.service.shown,
            repeated=self.service.repeated,
            failed=self.service.failed,
            states=states,
            stuck=stuck,
            difference=books.difference,
            seconds=time.monotonic() - began,
            unknown=unknown,
            timeouts=self.log().count("status timeout"),
        )

    def open(self) -> int:
        """How many reminders have not come to an end."""
        return self.number("SELECT count(*) FROM occurrence WHERE finished_at IS NULL")

    def number(self, query: str) -> int:
        """One number from the database."""
        with db.transaction() as session:
            return int(session.scalar(text(query)) or 0)

    def until(self, condition: Callable[[], Any], *, patience: float = PATIENCE) -> None:
        """Wait for something; `patience` in seconds.

        :raises AssertionError: with what the workers said, if it does not come
        """
        deadline = time.monotonic() + patience
        while not condition():
            fallen = [one for one in self._dead() if one.returncode != -signal.SIGKILL]
            assert not fallen, self.log()[-4000:]
            assert time.monotonic() < deadline, self.log()[-4000:]
            time.sleep(0.02)

    def until_few_are_open(self, most: int, *, patience: float = PATIENCE) -> None:
        """Wait until no more reminders than that are open, for as long as they become fewer.

        :raises AssertionError: if none came to its end for so many seconds
        """
        left = self.open()
        while left > most:
            self.until(partial(self._fewer_than, left), patience=patience)
            left = self.open()

    def _fewer_than(self, before: int) -> bool:
        time.sleep(0.2)  # counting is work, too
        return self.open() < before

    def log(self) -> str:
        """What the workers said."""
        return (self.folder / "workers.log").read_text(errors="replace")

    def stop(self) -> None:
        """End what still runs."""
        self.service.release()
        for worker in self.workers:
            worker.kill()
            worker.wait()


@contextmanager
def ordeal(
    database: str, service: PushService, folder: Path, *, workers: int = 2, **changes: Any
) -> Iterator[Ordeal]:
    """Some workers, until the end of the block."""
    made = Ordeal(database, service, folder, **changes)
    try:
        for _ in range(workers):
            made.start_worker()
        yield made
    finally:
        made.stop()


def go_through(trial: Ordeal, places: Sequence[str], *, work: int, luck: random.Random) -> None:
    """One kill at each place, in an order of chance."""
    shuffled = list(places)
    luck.shuffle(shuffled)
    for place in shuffled:
        trial.kill_at(place, work=work)
