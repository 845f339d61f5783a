"""A full disk under PostgreSQL: what cannot be written down is not sent, and the worker counts as missing.

It goes on by itself when there is room.
PostgreSQL's own refusal stands in for the disk here; `make soak disk` fills a real one.
"""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from notifications import health, schedule, shortage
from server.core import db
from tests.notifications.conftest import House
from tests.notifications.test_worker import (
    awake,
    last_tick,
    now,
    running,
    settled,
    until,
    worker_of,
    working,
)

__all__ = ["awake"]
REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$
"""
Fill = Callable[[str], None]


@pytest.fixture
def room(superuser: "psycopg.Connection[Any]") -> Iterator[Callable[[], None]]:
    """Makes room again, at the latest at the end."""

    def make() -> None:
        superuser.execute("DROP FUNCTION IF EXISTS refuse() CASCADE")
        superuser.commit()

    yield make
    make()


@pytest.fixture
def fill(superuser: "psycopg.Connection[Any]", room: Callable[[], None]) -> Fill:
    """Lets one table not grow any more."""

    def grow_no_more(table: str) -> None:
        superuser.execute(REFUSE)
        superuser.execute(f"CREATE TRIGGER has_no_room BEFORE INSERT ON {table} EXECUTE FUNCTION refuse()")
        superuser.commit()

    return grow_no_more


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second instead of half a minute, so that nobody waits for the test."""
    monkeypatch.setattr(shortage, "PAUSE", 1.0)
    monkeypatch.setattr(shortage, "TRIAL", 0.5)


def test_a_worker_that_cannot_plan_counts_as_missing_until_there_is_room(
    awake: House, anna: UUID, fill: Fill, room: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    awake.add_phone(anna)
    awake.remind(anna)
    fill("delivery")

    with caplog.at_level(logging.INFO, logger="notifications"), working(awake):
        until(lambda: "database does not do its work (DiskFull)" in caplog.text)
        until(lambda: awake.query("SELECT count(*) FROM delivery") == 0)
        with db.transaction() as session:
            assert health.is_worker_silent(session, now=now())
        assert awake.push_service.received == []
        room()
        until(lambda: awake.push_service.received)
        until(last_tick)

    assert [one.state for one in awake.deliveries()] == ["accepted"]


def test_while_results_have_no_room_one_message_is_tried_now_and_then_and_the_worker_counts_as_missing(
    awake: House, anna: UUID, fill: Fill, room: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "TICK_WRITTEN_EVERY", 0.0)
    monkeypatch.setattr(shortage, "TRIAL", 5.0)  # one message is sent in that time on a busy machine, too
    received = awake.push_service.received
    awake.add_phone(anna)
    fill("delivery_attempt")
    for _ in range(20):
        awake.remind(anna)

    with running(worker_of(awake.dispatcher(clock=now, lease=timedelta(seconds=0.5)), concurrency=4)):
        until(lambda: len(received) >= 2)
        first = settled(lambda: len(received))  # with what was under way
        ticked, began = last_tick(), time.monotonic()
        until(lambda: len(received) >= first + 2)
        assert len(received) - first <= (time.monotonic() - began) / shortage.PAUSE + 1
        assert last_tick() == ticked
        room()
        until(lambda: {one.state for one in awake.deliveries()} == {"accepted"})
        until(lambda: last_tick() != ticked)

    assert first <= 2 * 4
    assert len({message.content["id"] for message in received}) == 20
