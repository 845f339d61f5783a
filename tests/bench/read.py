"""How fast staff read: `python -m tests.bench.read`, also with `SECONDS=…` a turn and `ROUNDS=…`.

A caseload page of twenty and a plan of twenty lines, with everything that belongs to it (session, access,
the trail's row in the same transaction), beside lists of twenty people by minimal Django REST Framework and
FastAPI without any of that. Each is one process (gunicorn with four threads; uvicorn), asked by two browsers
that never pause, by turns; short ones, because a machine shared with others changes its speed within
seconds. Requests a second, and the processor time of the answering process for each.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import NamedTuple

from server.accounts import service as accounts
from server.core import clock, db
from server.core.access import Role
from tests.bench import report
from tests.bench.house import GUNICORN, Browser, Server, as_staff, employ, house, open_case, served

SECONDS = float(os.environ.get("SECONDS", "1.5"))
ROUNDS = int(os.environ.get("ROUNDS", "15"))
BROWSERS = 2
PEOPLE, LINES = 40, 20
UVICORN = ("uvicorn", "--port={port}", "--log-level=warning", "tests.bench.peer_fastapi:app")
LEAST = {"drf": 1.5, "fastapi": 0.8}
STRETCH = {"fastapi": 1.0}


class Asked(NamedTuple):
    """Who is asked for what, and by whom."""

    server: Server
    path: str
    cookie: str


def main() -> int:
    """Measure and print one line; 1 if a budget was broken."""
    with house() as ours, ExitStack() as running:
        token, citizen_id = _move_in()
        here = running.enter_context(served([*GUNICORN, "tests.bench.served:app"], ours.settings))
        drf = running.enter_context(served([*GUNICORN, "tests.bench.peer_drf:app"], ours.settings))
        fast = running.enter_context(served(UVICORN, ours.settings))
        cookie = f"staff-session={token}"
        all_asked = {
            "caseload": Asked(here, "/api/v1/staff/citizens?limit=20", cookie),
            "plan": Asked(here, f"/api/v1/staff/citizens/{citizen_id}/plan", cookie),
            "drf": Asked(drf, "/people", ""),
            "fastapi": Asked(fast, "/people", ""),
        }
        _look_at(all_asked)
        rounds = [{name: _turn(asked) for name, asked in all_asked.items()} for _ in range(ROUNDS)]
    return _judge(rounds)


def _judge(rounds: list[dict[str, tuple[float, float]]]) -> int:
    rates = {name: [each[name][0] for each in rounds] for name in rounds[0]}
    ratios = {
        mine: {
            peer: round(statistics.median(a / b for a, b in zip(rates[mine], rates[peer], strict=True)), 2)
            for peer in LEAST
        }
        for mine in ("caseload", "plan")
    }
    kept = all(ratio >= LEAST[peer] for each in ratios.values() for peer, ratio in each.items())
    report.say(
        "read",
        rounds=ROUNDS,
        per_second={name: round(statistics.median(found), 1) for name, found in rates.items()},
        cpu_ms={name: round(statistics.median(each[name][1] for each in rounds), 2) for name in rates},
        ratios=ratios,
        budget={"least": LEAST, "stretch": STRETCH},
        kept=kept,
    )
    return 0 if kept else 1


def _look_at(all_asked: dict[str, Asked]) -> None:
    """Every one of them really answers with twenty."""
    for name, asked in all_asked.items():
        status, body = Browser(asked.server.port, asked.cookie).ask("GET", asked.path)
        said = json.loads(body)
        found = said if isinstance(said, list) else said["items"] if "items" in said else said["lines"]
        if status != 200 or len(found) != 20:
            raise SystemExit(f"{name} answered {status} with {len(found)}: {body.decode()[:300]}")


def _turn(asked: Asked) -> tuple[float, float]:
    """Requests a second, and the answering process's milliseconds for each."""
    before, began = asked.server.cpu_seconds(), time.monotonic()

    def ask(_: int) -> int:
        browser, count = Browser(asked.server.port, asked.cookie), 0
        while time.monotonic() - began < SECONDS:
            status, body = browser.ask("GET", asked.path)
            if status != 200:
                raise SystemExit(f"{asked.path} was answered {status}: {body.decode()[:300]}")
            count += 1
        return count

    with ThreadPoolExecutor(BROWSERS) as pool:
        count = sum(pool.map(ask, range(BROWSERS)))
    taken = time.monotonic() - began
    return count / taken, (asked.server.cpu_seconds() - before) * 1000 / count


def _move_in() -> tuple[str, str]:
    """A counsellor's session, and somebody of the caseload whose plan may be read."""
    now = clock.now()
    with db.transaction() as session:
        unit = accounts.create_unit(session, slug="rusmiddelcenter", name="Rusmiddelcenter", now=now)
        member = employ(session, unit.id, "kontakt", Role.COUNSELLOR)
        _, token = accounts.create_staff_session(session, staff_id=member.id, label=None, now=now)
    cases = []
    for number in range(PEOPLE):
        with db.transaction() as session:
            cases.append(open_case(session, number, as_staff(member, Role.COUNSELLOR), lines=LINES))
    return token, str(cases[-1])


if __name__ == "__main__":
    sys.exit(main())
