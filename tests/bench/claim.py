"""What claiming costs as the table grows: `python -m tests.bench.claim`, `FULL=1` for five million rows too.

100 of 1 000 due deliveries are claimed and handed back, beside 10 000, 100 000 and 1 000 000 that are not
due (`SIZES=10000,50000` for others). The sizes take turns within each round, so that the machine's mood falls
on all of them. Also a look by a worker that has nothing to do, against a bare `SELECT 1`.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter

from sqlalchemy import Engine, create_engine, text

from server import migrations
from server.core import db
from server.core.localdb import Cluster, start_cluster
from tests.bench import report
from tests.soak.ordeal import KEY
from tests.soak.sender import make_dispatcher

USUAL = "10000,100000,1000000" + (",5000000" if os.environ.get("FULL") else "")
SIZES = [int(size) for size in os.environ.get("SIZES", USUAL).split(",")]
ROUNDS = int(os.environ.get("ROUNDS", "7"))
DUE, BATCH = 1_000, 100
MOST_TIME, MOST_BUFFERS, MOST_IDLE = 1.3, 1.5, 3.0
# Keys that begin with the time, as the house makes them: neighbours in time lie side by side.
NEW_ID = (
    "overlay(overlay(gen_random_uuid()::text placing lpad(to_hex((1780000000000 + n) / 65536), 8, '0')"
    " from 1 for 8) placing lpad(to_hex((1780000000000 + n) % 65536), 4, '0') from 10 for 4)::uuid"
)
FILL = f"""
WITH phone AS (
    INSERT INTO push_device (id, recipient_id, session_id, endpoint, endpoint_hash, p256dh, auth,
                             vapid_key_id, state, created_at)
    VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'http://127.0.0.1:9/a', 'a', 'k', 'a',
            'first', 'active', now()) RETURNING id
), wanted AS (
    INSERT INTO reminder (id, kind, subject_id, recipient_id, dedupe_key, revision, created_at)
    SELECT {NEW_ID}, 'appointment', gen_random_uuid(), gen_random_uuid(), 'bench:' || n, 1, now()
    FROM generate_series(1, :rows) n RETURNING id
), planned AS (
    INSERT INTO occurrence (id, reminder_id, slot_key, due_at, deadline_at, state, revision, created_at,
                            fanned_out_at, finished_at)
    SELECT {NEW_ID}, id, 'day-before', now() + interval '1 day' * (n % 300 + 1),
           now() + interval '1 day' * (n % 300 + 2),
           CASE WHEN n <= :due THEN 'fanned-out' WHEN n % 2 = 0 THEN 'planned' ELSE 'confirmed' END, 1, now(),
           now(), CASE WHEN n > :due AND n % 2 = 1 THEN now() END
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM wanted) numbered
    RETURNING id, due_at, deadline_at, state
), sent AS (
    SELECT *, row_number() OVER (ORDER BY id) AS n FROM planned WHERE state <> 'planned'
)
INSERT INTO delivery (id, occurrence_id, device_id, due_at, deadline_at, state, attempts, ack_secret,
                      finished_at)
SELECT {NEW_ID}, sent.id, phone.id, now(), now() + interval '1 day' * (1 + random()),
       CASE sent.state WHEN 'fanned-out' THEN 'ready' ELSE 'confirmed' END, 0, 'secret',
       CASE sent.state WHEN 'fanned-out' THEN NULL ELSE now() END
FROM sent, phone
"""
BUFFERS = """
EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)
SELECT id FROM delivery WHERE state = 'ready' AND deadline_at > now()
ORDER BY deadline_at, due_at LIMIT 100 FOR UPDATE SKIP LOCKED
"""


def main() -> int:
    """Measure and print one line; 1 if a budget was broken."""
    with tempfile.TemporaryDirectory(prefix="vh-bench-") as folder:
        cluster = start_cluster(Path(folder) / "postgres", durable=False)
        try:
            times, buffers, idle = _measure(cluster)
        finally:
            db.dispose()
            cluster.stop()
    claims = {size: median(values) for size, values in times.items()}
    base = min(claims.values())
    time_ratio, buffer_ratio = (
        max(claims.values()) / base,
        max(buffers.values()) / max(1, min(buffers.values())),
    )
    kept = time_ratio <= MOST_TIME and buffer_ratio <= MOST_BUFFERS and idle <= MOST_IDLE
    report.say(
        "claim",
        claim_ms={str(size): round(value * 1000, 2) for size, value in claims.items()},
        time_ratio=round(time_ratio, 2),
        buffer_ratio=round(buffer_ratio, 2),
        growth={"time": round(_most_growth(claims), 2), "buffers": round(_most_growth(buffers), 2)},
        buffers={str(size): found for size, found in buffers.items()},
        idle_look_against_select_1=round(idle, 2),
        budgets={"time": MOST_TIME, "buffers": MOST_BUFFERS, "idle": MOST_IDLE},
        rounds=ROUNDS,
        kept=kept,
    )
    return 0 if kept else 1


def _most_growth(figures: Mapping[int, float]) -> float:
    """How many times as much a larger table takes as a smaller one, at most; less is no growth."""
    sizes = sorted(figures)
    return max(figures[larger] / max(1e-9, figures[size]) for size, larger in combinations(sizes, 2))


def _measure(cluster: Cluster) -> tuple[dict[int, list[float]], dict[int, int], float]:
    for size in (0, *SIZES):
        _fill(cluster, size)
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    buffers: dict[int, int] = {}
    looks: list[float] = []
    bare: list[float] = []
    dispatcher = make_dispatcher(origin="http://127.0.0.1:9", key=KEY, lease=timedelta(seconds=90))
    for number in range(ROUNDS + 1):
        for size in SIZES:
            db.configure(cluster.url("app", _name(size)))
            db.ping()

            def claim_and_hand_back() -> float:
                began = perf_counter()
                lease = dispatcher.claim(BATCH)
                took = perf_counter() - began
                assert len(lease.delivery_ids) == BATCH
                dispatcher.hand_back(lease.token)
                return took

            took = median(claim_and_hand_back() for _ in range(5))
            buffers[size] = _buffers(db.engine())
            if number:  # the first round warms
                times[size].append(took)
        db.configure(cluster.url("app", _name(0)))
        looks.append(_median_of(lambda: dispatcher.look()))
        bare.append(_median_of(_select_one))
    return times, buffers, median(looks[1:]) / median(bare[1:])


def _median_of(work: Callable[[], object]) -> float:
    def once() -> float:
        began = perf_counter()
        work()
        return perf_counter() - began

    return median(once() for _ in range(50))


def _select_one() -> None:
    with db.transaction() as session:
        session.execute(text("SELECT 1")).scalar()


def _name(size: int) -> str:
    return f"bench_{size}"


def _fill(cluster: Cluster, size: int) -> None:
    cluster.create_database(_name(size))
    migrations.upgrade(cluster.url("owner", _name(size)))
    began = monotonic()
    engine = create_engine(
        cluster.url("superuser", _name(size)).replace("postgresql://", "postgresql+psycopg://")
    )
    with engine.begin() as connection:
        connection.execute(text(FILL), {"rows": size, "due": DUE})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()
    print(f"claim: {size} rows in {monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def _buffers(engine: Engine) -> int:
    with engine.connect() as connection:
        plan = connection.execute(text(BUFFERS)).scalar_one()
        connection.rollback()
    top = plan[0]["Plan"]
    return int(top["Shared Hit Blocks"] + top["Shared Read Blocks"])


if __name__ == "__main__":
    sys.exit(main())
