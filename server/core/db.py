"""The database: one engine, one `transaction()` per request or job."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, MetaData, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

APP_ROLE = "vedhaanden_app"
LONGEST_IDLE = 60

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The common ancestor of every room's models."""

    metadata = MetaData(naming_convention=NAMING)


_sessions: sessionmaker[Session] = sessionmaker(expire_on_commit=False)


def configure(url: str, *, pool_size: int = 10, idle_seconds: int = LONGEST_IDLE) -> Engine:
    """Point the house at a database; every connection acts as the app role, never as the owner.

    `idle_seconds`: a process that stands still in the middle of a transaction for longer loses it, and with
    it the locks that others wait for.
    """
    dispose()
    new = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,  # an error text must not carry a person's words into a log
        connect_args={"connect_timeout": 5, "application_name": "ved-haanden"},
    )

    @event.listens_for(new, "connect")
    def act_as_app_role(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        _become_app_role(connection, idle_seconds)

    _sessions.configure(bind=new)
    return new


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


def ping() -> None:
    """Ask the database for a sign of life.

    :raises sqlalchemy.exc.OperationalError: if it does not answer
    """
    with engine().connect() as connection:
        connection.execute(text("SELECT 1"))
