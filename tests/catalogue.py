"""The schema as comparable data, and rows that fit any table."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

Connection = psycopg.Connection[Any]

_QUERIES = {
    "columns": """
        SELECT table_name, column_name, ordinal_position, data_type, udt_name, is_nullable, column_default,
               character_maximum_length, numeric_precision, numeric_scale
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2
    """,
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2
    """,
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2
    """,
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND probin IS NULL ORDER BY 1
    """,
    "types": """
        SELECT t.typname, e.enumlabel FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
        WHERE t.typnamespace = 'public'::regnamespace ORDER BY t.typname, e.enumsortorder
    """,
    "extensions": "SELECT extname FROM pg_extension ORDER BY 1",
    "sequences": """
        SELECT sequencename, data_type::text FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1
    """,
    "grants": """
        SELECT relname, relkind::text, coalesce(relacl::text, '') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v') ORDER BY 1
    """,
    "security": """
        SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1
    """,
}


def catalogue(connection: Connection) -> dict[str, list[Any]]:
    """Everything about the schema that a migration can change; Alembic's own table apart."""
    found = {}
    for name, query in _QUERIES.items():
        rows = [list(row) for row in connection.execute(query)]  # type: ignore[call-overload]
        found[name] = [row for row in rows if not str(row[0]).startswith("alembic_version")]
    return found


def fill(connection: Connection, tables: list[str], *, rows: int, seed: int) -> None:
    """Write rows into each table, keys and checks looked away from; references that may be empty are."""
    luck = random.Random(seed)
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            checks = _drop_checks(connection, table)
            for number in range(rows):
                _insert(connection, table, number, luck)
            for name, definition in checks:
                restored = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {} NOT VALID").format(
                    sql.Identifier(table),
                    sql.Identifier(name),
                    sql.SQL(definition.removesuffix(" NOT VALID")),
                )
                connection.execute(restored)


def _drop_checks(connection: Connection, table: str) -> list[tuple[str, str]]:
    found = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'c' AND conrelid = %s::regclass",
        [table],
    ).fetchall()
    for name, _ in found:
        connection.execute(
            sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name))
        )
    return found


def _insert(connection: Connection, table: str, number: int, luck: random.Random) -> None:
    columns = connection.execute(
        "SELECT column_name, udt_name, character_maximum_length, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'"
        " ORDER BY ordinal_position",
        [table],
    ).fetchall()
    values = [
        None if kind == "uuid" and nullable == "YES" else _value(kind, length, number, luck)
        for _, kind, length, nullable in columns
    ]
    statement = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.Identifier(column[0]) for column in columns),
        sql.SQL(", ").join(sql.Placeholder() for _ in columns),
    )
    connection.execute(statement, values)


def _value(kind: str, length: int | None, number: int, luck: random.Random) -> Any:
    day = datetime(2026, 1, 1) + timedelta(hours=luck.randrange(10_000), seconds=number)
    made: dict[str, Any] = {
        "uuid": uuid.UUID(int=luck.getrandbits(128)),
        "bytea": luck.randbytes(16),
        "bool": luck.random() < 0.5,
        "int2": number + 1,
        "int4": number + 1,
        "int8": number + 1,
        "numeric": 1,
        "timestamptz": day.replace(tzinfo=UTC),
        "timestamp": day,
        "date": day.date(),
        "time": day.time(),
        "jsonb": Jsonb({"n": number}),
        "_varchar": [f"v{number}"],
        "_text": [f"v{number}"],
        "_int4": [number + 1],
        "_uuid": [uuid.UUID(int=luck.getrandbits(128))],
    }
    return made.get(kind, f"v{number}-{luck.getrandbits(24):06x}"[: length or 40])
