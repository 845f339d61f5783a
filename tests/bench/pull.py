"""What a phone costs that asks and finds nothing new: `python -m tests.bench.pull`.

An empty sync pull beside the bare health route, both asked of one gunicorn process over a line that stays
open: the processor time of that process, by turns, COUNT of each (default 500) in each of ROUNDS rounds
(default 5). PostgreSQL's own time is in another process and not counted. Needs /proc.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from urllib.parse import quote
from uuid import UUID

from server.accounts import service as accounts
from server.app import create_app
from server.citizens import service as citizens
from server.config import Config
from server.core import clock, db
from server.core.access import Role
from tests.bench import report
from tests.bench.house import GUNICORN, Browser, Call, Server, as_staff, counted, employ, house, served

COUNT = int(os.environ.get("COUNT", "500"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
MOST, STRETCH, MOST_STATEMENTS = 3.0, 2.0, 3
PULL = "/api/v1/citizen/sync/pull"


def main() -> int:
    """Measure and print one line; 1 if a budget was broken."""
    with house() as ours:
        app = create_app(Config.from_env(ours.settings), serve=False)
        cookie = f"session={_paired()}"
        cursor = json.loads(Call(app, PULL, cookie)())["cursor"]
        empty = f"{PULL}?cursor={quote(cursor)}"
        asked = Call(app, empty, cookie)
        assert json.loads(asked())["changes"] == []
        with counted() as statements:
            asked()
        with served([*GUNICORN, "tests.bench.served:app"], ours.settings) as server:
            phone = Browser(server.port, cookie)
            rounds = [(_cpu(server, phone, empty), _cpu(server, phone, "/healthz")) for _ in range(ROUNDS)]
    ratio = statistics.median(pull / health for pull, health in rounds)
    pull, health = (statistics.median(times) for times in zip(*rounds, strict=True))
    kept = ratio <= MOST and len(statements) <= MOST_STATEMENTS
    report.say(
        "pull",
        rounds=ROUNDS,
        requests=COUNT,
        cpu_ms={"empty_pull": round(pull * 1000, 3), "health": round(health * 1000, 3)},
        ratio=round(ratio, 2),
        statements=len(statements),
        budget={"ratio": MOST, "stretch": STRETCH, "statements": MOST_STATEMENTS},
        kept=kept,
    )
    return 0 if kept else 1


def _paired() -> str:
    """Somebody who has been taken in, and the token of the phone."""
    now = clock.now()
    with db.transaction() as session:
        unit = accounts.create_unit(session, slug="rusmiddelcenter", name="Rusmiddelcenter", now=now)
        counsellor = as_staff(employ(session, unit.id, "kontakt", Role.COUNSELLOR), Role.COUNSELLOR)
    with db.transaction() as session:
        citizen_id: UUID = citizens.take_in(
            session,
            alias="Lærke",
            first_contact_channel=citizens.Channel.AT_THE_DOOR,
            actor=counsellor,
            now=now,
        ).id
        return accounts.create_citizen_session(session, citizen_id=citizen_id, label=None, now=now)[1]


def _cpu(server: Server, phone: Browser, path: str) -> float:
    """Seconds of the answering process for one request."""
    began = server.cpu_seconds()
    for _ in range(COUNT):
        status, body = phone.ask("GET", path)
        assert status == 200, body
    return (server.cpu_seconds() - began) / COUNT


if __name__ == "__main__":
    sys.exit(main())
