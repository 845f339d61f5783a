"""A line to the database that swallows everything keeps no worker from its reminders for long."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from server.core import db
from tests.core.dead_line import line_to
from tests.notifications.conftest import House
from tests.notifications.test_worker import awake, last_tick, until, working

__all__ = ["awake"]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seconds instead of five, so that nobody waits for the test."""
    monkeypatch.setattr(db, "ANSWER_GRACE", 3)


def test_the_worker_comes_back_when_its_connections_went_dead(
    awake: House, anna: UUID, database: str
) -> None:
    awake.add_phone(anna)
    with line_to(database) as line:
        db.configure(line.url, statement_seconds=3)
        with working(awake, tick_seconds=0.1):
            until(last_tick)
            opened = line.opened
            line.die()
            awake.remind(anna)
            until(lambda: awake.push_service.received)

        assert line.opened > opened
        db.configure(database)
    assert [one.state for one in awake.deliveries()] == ["accepted"]


def test_a_statement_that_takes_too_long_is_ended_by_the_database(database: str) -> None:
    db.configure(database, statement_seconds=1)

    with pytest.raises(OperationalError, match="statement timeout"), db.transaction() as session:
        session.execute(text("SELECT pg_sleep(20)"))

    db.ping()


def test_a_line_that_is_cut_is_noticed_by_the_machine_itself(database: str) -> None:
    with line_to(database) as line:
        db.configure(line.url)
        with db.engine().connect() as connection:
            said = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
        db.dispose()

    assert {name: said[name] for name in db.DEAD_LINE} == {
        name: str(value) for name, value in db.DEAD_LINE.items()
    }
