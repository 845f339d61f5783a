"""Every migration goes up over filled tables and comes down to exactly what was there before."""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import psycopg
import pytest
from alembic.script import ScriptDirectory
from psycopg import sql

from server import migrations
from server.core.localdb import Cluster
from tests.catalogue import catalogue, fill

REVISIONS = [
    revision.revision
    for revision in reversed(list(ScriptDirectory.from_config(migrations.alembic_config()).walk_revisions()))
]
DATABASE = "migration_test"
ROWS = 20


@pytest.fixture
def empty_database(cluster: Cluster) -> Iterator[str]:
    """A database without a schema."""
    cluster.create_database(DATABASE)
    yield DATABASE
    cluster.drop_database(DATABASE)


def _migrate(cluster: Cluster, direction: str, revision: str) -> None:
    url = cluster.url("owner", DATABASE)
    if direction == "up":
        migrations.upgrade(url, revision)
    else:
        migrations.downgrade(url, revision)


def _tables(connection: "psycopg.Connection[Any]") -> list[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        " ORDER BY tablename"
    )
    return [row[0] for row in rows]


def _columns(connection: "psycopg.Connection[Any]", tables: list[str]) -> dict[str, list[str]]:
    found = connection.execute(
        "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)"
        " FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1"
    )
    return {table: columns for table, columns in found if table in tables}


def _contents(connection: "psycopg.Connection[Any]", columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows as they stand in the columns that were there when they were written."""
    return {
        table: sorted(
            row[0]
            for row in connection.execute(
                sql.SQL("SELECT ROW({})::text FROM {}").format(
                    sql.SQL(", ").join(map(sql.Identifier, names)), sql.Identifier(table)
                )
            )
        )
        for table, names in columns.items()
    }


@pytest.mark.parametrize("revision", REVISIONS)
def test_up_over_filled_tables_and_down_to_what_was(
    cluster: Cluster, empty_database: str, revision: str
) -> None:
    index = REVISIONS.index(revision)
    before_revision = REVISIONS[index - 1] if index else "base"
    if index:
        _migrate(cluster, "up", before_revision)
    with cluster.connect("superuser", empty_database) as connection:
        filled = _tables(connection)
        fill(connection, filled, rows=ROWS, seed=index)
        before = catalogue(connection)
        columns = _columns(connection, filled)
        contents = _contents(connection, columns)

    _migrate(cluster, "up", revision)
    with cluster.connect("superuser", empty_database) as connection:
        assert _contents(connection, columns) == contents
        assert all(len(rows) == ROWS for rows in contents.values())
        assert catalogue(connection) != before

    _migrate(cluster, "down", before_revision)
    with cluster.connect("superuser", empty_database) as connection:
        after = catalogue(connection)
        assert json.dumps(after, indent=1) == json.dumps(before, indent=1)
        assert _contents(connection, columns) == contents


def test_starters_at_once_migrate_once(cluster: Cluster, empty_database: str) -> None:
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        list(pool.map(migrations.upgrade, [cluster.url("owner", DATABASE)] * 4))

    with cluster.connect("superuser", empty_database) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert found == [(REVISIONS[-1],)]
