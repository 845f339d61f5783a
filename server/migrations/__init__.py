"""The schema's history. `upgrade(url)` brings a database to the newest revision."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

FOLDER = Path(__file__).parent


def alembic_config(url: str | None = None, connection: Connection | None = None) -> AlembicConfig:
    """Alembic's settings for a database given by URL or by an open connection."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    if url is not None:
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up; safe to call from several processes at once."""
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate down to a revision."""
    command.downgrade(alembic_config(url), revision)


def newest_revision() -> str:
    """The revision that this code expects."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head() or ""


def current_revision(engine: Engine) -> str | None:
    """The revision that the database is at; None if it was never migrated."""
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except ProgrammingError:
        return None
