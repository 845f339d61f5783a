"""A line from the pool is asked for a sign of life, once for each request."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import structlog
from sqlalchemy import Connection, Engine, QueuePool, event, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from server.core import db
from tests.bench.house import counted
from tests.core.dead_line import line_to


@pytest.fixture(autouse=True)
def between_requests(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's request goes on before or after; a sign of life holds however slow the machine is."""
    monkeypatch.setattr(db, "PING_HOLDS", 60.0)
    structlog.contextvars.clear_contextvars()
    yield
    structlog.contextvars.clear_contextvars()


def last_sign() -> Any:
    """For which request the line that is next in the pool has last answered, and when."""
    with db.engine().connect() as connection:
        line = connection.connection.driver_connection
        assert line is not None
        return line.pinged_for


def in_request(name: str) -> None:
    """From here on we are in a request."""
    structlog.contextvars.bind_contextvars(request_id=name)


def test_is_asked_for_once_in_a_request_and_again_in_the_next() -> None:
    last_sign()  # the connection is new, and has answered by that
    in_request("a")
    first, second = last_sign(), last_sign()
    in_request("b")
    third = last_sign()

    assert first == second
    assert (first[0], third[0]) == ("a", "b")
    assert third[1] > first[1]


def test_does_not_hold_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    last_sign()
    in_request("a")
    first = last_sign()
    monkeypatch.setattr(db, "PING_HOLDS", 0.0)

    assert last_sign()[1] > first[1]


def test_is_asked_for_every_time_outside_of_requests() -> None:
    last_sign()
    in_request("a")
    last_sign()
    structlog.contextvars.clear_contextvars()

    assert last_sign() is None


def test_no_request_goes_on_in_its_thread_when_it_is_answered(client: Any) -> None:
    client.get("/healthz")

    assert structlog.contextvars.get_contextvars() == {}


def hang_up(superuser: Any) -> None:
    """The database ends every line of ours."""
    superuser.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ved-haanden'"
    )


def pool_of(engine: Engine) -> QueuePool:
    """Where its lines wait."""
    assert isinstance(engine.pool, QueuePool)
    return engine.pool


def look_alone() -> None:
    """A first question that leaves its line without a transaction, as ours do."""
    db.look(lambda connection: db.line_of(connection).execute("SELECT 1").fetchone())


def ask_for_one(connection: Connection) -> int:
    """The shortest question."""
    return int(connection.execute(text("SELECT 1")).scalar_one())


def test_is_the_answer_to_the_first_question_itself() -> None:
    last_sign()
    in_request("a")

    assert db.look(ask_for_one) == 1

    sign = last_sign()
    assert sign[0] == "a"
    assert last_sign() == sign


def test_a_first_question_on_a_line_that_was_hung_up_is_asked_again_on_another(superuser: Any) -> None:
    last_sign()
    hang_up(superuser)

    asked: list[int] = []

    def ask(connection: Connection) -> int:
        asked.append(1)
        return ask_for_one(connection)

    assert db.look(ask) == 1
    assert len(asked) == 2, "the line was asked for a sign of life besides"


def test_a_first_question_gives_a_line_that_swallows_it_no_longer_than_a_ping(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "PING_SECONDS", 0.3)
    with line_to(database) as line, ThreadPoolExecutor(1) as pool:
        db.configure(line.url)
        db.ping()
        line.die()
        asked = pool.submit(db.look, ask_for_one)
        try:
            assert asked.result(timeout=30) == 1
        finally:
            line.hang_up()


def test_once_it_has_answered_a_line_may_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "PING_SECONDS", 0.2)
    last_sign()

    def ask_and_wait(connection: Connection) -> int:
        ask_for_one(connection)
        connection.execute(text("SELECT pg_sleep(1)"))
        return ask_for_one(connection)

    assert db.look(ask_and_wait) == 1


def test_a_first_question_that_is_wrong_is_asked_once() -> None:
    asked = []

    def ask_wrongly(connection: Connection) -> None:
        asked.append(connection)
        connection.execute(text("SELECT nonsense"))

    with pytest.raises(ProgrammingError):
        db.look(ask_wrongly)

    assert len(asked) == 1


class TestOneRequestsLine:
    """The glances of a request share a line, which the pool has back before anything else is asked."""

    @pytest.fixture(autouse=True)
    def in_a_request(self) -> Iterator[None]:
        last_sign()
        in_request("a")
        db.keep_line()
        yield
        db.leave_line()

    @pytest.fixture
    def taken(self) -> Iterator[list[object]]:
        """Every time that a line is taken from the pool."""
        taken: list[object] = []

        def note(line: object, _entry: object, _proxy: object) -> None:
            taken.append(line)

        engine = db.engine()
        event.listen(engine, "checkout", note)
        yield taken
        event.remove(engine, "checkout", note)

    def test_is_taken_once_and_given_back_at_the_end(self, taken: list[object]) -> None:
        look_alone()
        for _ in range(3):
            with db.glance() as connection:
                assert db.line_of(connection).autocommit
                db.line_of(connection).execute("SELECT 1")

        assert len(taken) == 1
        assert pool_of(db.engine()).checkedout() == 1
        db.leave_line()
        assert pool_of(db.engine()).checkedout() == 0
        with db.engine().connect() as connection:
            assert not db.line_of(connection).autocommit

    @pytest.mark.parametrize("work", [db.transaction, db.direct, db.snapshot])
    def test_is_given_back_before_other_work_needs_one(self, work: Any, taken: list[object]) -> None:
        look_alone()

        with work() as session:
            session.execute(text("SELECT 1"))
            assert pool_of(db.engine()).checkedout() == 1

        assert len(taken) == 2

    def test_is_not_kept_longer_than_its_sign_of_life_holds(
        self, taken: list[object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(db, "PING_HOLDS", 0.0)
        look_alone()
        with db.glance():
            pass

        assert len(taken) == 2
        assert pool_of(db.engine()).checkedout() == 1

    def test_a_glance_within_another_has_its_own(self, taken: list[object]) -> None:
        with db.glance() as first, db.glance() as second:
            assert db.line_of(first) is not db.line_of(second)

        assert pool_of(db.engine()).checkedout() == 1

    def test_goes_when_a_statement_fails(self) -> None:
        with pytest.raises(ProgrammingError), db.glance() as connection:
            connection.execute(text("SELECT nonsense"))

        assert pool_of(db.engine()).checkedout() == 0

    def test_is_replaced_when_it_was_hung_up_meanwhile(self, superuser: Any) -> None:
        look_alone()
        with pytest.raises(DBAPIError), db.glance() as connection:
            hang_up(superuser)
            connection.execute(text("SELECT 1"))

        assert pool_of(db.engine()).checkedout() == 0
        assert db.look(ask_for_one) == 1


def test_a_request_leaves_no_line_behind(client: Any) -> None:
    client.set_cookie("staff-session", "unknown")
    with counted() as asked:
        client.get("/api/v1/staff/citizens", headers={"Sec-Fetch-Site": "same-origin"})

    assert len(asked) == 1
    assert pool_of(db.engine()).checkedout() == 0
