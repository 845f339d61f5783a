"""Many calls on one thread: written down in batches, and nobody pays for another's trouble."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Thread, get_ident
from time import sleep
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from notifications.dispatcher import About, Claimed, Dispatcher, Lane, Together, broken
from notifications.dispatcher import lane as lanes
from notifications.dispatcher.lane import in_one_or_one_by_one
from notifications.models import Delivery, Occurrence, PushDevice
from notifications.push import Message, sender
from notifications.push.encryption import encrypt
from server.core import db
from tests.notifications.conftest import House
from tests.notifications.push_service import Script
from tests.notifications.test_circuits import services


def remind_people(house: House, count: int) -> list[UUID]:
    people = [uuid4() for _ in range(count)]
    for person in people:
        house.add_phone(person)
        house.remind(person)
    return people


def claimed(dispatcher: Dispatcher, count: int) -> list[Claimed]:
    dispatcher.advance()
    lease = dispatcher.claim(count)
    return [(one, lease.token) for one in lease.delivery_ids]


def finish(lane: Lane) -> int:
    """Wait for all that is under way; says how many results were ours."""
    recorded = 0
    while not lane.is_empty:
        recorded += lane.finish(5.0).recorded
    return recorded


def outcome_of(person: UUID) -> tuple[str, str | None]:
    """What became of the one delivery to a person's phone, and why."""
    with db.transaction() as session:
        found = (
            select(Delivery.state, Delivery.reason)
            .join(PushDevice, PushDevice.id == Delivery.device_id)
            .where(PushDevice.recipient_id == person)
        )
        state, reason = session.execute(found).one()
        return state, reason


