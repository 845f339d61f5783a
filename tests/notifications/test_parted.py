"""A network that parts for longer than a lease: nothing is lost, nothing stale is written, all come back.

Small here; `make soak parted` does the same for minutes, with the leases and circuits of the house.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.core.dead_line import Line
from tests.notifications.test_worker import settled
from tests.soak.ordeal import Ordeal
from tests.soak.parted import cut_all_off, cut_one_off, parted_workers
from tests.soak.phones import PushService, push_service

LEASE = 5.0
IMPATIENT = {"lease_seconds": LEASE, "statement_seconds": 3, "grace_seconds": 3, "concurrency": 4}


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def parted(database: str, service: PushService, tmp_path: Path) -> Iterator[tuple[Ordeal, Sequence[Line]]]:
    with parted_workers(database, service, tmp_path, **IMPATIENT) as made:
        made[0].gather(5)
        yield made


def test_a_worker_that_was_cut_off_from_the_database_writes_nothing_stale_when_it_comes_back(
    parted: tuple[Ordeal, Sequence[Line]],
) -> None:
    trial, lines = parted

    came = cut_one_off(trial, lines[0], work=16, seconds=2 * LEASE)

    assert came.outcome.repeated > 0, "nothing was on its way"
    assert came.kept, came


def test_workers_that_were_cut_off_from_everything_send_what_was_booked_meanwhile(
    parted: tuple[Ordeal, Sequence[Line]],
) -> None:
    trial, lines = parted
    told: list[int] = []

    def while_parted() -> None:
        told.append(settled(lambda: trial.service.shown))  # with what was past the gate
        trial.until(lambda: trial.log().count("does not do its work") >= len(trial.workers))
        told.append(trial.service.shown)

    came = cut_all_off(trial, lines, work=30, meanwhile=10, while_parted=while_parted)

    assert told[0] == told[1] < came.shown == 40
    assert came.kept, came
