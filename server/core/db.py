"""The database: one engine, one `transaction()` (or `direct()`) per request or job.

Others only read; what has to stand whatever becomes of that one is a statement alone (`glance()`).
"""

import math
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import psycopg
import structlog
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

APP_ROLE = "vedhaanden_app"
LONGEST_IDLE = 60
ANSWER_GRACE = 5  #: seconds beyond the longest statement, after which silence means that the line is dead
PING_SECONDS = 5  #: an idle line that says nothing to a ping for so long is dead
PING_HOLDS = 1.0  #: seconds for which one sign of life is enough for a request
CONNECT_SECONDS = 5
ENDS_TRANSACTIONS = 170_000  #: PostgreSQL 17 is the first with `transaction_timeout`
DEAD_LINE = {  #: a line that carries nothing any more is given up after 20 to 25 s; over TCP only
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


T = TypeVar("T")
Asked: TypeAlias = Session | Connection  #: what takes a statement, within a transaction or without


class Base(DeclarativeBase):
    """The common ancestor of every room's models."""

    metadata = MetaData(naming_convention=NAMING)


_is_first_look: ContextVar[bool] = ContextVar("is_first_look", default=False)
_kept: ContextVar["_Kept | None"] = ContextVar("kept", default=None)
_sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False)


class Line(psycopg.Connection[Any]):
    """A connection that does not wait for ever: a line may take what we say and bring nothing back."""

    patience = math.inf  #: seconds without any byte from the database
    pinged_for: tuple[str, float] | None = None  #: the request that last saw a sign of life, and when
    unproven = False  #: nothing was heard since it was taken from the pool: it gets no longer than a ping
    is_bounded = False  #: the database ends any transaction of this line that takes too long
    cursors: dict[Any, psycopg.RawCursor[Any]]  #: of what is asked over and over, by the question

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cursors = {}

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """Wait for the database, but not longer than its own limit for a statement.

        :raises psycopg.OperationalError: when nothing came; the connection is closed then
        """
        return super().wait(self._until_silent(gen), *args, **kwargs)

    def _until_silent(self, steps: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        heard_at = time.monotonic()
        try:
            wanted = next(steps)
            while True:
                came = yield wanted
                if came:
                    heard_at, self.unproven = time.monotonic(), False
                elif time.monotonic() - heard_at > (PING_SECONDS if self.unproven else self.patience):
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the database does not answer on this line")
                wanted = steps.send(came)
        except StopIteration as end:
            return end.value


def configure(
    url: str,
    *,
    pool_size: int = 10,
    idle_seconds: int = LONGEST_IDLE,
    statement_seconds: int | None = None,
    transaction_seconds: int | None = None,
) -> Engine:
    """Point the house at a database; every connection acts as the app role, never as the owner.

    `idle_seconds`: a process that stands still in the middle of a transaction for longer loses it, and with
    it the locks that others wait for.
    `statement_seconds`: how long one statement may take; five seconds later we stop listening, too.
    `transaction_seconds`: how long a transaction may take, where the database can see to it.
    """
    dispose()
    new = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        pool_recycle=1800,
        pool_use_lifo=True,  # the line that was used last knows its statements, and is warm
        hide_parameters=True,  # an error text must not carry a person's words into a log
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "ved-haanden", **DEAD_LINE},
    )
    _do_not_wait_for_ever(new, statement_seconds)
    if statement_seconds is not None:
        _limit_statements(new, statement_seconds)
    if transaction_seconds is not None:
        _limit_transactions(new, transaction_seconds)

    @event.listens_for(new, "connect")
    def act_as_app_role(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        _become_app_role(connection, idle_seconds)

    _sessions.configure(bind=new)
    return new


def _do_not_wait_for_ever(engine: Engine, statement_seconds: int | None) -> None:
    """A line that has gone dead is noticed when it is taken from the pool, whatever else is allowed."""

    class ImpatientHere(Line):
        patience = math.inf if statement_seconds is None else float(statement_seconds + ANSWER_GRACE)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _entry: object, arguments: Any, named: dict[str, Any]) -> Any:
        return ImpatientHere.connect(*arguments, **named)

    patient_ping = engine.dialect.do_ping

    def do_ping(dbapi_connection: Any) -> bool:
        request, now = structlog.contextvars.get_contextvars().get("request_id"), time.monotonic()
        if _has_just_answered(dbapi_connection.pinged_for, request, now):
            return True
        if _is_first_look.get():
            dbapi_connection.unproven, dbapi_connection.pinged_for = True, None
            return True
        usual, dbapi_connection.patience = dbapi_connection.patience, PING_SECONDS
        try:
            is_alive = patient_ping(dbapi_connection)
        finally:
            dbapi_connection.patience = usual
        dbapi_connection.pinged_for = (request, now) if request else None
        return is_alive

    engine.dialect.do_ping = do_ping  # type: ignore[method-assign]


def _has_just_answered(pinged_for: tuple[str, float] | None, request: str | None, now: float) -> bool:
    """Whether this very request has asked the line for a sign of life already, and not long ago."""
    return pinged_for is not None and pinged_for[0] == request and now - pinged_for[1] < PING_HOLDS


