"""Appointments that were double booked before the database forbade it are kept as they are."""

from collections.abc import Iterator
from typing import Any

import pytest

from server import migrations
from server.core.localdb import Cluster

DATABASE = "double_booked_before"
#: (number, colleague, start, minutes, kind, status): what stood there before.
ROWS = [
    (1, 1, "10:00", 45, "talk", "booked"),
    (2, 1, "10:30", 45, "talk", "booked"),
    (3, 1, "11:00", 45, "talk", "arrived"),
    (4, 2, "10:00", 45, "talk", "booked"),
    (5, 1, "10:00", 45, "talk", "cancelled"),
    (6, 3, "10:00", 60, "group", "booked"),
    (7, 3, "10:00", 60, "group", "booked"),
    (8, 3, "10:30", 60, "group", "booked"),
    (9, 1, "11:45", 45, "talk", "booked"),
]


WRITE = (
    "INSERT INTO appointment (id, citizen_id, unit_id, staff_id, kind, mode, starts_at, starts_local,"
    " duration_minutes, status, cancellation, reply, revision, request_hash, created_by, created_at,"
    " updated_at) SELECT id, id, staff, staff, %(kind)s, 'phone',"
    " ('2026-11-30T' || %(start)s)::timestamptz, '2026-11-30', %(minutes)s, %(status)s::text,"
    " CASE %(status)s::text WHEN 'cancelled' THEN 'late' END, 'needs-action', 1, '', staff, now(), now()"
    " FROM (SELECT lpad(%(number)s::text, 32, '0')::uuid AS id,"
    " lpad(%(colleague)s::text, 32, 'a')::uuid AS staff) AS made"
)
GOAL = (
    "INSERT INTO goal (id, citizen_id, title, origin, status, created_at, updated_at, version)"
    " SELECT id, citizen_id, 'Ro', 'citizen', 'active', now(), now(), 1 FROM appointment"
)


@pytest.fixture
def before(cluster: Cluster) -> Iterator[Any]:
    """A database as it was before the rule, with appointments in it, each with a goal, but without people."""
    cluster.create_database(DATABASE)
    migrations.upgrade(cluster.url("owner", DATABASE), "0009")
    with cluster.connect("superuser", DATABASE) as connection:
        connection.execute("SET session_replication_role = replica")
        for key in ("citizen_id", "unit_id", "staff_id"):
            connection.execute(f"ALTER TABLE appointment DROP CONSTRAINT fk_appointment_{key}")
        for row in ROWS:
            names = ("number", "colleague", "start", "minutes", "kind", "status")
            connection.execute(WRITE, dict(zip(names, row, strict=True)))
        connection.execute(GOAL)
        connection.execute("UPDATE appointment SET goal_id = id")
    yield cluster
    cluster.drop_database(DATABASE)


def test_they_are_marked_and_everything_else_is_not(before: Cluster) -> None:
    migrations.upgrade(before.url("owner", DATABASE), "0011")

    with before.connect("superuser", DATABASE) as connection:
        found = connection.execute(
            "SELECT id::text, double_booked, ends_at - starts_at = make_interval(mins => duration_minutes),"
            " override_sealed FROM appointment ORDER BY id"
        ).fetchall()
    assert [int(row[0][-12:]) for row in found if row[1]] == [2, 3, 8]
    assert all(row[2] for row in found)
    assert {row[3] for row in found} == {None}


def test_the_owner_alone_can_bring_the_rule_in(before: Cluster) -> None:
    """No superuser is needed: the extension is one that PostgreSQL trusts the owner of a database with."""
    migrations.upgrade(before.url("owner", DATABASE), "0011")

    with before.connect("superuser", DATABASE) as connection:
        owner = connection.execute(
            "SELECT extowner::regrole::text FROM pg_extension WHERE extname = 'btree_gist'"
        ).fetchone()
    assert owner == ("vedhaanden_owner",)