class TestLane:
    def test_sends_a_whole_lease_once_and_writes_down_each(self, house: House) -> None:
        remind_people(house, 12)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=12)

        refused = lane.begin(claimed(dispatcher, 12))
        recorded = finish(lane)

        assert (refused, recorded) == ([], 12)
        assert {one.state for one in house.deliveries()} == {"accepted"}
        assert len({message.content["id"] for message in house.push_service.received}) == 12
        assert house.query("SELECT count(*) FROM delivery_attempt") == 12

    def test_one_notice_without_words_leaves_the_others_their_way(self, house: House) -> None:
        people = remind_people(house, 5)
        dispatcher = house.dispatcher(render=speechless_for(house, people[2]))
        lane = dispatcher.lane(at_once=5)

        refused = lane.begin(claimed(dispatcher, 5))

        assert (len(refused), finish(lane)) == (1, 4)
        states = sorted((one.state, one.reason) for one in house.deliveries() if one.state != "accepted")
        assert states == [("retry-wait", "broken")]

    def test_asks_about_many_at_once_and_keeps_each_answer_with_its_own(self, house: House) -> None:
        people = remind_people(house, 6)
        later = house.now + timedelta(minutes=10)
        says: dict[UUID, bool | datetime] = {one: True for one in people}
        says[people[1]], says[people[4]] = False, later
        asked: list[int] = []

        def may_send(_: Session, *, about: Sequence[About], now: datetime) -> list[bool | datetime]:
            asked.append(len(about))
            return [says[one.recipient_id] for one in about]

        def render(_: Session, *, about: Sequence[About], now: datetime) -> list[Message | None]:
            return [None if one.recipient_id == people[2] else house.said for one in about]

        dispatcher = house.dispatcher(together=Together(may_send=may_send, render=render))
        lane = dispatcher.lane(at_once=6)
        lane.begin(claimed(dispatcher, 6))
        finish(lane)

        assert asked == [6]
        assert [outcome_of(one) for one in people] == [
            ("accepted", None),
            ("cancelled", "not-wanted"),
            ("cancelled", "nothing-to-say"),
            ("accepted", None),
            ("retry-wait", "not-now"),
            ("accepted", None),
        ]

    def test_what_several_leases_gave_leaves_in_one_step(self, house: House) -> None:
        remind_people(house, 4)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=4)

        refused = lane.begin(claimed(dispatcher, 2) + claimed(dispatcher, 2))

        assert (refused, finish(lane)) == ([], 4)
        assert len({message.content["id"] for message in house.push_service.received}) == 4

    def test_what_was_claimed_twice_leaves_once_under_the_lease_that_holds(
        self, house: House, anna: UUID
    ) -> None:
        house.add_phone(anna)
        house.remind(anna)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=2)
        ran_out = claimed(dispatcher, 1)
        house.later(minutes=2)
        held = claimed(dispatcher, 1)

        refused = lane.begin(ran_out + held)

        assert refused == ran_out
        assert finish(lane) == 1
        assert len(house.push_service.received) == 1

    def test_keeps_its_lines_so_that_services_in_turn_need_no_new_ones(self, house: House) -> None:
        with services(house, 1) as [other]:
            dispatcher = house.dispatcher()
            lane = dispatcher.lane(at_once=4)
            for service in (house.push_service, other) * 3:
                for _ in range(4):
                    person = uuid4()
                    house.register(person, service.phone(uuid4().hex))
                    house.remind(person)
                lane.begin(claimed(dispatcher, 4))
                finish(lane)

            assert (len(house.push_service.received), len(other.received)) == (12, 12)
            assert max(house.push_service.connections, other.connections) <= 4

    def test_answers_are_written_down_without_waiting_for_calls_that_hang(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lanes, "LINGER", 60.0)
        with services(house, 1) as [silent]:
            silent.default = Script(201, hang=60.0)
            dispatcher = house.dispatcher()
            lane = dispatcher.lane(at_once=4)
            for number in range(3):
                person = uuid4()
                house.register(person, silent.phone(str(number)))
                house.remind(person)
            lane.begin(claimed(dispatcher, 3))
            sleep(2.0)  # longer than the answer below takes

            [person] = remind_people(house, 1)
            lane.begin(claimed(dispatcher, 1))
            recorded: list[int] = []
            writing = Thread(target=lambda: recorded.append(lane.finish(30.0).recorded), daemon=True)
            writing.start()
            writing.join(30.0)

            assert (recorded, outcome_of(person)) == ([1], ("accepted", None))
            silent.ending.set()
            finish(lane)

    def test_each_answer_has_its_own_consequence(self, house: House) -> None:
        people = remind_people(house, 6)
        answers = [Script(201), Script(410), Script(503), Script(429), Script(400), Script(302)]
        house.push_service.script.extend(answers)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=6)

        lane.begin(claimed(dispatcher, 6))
        finish(lane)

        states = sorted(one.state for one in house.deliveries())
        assert states == ["accepted", "dead-device", "quarantined", "retry-wait", "retry-wait", "retry-wait"]
        assert sorted(one.state for one in house.devices()) == ["active"] * 4 + ["dead", "quarantined"]
        assert len(people) == house.query("SELECT count(*) FROM delivery_attempt")

    def test_takes_no_more_than_it_has_room_for(self, house: House) -> None:
        remind_people(house, 3)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=2)

        with pytest.raises(ValueError):
            lane.begin(claimed(dispatcher, 3))

        assert house.push_service.received == []

    def test_twenty_errors_in_one_batch_open_the_circuit(self, house: House) -> None:
        house.push_service.default = Script(503)
        remind_people(house, 20)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=20)

        lane.begin(claimed(dispatcher, 20))
        finish(lane)

        assert house.query("SELECT state FROM push_origin") == "open"

    def test_what_was_acknowledged_meanwhile_stays_so(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=1)
        lane.begin(claimed(dispatcher, 1))

        with db.transaction() as session:
            session.connection().exec_driver_sql(
                "UPDATE delivery SET state = 'confirmed', lease_token = NULL, lease_until = NULL,"
                " finished_at = now()"
            )

        assert finish(lane) == 0
        assert house.deliveries()[0].state == "confirmed"

    def test_what_is_acknowledged_while_the_answer_waits_to_be_written_stays_so(
        self, house: House, anna: UUID
    ) -> None:
        house.add_phone(anna)
        house.remind(anna)
        dispatcher = house.dispatcher()
        lane = dispatcher.lane(at_once=1)
        lane.begin(claimed(dispatcher, 1))
        recorded: list[int] = []
        writing = Thread(target=lambda: recorded.append(finish(lane)))

        with db.transaction() as session:
            session.execute(select(Occurrence.id).with_for_update())
            writing.start()
            while not house.query("SELECT count(*) FROM pg_locks WHERE NOT granted"):
                pass
            session.execute(
                update(Delivery).values(
                    state="confirmed", lease_token=None, lease_until=None, finished_at=house.now
                )
            )
        writing.join()

        assert recorded == [0]
        assert house.deliveries()[0].state == "confirmed"


