"""Sign-ins a second against the bare hash, and what a storm of them does to others.

`python -m tests.bench.login`, also with `COUNT=…` sign-ins a round and `ROUNDS=…`.
The whole way (limits, password, one-time code, session, audit, answer) through the app, two threads at once,
against as many threads that do nothing but verify the same hash; then again with somebody else at work.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from uuid import UUID

import pyotp
from flask import Flask

from server import migrations
from server.accounts import service as accounts
from server.accounts import sign_in
from server.app import create_app
from server.config import Config
from server.core import clock, db, logging
from server.core.access import Role
from server.core.localdb import start_cluster
from tests.bench import report

COUNT = int(os.environ.get("COUNT", "60"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
AT_ONCE = 2
LEAST_ASKED = 100
LEAST_SHARE, MOST_SLOWER = 0.9, 2.0
DATABASE = "bench"
PASSWORD = "grøn cykel under æbletræet"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OTHERS = "/api/v1/staff/session"


def main() -> int:
    """Measure, print one line; 1 if a budget was not kept."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's user may enter, so the data goes with the folder
        cluster = start_cluster(Path(folder) / "postgres")
        try:
            cluster.create_database(DATABASE)
            migrations.upgrade(cluster.url("owner", DATABASE))
            settings = {
                "APP_ENV": "test",
                "VAR_DIR": folder,
                "DATABASE_URL": cluster.url("app", DATABASE),
                "PUBLIC_URL": "http://localhost",
            }
            app = create_app(Config.from_env(settings), serve=False)
            logging.configure(level="WARNING")  # a line for each request would bury the figures
            rounds = [_round(app, number) for number in range(ROUNDS)]
        finally:
            db.dispose()
            cluster.stop()
    whole, bare, quiet, storm = (statistics.median(values) for values in zip(*rounds, strict=True))
    share, slower = whole / bare, storm / quiet
    kept = share >= LEAST_SHARE and slower <= MOST_SLOWER
    report.say(
        "login",
        rounds=ROUNDS,
        sign_ins=COUNT,
        at_once=AT_ONCE,
        per_second=round(whole, 1),
        bare_hash_per_second=round(bare, 1),
        share_of_bare=round(share, 2),
        others_p99_ms={"quiet": round(quiet, 1), "storm": round(storm, 1)},
        others_slower=round(slower, 2),
        budget={"share_of_bare": LEAST_SHARE, "others_slower": MOST_SLOWER},
        kept=kept,
    )
    return 0 if kept else 1


def _round(app: Flask, number: int) -> tuple[float, float, float, float]:
    """Sign-ins a second, bare hashes a second, and the others' p99 in quiet and in the storm (ms)."""
    people = list(enumerate(_employ(number)))
    over = threading.Event()
    with ThreadPoolExecutor(AT_ONCE) as pool, ThreadPoolExecutor(1) as another:
        began = monotonic()
        list(pool.map(lambda person: _sign_in(app, *person), people[:COUNT]))
        whole = COUNT / (monotonic() - began)
        measured = another.submit(_others, app, over)
        list(pool.map(lambda person: _sign_in(app, *person), people[COUNT:]))
        over.set()
        storm = measured.result()
    quiet = _others(app, over)
    stored = sign_in.hash_password(PASSWORD)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        began = monotonic()
        list(pool.map(lambda _: sign_in._password_fits(stored, PASSWORD), range(COUNT)))
        bare = COUNT / (monotonic() - began)
    return whole, bare, quiet, storm


def _employ(number: int) -> list[str]:
    """Colleagues who have not signed in yet: a one-time code works once."""
    emails = [f"r{number}n{each}@example.dk" for each in range(2 * COUNT)]
    with db.transaction() as session:
        unit = accounts.create_unit(session, slug=f"unit{number}", name=f"Center {number}", now=clock.now())
        for email in emails:
            _employ_one(session, unit.id, email)
    return emails


def _employ_one(session: db.Session, unit_id: UUID, email: str) -> None:
    sign_in.add_staff_member(
        session,
        unit_id=unit_id,
        name=email,
        email=email,
        roles=[Role.COUNSELLOR],
        password=PASSWORD,
        totp_secret=SECRET,
        now=clock.now(),
    )


def _sign_in(app: Flask, number: int, email: str) -> None:
    """One person at a machine of their own."""
    answer = app.test_client().post(
        OTHERS,
        json={"email": email, "password": PASSWORD, "totp": pyotp.TOTP(SECRET).at(clock.now())},
        headers={"Sec-Fetch-Site": "same-origin"},
        environ_base={"REMOTE_ADDR": f"10.0.{number // 250}.{number % 250 + 1}"},
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)


def _others(app: Flask, over: threading.Event) -> float:
    """The p99 in ms of a small request that asks the database, until it is over (at least LEAST_ASKED)."""
    times: list[float] = []
    client = app.test_client()
    client.set_cookie("staff-session", "somebody")
    while len(times) < LEAST_ASKED or not over.is_set():
        began = monotonic()
        client.get(OTHERS)
        times.append((monotonic() - began) * 1000)
    return report.percentile(times, 0.99) or 0.0


if __name__ == "__main__":
    sys.exit(main())
