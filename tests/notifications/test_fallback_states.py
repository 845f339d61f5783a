"""Whatever happens in whatever order: a fallback takes only the written-down steps, and one way at most."""

import itertools
import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from notifications import subscriptions
from notifications.dispatcher import SafeChannel
from notifications.models import OccurrenceState
from notifications.models.fallbacks import (
    FALLBACK_EDGES,
    OPEN_FALLBACK,
    Fallback,
    FallbackState,
    Told,
    fallback_step,
)
from notifications.models.states import OPEN_OCCURRENCE
from notifications.models.transitions import IllegalStep
from server.core import db
from tests.notifications.conftest import NOON, House
from tests.notifications.gateway import Says
from tests.notifications.other_ways import ADDRESS, EMAIL, NUMBER, SMS, Ways, cancel, move
from tests.notifications.push_service import Script

EVENTS = (
    "remind", "advance", "work", "minute", "hours", "acknowledge", "cancel", "move", "revoke-channel",
    "agree-channel", "unwanted", "wanted", "register", "revoke-phone", "says-500", "says-422", "says-lie",
    "mail-refused", "answer-503", "answer-410",
)  # fmt: skip


class World:
    """One person, some events; notes what left although it was forbidden when it left."""

    def __init__(self, ways: Ways) -> None:
        self.ways, self.house, self.person = ways, ways.house, uuid4()
        self.dispatcher = ways.dispatcher()
        self.subjects: list[UUID] = []
        self.forbidden: list[str] = []
        self.house.push_service.default = Script(201)
        self.house.add_phone(self.person)
        ways.gateway.on_message = self._check

    def _check(self, message: dict[str, Any]) -> None:
        if not self.house.wanted or not any(one.kind is SMS for one in self.ways.safe):
            self.forbidden.append(message["id"])

    def happens(self, name: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "remind": lambda: self.subjects.append(self.house.remind(self.person, lasts=timedelta(hours=6))),
            "advance": self.dispatcher.advance,
            "work": self.dispatcher.run_until_idle,
            "minute": lambda: self.house.later(minutes=1),
            "hours": lambda: self.house.later(hours=1),
            "acknowledge": lambda: self.house.push_service.received and self.house.acknowledge(),
            "cancel": partial(self._with_newest, cancel),
            "move": partial(self._with_newest, move),
            "revoke-channel": lambda: self.ways.safe.clear(),
            "agree-channel": lambda: setattr(
                self.ways, "safe", [SafeChannel(SMS, NUMBER), SafeChannel(EMAIL, ADDRESS)]
            ),
            "unwanted": lambda: setattr(self.house, "wanted", False),
            "wanted": lambda: setattr(self.house, "wanted", True),
            "register": lambda: self.house.add_phone(self.person),
            "revoke-phone": self._revoke_phones,
            "says-500": lambda: self.ways.gateway.script.append(Says(500)),
            "says-422": lambda: self.ways.gateway.script.append(Says(422)),
            "says-lie": lambda: self.ways.gateway.script.append(Says(200, "{}")),
            "mail-refused": lambda: self.ways.mail.told.append(Told.REFUSED),
            "answer-503": lambda: self.house.push_service.script.append(Script(503)),
            "answer-410": lambda: self.house.push_service.script.append(Script(410)),
        }
        acts[name]()

    def _with_newest(self, act: Callable[[Ways, UUID], None]) -> None:
        for subject in self.subjects[-1:]:
            act(self.ways, subject)

    def _revoke_phones(self) -> None:
        with db.transaction() as session:
            subscriptions.revoke(session, recipient_id=self.person, reason="out", now=self.house.now)


PARTS = int(os.environ.get("ORDERS_PARTS", "1"))  # each begins with an empty database
_weeks = (timedelta(days=7 * number) for number in itertools.count())


@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(st.sampled_from(EVENTS), min_size=4, max_size=25))
def test_whatever_happens_in_whatever_order_one_way_at_most_succeeds_and_none_that_is_forbidden(
    ways: Ways, house: House, part: int, events: list[str]
) -> None:
    house.now = began = NOON + next(_weeks)  # what an earlier example left behind is long over
    house.wanted, ways.safe = True, [SafeChannel(SMS, NUMBER)]
    for queue in (house.push_service.received, house.push_service.script, ways.gateway.received):
        queue.clear()
    ways.gateway.script.clear()
    ways.mail.sent.clear()
    ways.mail.told.clear()
    world, seen = World(ways), Steps()
    world.happens("remind")

    for name in [*events, *("work", "hours", "hours", "work") * 4]:
        world.happens(name)
        seen.look()

    assert world.forbidden == []
    assert not [one for one in house.occurrences() if one.state in {s.value for s in OPEN_OCCURRENCE}]
    assert not [one for one in ways.fallbacks() if one.state in {s.value for s in OPEN_FALLBACK}]
    fallbacks = [one for one in ways.fallbacks() if one.created_at >= began]
    sent = [str(one.id) for one in fallbacks if one.state == FallbackState.SENT]
    told = {one.id: one.state for one in house.occurrences()}
    assert len({one.occurrence_id for one in fallbacks}) == len(fallbacks)
    assert set(sent) <= {*ways.gateway.ids, *map(str, ways.mail.sent)}
    assert max(Counter(ways.mail.sent).values(), default=0) <= 3
    for one in fallbacks:
        if told[one.occurrence_id] == OccurrenceState.FALLBACK_SENT:
            assert one.state == FallbackState.SENT


class Steps:
    """Compares the fallbacks after each event with those before."""

    def __init__(self) -> None:
        self.before: dict[UUID, str] = {}

    def look(self) -> None:
        with db.transaction() as session:
            after = {row.id: row.state for row in session.execute(select(Fallback.id, Fallback.state))}
        for key, state in self.before.items():
            assert after[key] == state or after[key] in AHEAD[state], (state, after[key])
        self.before = after


def ahead_of(state: FallbackState) -> set[str]:
    """All states that lie ahead of one: an event may take several steps."""
    found: set[FallbackState] = set()
    todo = [state]
    while todo:
        for target in FALLBACK_EDGES[todo.pop()] - found:
            found.add(target)
            todo.append(target)
    return {target.value for target in found}


AHEAD = {state.value: ahead_of(state) for state in FallbackState}


class TestTable:
    def test_names_every_state_and_the_end_is_the_end(self) -> None:
        assert set(FALLBACK_EDGES) == set(FallbackState)
        assert {state for state, targets in FALLBACK_EDGES.items() if targets} == OPEN_FALLBACK

    def test_the_code_cannot_even_ask_for_another_step(self) -> None:
        with pytest.raises(IllegalStep):
            fallback_step([FallbackState.SENT], FallbackState.READY, now=NOON)
        with pytest.raises(IllegalStep):
            fallback_step([FallbackState.READY], FallbackState.SENT, now=NOON)

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE fallback SET state = 'lost'",
            "UPDATE fallback SET state = 'sent', channel = 'sms'",
            "UPDATE fallback SET state = 'leased'",
            "UPDATE fallback SET state = 'intent', lease_token = id, lease_until = now(), channel = NULL",
            "UPDATE fallback SET channel = 'letter'",
            "UPDATE fallback SET finished_at = now()",
        ],
    )
    def test_the_database_refuses_what_the_table_does_not_know(
        self, ways: Ways, house: House, anna: UUID, change: str
    ) -> None:
        house.remind(anna)
        ways.dispatcher().advance()
        assert ways.state()[0] == "ready"

        with pytest.raises(IntegrityError), db.transaction() as session:
            session.execute(text(change))
