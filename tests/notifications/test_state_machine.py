"""Whatever happens in whatever order: only the written-down steps are taken."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError

from notifications import outbox, subscriptions
from notifications.dispatcher import Dispatcher
from notifications.models import (
    DELIVERY_EDGES,
    OCCURRENCE_EDGES,
    Delivery,
    DeliveryState,
    Occurrence,
    OccurrenceState,
)
from notifications.models.states import OPEN_DELIVERY, OPEN_OCCURRENCE
from notifications.models.transitions import IllegalStep, delivery_step, occurrence_step
from server.core import db
from tests.notifications.conftest import NOON, House
from tests.notifications.push_service import Script

PARTS = int(os.environ.get("ORDERS_PARTS", "1"))  # each begins with an empty database
EVENTS = (
    "remind", "advance", "claim", "deliver", "deliver-late", "acknowledge", "hand-back", "cancel",
    "reschedule", "revoke", "register", "minute", "hours", "answer-503", "answer-410", "answer-302",
)  # fmt: skip
Seen = dict[UUID, str]


class Ledger:
    """Compares the rows after each event with those before."""

    def __init__(self) -> None:
        self.before: tuple[Seen, Seen] = ({}, {})

    def look(self) -> None:
        with db.transaction() as session:
            after: tuple[Seen, Seen] = (
                {row.id: row.state for row in session.execute(select(Occurrence.id, Occurrence.state))},
                {row.id: row.state for row in session.execute(select(Delivery.id, Delivery.state))},
            )
        for old, new, reach in zip(self.before, after, REACHES, strict=True):
            assert old.keys() <= new.keys()
            for key, state in old.items():
                assert new[key] == state or new[key] in reach[state], (state, new[key])
        self.before = after


def reach_of(edges: dict[str, frozenset[str]]) -> dict[str, set[str]]:
    """All states that lie ahead: one event may take several steps."""
    ahead = {state: set(targets) for state, targets in edges.items()}
    for _ in ahead:
        for targets in ahead.values():
            targets.update(*(ahead[target] for target in set(targets)))
    return ahead


REACHES = (reach_of(dict(OCCURRENCE_EDGES)), reach_of(dict(DELIVERY_EDGES)))  # type: ignore[arg-type]


@pytest.fixture
def every_update(database: str) -> Iterator[list[str]]:
    """Every UPDATE of a state, as it goes to the database."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_: object) -> None:
        if statement.startswith(("UPDATE delivery SET state", "UPDATE occurrence SET state")):
            seen.append(statement)

    engine = db.engine()
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


class World:
    """One person, some events."""

    def __init__(self, house: House) -> None:
        self.house, self.person = house, uuid4()
        self.dispatcher: Dispatcher = house.dispatcher()
        self.subjects: list[UUID] = []
        self.leases: list[tuple[UUID, UUID]] = []
        self.session_id = uuid4()
        self.revision = 1
        house.push_service.default = Script(201)
        house.add_phone(self.person)
        house.add_phone(self.person, session_id=self.session_id)

    def happens(self, name: str) -> None:
        if name.startswith("answer-"):
            self.house.push_service.script.append(Script(int(name[-3:])))
            return
        act: Callable[[], object] = getattr(self, name.replace("-", "_"))
        act()

    def remind(self) -> None:
        self.subjects.append(self.house.remind(self.person, lasts=timedelta(hours=3)))

    def advance(self) -> None:
        self.dispatcher.advance()

    def claim(self) -> None:
        lease = self.dispatcher.claim(2)
        self.leases += [(one, lease.token) for one in lease.delivery_ids]

    def deliver(self) -> None:
        if self.leases:
            self.dispatcher.deliver(*self.leases.pop(0))

    def deliver_late(self) -> None:
        self.house.later(seconds=100)
        self.deliver()

    def acknowledge(self) -> None:
        if self.house.push_service.received:
            assert self.house.acknowledge()

    def hand_back(self) -> None:
        if self.leases:
            self.dispatcher.hand_back(self.leases[-1][1])

    def cancel(self) -> None:
        if self.subjects:
            with db.transaction() as session:
                outbox.cancel(session, subject_id=self.subjects.pop(), reason="gone", now=self.house.now)

    def reschedule(self) -> None:
        self.revision += 1
        now = self.house.now
        slots = [outbox.Slot("day-before", now, now + timedelta(hours=3))]
        for subject in self.subjects[-1:]:
            with db.transaction() as session:
                outbox.reschedule(
                    session,
                    dedupe_key=f"appointment:{subject}",
                    new_key=f"appointment:{subject}",
                    subject_id=subject,
                    slots=slots,
                    revision=self.revision,
                    now=now,
                )

    def revoke(self) -> None:
        with db.transaction() as session:
            subscriptions.revoke(session, session_ids=[self.session_id], reason="out", now=self.house.now)

    def register(self) -> None:
        self.house.add_phone(self.person, session_id=self.session_id)

    def minute(self) -> None:
        self.house.later(minutes=1)

    def hours(self) -> None:
        self.house.later(hours=1)


