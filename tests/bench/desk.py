"""Fifty people at the crisis line's desk at once: from a code that is read aloud to the plan on the screen.

`python -m tests.bench.desk`, also with `STAFF=…`, `PEOPLE=…`, `SECONDS=…` a round and `ROUNDS=…`.
A real web process with the threads of `flask serve`; each of the staff searches, opens a contact, opens the
plan and closes, with three seconds of thought between. Each request's p95 stands beside the p50 of the same
request when one person is alone, taken in the same round; the limit on searches is set back between rounds.
"""

from __future__ import annotations

import json
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from server.accounts import service as accounts
from server.cli import WEB_THREADS
from server.core import clock, db
from server.core.access import Role
from server.core.ids import new_id
from server.core.localdb import Cluster
from server.crisis_line import service as crisis_line
from tests.bench import report
from tests.bench.house import DATABASE, Browser, as_citizen, as_staff, employ, house, open_case, wait_for

STAFF = int(os.environ.get("STAFF", "50"))
PEOPLE = int(os.environ.get("PEOPLE", "300"))
SECONDS = float(os.environ.get("SECONDS", "36"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
THINK = 3.0  #: seconds between two requests of one person
ALONE = 15  #: turns of the one who is alone, first in each round
MOST_SLOWER = 8.0
SERVE = """
import os, waitress
from server.app import create_app
from server.config import Config
app = create_app(Config.from_env(), serve=False)
waitress.serve(app, host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), threads=int(os.environ["THREADS"]))
"""
Times = dict[str, list[float]]


class People(NamedTuple):
    """Who works at the desk, by the token of a session, and the codes of those who turn to it."""

    tokens: list[str]
    codes: list[str]


def main() -> int:
    """Measure, print one line; 1 if the budget was not kept."""
    with house() as ours:
        people = _move_in()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {**os.environ, **ours.settings, "BENCH_PORT": str(port), "THREADS": str(WEB_THREADS)}
        web = subprocess.Popen([sys.executable, "-c", SERVE], env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            rounds = [_round(ours.cluster, port, people) for _ in range(ROUNDS)]
        finally:
            web.terminate()
            web.wait()
    return _judge(rounds)


def _judge(rounds: list[tuple[Times, Times]]) -> int:
    figures: dict[str, dict[str, float]] = {}
    for request in rounds[0][0]:
        alone = [statistics.median(quiet[request]) for quiet, _ in rounds]
        slowest = [report.percentile(busy[request], 0.95) or 0.0 for _, busy in rounds]
        ratios = [p95 / p50 for p95, p50 in zip(slowest, alone, strict=True)]
        figures[request] = {
            "alone_p50_ms": round(statistics.median(alone) * 1000, 1),
            "p95_ms": round(statistics.median(slowest) * 1000, 1),
            "slower": round(statistics.median(ratios), 2),
        }
    kept = all(each["slower"] <= MOST_SLOWER for each in figures.values())
    report.say(
        "desk",
        rounds=ROUNDS,
        staff=STAFF,
        people=PEOPLE,
        think_seconds=THINK,
        requests=sum(len(times) for _, busy in rounds for times in busy.values()),
        figures=figures,
        budget={"slower": MOST_SLOWER},
        kept=kept,
    )
    return 0 if kept else 1


def _move_in() -> People:
    """Employ the staff, and take in people who have said yes and written a line."""
    now = clock.now()
    with db.transaction() as session:
        line = accounts.create_unit(session, slug="akuttilbud", name="Socialt akuttilbud", now=now)
        centre = accounts.create_unit(session, slug="rusmiddelcenter", name="Rusmiddelcenter", now=now)
        contact = employ(session, centre.id, "kontakt", Role.COUNSELLOR)
        workers = [employ(session, line.id, f"line{each}", Role.CRISIS_LINE) for each in range(STAFF)]
        tokens = [
            accounts.create_staff_session(session, staff_id=worker.id, label=None, now=now)[1]
            for worker in workers
        ]
    counsellor = as_staff(contact, Role.COUNSELLOR)
    codes = []
    for number in range(PEOPLE):
        with db.transaction() as session:
            owner = as_citizen(open_case(session, number, counsellor))
            codes.append(crisis_line.own_code(session, actor=owner, now=clock.now()).code)
    return People(tokens, codes)


def _turn(desk: Browser, code: str, think: float, times: Times) -> None:
    """Find somebody, open a contact, open the plan, close."""

    def timed(what: str, path: str, body: Any = None, version: int | None = None) -> Any:
        began = time.monotonic()
        status, data = desk.ask("POST", f"/api/v1/staff/desk/{path}", body, version)
        times[what].append(time.monotonic() - began)
        if status not in (200, 201):
            raise SystemExit(f"{what} was answered {status}: {data.decode()[:300]}")
        time.sleep(think)
        return json.loads(data)

    found = timed("search", "search", {"by": "code", "value": code})["found"]
    contact = str(new_id())
    said = {"id": contact, "channel": "phone", "citizen_id": found["citizen_id"], "opened_by": "code"}
    opened = timed("open", "contacts", said)
    timed("plan", f"contacts/{contact}/plan", {"oral_yes": False})
    timed("close", f"contacts/{contact}/close", None, opened["version"])


def _round(cluster: Cluster, port: int, people: People) -> tuple[Times, Times]:
    """The times of one person alone, then of everybody together, by request, in seconds."""
    quiet: Times = defaultdict(list)
    alone = Browser(port, f"staff-session={people.tokens[0]}")
    for _ in range(ALONE):
        _turn(alone, random.choice(people.codes), 0.0, quiet)
    _rest(cluster)
    ends = time.monotonic() + SECONDS

    def work(token: str) -> Times:
        own: Times = defaultdict(list)
        desk = Browser(port, f"staff-session={token}")
        threading.Event().wait(random.random() * THINK)
        while time.monotonic() < ends:
            _turn(desk, random.choice(people.codes), THINK, own)
        return own

    busy: Times = defaultdict(list)
    with ThreadPoolExecutor(len(people.tokens)) as pool:
        for own in pool.map(work, people.tokens):
            for what, times in own.items():
                busy[what] += times
    _rest(cluster)
    return dict(quiet), dict(busy)


def _rest(cluster: Cluster) -> None:
    """Forget how often was searched, as after ten minutes."""
    with cluster.connect("superuser", DATABASE) as connection:
        connection.execute("DELETE FROM rate_counter")


if __name__ == "__main__":
    sys.exit(main())
