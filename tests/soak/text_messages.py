"""Workers that die while they tell people without a phone by text message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from notifications import outbox
from notifications.dispatcher import FALLBACKS_AT_ONCE
from notifications.failpoints import Point
from server.core import db
from tests.notifications.gateway import Gateway
from tests.soak.ordeal import Ordeal

#: Every point at which a worker can die with a text message in hand.
KILLS: Sequence[str] = tuple(
    point.value
    for point in (
        Point.LEASED,
        Point.LEASE_COMMITTED,
        Point.INTENT_COMMITTED,
        Point.ANSWERED,
        Point.RECORDED,
        Point.RECORD_COMMITTED,
    )
)


@dataclass(frozen=True)
class Outcome:
    """What it came to. A provider knows a repeated message by its id and sends it once."""

    planned: int
    kills: int
    told: int
    repeated: int
    states: dict[str, int]
    stuck: int

    @property
    def kept(self) -> bool:
        """Whether everybody was told, by one message, and nothing hangs."""
        return (
            self.told == self.planned
            and self.states == {"fallback-sent": self.planned}
            and self.repeated <= self.kills * FALLBACKS_AT_ONCE
            and self.stuck == 0
        )

    def __str__(self) -> str:
        return (
            f"{self.planned} planned, {self.kills} kills: lost {self.planned - self.told}, told {self.told},"
            f" repeated {self.repeated} (at most {self.kills * FALLBACKS_AT_ONCE}), stuck {self.stuck},"
            f" {self.states}"
        )


def tell_by_text_message(trial: Ordeal, gateway: Gateway, *, work: int, kills: int) -> Outcome:
    """Plan some work, let a worker die with it, and so on; then wait until everybody is told, and count."""
    for number in range(kills):
        trial.kill_at(KILLS[number % len(KILLS)], work=work)
    trial.until_few_are_open(0)
    trial.until(lambda: trial.number(UNTOLD) == 0)
    with db.transaction() as session:
        states = {state: count for state, count in outbox.ledger(session).items() if count}
    received = Counter(gateway.ids)
    return Outcome(
        planned=trial.planned,
        kills=trial.kills,
        told=len(received),
        repeated=received.total() - len(received),
        states=states,
        stuck=trial.number("SELECT count(*) FROM fallback WHERE state IN ('leased', 'intent')"),
    )


UNTOLD = "SELECT count(*) FROM occurrence WHERE state <> 'fallback-sent'"