@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(st.sampled_from(EVENTS), min_size=4, max_size=25))
def test_every_order_of_events_keeps_to_the_table(
    house: House, every_update: list[str], part: int, events: list[str]
) -> None:
    house.now = NOON
    house.push_service.received.clear()
    house.push_service.script.clear()
    world, ledger = World(house), Ledger()
    world.remind()

    for name in events:
        world.happens(name)
        ledger.look()
    house.push_service.script.clear()
    for _ in range(3):
        house.later(hours=8)
        house.dispatcher().run_until_idle()
        ledger.look()

    open_states = {state.value for state in OPEN_OCCURRENCE | OPEN_DELIVERY}
    assert not [one for one in house.occurrences() if one.state in open_states]
    assert not [one for one in house.deliveries() if one.state in open_states]
    assert all("state IN" in one or "state =" in one.partition("WHERE")[2] for one in every_update)


class TestTable:
    def test_names_every_state(self) -> None:
        assert set(DELIVERY_EDGES) == set(DeliveryState)
        assert set(OCCURRENCE_EDGES) == set(OccurrenceState)

    def test_the_end_is_the_end_but_for_a_late_acknowledgement_a_late_phone_and_another_way(self) -> None:
        left = {state for state, targets in DELIVERY_EDGES.items() if targets} - OPEN_DELIVERY
        left_too = {state for state, targets in OCCURRENCE_EDGES.items() if targets} - OPEN_OCCURRENCE

        assert left == {DeliveryState.EXPIRED}
        assert DELIVERY_EDGES[DeliveryState.EXPIRED] == {DeliveryState.CONFIRMED, DeliveryState.DEAD_DEVICE}
        another_way = OccurrenceState.FALLBACK_SENT
        assert left_too == {OccurrenceState.UNCONFIRMED, OccurrenceState.NO_DEVICE, OccurrenceState.EXPIRED}
        assert OCCURRENCE_EDGES[OccurrenceState.EXPIRED] == {another_way}
        assert OCCURRENCE_EDGES[OccurrenceState.NO_DEVICE] == {OccurrenceState.DUE, another_way}
        assert OCCURRENCE_EDGES[OccurrenceState.UNCONFIRMED] == {
            OccurrenceState.CONFIRMED,
            OccurrenceState.NO_DEVICE,
            another_way,
        }

    def test_the_code_cannot_even_ask_for_another_step(self) -> None:
        with pytest.raises(IllegalStep):
            delivery_step([DeliveryState.CONFIRMED], DeliveryState.READY, now=NOON)
        with pytest.raises(IllegalStep):
            occurrence_step([OccurrenceState.PLANNED], OccurrenceState.CONFIRMED, now=NOON)

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE occurrence SET state = 'lost'",
            "UPDATE occurrence SET state = 'expired'",
            "UPDATE occurrence SET finished_at = now()",
            "UPDATE occurrence SET due_at = deadline_at + interval '1 second'",
            "UPDATE delivery SET state = 'lost'",
            "UPDATE delivery SET state = 'cancelled', lease_token = NULL",
            "UPDATE delivery SET state = 'leased'",
            "UPDATE push_device SET endpoint = NULL",
            "UPDATE push_device SET state = 'revoked', finished_at = now()",
            "INSERT INTO occurrence SELECT gen_random_uuid(), reminder_id, slot_key, due_at, deadline_at,"
            " NULL, 'planned', NULL, 1, now() FROM occurrence",
            "INSERT INTO delivery (id, occurrence_id, device_id, due_at, deadline_at, state, attempts,"
            " ack_secret) SELECT gen_random_uuid(), occurrence_id, device_id, due_at, deadline_at, 'ready',"
            " 0, '' FROM delivery",
        ],
    )
    def test_the_database_refuses_what_the_table_does_not_know(
        self, house: House, anna: UUID, change: str
    ) -> None:
        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher().advance()

        with pytest.raises(IntegrityError), db.transaction() as session:
            session.execute(text(change))
