"""A push service in trouble rests, and nobody else notices."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from notifications import outbox
from notifications.dispatcher import circuits
from notifications.models import PushOrigin
from notifications.push import Transport
from notifications.schedule import Worker
from server.core import db
from tests.notifications.conftest import House
from tests.notifications.push_service import Desk, Phone, Script, push_service_running

LASTS = timedelta(hours=8)


def circuit(house: House, origin: str | None = None) -> tuple[str, str | None]:
    """State and reason; a service that never was in trouble has no row and counts as closed."""
    with db.transaction() as session:
        row = session.scalars(
            select(PushOrigin).where(PushOrigin.origin == (origin or house.push_service.origin))
        ).one_or_none()
        return ("closed", None) if row is None else (row.state, row.reason)


def remind_people(house: House, count: int, service: Desk | None = None) -> list[UUID]:
    people = [uuid4() for _ in range(count)]
    for person in people:
        phone = (service or house.push_service).phone(uuid4().hex)
        house.register(person, phone)
        house.remind(person, lasts=LASTS)
    return people


@contextmanager
def services(house: House, count: int) -> Iterator[Sequence[Desk]]:
    """More push services beside the house's own."""
    with ExitStack() as stack:
        made = [stack.enter_context(push_service_running(lambda: house.now)) for _ in range(count)]
        house.other_origins = [one.origin for one in made]
        yield made


@pytest.fixture
def broken(house: House) -> House:
    """A push service whose circuit has just been opened by twenty errors."""
    house.push_service.default = Script(503)
    remind_people(house, 20)
    house.dispatcher().run_until_idle()
    assert circuit(house) == ("open", "failed")
    return house


class TestOpens:
    def test_when_half_of_twenty_calls_fail(self, house: House) -> None:
        house.push_service.script.extend([Script(201), Script(500)] * 9 + [Script(201)])
        remind_people(house, 19)
        house.dispatcher().run_until_idle()
        before = circuit(house)

        house.push_service.script.append(Script(500))
        remind_people(house, 1)
        house.dispatcher().run_until_idle()

        assert before == ("closed", None)
        assert circuit(house) == ("open", "failed")

    def test_not_when_fewer_fail(self, house: House) -> None:
        house.push_service.script.extend([Script(201), Script(201), Script(500)] * 10)
        remind_people(house, 30)

        house.dispatcher().run_until_idle()

        assert circuit(house) == ("closed", None)

    def test_not_for_what_failed_long_ago(self, house: House) -> None:
        house.push_service.default = Script(500)
        remind_people(house, 15)
        house.dispatcher().run_until_idle()
        house.now += timedelta(hours=1)
        house.push_service.default = Script(201)
        house.dispatcher().run_until_idle()
        house.push_service.default = Script(500)

        remind_people(house, 4)
        house.dispatcher().run_until_idle()

        assert circuit(house) == ("closed", None)

    def test_when_three_in_a_row_do_not_believe_who_we_are(self, house: House) -> None:
        house.push_service.default = Script(403)
        remind_people(house, 10)

        house.dispatcher().run_until_idle()

        assert circuit(house) == ("open", "not-believed")
        assert len(house.push_service.received) == 3 + 1  # one of them signed anew
        assert {device.state for device in house.devices()} == {"active"}

    def test_not_when_one_phone_is_bound_to_another_key(self, house: House, anna: UUID) -> None:
        odd = house.add_phone(anna)
        house.push_service.by_path[odd.endpoint.removeprefix(house.push_service.origin)] = Script(403)
        for _ in range(4):
            house.remind(anna, lasts=LASTS)
            remind_people(house, 1)
            house.dispatcher().run_until_idle()

        assert circuit(house) == ("closed", None)

    def test_when_three_phones_in_a_row_are_told_to_slow_down_and_waits_as_long_as_asked(
        self, house: House
    ) -> None:
        house.push_service.default = Script(429, {"Retry-After": "900"})
        remind_people(house, 10)
        house.dispatcher().run_until_idle()
        assert (circuit(house), len(house.push_service.received)) == (("open", "too-much"), 3)

        house.later(seconds=899)
        assert house.dispatcher().run_until_idle() == 0

        house.later(seconds=1)
        assert house.dispatcher().run_until_idle() == 1

    def test_and_a_human_is_called_once(self, house: House, caplog: pytest.LogCaptureFixture) -> None:
        house.push_service.default = Script(503)
        remind_people(house, 40)

        house.dispatcher().run_until_idle()

        told = [one for one in caplog.records if "is in trouble (failed)" in one.message]
        assert [one.levelname for one in told] == ["ERROR"]