def _limit_statements(engine: Engine, seconds: int) -> None:
    """The database ends what takes longer."""

    @event.listens_for(engine, "connect")
    def limit(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.cursor().execute(f"SET statement_timeout = '{seconds}s'")
        connection.commit()


def _limit_transactions(engine: Engine, seconds: int) -> None:
    """The database ends what takes longer: also where we stand still before it knows that we said it all."""

    @event.listens_for(engine, "connect")
    def limit(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, Line)
        if connection.info.server_version >= ENDS_TRANSACTIONS:
            connection.cursor().execute(f"SET transaction_timeout = '{seconds}s'")
            connection.commit()
            connection.is_bounded = True


def _become_app_role(connection: DBAPIConnection, idle_seconds: int) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET idle_in_transaction_session_timeout = '{idle_seconds}s'")
    cursor.execute("SET TIME ZONE 'UTC'")
    cursor.execute("SELECT current_user <> %s AND to_regrole(%s) IS NOT NULL", (APP_ROLE, APP_ROLE))
    is_other = cursor.fetchone()
    if is_other and is_other[0]:
        cursor.execute(f"SET ROLE {APP_ROLE}")
    cursor.close()
    connection.commit()


def engine() -> Engine:
    """The configured engine.

    :raises RuntimeError: before `configure` was called
    """
    bind = _sessions.kw.get("bind")
    if bind is None:
        raise RuntimeError("The database is not configured.")
    return bind


def dispose() -> None:
    """Close every pooled connection; the next use opens new ones."""
    bind = _sessions.kw.get("bind")
    if bind is not None:
        bind.dispose()


@contextmanager
def transaction() -> Iterator[Session]:
    """One unit of work: committed as a whole, or not at all. Belongs at the edge: view, command, job."""
    _let_go()
    with _sessions.begin() as session:
        yield session


@contextmanager
def direct() -> Iterator[Connection]:
    """One unit of work like `transaction()`, by statements alone: without the session's keeping of objects.

    Belongs at the edge.
    """
    _let_go()
    with engine().begin() as connection:
        yield connection


@dataclass
class _Kept:
    """The line of a request's last glance, until the next one: it need not go to the pool in between."""

    glance: Connection | None = None
    until: float = 0.0  #: by the monotonic clock; its sign of life is too old then


def keep_line() -> None:
    """From here on this thread answers a request, whose glances share a line; until `leave_line()`."""
    _let_go()
    _kept.set(_Kept())


def leave_line() -> None:
    """The request is over."""
    try:
        _let_go()
    finally:
        _kept.set(None)


@contextmanager
def glance() -> Iterator[Connection]:
    """Statements that stand alone, each a transaction of its own: for what is asked by one of them.

    Saves the round trips of opening and closing a transaction, and the session's work. Belongs at the edge.
    """
    connection = _take_kept() or _open_glance()
    try:
        yield connection
    except BaseException:
        _close_glance(connection)
        raise
    _keep(connection)


def _open_glance() -> Connection:
    connection = engine().connect()
    try:
        line_of(connection).autocommit = True  # straight away: the dialect's way costs a question
    except BaseException:
        connection.close()
        raise
    return connection


def _close_glance(connection: Connection) -> None:
    with connection:
        if not connection.invalidated and not line_of(connection).closed:
            line_of(connection).autocommit = False


def line_of(connection: Connection) -> Line:
    """The driver's own connection behind one of SQLAlchemy's."""
    line = connection.connection.driver_connection
    assert isinstance(line, Line)
    return line


def _take_kept() -> Connection | None:
    kept = _kept.get()
    if kept is None or kept.glance is None or time.monotonic() > kept.until:
        _let_go()
        return None
    connection, kept.glance = kept.glance, None
    return connection


def _keep(connection: Connection) -> None:
    kept = _kept.get()
    if kept is None or kept.glance is not None or connection.invalidated or connection.in_transaction():
        _close_glance(connection)
        return
    kept.glance, kept.until = connection, time.monotonic() + PING_HOLDS


def _let_go() -> None:
    kept = _kept.get()
    if kept is not None and kept.glance is not None:
        connection, kept.glance = kept.glance, None
        _close_glance(connection)


def look(ask: Callable[[Connection], T]) -> T:
    """The first thing that a request asks, by `glance()`; the answer is the line's sign of life as well.

    Saves the ping. Where the line turns out to be dead it is asked again on another, so `ask` must bear that.
    """
    mark = _is_first_look.set(True)
    try:
        with glance() as connection:
            answer = ask(connection)
            _note_life(connection)
            return answer
    except DBAPIError as failed:
        if not failed.connection_invalidated:
            raise
    finally:
        _is_first_look.reset(mark)
    with glance() as connection:
        return ask(connection)


def _note_life(connection: Connection) -> None:
    request = structlog.contextvars.get_contextvars().get("request_id")
    if request:
        line_of(connection).pinged_for = request, time.monotonic()


@contextmanager
def snapshot() -> Iterator[Session]:
    """Read only, and everything as it stood at one moment, however many statements ask. Belongs at the edge.

    :raises sqlalchemy.exc.InternalError: at a write
    """
    _let_go()
    with _sessions.begin() as session:
        session.connection(
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        yield session


def ping() -> None:
    """Ask the database for a sign of life.

    :raises sqlalchemy.exc.OperationalError: if it does not answer
    """
    with engine().connect() as connection:
        connection.execute(text("SELECT 1"))
