"""What becomes slower as the house fills: `python -m tests.bench.growth`, also with `ROUNDS=…` and `COUNT=…`.

Three databases with 200, 2 000 and 20 000 people, made from one by copying its caseloads under new ids; the
same counsellor and the same phone ask the same things of each, by turns. The p95 of a request must grow by at
most 1.3 from step to step, and the number of statements not at all.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from psycopg import sql

from server.accounts import service as accounts
from server.app import create_app
from server.citizens import service as citizens
from server.config import Config
from server.core import clock, db
from server.core.access import Role
from server.core.localdb import Cluster
from tests.bench import report
from tests.bench.house import DATABASE, Call, as_staff, counted, employ, house, open_case

COUNT = int(os.environ.get("COUNT", "60"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
CASES, COUNSELLORS = 25, 8
STEPS = tuple(int(size) for size in os.environ.get("STEPS", "200,2000,20000").split(","))
MOST = 1.3
#: What a caseload consists of, in an order in which each finds what it points to.
COPIED = (
    "staff_member",
    "citizen",
    "citizen_sequence",
    "citizen_change",
    "care_relation",
    "sharing_choice",
    "crisis_plan",
    "plan_line",
    "plan_line_version",
    "appointment",
    "device_session",
)
#: Columns that must differ from copy to copy and are no ids.
OWN = {"email": "email || {copy}", "token_hash": "sha256(token_hash || {copy}::text::bytea)"}


def main() -> int:
    """Measure and print one line; 1 if a budget was broken."""
    with house() as ours:
        app = create_app(Config.from_env(ours.settings), serve=False)
        asked = _move_in(app)
        db.dispose()
        names = [_copy(ours.cluster, size) for size in STEPS]
        urls = [ours.cluster.url("app", name) for name in names]
        statements = [_statements(url, asked) for url in urls]
        rounds = [[_times(url, asked) for url in urls] for _ in range(ROUNDS)]
    return _judge(rounds, statements)


def _judge(rounds: Sequence[Sequence[dict[str, float]]], statements: Sequence[dict[str, int]]) -> int:
    figures: dict[str, dict[str, Any]] = {}
    for what in statements[0]:
        steps = [
            statistics.median(each[at + 1][what] / each[at][what] for each in rounds)
            for at in range(len(STEPS) - 1)
        ]
        figures[what] = {
            "p95_ms": [
                round(statistics.median(each[at][what] for each in rounds), 1) for at in range(len(STEPS))
            ],
            "grows": [round(step, 2) for step in steps],
            "statements": [each[what] for each in statements],
        }
    kept = all(
        max(found["grows"]) <= MOST and len(set(found["statements"])) == 1 for found in figures.values()
    )
    report.say(
        "growth",
        rounds=ROUNDS,
        requests=COUNT,
        people=STEPS,
        figures=figures,
        budget={"grows": MOST},
        kept=kept,
    )
    return 0 if kept else 1


def _move_in(app: Any) -> dict[str, Call]:
    """Eight caseloads of 25; what the first counsellor and one of the phones ask."""
    now = clock.now()
    with db.transaction() as session:
        unit = accounts.create_unit(session, slug="rusmiddelcenter", name="Rusmiddelcenter", now=now)
        staff = [employ(session, unit.id, f"kontakt{each}", Role.COUNSELLOR) for each in range(COUNSELLORS)]
        token = accounts.create_staff_session(session, staff_id=staff[0].id, label=None, now=now)[1]
    for number, member in enumerate(staff):
        actor = as_staff(member, Role.COUNSELLOR)
        for case in range(CASES):
            with db.transaction() as session:
                citizen_id = open_case(session, number * CASES + case, actor)
                phone = accounts.create_citizen_session(session, citizen_id=citizen_id, label=None, now=now)[
                    1
                ]
    desk, cookie = f"staff-session={token}", f"session={phone}"
    own = _first_case(staff[0])
    return {
        "caseload": Call(app, "/api/v1/staff/citizens?limit=20", desk),
        "person": Call(app, f"/api/v1/staff/citizens/{own}", desk),
        "plan": Call(app, f"/api/v1/staff/citizens/{own}/plan", desk),
        "goals": Call(app, f"/api/v1/staff/citizens/{own}/goals", desk),
        "today": Call(app, "/api/v1/staff/today", desk),
        "timeline": Call(app, f"/api/v1/staff/citizens/{own}/timeline", desk),
        "pull": Call(app, "/api/v1/citizen/sync/pull", cookie),
    }


def _first_case(member: accounts.StaffMember) -> Any:
    with db.transaction() as session:
        actor = as_staff(member, Role.COUNSELLOR)
        return session.scalars(citizens.select_caseload(actor=actor, now=clock.now()).limit(1)).one()


def _copy(cluster: Cluster, size: int) -> str:
    """A database with so many people: the first, and its caseloads again and again under new ids."""
    name = f"{DATABASE}_{size}"
    cluster.create_database(name, template=DATABASE)
    with cluster.connect("superuser", name) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("CREATE SCHEMA first")
        for table in COPIED:
            connection.execute(f"CREATE TABLE first.{table} AS SELECT * FROM {table}")
        for copy in range(1, size // (CASES * COUNSELLORS)):
            for table in COPIED:
                connection.execute(_copied(connection, table, copy))
        connection.execute("DROP SCHEMA first CASCADE")
        connection.execute("ANALYZE")
    return name


def _copied(connection: Any, table: str, copy: int) -> sql.Composed:
    """One table's rows once more: every id but the unit's another one, the same in every table."""
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
        " AND table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    values = []
    for column, kind in found:
        if column in OWN:
            values.append(sql.SQL(OWN[column].format(copy=copy)))
        elif kind == "uuid" and column != "unit_id":
            values.append(
                sql.SQL("md5({}::text || {})::uuid").format(sql.Identifier(column), sql.Literal(str(copy)))
            )
        else:
            values.append(sql.Identifier(column))
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM first.{}").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.Identifier(column) for column, _ in found),
        sql.SQL(", ").join(values),
        sql.Identifier(table),
    )


def _statements(url: str, asked: dict[str, Call]) -> dict[str, int]:
    db.configure(url)
    found = {}
    for what, call in asked.items():
        call()
        with counted() as ran:
            call()
        found[what] = len(ran)
    return found


def _times(url: str, asked: dict[str, Call]) -> dict[str, float]:
    """The p95 of each request, in milliseconds."""
    db.configure(url)
    found = {}
    for what, call in asked.items():
        call()
        times = []
        for _ in range(COUNT):
            began = time.perf_counter()
            call()
            times.append((time.perf_counter() - began) * 1000)
        found[what] = report.percentile(times, 0.95) or 0.0
    return found


if __name__ == "__main__":
    sys.exit(main())
