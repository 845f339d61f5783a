"""Workers that stand still in the middle of their calls, past the end of their leases, and wake up again."""

from __future__ import annotations

import signal
from typing import Any

from sqlalchemy import text

from server.core import db
from tests.soak.ordeal import Ordeal

STATES = """
SELECT id, state, attempts, accepted_at, finished_at, lease_token, reason FROM delivery ORDER BY id
"""


def sleep_past_the_leases(trial: Ordeal) -> tuple[int, int]:
    """Stop a worker with all its calls open, wake it while another makes them anew; (tries, stale commits).

    What the sleeper writes after it woke is stale: every row must stay as the other worker left it, which is
    about to send, in the very state that the sleeper would leave.
    """
    sleeper, other = trial.workers
    service = trial.service
    service.silent = True  # no acknowledgement may do the fence's work
    other.send_signal(signal.SIGSTOP)
    service.hold("body-read")
    trial.plan(trial.concurrency // 2)  # as many calls as one worker may have open at one push service
    calls = trial.wait_until_all_stand("body-read")
    sleeper.send_signal(signal.SIGSTOP)
    service.release()
    trial.until(lambda: service.held("body-read") == 0)
    service.hold("body-read")
    other.send_signal(signal.SIGCONT)
    trial.until(lambda: service.held("body-read") >= calls)
    before, lost_before = _states(), trial.log().count("lease lost")
    sleeper.send_signal(signal.SIGCONT)
    trial.until(lambda: trial.log().count("lease lost") >= lost_before + calls)
    after = _states()
    service.release()
    trial.until(lambda: trial.number("SELECT count(*) FROM delivery WHERE state <> 'accepted'") == 0)
    service.silent = False
    return calls, sum(before[key] != after[key] for key in before)


def _states() -> dict[Any, tuple[Any, ...]]:
    with db.transaction() as session:
        return {row[0]: tuple(row[1:]) for row in session.execute(text(STATES))}
