"""One worker process for the ordeal: `python -m tests.soak.sender`, its settings as JSON on standard input.

It is the product's own worker with the product's own sender; only the night is put off, since the ordeal
runs at any hour, and its lease is short, so that nobody waits for a minute and a half after each kill.
"""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from notifications import failpoints
from notifications.dispatcher import Dispatcher, quiet
from notifications.push import Message, PushSender, Vapid
from notifications.schedule import Worker
from server.core import clock, db
from server.core import failpoints as points


def make_dispatcher(
    *, origin: str, key: str, lease: timedelta, clock: Callable[[], datetime] = clock.now
) -> Dispatcher:
    """The product's dispatcher, with neutral words, for reminders that are always wanted."""
    return Dispatcher(
        session_factory=db.transaction,
        render=lambda *_args, **_about: Message("Overblik", "Du har en påmindelse", "da"),
        may_send=lambda *_args, **_about: True,
        public_url="https://overblik.example.dk",
        push=PushSender(
            vapid=Vapid(subject="mailto:drift@example.dk", keys={"first": key}),
            topic_key=b"topic key for tests",
            origins=[origin],
            clock=clock,
        ),
        clock=clock,
        jitter=lambda: 0.0,
        lease=lease,
    )


def main() -> None:
    """Work until killed or told to stop."""
    told = json.load(sys.stdin)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    quiet.ZONE = timezone(timedelta(hours=12 - datetime.now(UTC).hour))  # type: ignore[assignment]
    db.configure(
        told["database"],
        pool_size=told["concurrency"] + 4,
        idle_seconds=told["idle_seconds"],
        statement_seconds=30,
    )
    points.configure(Path(told["fail_points"]))
    failpoints.configure(points.reach)
    lease = timedelta(seconds=told["lease_seconds"])
    Worker(
        dispatcher=make_dispatcher(origin=told["origin"], key=told["key"], lease=lease),
        engine=db.engine(),
        session_factory=db.transaction,
        concurrency=told["concurrency"],
        tick_seconds=told["tick_seconds"],
        look_seconds=told["look_seconds"],
    ).run()


if __name__ == "__main__":
    main()
