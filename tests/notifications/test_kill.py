"""Workers die at every point at which a reminder could be lost; every reminder is shown, exactly once.

Small here; `make soak push` does the same with 10 000 reminders and 50 kills.
"""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from notifications.failpoints import Point
from server.core import db
from server.core.localdb import Cluster
from tests.notifications.gateway import gateway_running
from tests.soak import text_messages
from tests.soak.ordeal import KILLS, Ordeal, go_through, ordeal
from tests.soak.phones import PushService, push_service
from tests.soak.text_messages import tell_by_text_message

BOOKS_AND_DIES = """
import sys
from pathlib import Path
from uuid import UUID
from datetime import timedelta
from notifications import failpoints, outbox
from notifications.outbox import Slot
from server.core import clock, db, failpoints as points
url, folder, person = sys.argv[1:]
db.configure(url, pool_size=2)
points.configure(Path(folder))
failpoints.configure(points.reach)
now = clock.now()
slots = [Slot(key, now + timedelta(days=1), now + timedelta(days=2)) for key in ("day-before", "two-hours")]
with db.transaction() as session:
    outbox.enqueue(session, kind="appointment", subject_id=UUID(person), recipient_id=UUID(person),
                   slots=slots, dedupe_key="appointment:1", revision=1, now=now)
"""


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service(failing=0.1) as running:
        yield running


@pytest.fixture
def trial(database: str, service: PushService, tmp_path: Path) -> Iterator[Ordeal]:
    with ordeal(database, service, tmp_path) as made:
        yield made


def test_no_reminder_is_lost_and_none_shown_twice_however_workers_die(trial: Ordeal) -> None:
    began = time.monotonic()
    trial.gather(20)

    go_through(trial, KILLS, work=24, luck=random.Random(4))
    outcome = trial.finish(began)

    assert outcome.kills == len(KILLS)
    assert outcome.lost == 0, outcome
    assert outcome.states == {"confirmed": outcome.planned}
    assert (outcome.stuck, outcome.difference) == (0, 0)
    assert outcome.repeated <= outcome.at_most, outcome
    assert outcome.failed > 0
    assert outcome.kept


def test_no_text_message_is_lost_however_workers_die(
    database: str, service: PushService, tmp_path: Path
) -> None:
    with gateway_running() as gateway, ordeal(database, service, tmp_path, gateway=gateway.url) as trial:
        trial.gather_without_phones(10)

        outcome = tell_by_text_message(trial, gateway, work=4, kills=len(text_messages.KILLS))

    assert outcome.kills == len(text_messages.KILLS)
    assert outcome.kept, outcome


def test_without_a_kill_nothing_is_sent_twice(database: str, service: PushService, tmp_path: Path) -> None:
    """With a lease that is longer than any call, as in the house: a slow call is nobody else's."""
    with ordeal(database, service, tmp_path, lease_seconds=120) as trial:
        began = time.monotonic()
        trial.gather(5)

        trial.plan(60)
        outcome = trial.finish(began)

    assert (outcome.shown, outcome.repeated) == (60, 0)


def test_a_planner_that_dies_at_the_second_of_three_phones_leaves_none_or_all(
    trial: Ordeal, service: PushService, cluster: Cluster
) -> None:
    person = uuid4()
    for _ in range(3):
        service.add_phone(person)
    trial.people.append(person)
    with cluster.connect("superuser", "vedhaanden") as connection:
        connection.execute(HELD_AT_THE_SECOND_PHONE)
        connection.execute("SELECT pg_advisory_lock(4711)")
        try:
            trial.plan(1)
            trial.until(lambda: trial.number(IS_HELD))
            for worker in trial.workers:
                worker.kill()
                worker.wait()
            connection.execute("SELECT pg_advisory_unlock(4711)")
            trial.until(lambda: not trial.number(IS_HELD))
            left = trial.number("SELECT count(*) FROM delivery")
        finally:
            connection.execute("SELECT pg_advisory_unlock_all()")
            connection.execute("DROP FUNCTION wait_at_the_second() CASCADE")

    trial.workers.clear()
    trial.start_worker()
    trial.until(lambda: not trial.open())

    assert left == 0
    assert trial.number("SELECT count(*) FROM delivery") == 3
    assert service.repeated == 0


HELD_AT_THE_SECOND_PHONE = """
CREATE FUNCTION wait_at_the_second() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM delivery) = 1 THEN PERFORM pg_advisory_xact_lock(4711); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER held BEFORE INSERT ON delivery FOR EACH ROW EXECUTE FUNCTION wait_at_the_second();
"""
IS_HELD = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'"


def test_a_booking_that_dies_between_its_slots_leaves_nothing_half(database: str, tmp_path: Path) -> None:
    armed, person = tmp_path / Point.SLOTS_WRITTEN, str(uuid4())
    command = [sys.executable, "-c", BOOKS_AND_DIES, database, str(tmp_path), person]

    armed.touch()
    killed = subprocess.run(command, check=False)
    with db.transaction() as session:
        left = (
            session.scalar(text("SELECT count(*) FROM reminder")),
            session.scalar(text("SELECT count(*) FROM occurrence")),
        )
    again = subprocess.run(command, check=False)

    assert (killed.returncode, again.returncode) == (-signal.SIGKILL, 0)
    assert left == (0, 0)
    with db.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM occurrence")) == 2
        assert session.scalar(text("SELECT sum(slots) FROM ledger_entry")) == 2
