"""A disk that is full under PostgreSQL, twice: `python -m tests.soak.disk`, on Linux.

First no table can grow any more while reminders go out; then PostgreSQL itself goes down because it cannot
write its log of changes either, and is started anew when there is room. The disks are small ones of our own,
in a mount namespace of our own, which ends with us. The exit code says whether every promise was kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from sqlalchemy.exc import DBAPIError

from notifications.dispatcher.claims import LEASE
from notifications.health import TICK_TOO_OLD
from server import migrations
from server.core import db
from server.core.localdb import Cluster, start_cluster
from tests.soak.ordeal import Ordeal, Outcome, ordeal
from tests.soak.phones import push_service
from tests.soak.webs import Web, web_at

DATABASE = "soak_disk"
SIZE = "256m"
PEOPLE, WORK, TRIED_WHEN_FULL = 40, 300, 200
#: How long it is full: a worker that cannot work is missed after a minute.
SECONDS = TICK_TOO_OLD.total_seconds() + 30
BACK_WITHIN = 150.0  #: seconds: the longest pause of a worker, a lease, and a minute's rest of a circuit
OWN_NAMESPACE = ["unshare", "--mount", "--propagation", "private"]
OWN_RIGHTS = ["--user", "--map-current-user", "--keep-caps"]
CANNOT = "Full disk: not tried, for this system lets us make no disk of our own (mount namespaces of Linux)."
INSIDE = "--inside"


class Disk:
    """A small disk of our own, until this process and its mount namespace end."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="vh-disk-", dir="/tmp"))  # where PostgreSQL can enter
        options = f"size={SIZE},mode=0755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "vh-disk", self.folder], check=True)
        self._ballast = self.folder / "ballast"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._ballast.open("ab", buffering=0) as ballast, suppress(OSError):
            while ballast.write(bytes(1 << 12)):
                pass

    def free(self) -> None:
        """Somebody has made room."""
        self._ballast.unlink(missing_ok=True)

    def remove(self) -> None:
        """Give it back."""
        subprocess.run(["umount", "--lazy", self.folder], check=True)
        self.folder.rmdir()


@dataclass
class FullDisk:
    """Workers and a web process on a database whose disk is full at times."""

    trial: Ordeal
    tables: Disk
    changes: Disk  #: PostgreSQL's log of changes
    cluster: Cluster
    web: Web
    refusals: dict[str, int] = field(default_factory=dict)

    def book(self, count: int) -> None:
        """Somebody books, and is told if it cannot be done."""
        for _ in range(count):
            try:
                self.trial.plan(1)
            except DBAPIError as refused:
                name = type(refused.orig).__name__
                self.refusals[name] = self.refusals.get(name, 0) + 1

    def until_not_ready(self) -> str:
        """Wait until /readyz says 503, and say what fails by its words."""
        self.trial.until(lambda: self.web.ready().status == 503, patience=SECONDS)
        return ", ".join(sorted(self.web.ready().failed))

    def no_table_can_grow(self) -> None:
        """Fill the disk in the middle of the sending."""
        shown = self.trial.service.shown
        self.trial.plan(WORK)
        self.trial.until(lambda: self.trial.service.shown > shown)
        self.tables.fill()

    def database_goes_down(self) -> None:
        """The same, and PostgreSQL cannot write its log of changes either."""
        self.no_table_can_grow()
        self.changes.fill()
        with suppress(psycopg.Error), self.cluster.connect("superuser", DATABASE) as admin:
            for _ in range(100):
                admin.execute("SELECT pg_logical_emit_message(true, 'soak', repeat('x', 1 << 20))")

    def make_room(self) -> None:
        """What an operator does; whatever supervises PostgreSQL starts it if it has ended."""
        self.tables.free()
        self.changes.free()
        if not self.cluster.is_running():
            self.cluster.restart()

    def suffer(self, fill: Callable[[], None]) -> tuple[Outcome, str]:
        """A full disk for a while; what it came to, and what was to be seen meanwhile."""
        trial, began = self.trial, time.monotonic()
        # What is under way as it fills up, and once more when its lease runs out and it is still full.
        unknown = trial.service.repeated + 2 * trial.concurrency * len(trial.workers)
        self.refusals.clear()
        fill()
        full_at = time.monotonic()
        self.book(TRIED_WHEN_FULL)
        failed = self.until_not_ready()
        time.sleep(max(0.0, full_at + SECONDS - time.monotonic()))
        self.make_room()
        trial.until(lambda: self.web.ready().status == 200, patience=BACK_WITHIN)
        booked = trial.number("SELECT count(*) FROM occurrence")
        trial.service.speak()
        assert booked >= trial.planned, f"{trial.planned - booked} bookings are gone"
        trial.planned = booked  # of some nobody could be told whether they were booked
        outcome = trial.finish(began, unknown=unknown, patience=BACK_WITHIN)
        return outcome, f"503 for {failed}; bookings refused: {self.refusals}"


def main(arguments: list[str]) -> int:
    """Run it all, in a mount namespace of our own."""
    if arguments == [INSIDE]:
        return _inside()
    may = OWN_NAMESPACE + ([] if os.geteuid() == 0 else OWN_RIGHTS)
    try:
        subprocess.run([*may, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        print(CANNOT, flush=True)
        return 1
    return subprocess.run([*may, sys.executable, "-m", "tests.soak.disk", INSIDE], check=False).returncode


def _inside() -> int:
    with ExitStack() as open_ones:
        folder = Path(open_ones.enter_context(tempfile.TemporaryDirectory(prefix="vh-soak-")))
        full = _move_in(open_ones, folder)
        good = True
        for what, fill in (
            ("no table can grow", full.no_table_can_grow),
            ("PostgreSQL goes down", full.database_goes_down),
        ):
            outcome, seen = full.suffer(fill)
            print(f"Full disk, {what}: {outcome}; {seen}", flush=True)
            good = good and outcome.kept
    print(f"Full disk: {'every promise kept' if good else 'FAILED, see above'}", flush=True)
    return 0 if good else 1


def _move_in(open_ones: ExitStack, folder: Path) -> FullDisk:
    tables, changes = Disk(), Disk()
    for disk in (tables, changes):
        open_ones.callback(disk.remove)
    cluster = start_cluster(tables.folder / "postgres")
    open_ones.callback(cluster.stop)
    _move_the_log_of_changes(cluster, changes.folder / "wal")
    cluster.create_database(DATABASE)
    migrations.upgrade(cluster.url("owner", DATABASE))
    url = cluster.url("app", DATABASE)
    db.configure(url, pool_size=40)
    open_ones.callback(db.dispose)
    service = open_ones.enter_context(push_service(failing=0.1))
    trial = open_ones.enter_context(ordeal(url, service, folder, lease_seconds=LEASE.total_seconds()))
    web = open_ones.enter_context(web_at(url, folder, "web"))
    trial.gather(PEOPLE)
    trial.until(lambda: web.ready().status == 200)
    return FullDisk(trial, tables, changes, cluster, web)


def _move_the_log_of_changes(cluster: Cluster, place: Path) -> None:
    cluster.server.end_leftover()
    shutil.move(cluster.data_dir / "pg_wal", place)
    for path in (place, *place.rglob("*")):
        shutil.copystat(cluster.data_dir, path) if path.is_dir() else None
        os.chown(path, cluster.data_dir.stat().st_uid, cluster.data_dir.stat().st_gid)
    (cluster.data_dir / "pg_wal").symlink_to(place)
    cluster.restart()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
