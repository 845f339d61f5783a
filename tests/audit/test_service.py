"""The trail is append-only, and a chain that was touched is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.audit import service as audit
from server.core import db
from server.core.ids import new_id

Superuser = psycopg.Connection[Any]
UNIT = UUID(int=7)


def _write(now: datetime, count: int = 5) -> None:
    for _ in range(count):
        with db.transaction() as session:
            audit.record(session, event="test.done", actor=None, at=now, unit_id=UNIT, subject_id=new_id())


def _breaks() -> list[tuple[int, str]]:
    with db.transaction() as session:
        return [(found.position, found.what) for found in audit.verify(session)]


def _behind_its_back(superuser: Superuser, statement: str) -> None:
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(statement)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET event = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"],
)
def test_the_app_role_cannot_change_it(database: str, now: datetime, statement: str) -> None:
    _write(now, 1)

    with pytest.raises(DBAPIError, match="permission denied"), db.transaction() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET event = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"],
)
def test_not_even_the_owner_can(superuser: Superuser, now: datetime, statement: str) -> None:
    _write(now, 1)

    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        superuser.execute(statement)  # type: ignore[call-overload]


def test_a_whole_chain_verifies(database: str, now: datetime) -> None:
    _write(now)

    assert _breaks() == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_event SET outcome = 'no' WHERE position = 3", (3, "changed")),
        ("UPDATE audit_event SET at = at + interval '1 second' WHERE position = 1", (1, "changed")),
        ("DELETE FROM audit_event WHERE position = 2", (2, "missing")),
        ("DELETE FROM audit_event WHERE position = 5", (5, "cut off")),
        ("UPDATE audit_event SET position = 9 - position WHERE position IN (4, 5)", (4, "changed")),
        ("UPDATE audit_event SET hash = '\\x00' WHERE position = 5", (5, "changed")),
    ],
)
def test_every_kind_of_touch_is_found(
    superuser: Superuser, now: datetime, statement: str, found: tuple[int, str]
) -> None:
    _write(now)

    if "9 - position" in statement:
        _behind_its_back(superuser, "UPDATE audit_event SET position = 99 WHERE position = 4")
        superuser.execute("UPDATE audit_event SET position = 4 WHERE position = 5")
        superuser.execute("UPDATE audit_event SET position = 5 WHERE position = 99")
    else:
        _behind_its_back(superuser, statement)

    assert _breaks() == [found]


def test_an_appended_row_is_found(superuser: Superuser, now: datetime) -> None:
    _write(now)

    _behind_its_back(
        superuser,
        "INSERT INTO audit_event SELECT unit_id, 6, at, event, outcome, actor_kind, actor_id, role,"
        " citizen_id, subject_id, relation_id, purpose, request_id, hash, hash"
        " FROM audit_event WHERE position = 5",
    )

    assert _breaks() == [(6, "changed")]


def test_writers_at_once_make_one_unbroken_chain(database: str, now: datetime) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: _write(now, 5), range(8)))

    assert _breaks() == []
    with db.transaction() as session:
        assert session.scalar(text("SELECT max(position) FROM audit_event")) == 40


def test_what_is_rolled_back_leaves_no_trace(database: str, now: datetime) -> None:
    with pytest.raises(RuntimeError), db.transaction() as session:
        audit.record(session, event="test.done", actor=None, at=now, unit_id=UNIT)
        raise RuntimeError

    with db.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM audit_event")) == 0


def test_events_that_are_kept_back_come_in_their_order_and_hold_up_nobody_meanwhile(
    database: str, now: datetime, superuser: Superuser
) -> None:
    with db.transaction() as session:
        with audit.at_the_end(session):
            for number in range(3):
                audit.record(session, event=f"test.{number}", actor=None, at=now, unit_id=UNIT)
            audit.record(session, event="test.elsewhere", actor=None, at=now, unit_id=UUID(int=8))
            _write(now, 1)  # another transaction, which would wait for ever if the head were held
        audit.record(session, event="test.last", actor=None, at=now, unit_id=UNIT)

    found = superuser.execute("SELECT event FROM audit_event WHERE unit_id = %s ORDER BY position", [UNIT])
    assert [row[0] for row in found] == ["test.done", "test.0", "test.1", "test.2", "test.last"]
    assert _breaks() == []


def test_events_of_work_that_failed_are_not_written(
    database: str, now: datetime, superuser: Superuser
) -> None:
    with db.transaction() as session:
        with pytest.raises(ZeroDivisionError), audit.at_the_end(session):
            audit.record(session, event="test.failed", actor=None, at=now, unit_id=UNIT)
            raise ZeroDivisionError
        audit.record(session, event="test.after", actor=None, at=now, unit_id=UNIT)

    assert superuser.execute("SELECT event FROM audit_event").fetchall() == [("test.after",)]
