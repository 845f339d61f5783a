"""A worker that stands still (SIGSTOP) commits nothing stale when it wakes, and holds up no other meanwhile.

`make soak push` wakes a thousand calls; here it is a handful.
"""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.failpoints import Point
from tests.soak.ordeal import Ordeal, ordeal
from tests.soak.phones import PushService, push_service
from tests.soak.planners import plan_at_once
from tests.soak.standstill import sleep_past_the_leases, sleeper_and_other


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def trial(database: str, service: PushService, tmp_path: Path) -> Iterator[Ordeal]:
    with ordeal(database, service, tmp_path, lease_seconds=4.0, idle_seconds=1) as made:
        made.gather(5)
        yield made


def test_calls_that_slept_past_their_lease_change_nothing_when_they_wake(
    database: str, service: PushService, tmp_path: Path
) -> None:
    with sleeper_and_other(database, service, tmp_path) as trial:
        trial.gather(5)
        woken = [sleep_past_the_leases(trial) for _ in range(2)]

    assert [stale for _, stale in woken] == [0, 0]
    assert service.repeated == sum(calls for calls, _ in woken) > 0  # out again, as the same notice
    assert service.shown == trial.planned
    assert trial.log().count(", lease lost") == service.repeated  # the sleeper's, and nobody else's


@pytest.mark.parametrize("place", [Point.LEASED, Point.FANNED_OUT, Point.RECORDED])
def test_one_that_stops_inside_a_transaction_holds_up_nobody_for_long(trial: Ordeal, place: Point) -> None:
    armed = trial.folder / place
    armed.write_text("STOP")

    trial.plan(12)
    trial.until(lambda: not armed.exists())
    trial.until(lambda: not trial.open())

    assert trial.service.shown == 12
    assert len([worker for worker in trial.workers if worker.poll() is None]) == 2
    for worker in trial.workers:
        worker.send_signal(signal.SIGCONT)
    trial.plan(3)
    trial.until(lambda: not trial.open())


def test_eight_planners_at_once_make_each_slot_once(database: str) -> None:
    assert plan_at_once(planners=8, slots=100) == (100, 100)
