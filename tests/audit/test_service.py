"""The trail is append-only, and a chain that was touched is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Integer, Uuid, bindparam, case, func, literal, select, text
from sqlalchemy.exc import DBAPIError

from server.audit import service as audit
from server.core import db
from server.core.access import Actor, ActorKind, Role
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


def test_the_database_hashes_the_same_bytes_as_the_check(database: str, now: datetime) -> None:
    staff = Actor(kind=ActorKind.STAFF, roles=frozenset({Role.COUNSELLOR, Role.MANAGER}), staff_id=new_id())
    with db.transaction() as session:
        audit.record(
            session, event="æ \"'\\\n%s :x 🙂", actor=staff, at=now, unit_id=UNIT, purpose="position"
        )
        audit.record(
            session,
            event="test.whole",
            actor=staff,
            at=now.replace(microsecond=1),
            unit_id=UNIT,
            citizen_id=new_id(),
            subject_id=new_id(),
            relation_id=new_id(),
            purpose="ø" * 64,
            outcome="404",
        )

    assert _breaks() == []


def test_what_is_too_long_is_refused_and_not_cut(database: str, now: datetime) -> None:
    with pytest.raises(DBAPIError, match="too long"), db.transaction() as session:
        audit.record(session, event="test.done", actor=None, at=now, unit_id=UNIT, purpose="x" * 65)


def test_a_plain_connection_writes_in_its_own_transaction(
    database: str, now: datetime, superuser: Superuser
) -> None:
    with pytest.raises(RuntimeError), db.engine().begin() as connection:
        audit.record(connection, event="test.undone", actor=None, at=now, unit_id=UNIT)
        raise RuntimeError
    with db.engine().begin() as connection:
        audit.record(connection, event="test.done", actor=None, at=now, unit_id=UNIT)

    assert superuser.execute("SELECT event FROM audit_event").fetchall() == [("test.done",)]
    assert _breaks() == []


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


class TestWitnessed:
    """Rows that come with their event, or not at all."""

    #: The first so many numbers; the event says how many, and names a relation when there are more than two.
    NUMBER = func.generate_series(1, bindparam("last", type_=Integer)).label("number")
    FOUND = select(NUMBER).cte("found")
    IS_MUCH = func.count() > 2
    TOLD = (
        select(
            func.concat('"', func.count(), " / æ\\ 🙂").label("purpose"),
            case((IS_MUCH, bindparam("ground", type_=Uuid()))).label("relation_id"),
            case((IS_MUCH, literal("much")), else_=literal("little")).label("outcome"),
        )
        .select_from(FOUND)
        .having(func.count() > 0)
    )
    READING = audit.Witnessed(FOUND, TOLD, order_by=[FOUND.c.number.desc()])

    def read(self, now: datetime, last: int, ground: UUID | None = None) -> list[int]:
        """The numbers up to there, for somebody of the unit."""
        staff = Actor(kind=ActorKind.STAFF, roles=frozenset({Role.COUNSELLOR}), unit_id=UNIT)
        asked = {"last": last, "ground": ground or new_id()}
        with db.glance() as connection:
            rows = self.READING.all(connection, asked, event="numbers.read", actor=staff, at=now)
        return [row.number for row in rows]

    def test_begin_the_chain_of_a_unit_and_go_on_with_it(
        self, database: str, now: datetime, superuser: Superuser
    ) -> None:
        ground = new_id()

        assert self.read(now, 2) == [2, 1]
        _write(now, 1)
        assert self.read(now, 4, ground) == [4, 3, 2, 1]

        assert _breaks() == []
        assert superuser.execute(
            "SELECT position, event, purpose, outcome, relation_id FROM audit_event ORDER BY position"
        ).fetchall() == [
            (1, "numbers.read", '"2 / æ\\ 🙂', "little", None),
            (2, "test.done", None, "ok", None),
            (3, "numbers.read", '"4 / æ\\ 🙂', "much", ground),
        ]

    def test_leave_no_trace_when_there_is_nothing_to_tell(self, superuser: Superuser, now: datetime) -> None:
        assert self.read(now, 0) == []

        assert superuser.execute("SELECT count(*) FROM audit_event").fetchone() == (0,)

    def test_are_not_given_without_their_event(self, superuser: Superuser, now: datetime) -> None:
        _write(now, 1)
        superuser.execute("ALTER TABLE audit_event ADD CONSTRAINT full_up CHECK (position < 2)")
        try:
            with pytest.raises(DBAPIError, match="full_up"):
                self.read(now, 3)
        finally:
            superuser.execute("ALTER TABLE audit_event DROP CONSTRAINT full_up")

        assert _breaks() == []

    def test_make_one_chain_with_all_who_read_at_once(self, database: str, now: datetime) -> None:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda last: self.read(now, last % 5 + 1), range(40)))

        assert _breaks() == []
        with db.transaction() as session:
            assert session.scalar(text("SELECT max(position) FROM audit_event")) == 40
