"""One worker process for the ordeal: `python -m tests.soak.sender`, its settings as JSON on standard input.

It is the product's own worker with the product's own sender; only the night is put off, since the ordeal
runs at any hour, and its lease is short, so that nobody waits for a minute and a half after each kill.
"""

import json
import logging
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.dispatcher import Dispatcher, OtherWays, SafeChannel, quiet
from notifications.models.fallbacks import ChannelKind, Words
from notifications.push import Message, PushSender, Vapid
from notifications.schedule import Worker
from notifications.sms import SmsGateway
from server.core import clock, db
from server.core import failpoints as points


def make_dispatcher(
    *,
    origin: str,
    key: str,
    lease: timedelta,
    clock: Callable[[], datetime] = clock.now,
    others: Sequence[str] = (),
    gateway: str | None = None,
) -> Dispatcher:
    """The product's dispatcher, with neutral words, for reminders that are always wanted.

    `others`: more push services. `gateway`: where text messages go to whom no phone can tell.
    """
    return Dispatcher(
        session_factory=db.transaction,
        render=lambda *_args, **_about: Message("Overblik", "Du har en påmindelse", "da"),
        may_send=lambda *_args, **_about: True,
        public_url="https://overblik.example.dk",
        push=PushSender(
            vapid=Vapid(subject="mailto:drift@example.dk", keys={"first": key}),
            topic_key=b"topic key for tests",
            origins=[origin, *others],
            clock=clock,
        ),
        ways=text_messages(gateway) if gateway else None,
        clock=clock,
        jitter=lambda: 0.0,
        lease=lease,
    )


def text_messages(gateway: str) -> OtherWays:
    """Everybody has a number, made of the own id; nobody has a mail."""
    return OtherWays(
        channels=_number_of,
        write=lambda *_args, **_about: Words("Du har en påmindelse", "Åbn den, når det passer dig.", "da"),
        carriers={ChannelKind.SMS: SmsGateway(url=gateway, token="t", sender="Overblik")},
    )


def _number_of(session: Session, *, recipient_id: UUID, now: datetime) -> list[SafeChannel]:
    return [SafeChannel(ChannelKind.SMS, f"+45{recipient_id.int % 10**8:08}")]


def main() -> None:
    """Work until killed or told to stop."""
    told = json.load(sys.stdin)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    quiet.ZONE = timezone(timedelta(hours=12 - datetime.now(UTC).hour))  # type: ignore[assignment]
    db.ANSWER_GRACE = db.PING_SECONDS = db.CONNECT_SECONDS = told["grace_seconds"]
    db.configure(
        told["database"],
        pool_size=told["concurrency"] + 4,
        idle_seconds=told["idle_seconds"],
        statement_seconds=told["statement_seconds"],
    )
    points.configure(Path(told["fail_points"]))
    failpoints.configure(points.reach)
    lease = timedelta(seconds=told["lease_seconds"])
    Worker(
        dispatcher=make_dispatcher(
            origin=told["origin"],
            key=told["key"],
            lease=lease,
            others=told["others"],
            gateway=told["gateway"],
        ),
        engine=db.engine(),
        session_factory=db.transaction,
        concurrency=told["concurrency"],
        tick_seconds=told["tick_seconds"],
        look_seconds=told["look_seconds"],
    ).run()


if __name__ == "__main__":
    main()
