"""Workers that stand still in the middle of their calls, past the end of their leases, and wake up again."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from server.core import db
from tests.soak.ordeal import Ordeal, ordeal
from tests.soak.phones import PushService

SLEEPERS_LEASE = 4.0
#: Seconds. Longer than any test: while the sleeper wakes, these leases must not end by themselves, or any
#: worker may rightly take the calls over, and what it writes then would look like a stale commit.
OTHERS_LEASE = 3600.0
#: Enough for a busy machine: an answer that cannot be written down is forgotten, and then nothing was tried.
IDLE_SECONDS = 10
STATES = """
SELECT id, state, attempts, accepted_at, finished_at, lease_token, reason FROM delivery ORDER BY id
"""


@contextmanager
def sleeper_and_other(database: str, service: PushService, folder: Path, **changes: Any) -> Iterator[Ordeal]:
    """Two workers: one whose leases soon end, which sleeps, and one whose leases do not end."""
    lasts = {"lease_seconds": SLEEPERS_LEASE, "idle_seconds": IDLE_SECONDS}
    with ordeal(database, service, folder, workers=1, **lasts, **changes) as trial:
        trial.lease_seconds = OTHERS_LEASE
        trial.start_worker()
        yield trial


def sleep_past_the_leases(trial: Ordeal) -> tuple[int, int]:
    """Stop a worker with all its calls open, wake it while another makes them anew; (tries, stale commits).

    What the sleeper writes after it woke is stale: every row must stay as the other worker left it, which is
    about to send, in the very state that the sleeper would leave. Nothing else can change a row meanwhile:
    the leases of the other do not end, and its calls are not answered.
    """
    sleeper, other = trial.workers
    service, told = trial.service, _told(trial)
    service.silent = True  # no acknowledgement may do the fence's work
    trial.halt(other)
    service.hold("body-read")
    calls = trial.concurrency // 2  # as many as one worker may have open at one push service
    trial.plan(calls)
    trial.until(lambda: service.held("body-read") == calls)
    trial.halt(sleeper)
    service.release()
    trial.until(lambda: service.held("body-read") == 0)
    service.hold("body-read")
    other.send_signal(signal.SIGCONT)
    trial.until(lambda: service.held("body-read") == calls)
    before = states()
    sleeper.send_signal(signal.SIGCONT)
    trial.until(lambda: _told(trial) == told + calls)
    after = states()
    service.release()
    trial.until(lambda: _told(trial) == told + 2 * calls)
    trial.until(lambda: trial.number("SELECT count(*) FROM delivery WHERE state <> 'accepted'") == 0)
    service.silent = False
    return calls, sum(before[key] != after[key] for key in before)


def _told(trial: Ordeal) -> int:
    """How many answers of push services the workers have dealt with; told after the commit."""
    return len(re.findall(r"^push ", trial.log(), re.MULTILINE))


def states() -> dict[Any, tuple[Any, ...]]:
    """Every delivery as it stands in the books."""
    with db.transaction() as session:
        return {row[0]: tuple(row[1:]) for row in session.execute(text(STATES))}
