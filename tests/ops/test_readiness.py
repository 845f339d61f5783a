"""What /readyz says when the database is out of reach, and when nobody works."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from server.core import db
from tests.core.dead_line import Line, line_to


@pytest.fixture
def line(database: str) -> Iterator[Line]:
    with line_to(database) as made:
        yield made


@pytest.fixture
def watcher(_app: Flask, line: Line, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """Whoever asks a web process that reaches the database over a line; a worker has just ticked."""
    monkeypatch.setattr(db, "PING_SECONDS", 0.5)
    monkeypatch.setattr(db, "CONNECT_SECONDS", 4)
    with db.transaction() as session:
        session.execute(text("INSERT INTO worker_tick (name, at) VALUES ('worker-1', now())"))
    db.configure(line.url)
    yield _app.test_client()
    db.dispose()


def test_a_parted_network_makes_it_not_ready_in_a_moment_and_it_comes_back_by_itself(
    watcher: FlaskClient, line: Line
) -> None:
    before = watcher.get("/readyz")

    line.part()
    parted = watcher.get("/readyz")
    opened = line.opened
    again = watcher.get("/readyz")
    asked = line.opened - opened
    line.heal()
    after = watcher.get("/readyz")

    assert parted.json is not None
    assert (before.status_code, parted.status_code, again.status_code) == (200, 503, 503)
    assert set(parted.json["checks"].values()) == {"failed"}
    assert parted.headers["Retry-After"] == "5"
    assert asked == 1, "every check waited for the database anew"
    assert after.status_code == 200


def test_a_worker_that_fell_silent_is_named(watcher: FlaskClient) -> None:
    with db.transaction() as session:
        session.execute(text("UPDATE worker_tick SET at = now() - interval '61 seconds'"))

    answer = watcher.get("/readyz")

    assert answer.status_code == 503
    assert answer.json is not None
    assert [name for name, found in answer.json["checks"].items() if found == "failed"] == ["worker"]
