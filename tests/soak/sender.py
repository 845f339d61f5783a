"""One worker process for the ordeal: `python -m tests.soak.sender`, its settings as JSON on standard input.

It is the product's own worker with the product's own sender; only the night is put off, since the ordeal
runs at any hour, and its lease is short, so that nobody waits for a minute and a half after each kill.
"""

import json
import logging
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.dispatcher import Dispatcher, quiet
from notifications.push import Message, PushSender, Vapid
from notifications.schedule import Worker
from server.core import clock, db
from server.core import failpoints as points


def render(_session: Session, **_about: Any) -> Message:
    """The same neutral words for everybody."""
    return Message("Overblik", "Du har en påmindelse", "da")


def may_send(_session: Session, **_about: Any) -> bool:
    """Everything is wanted."""
    return True


def main() -> None:
    """Work until killed or told to stop."""
    told = json.load(sys.stdin)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    quiet.ZONE = timezone(timedelta(hours=12 - datetime.now(UTC).hour))  # type: ignore[assignment]
    db.configure(told["database"], pool_size=told["concurrency"] + 4)
    points.configure(Path(told["fail_points"]))
    failpoints.configure(points.reach)
    dispatcher = Dispatcher(
        session_factory=db.transaction,
        render=render,
        may_send=may_send,
        public_url="https://overblik.example.dk",
        push=PushSender(
            vapid=Vapid(subject="mailto:drift@example.dk", keys={"first": told["key"]}),
            topic_key=b"topic key for tests",
            origins=[told["origin"]],
            clock=clock.now,
        ),
        clock=clock.now,
        jitter=lambda: 0.0,
        lease=timedelta(seconds=told["lease_seconds"]),
    )
    Worker(
        dispatcher=dispatcher,
        engine=db.engine(),
        session_factory=db.transaction,
        concurrency=told["concurrency"],
        tick_seconds=0.2,
        look_seconds=2.0,
    ).run()


if __name__ == "__main__":
    main()
