"""A network that parts for longer than leases, circuits and patience last: `python -m tests.soak.parted`.

The leases, circuits and limits are those of the house. First one of two workers is cut off from the database
with calls open, and comes back when the other has done its work; then the workers and one web process are cut
off from database and push service, while bookings go on at the other web process. Nothing of what was on its
way is lost: it arrives late, which is worse. The exit code says whether every promise was kept.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notifications.dispatcher.claims import LEASE
from server import migrations
from server.core import db
from server.core.localdb import start_cluster
from tests.core.dead_line import Line, line_to
from tests.soak.ordeal import Ordeal, Outcome, ordeal
from tests.soak.phones import PushService, push_service
from tests.soak.standstill import states
from tests.soak.webs import Web, web_at

DATABASE = "soak_parted"
PEOPLE, WORK, BOOKED_MEANWHILE = 40, 400, 100
SECONDS = 150.0  #: longer than a lease (90 s), the rest of a circuit (60 s) and a worker's patience (35 s)
READY_WITHIN = 12.0  #: seconds: a ping that is given up, and a new line that is, too
BACK_WITHIN = 150.0  #: seconds: the longest pause of a worker, a lease, and a minute's rest of a circuit
TAKEN_OVER_WITHIN = 120.0  #: seconds
PATIENCE = 120.0
ACCEPTED = "SELECT count(*) FROM delivery WHERE state = 'accepted'"
FRESH_TICKS = "SELECT count(*) FROM worker_tick WHERE at > now() - interval '6 seconds'"


@dataclass(frozen=True)
class CutOff:
    """What came of one worker that was cut off."""

    outcome: Outcome
    stale: int  #: rows that it changed when it came back, too late
    taken_over: float  #: seconds until the other had done its work as well

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return self.outcome.kept and self.stale == 0

    def __str__(self) -> str:
        return f"{self.outcome}; taken over after {self.taken_over:.0f} s, {self.stale} stale commits"


@contextmanager
def parted_workers(
    database: str, service: PushService, folder: Path, **changes: Any
) -> Iterator[tuple[Ordeal, Sequence[Line]]]:
    """Two workers, each with a line of its own to the database."""
    with (
        line_to(database) as one,
        line_to(database) as another,
        ordeal(database, service, folder, workers=0, **changes) as trial,
    ):
        for line in (one, another):
            trial.start_worker(line.url)
        yield trial, (one, another)


def cut_one_off(trial: Ordeal, line: Line, *, work: int, seconds: float) -> CutOff:
    """One of two workers is cut off while its calls are open; the other does all the work meanwhile."""
    began, service = time.monotonic(), trial.service
    service.silent = True  # no acknowledgement may do the fence's work
    service.hold("body-read")
    trial.plan(max(work, 2 * trial.concurrency * len(trial.workers)))
    trial.wait_until_all_stand("body-read")
    line.part()
    parted_at = time.monotonic()
    service.release()
    trial.until(lambda: trial.number(ACCEPTED) == trial.planned, patience=trial.lease_seconds + PATIENCE)
    taken_over = time.monotonic() - parted_at
    time.sleep(max(0.0, seconds - taken_over))
    before = states()
    line.heal()
    trial.until(lambda: trial.number(FRESH_TICKS) == len(trial.workers), patience=BACK_WITHIN)
    after = states()
    service.speak()
    outcome = trial.finish(began, unknown=trial.concurrency)
    return CutOff(outcome, sum(before[key] != after[key] for key in before), taken_over)


def cut_all_off(
    trial: Ordeal, lines: Sequence[Line], *, work: int, meanwhile: int, while_parted: Callable[[], None]
) -> Outcome:
    """Every worker is cut off from database and push service; bookings go on."""
    service, began, repeated = trial.service, time.monotonic(), trial.service.repeated
    shown = service.shown
    trial.plan(work)
    trial.until(lambda: service.shown > shown)
    service.hold("connected")
    for line in lines:
        line.part()
    trial.plan(meanwhile)
    while_parted()
    unknown = service.held("connected") + trial.concurrency * len(trial.workers)
    for line in lines:
        line.heal()
    service.release()
    return trial.finish(began, unknown=repeated + unknown, patience=BACK_WITHIN)


def main() -> int:
    """Run it all."""
    with tempfile.TemporaryDirectory(prefix="vh-soak-") as place:
        folder = Path(place)
        cluster = start_cluster(folder / "postgres", durable=False)
        try:
            cluster.create_database(DATABASE)
            migrations.upgrade(cluster.url("owner", DATABASE))
            url = cluster.url("app", DATABASE)
            db.configure(url, pool_size=40)
            good = _part(url, folder)
        finally:
            db.dispose()
            cluster.stop()
    print(f"Parted: {'every promise kept' if good else 'FAILED, see above'}", flush=True)
    return 0 if good else 1


def _part(url: str, folder: Path) -> bool:
    with ExitStack() as open_ones:
        service = open_ones.enter_context(push_service(failing=0.1))
        lease = {"lease_seconds": LEASE.total_seconds()}
        trial, lines = open_ones.enter_context(parted_workers(url, service, folder, **lease))
        far_line = open_ones.enter_context(line_to(url))
        near = open_ones.enter_context(web_at(url, folder, "near"))
        far = open_ones.enter_context(web_at(far_line.url, folder, "far"))
        trial.gather(PEOPLE)
        trial.until(lambda: near.ready().status == far.ready().status == 200)
        one = cut_one_off(trial, lines[0], work=WORK, seconds=SECONDS)
        print(
            f"Parted, one of two workers for {SECONDS:.0f} s: {one} (at most {TAKEN_OVER_WITHIN:.0f} s)",
            flush=True,
        )
        webs = _Watched(near, far)
        everybody = cut_all_off(
            trial,
            [*lines, far_line],
            work=WORK,
            meanwhile=BOOKED_MEANWHILE,
            while_parted=lambda: webs.watch(SECONDS),
        )
        print(f"Parted, workers from everything for {SECONDS:.0f} s: {everybody}", flush=True)
        trial.until(webs.are_ready, patience=BACK_WITHIN)
        print(f"Parted, /readyz: {webs}", flush=True)
    return one.kept and one.taken_over <= TAKEN_OVER_WITHIN and everybody.kept and webs.kept


class _Watched:
    """What two web processes say while the network is parted."""

    def __init__(self, near: Web, far: Web) -> None:
        self._near, self._far = near, far
        self._near_failed: frozenset[str] = frozenset()
        self._far_failed: frozenset[str] = frozenset()
        self._slowest = 0.0

    def watch(self, seconds: float) -> None:
        """Ask both, again and again."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            near, far = self._near.ready(), self._far.ready()
            assert far.status == 503, far
            self._near_failed |= near.failed
            self._far_failed |= far.failed
            self._slowest = max(self._slowest, near.seconds, far.seconds)
            time.sleep(2)

    def are_ready(self) -> bool:
        """Whether both are well again."""
        return self._near.ready().status == self._far.ready().status == 200

    @property
    def kept(self) -> bool:
        """Whether each said in time what was wrong on its side."""
        return (
            self._near_failed == {"worker"}
            and "database" in self._far_failed
            and self._slowest <= READY_WITHIN
        )

    def __str__(self) -> str:
        return (
            f"503 for {', '.join(sorted(self._near_failed))} on the database's side, 503 at once on the other"
            f" one; slowest answer {self._slowest:.1f} s (at most {READY_WITHIN:.0f}); both ready again"
        )


if __name__ == "__main__":
    sys.exit(main())
