"""The long ordeal of the reminders; prints the figures: `python -m tests.soak.push [REMINDERS [KILLS]]`.

10 000 reminders, two workers, 50 kills at every named point, a push service that fails one call in ten;
as many kills over text messages; the pace of one push service while another one hangs; workers that sleep
past their leases; eight planners at once; a database that goes away. The exit code says whether every
promise was kept.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from server import migrations
from server.core import db
from server.core.localdb import Cluster, start_cluster
from tests.notifications.gateway import gateway_running
from tests.soak.hung import LEAST, measure
from tests.soak.ordeal import KILLS, ordeal
from tests.soak.phones import push_service
from tests.soak.planners import plan_at_once
from tests.soak.standstill import sleep_past_the_leases, sleeper_and_other
from tests.soak.text_messages import tell_by_text_message

REMINDERS, KILLED = 10_000, 50
MESSAGES_PER_KILL = 20
ROUNDS, WORK_PER_ROUND = 11, 150
STALE_TRIALS = 1_000
SLEEPERS = 50
SLOTS, PLANNERS = 1_000, 8
DATABASE = "soak"
SEED = 20261122


def main(arguments: list[str]) -> int:
    """Run it all."""
    reminders, kills = [*map(int, arguments), *[REMINDERS, KILLED][len(arguments) :]][:2]
    with tempfile.TemporaryDirectory(prefix="vh-soak-") as folder:
        cluster = start_cluster(Path(folder) / "postgres", durable=False)
        try:
            good = [
                step(cluster, Path(folder))
                for step in (
                    partial(kill, reminders=reminders, kills=kills),
                    partial(kill_other_ways, kills=kills),
                    restart,
                    stand_still,
                    beside_a_hung_one,
                    plan,
                )
            ]
        finally:
            cluster.stop()
    print(f"Push: {'every promise kept' if all(good) else 'FAILED, see above'}", flush=True)
    return 0 if all(good) else 1


def _fresh(cluster: Cluster, folder: Path, name: str) -> tuple[str, Path]:
    """An empty database and an empty folder."""
    database = f"{DATABASE}_{name}"
    cluster.create_database(database)
    migrations.upgrade(cluster.url("owner", database))
    url = cluster.url("app", database)
    db.configure(url, pool_size=40)
    place = folder / name
    place.mkdir()
    return url, place


def kill(cluster: Cluster, folder: Path, *, reminders: int, kills: int) -> bool:
    """Kills at every point in turn, and at none in particular."""
    url, place = _fresh(cluster, folder, "kills")
    luck, began = random.Random(SEED), time.monotonic()
    print(f"Kills: {reminders} reminders, {kills} kills, two workers", flush=True)
    with push_service(failing=0.1, seed=SEED) as service, ordeal(url, service, place) as trial:
        trial.gather(200)
        with _Telling(lambda: f"{trial.kills} kills, {service.shown} of {trial.planned} shown"):
            for number in range(kills):
                work = reminders // kills
                trial.until_few_are_open(work)  # so that the next one dies while all of them send
                if number % (len(KILLS) + 1) < len(KILLS):
                    trial.kill_at(KILLS[number % (len(KILLS) + 1)], work=work)
                else:
                    trial.kill_anybody(work=work, luck=luck)
            trial.plan(max(0, reminders - trial.planned))
            outcome = trial.finish(began)
    db.dispose()
    print(f"Kills: {outcome}", flush=True)
    return outcome.kept


def kill_other_ways(cluster: Cluster, folder: Path, *, kills: int) -> bool:
    """The same for people without a phone, who are told by text message."""
    url, place = _fresh(cluster, folder, "ways")
    with (
        gateway_running() as gateway,
        push_service(seed=SEED) as service,
        ordeal(url, service, place, gateway=gateway.url) as trial,
    ):
        trial.gather_without_phones(200)
        outcome = tell_by_text_message(trial, gateway, work=MESSAGES_PER_KILL, kills=kills)
    db.dispose()
    print(f"Text messages: {outcome}", flush=True)
    return outcome.kept


def beside_a_hung_one(cluster: Cluster, folder: Path) -> bool:
    """One push service takes calls and never answers; the others must not feel it."""
    url, place = _fresh(cluster, folder, "hung")
    with (
        push_service(seed=SEED) as hung,
        push_service(seed=SEED) as service,
        ordeal(url, service, place, workers=1, others=[hung.origin]) as trial,
    ):
        trial.gather(100)
        pace = measure(trial, hung, work=WORK_PER_ROUND, rounds=ROUNDS)
    db.dispose()
    load = os.getloadavg()[0]
    print(f"Beside a hung push service: {pace} (at least {LEAST}), load {load:.1f}", flush=True)
    return pace.ratio >= LEAST


def restart(cluster: Cluster, folder: Path) -> bool:
    """The database goes away for a while in the middle, twice, and PostgreSQL itself starts anew once."""
    url, place = _fresh(cluster, folder, "restart")
    began = time.monotonic()
    with push_service(seed=SEED) as service, ordeal(url, service, place) as trial:
        trial.gather(20)
        for seconds in (0.5, 10.0):
            trial.plan(200)
            _away(cluster, f"{DATABASE}_restart", seconds)
        trial.plan(200)
        cluster.restart()
        outcome = trial.finish(began, unknown=3 * 2 * trial.concurrency)  # under way in two workers, thrice
    db.dispose()
    print(f"Database away: {outcome}", flush=True)
    return outcome.kept


def _away(cluster: Cluster, database: str, seconds: float) -> None:
    """Cut every connection and let none in for a while."""
    with cluster.connect("superuser") as admin:
        admin.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
        try:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database]
            )
            time.sleep(seconds)
        finally:
            admin.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")


def stand_still(cluster: Cluster, folder: Path) -> bool:
    """SIGSTOP in the middle of the calls, past the lease, and SIGCONT."""
    url, place = _fresh(cluster, folder, "standstill")
    tries = stale = 0
    with (
        push_service(seed=SEED) as service,
        sleeper_and_other(url, service, place, concurrency=SLEEPERS) as trial,
    ):
        trial.gather(20)
        with _Telling(lambda: f"{tries} of {STALE_TRIALS} woken"):
            while tries < STALE_TRIALS:
                woken, wrong = sleep_past_the_leases(trial)
                tries, stale = tries + woken, stale + wrong
    db.dispose()
    print(f"Standing still: {tries} calls slept past their lease, {stale} stale commits", flush=True)
    return stale == 0


def plan(cluster: Cluster, folder: Path) -> bool:
    """Eight planners at once, each wanting every slot."""
    _fresh(cluster, folder, "planners")
    rows = plan_at_once(planners=PLANNERS, slots=SLOTS)
    db.dispose()
    print(
        f"Planners: {PLANNERS} at once, {SLOTS} slots, {rows.slots} rows, {rows.deliveries} sent", flush=True
    )
    return rows.slots == SLOTS == rows.deliveries


class _Telling:
    """Say how far it is, every quarter of a minute."""

    def __init__(self, how_far: Callable[[], str]) -> None:
        self._how_far, self._done, self._began = how_far, threading.Event(), time.monotonic()

    def __enter__(self) -> None:
        threading.Thread(target=self._tell, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self._done.set()

    def _tell(self) -> None:
        while not self._done.wait(15):
            print(f"  … {time.monotonic() - self._began:.0f} s: {self._how_far()}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