class TestWhileOpen:
    def test_one_call_a_minute_tries_whether_it_is_well_again(self, broken: House) -> None:
        calls = len(broken.push_service.received)

        made = []
        for _ in range(5):
            broken.later(seconds=60)
            broken.dispatcher().run_until_idle()
            made.append(len(broken.push_service.received) - calls)

        assert made == [1, 2, 3, 4, 5]
        assert circuit(broken) == ("open", "failed")
        assert {one.state for one in broken.deliveries()} <= {"retry-wait", "ready"}

    def test_of_many_workers_at_once_one_makes_the_try(self, broken: House) -> None:
        calls = len(broken.push_service.received)
        broken.later(seconds=60)

        workers = [threading.Thread(target=broken.dispatcher().run_until_idle) for _ in range(6)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)

        assert len(broken.push_service.received) == calls + 1

    def test_the_first_try_that_succeeds_lets_all_the_others_go(self, broken: House) -> None:
        broken.push_service.default = Script(201)
        broken.later(seconds=60)
        broken.dispatcher().run_until_idle()
        assert circuit(broken) == ("closed", None)

        broken.later(minutes=2)
        broken.dispatcher().run_until_idle()

        assert {one.state for one in broken.deliveries()} == {"accepted"}

    @pytest.mark.parametrize("state", ["open", "half-open"])
    def test_what_was_under_way_before_proves_nothing(self, house: House, state: str) -> None:
        house.push_service.default = Script(503)
        remind_people(house, 21)
        dispatcher = house.dispatcher()
        dispatcher.advance()
        lease = dispatcher.claim(21)
        late, *failing = lease.delivery_ids

        def open_meanwhile(_message: object) -> None:
            house.push_service.on_message = None
            for one in failing:
                dispatcher.deliver(one, lease.token)
            house.push_service.default = Script(201)
            if state == "half-open":
                house.later(seconds=60)
                with db.transaction() as session:
                    circuits.enter(session, origin=house.push_service.origin, now=house.now)

        house.push_service.on_message = open_meanwhile
        dispatcher.deliver(late, lease.token)

        assert circuit(house) == (state, "failed")
        assert [one.state for one in house.deliveries()].count("accepted") == 1

    def test_a_probe_whose_worker_died_is_followed_by_another(self, broken: House) -> None:
        broken.later(seconds=60)
        with db.transaction() as session:
            passed = circuits.enter(session, origin=broken.push_service.origin, now=broken.now)
        assert passed == circuits.Pass(is_probe=True)
        assert circuit(broken)[0] == "half-open"
        broken.push_service.default = Script(201)

        assert broken.dispatcher().run_until_idle() == 0
        broken.later(seconds=60)
        broken.dispatcher().run_until_idle()

        assert circuit(broken) == ("closed", None)

    def test_what_no_try_reaches_in_time_ends_with_a_reason(self, broken: House, anna: UUID) -> None:
        broken.add_phone(anna)
        broken.remind(anna, lasts=timedelta(seconds=50))

        for _ in range(5):
            broken.later(seconds=20)
            broken.dispatcher().run_until_idle()

        mine = [one for one in broken.occurrences() if one.deadline_at - one.due_at < timedelta(minutes=1)]
        assert [(one.state, one.reason) for one in mine] == [("expired", "past-deadline")]

    def test_the_other_services_do_not_notice(self, broken: House) -> None:
        with services(broken, 1) as [other]:
            remind_people(broken, 30, other)

            broken.dispatcher().run_until_idle()

            assert len(other.received) == 30

    def test_claims_leave_what_waits_for_it_alone(self, broken: House) -> None:
        remind_people(broken, 5)
        dispatcher = broken.dispatcher()
        dispatcher.advance()

        assert dispatcher.claim(100).delivery_ids == ()

    def test_old_failures_do_not_open_it_again(self, broken: House) -> None:
        broken.push_service.script.extend([Script(201), Script(503)])
        broken.push_service.default = Script(201)
        broken.later(seconds=60)

        broken.dispatcher().run_until_idle()

        assert circuit(broken) == ("closed", None)
        assert [one.state for one in broken.deliveries()].count("accepted") == 19


