"""What every request asks first goes straight to the driver, and fails like everything else."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from psycopg import OperationalError as LineLost
from sqlalchemy import (
    BigInteger,
    Boolean,
    Double,
    Integer,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from server.core import db
from server.core.questions import Question
from tests.bench.house import counted

HALF = Question(
    select(
        (literal_column("100", Integer) // bindparam("by", type_=Integer)).label("share"),
        cast(bindparam("name"), Integer).label("count"),
    )
)
HANG_UP = Question(select(func.pg_terminate_backend(func.pg_backend_pid()).label("gone")))


def until(holds: Callable[[], bool]) -> None:
    """Wait for it, 30 seconds at most."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


@pytest.mark.usefixtures("database")
class TestFirst:
    def test_gives_the_row_by_name_and_is_counted(self) -> None:
        with counted() as statements, db.glance() as connection:
            row = HALF.first(connection, {"by": 4, "name": "3"})

        assert (row.share, row.count) == (25, 3)
        assert len(statements) == 1

    def test_never_goes_on_without_a_value(self) -> None:
        with db.glance() as connection, pytest.raises(KeyError, match="name"):
            HALF.first(connection, {"by": 4})

    def test_brings_the_values_that_stand_in_the_statement(self) -> None:
        numbers = select(func.generate_series(1, bindparam("last", type_=Integer)).label("one")).limit(2)
        with db.glance() as connection:
            assert [row.one for row in Question(numbers).all(connection, {"last": 9})] == [1, 2]
            assert Question(numbers).all(connection, {"last": 0}) == []

    def test_is_asked_again_with_other_kinds_of_values(self) -> None:
        same = Question(select(cast(bindparam("given"), Text).label("said")))
        with db.glance() as connection:
            for given, said in [("a", "a"), (None, None), (7, "7"), (True, "true"), ("b", "b")] * 3:
                assert same.first(connection, {"given": given}).said == said

    def test_keeps_no_words_of_anybody_for_the_next_question(self) -> None:
        with db.glance() as connection:
            rows = HALF.all(connection, {"by": 4, "name": "3"})
            [cursor] = [one for question, one in db.line_of(connection).cursors.items() if question is HALF]
            assert cursor.pgresult is not None
            assert cursor.pgresult.ntuples == 0

        assert [row.share for row in rows] == [25]

    def test_gives_a_session_the_same(self) -> None:
        with db.transaction() as session:
            assert tuple(HALF.first(session, {"by": 4, "name": "3"})) == (25, 3)

    def test_fails_without_telling_the_values_and_leaves_the_line_as_it_was(self) -> None:
        with db.glance() as connection:
            with pytest.raises(DBAPIError) as failed:
                HALF.first(connection, {"by": 0, "name": "77"})
            assert HALF.first(connection, {"by": 2, "name": "1"}).share == 50

        assert "77" not in str(failed.value)
        with pytest.raises(DBAPIError), db.transaction() as session:
            HALF.first(session, {"by": 0, "name": "77"})

    def test_says_that_the_database_is_lost_and_asks_the_next_time_on_another_line(self) -> None:
        with pytest.raises(OperationalError), db.glance() as connection:
            HANG_UP.first(connection, {})

        with db.glance() as connection:
            assert HALF.first(connection, {"by": 4, "name": "3"}).share == 25


@pytest.fixture(params=[None, 120], ids=["unbounded", "bounded"])
def bounded(request: pytest.FixtureRequest, database: str) -> bool:
    """Whether the database ends what takes too long, as in a web process: then both go out together."""
    if request.param is None:
        return False
    db.configure(database, transaction_seconds=request.param)
    return True


class TestAfterAnother:
    LOCK = Question(select(func.pg_advisory_xact_lock(bindparam("key", type_=BigInteger))))
    HELD = Question(
        select(func.count().label("held"))
        .select_from(text("pg_locks"))
        .where(text("locktype = 'advisory' AND granted"), bindparam("is_asked", type_=Boolean))
    )

    def test_is_asked_in_the_same_transaction_which_ends_with_it(self, bounded: bool) -> None:
        with db.glance() as connection:
            [found] = self.HELD.all(connection, {"is_asked": True}, after=(self.LOCK, {"key": 7}))
            assert found.held == 1
            assert self.HELD.first(connection, {"is_asked": True}).held == 0

        with db.transaction() as session:
            [found] = self.HELD.all(session, {"is_asked": True}, after=(self.LOCK, {"key": 7}))
            assert found.held == 1

    @pytest.mark.parametrize(("first", "second"), [(0, 2), (2, 0), (0, 0)])
    def test_fails_with_the_one_before_and_the_next_is_answered(
        self, bounded: bool, first: int, second: int
    ) -> None:
        for _ in range(7):  # also when the driver has prepared both
            with db.glance() as connection:
                assert HALF.first(connection, {"by": 2, "name": "1"}).share == 50
                with pytest.raises(DBAPIError, match="division by zero"):
                    HALF.all(
                        connection, {"by": second, "name": "1"}, after=(HALF, {"by": first, "name": "1"})
                    )
                assert connection.invalidated is bounded

    def test_both_may_take_their_time(self, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(db, "ANSWER_GRACE", 0.5)
        db.configure(database, statement_seconds=5, transaction_seconds=60)
        slow = Question(select(func.pg_sleep(bindparam("seconds", type_=Double)).label("slept")))
        with db.glance() as connection:
            assert slow.all(connection, {"seconds": 3}, after=(slow, {"seconds": 3}))

    def test_is_ended_by_the_database_where_we_stand_still_in_between(
        self, database: str, superuser: Any
    ) -> None:
        db.configure(database, transaction_seconds=4)
        held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        with db.glance() as connection:
            line = db.line_of(connection)
            with pytest.raises(LineLost), line.pipeline():
                line.execute("SELECT pg_advisory_xact_lock(7)").fetchone()
                assert superuser.execute(held).fetchone() == (1,)
                until(lambda: superuser.execute(held).fetchone() == (0,))
            connection.invalidate()
