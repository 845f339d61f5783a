"""What an idle worker costs, and how soon a due reminder leaves: `python -m tests.bench.tick`.

One worker process, as `flask worker` runs it. Its processor time over `SECONDS` (default 60) with nothing to
do, as a share of one core; then reminders one at a time, from the commit of the booking to the call.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from server import migrations
from server.core import db
from server.core.localdb import start_cluster
from tests.bench import report
from tests.soak.ordeal import Ordeal, ordeal
from tests.soak.phones import push_service

SECONDS = float(os.environ.get("SECONDS", "60"))
REMINDERS = 20
MOST_OF_A_CORE, MOST_SECONDS = 0.005, 1.0
DATABASE = "bench_tick"


def main() -> int:
    """Measure and print one line; 1 if a budget was broken."""
    with tempfile.TemporaryDirectory(prefix="vh-bench-") as folder:
        cluster = start_cluster(Path(folder) / "postgres", durable=False)
        try:
            cluster.create_database(DATABASE)
            migrations.upgrade(cluster.url("owner", DATABASE))
            url = cluster.url("app", DATABASE)
            db.configure(url)
            with (
                push_service() as service,
                ordeal(url, service, Path(folder), workers=1, tick_seconds=1.0, look_seconds=30.0) as trial,
            ):
                share, waits = _idle(trial), _leave(trial)
        finally:
            db.dispose()
            cluster.stop()
    slowest = max(waits)
    kept = share < MOST_OF_A_CORE and slowest <= MOST_SECONDS
    report.say(
        "tick",
        idle_share_of_a_core=round(share, 5),
        leaves_after_ms={"median": round(median(waits) * 1000), "slowest": round(slowest * 1000)},
        seconds=SECONDS,
        budgets={"idle": MOST_OF_A_CORE, "leaves_s": MOST_SECONDS},
        kept=kept,
    )
    return 0 if kept else 1


def _idle(trial: Ordeal) -> float:
    """The worker's processor time, as a share of the time that passed."""
    trial.until(lambda: "worker started" in trial.log())
    time.sleep(3)
    pid = trial.workers[0].pid
    began, before = time.monotonic(), _processor_seconds(pid)
    time.sleep(SECONDS)
    return (_processor_seconds(pid) - before) / (time.monotonic() - began)


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _leave(trial: Ordeal) -> list[float]:
    """From the commit of each booking to the call that the push service gets."""
    trial.gather(1)
    waits = []
    for number in range(1, REMINDERS + 1):
        trial.plan(1)
        began = time.monotonic()
        while trial.service.shown < number:
            assert time.monotonic() - began < 30, trial.log()[-2000:]
            time.sleep(0.002)
        waits.append(time.monotonic() - began)
        time.sleep(0.2)
    return waits


if __name__ == "__main__":
    sys.exit(main())
