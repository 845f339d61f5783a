"""A notice that fails in our own house: it waits, an alarm is raised, and another way is found in time."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.orm import Session

from notifications import alarms
from notifications.dispatcher import Dispatcher, OtherWays
from notifications.models.fallbacks import Words
from server.core import db
from tests.notifications.conftest import House
from tests.notifications.other_ways import NUMBER, SMS, Ways


def no_words(_session: Session, **_about: Any) -> None:
    raise KeyError("no such text")


def work(dispatcher: Dispatcher) -> None:
    """What a worker does with one look at the rows: an error of one notice stops no other."""
    if not dispatcher.look()[1]:
        return
    dispatcher.advance()
    lease = dispatcher.claim(10)
    for one in lease.delivery_ids:
        try:
            dispatcher.deliver(one, lease.token)
        except KeyError:
            continue


def raised(house: House) -> set[str]:
    with db.transaction() as session:
        alarms.watch(session, now=house.now)
    house.later(seconds=31)
    with db.transaction() as session:
        alarms.watch(session, now=house.now)
        return {one.code for one in alarms.alarms(session, now=house.now) if one.cleared_at is None}


class TestBroken:
    @pytest.mark.parametrize("broken", ["render", "may_send"])
    def test_waits_longer_each_time_and_says_that_it_is_broken(
        self, house: House, anna: UUID, broken: str
    ) -> None:
        house.add_phone(anna)
        house.remind(anna)
        dispatcher = house.dispatcher(**{broken: no_words})

        waits = []
        for _ in range(6):
            work(dispatcher)
            [delivery] = house.deliveries()
            assert (delivery.state, delivery.reason) == ("retry-wait", "broken")
            assert delivery.next_attempt_at is not None
            waits.append((delivery.next_attempt_at - house.now) // timedelta(minutes=1))
            house.now = delivery.next_attempt_at

        assert waits == [1, 2, 4, 8, 15, 15]
        assert house.push_service.received == []

    def test_raises_an_alarm_that_is_over_once_it_is_mended(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        work(house.dispatcher(render=no_words))

        before = raised(house)
        house.later(minutes=1)
        work(house.dispatcher())

        assert before == {"broken"}
        assert len(house.push_service.received) == 1
        assert raised(house) == set()

    def test_is_told_by_another_way_after_two_hours(self, ways: Ways, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna, lasts=timedelta(hours=6))
        dispatcher = ways.dispatcher(render=no_words)

        for _ in range(26):
            work(dispatcher)
            house.later(minutes=5)

        assert [message["to"] for message in ways.gateway.received] == [NUMBER]
        assert house.state() == ("fallback-sent", "sent by sms")

    def test_of_another_way_waits_as_well_is_alarmed_and_ends_with_its_use(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        house.remind(anna, lasts=timedelta(hours=3))

        def no_text(*_: Any, **__: Any) -> Words:
            raise KeyError("no such text")

        bad = OtherWays(channels=ways.channels, write=no_text, carriers={SMS: ways.mail})
        dispatcher = ways.dispatcher(ways=bad)
        work(dispatcher)

        assert ways.state() == ("ready", "broken")
        assert "broken" in raised(house)
        for _ in range(20):
            house.later(minutes=10)
            work(dispatcher)
        assert ways.state() == ("skipped", "past-deadline")

    def test_another_way_that_is_mended_is_sent(self, ways: Ways, house: House, anna: UUID) -> None:
        house.remind(anna)
        work(ways.dispatcher(may_send=no_words))
        assert ways.state() == ("ready", "broken")

        house.later(minutes=1)
        work(ways.dispatcher())

        assert len(ways.gateway.received) == 1
        assert ways.state() == ("sent", None)

    def test_holds_up_nobody_else(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        other = uuid4()
        house.add_phone(other)
        house.remind(anna, lasts=timedelta(hours=2))
        house.remind(other)

        def render(session: Session, *, recipient_id: UUID, **about: Any) -> Any:
            return no_words(session) if recipient_id == anna else house.said

        dispatcher = house.dispatcher(render=render)
        dispatcher.advance()
        for _ in range(2):
            lease = dispatcher.claim(1)
            for one in lease.delivery_ids:
                try:
                    dispatcher.deliver(one, lease.token)
                except KeyError:
                    continue

        assert len(house.push_service.received) == 1