class TestShare:
    def test_is_half_of_the_slots_and_at_least_one(self) -> None:
        assert [circuits.share(slots) for slots in (1, 2, 3, 6, 50)] == [1, 1, 1, 3, 25]

    def test_holds_over_several_claims(self, house: House) -> None:
        remind_people(house, 30)
        dispatcher = house.dispatcher()
        dispatcher.advance()

        first = dispatcher.claim(12, slots=6).delivery_ids
        second = dispatcher.claim(9, slots=6, busy=first).delivery_ids
        third = dispatcher.claim(9, slots=6, busy=first[:1]).delivery_ids

        assert (len(first), len(second), len(third)) == (3, 0, 2)

    def test_one_service_that_hangs_leaves_the_others_all_their_messages(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("planning", "sending", "reactions"):
            monkeypatch.setattr(f"notifications.dispatcher.{module}.held_until", lambda *_a, **_k: None)
        house.now = datetime.now(UTC)
        house.transport = Transport(read_seconds=300)
        house.push_service.default = Script(hang=300)
        with services(house, 4) as others:
            remind_people(house, 30)
            for other in others:
                other.on_message = lambda message: acknowledge(house, message.content)
                remind_people(house, 15, other)

            with working(house):
                until(lambda: sum(len(other.received) for other in others) == 60)
                hanging = len(house.push_service.received)
                until(lambda: [one.state for one in house.deliveries()].count("confirmed") == 60)
                house.push_service.ending.set()

        assert 1 <= hanging <= 3


def acknowledge(house: House, content: dict[str, object]) -> None:
    with db.transaction() as session:
        outbox.acknowledge(
            session, delivery_id=UUID(str(content["id"])), secret=str(content["ack"]), now=house.now
        )


@contextmanager
def working(house: House) -> Iterator[None]:
    worker = Worker(
        dispatcher=house.dispatcher(clock=lambda: datetime.now(UTC)),
        engine=db.engine(),
        session_factory=db.transaction,
        tick_seconds=0.2,
        concurrency=6,
    )
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join(60)


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "did not happen"
        time.sleep(0.02)


def test_phones_tell_their_service_by_their_address(house: House, anna: UUID) -> None:
    phone = Phone(endpoint="https://FCM.googleapis.com:443/fcm/send/x")

    house.register(anna, phone)

    assert house.devices()[0].origin == "https://fcm.googleapis.com"


def test_a_probe_that_was_set_by_a_clock_a_year_ahead_is_made_now(broken: House) -> None:
    with db.transaction() as session:
        [row] = session.scalars(select(PushOrigin))
        row.next_probe_at = broken.now + timedelta(days=365)
    broken.push_service.default = Script(201)
    broken.later(minutes=2)

    with db.transaction() as session:
        assert circuits.open_origins(session, broken.now) == []
    broken.dispatcher().run_until_idle()

    assert circuit(broken) == ("closed", None)