class TestInTurn:
    """Lanes of one sender work one after the other; none of them has the turn while it waits."""

    def test_one_lane_encrypts_at_a_time(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        remind_people(house, 8)
        dispatcher = house.dispatcher()
        inside, seen = set[int](), list[int]()

        def slowly(plain: bytes, **keys: Any) -> bytes:
            inside.add(get_ident())
            sleep(0.02)  # as one that gives Python's lock away
            seen.append(len(inside))
            inside.discard(get_ident())
            return encrypt(plain, **keys)

        monkeypatch.setattr(sender, "encrypt", slowly)
        both = claimed(dispatcher, 8)
        lanes = [dispatcher.lane(at_once=4), dispatcher.lane(at_once=4)]
        threads = [Thread(target=lane.begin, args=(both[n * 4 : n * 4 + 4],)) for n, lane in enumerate(lanes)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert seen == [1] * 8
        assert [finish(lane) for lane in lanes] == [4, 4]

    def test_a_silent_service_keeps_nobody_else_from_the_turn(self, house: House) -> None:
        with services(house, 1) as [silent]:
            silent.default = Script(201, hang=60.0)
            dispatcher = house.dispatcher()
            waits, goes = dispatcher.lane(at_once=1), dispatcher.lane(at_once=4)
            person = uuid4()
            house.register(person, silent.phone("one"))
            house.remind(person)
            waits.begin(claimed(dispatcher, 1))
            waiting = Thread(target=waits.finish, args=(60.0,), daemon=True)
            waiting.start()

            remind_people(house, 4)
            goes.begin(claimed(dispatcher, 4))

            assert finish(goes) == 4
            assert waiting.is_alive()
            silent.ending.set()
            waiting.join()

    def test_a_database_that_is_slow_with_one_keeps_nobody_from_the_turn(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        remind_people(house, 2)
        dispatcher = house.dispatcher()
        first, second = claimed(dispatcher, 2)
        fails, goes = dispatcher.lane(at_once=1), dispatcher.lane(at_once=1)
        begun: list[bool] = []

        def fail_once(plain: bytes, **keys: Any) -> bytes:
            monkeypatch.setattr(sender, "encrypt", encrypt)
            raise RuntimeError("a fault of ours")

        def put_aside(*_: Any, **__: Any) -> None:
            other = Thread(target=goes.begin, args=([second],), daemon=True)
            other.start()
            other.join(30.0)
            begun.append(not other.is_alive())

        monkeypatch.setattr(sender, "encrypt", fail_once)
        monkeypatch.setattr(broken, "put_aside", put_aside)

        assert fails.begin([first]) == [first]
        assert begun == [True]
        assert finish(goes) == 1


def speechless_for(house: House, person: UUID) -> Callable[..., Any]:
    def render(*_: object, recipient_id: UUID, **__: object) -> Any:
        if recipient_id == person:
            raise LookupError("a text is missing")
        return house.said

    return render


def test_a_database_that_is_away_is_not_asked_once_a_row() -> None:
    asked: list[int] = []

    def away(rows: Any) -> list[int]:
        asked.append(len(rows))
        raise OperationalError("SELECT 1", {}, Exception("no connection"))

    assert in_one_or_one_by_one(away, [1, 2, 3], str) == []
    assert asked == [3]
