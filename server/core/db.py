"""The database: one engine, one `transaction()` per request or job; `snapshot()` and `glance()` to read."""

import math
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import psycopg
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

APP_ROLE = "vedhaanden_app"
LONGEST_IDLE = 60
ANSWER_GRACE = 5  #: seconds beyond the longest statement, after which silence means that the line is dead
PING_SECONDS = 5  #: an idle line that says nothing to a ping for so long is dead
CONNECT_SECONDS = 5
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


Asked: TypeAlias = Session | Connection  #: what takes a statement, within a transaction or without


class Base(DeclarativeBase):
    """The common ancestor of every room's models."""

    metadata = MetaData(naming_convention=NAMING)


_sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False)


class _Impatient(psycopg.Connection[Any]):
    """A connection that does not wait for ever: a line may take what we say and bring nothing back."""

    patience = math.inf  #: seconds without any byte from the database

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
                    heard_at = time.monotonic()
                elif time.monotonic() - heard_at > self.patience:
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
) -> Engine:
    """Point the house at a database; every connection acts as the app role, never as the owner.

    `idle_seconds`: a process that stands still in the middle of a transaction for longer loses it, and with
    it the locks that others wait for.
    `statement_seconds`: how long one statement may take; five seconds later we stop listening, too.
    """
    dispose()
    new = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,  # an error text must not carry a person's words into a log
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "ved-haanden", **DEAD_LINE},
    )
    _do_not_wait_for_ever(new, statement_seconds)
    if statement_seconds is not None:
        _limit_statements(new, statement_seconds)

    @event.listens_for(new, "connect")
    def act_as_app_role(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        _become_app_role(connection, idle_seconds)

    _sessions.configure(bind=new)
    return new


def _do_not_wait_for_ever(engine: Engine, statement_seconds: int | None) -> None:
    """A line that has gone dead is noticed when it is taken from the pool, whatever else is allowed."""

    class ImpatientHere(_Impatient):
        patience = math.inf if statement_seconds is None else float(statement_seconds + ANSWER_GRACE)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _entry: object, arguments: Any, named: dict[str, Any]) -> Any:
        return ImpatientHere.connect(*arguments, **named)

    patient_ping = engine.dialect.do_ping

    def do_ping(dbapi_connection: Any) -> bool:
        usual, dbapi_connection.patience = dbapi_connection.patience, PING_SECONDS
        try:
            return patient_ping(dbapi_connection)
        finally:
            dbapi_connection.patience = usual

    engine.dialect.do_ping = do_ping  # type: ignore[method-assign]


def _limit_statements(engine: Engine, seconds: int) -> None:
    """The database ends what takes longer."""

    @event.listens_for(engine, "connect")
    def limit(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        connection.cursor().execute(f"SET statement_timeout = '{seconds}s'")
        connection.commit()


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
    with _sessions.begin() as session:
        yield session


@contextmanager
def glance() -> Iterator[Connection]:
    """Statements that stand alone, each a transaction of its own: for what every request asks first.

    Saves the round trips of opening and closing a transaction, and the session's work. Belongs at the edge.
    """
    with engine().connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def snapshot() -> Iterator[Session]:
    """Read only, and everything as it stood at one moment, however many statements ask. Belongs at the edge.

    :raises sqlalchemy.exc.InternalError: at a write
    """
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
