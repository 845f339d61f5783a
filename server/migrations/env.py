"""Alembic's environment: one advisory lock, so that several starters migrate once; acts as the owner."""

from alembic import context
from sqlalchemy import create_engine, text

LOCK = 724_119_005

config = context.config


def run() -> None:
    """Bring the database to the wanted revision inside one transaction."""
    connection = config.attributes.get("connection")
    if connection is not None:
        _migrate(connection)
        return
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "")
    with engine.begin() as owned:
        owned.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        _migrate(owned)
    engine.dispose()


def _migrate(connection) -> None:  # type: ignore[no-untyped-def]
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()


run()
