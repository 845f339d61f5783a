"""Who holds what: claims never overlap, a lost lease commits nothing, a killed sender loses nothing."""

import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from notifications.push import Answer, Target
from server.core import db
from tests.notifications.conftest import KEY, House

SENDER = """
import os, signal, sys
from datetime import datetime
from notifications.dispatcher import Dispatcher
from notifications.push import Message, PushSender, Vapid
from server.core import db
url, origin, key, at, when = sys.argv[1:]
now = datetime.fromisoformat(at)
db.configure(url, pool_size=2)
sender = PushSender(vapid=Vapid(subject="mailto:drift@example.dk", keys={"first": key}),
                    topic_key=b"topic key for tests", origins=[origin], clock=lambda: now)
class Killed:
    def send(self, target, body):
        if when == "after":
            sender.send(target, body)
        os.kill(os.getpid(), signal.SIGKILL)
Dispatcher(session_factory=db.transaction, may_send=lambda *a, **k: True,
           render=lambda *a, **k: Message("Overblik", "Du har en påmindelse", "da"),
           public_url="https://overblik.example.dk", push=Killed(), clock=lambda: now).run_until_idle()
"""


def kill_a_sender(house: House, url: str, when: str) -> None:
    origin = house.push_service.origin
    done = subprocess.run([sys.executable, "-c", SENDER, url, origin, KEY, house.now.isoformat(), when])
    assert done.returncode == -signal.SIGKILL


class TestKilledSender:
    def test_after_the_call_the_same_message_goes_out_again(
        self, house: House, anna: UUID, database: str
    ) -> None:
        house.add_phone(anna)
        house.remind(anna)

        kill_a_sender(house, database, "after")
        assert house.deliveries()[0].state == "intent"
        assert house.dispatcher().run_until_idle() == 0
        house.later(seconds=90)
        assert house.dispatcher().run_until_idle() == 1

        first, second = house.push_service.received
        assert first.content == second.content
        assert first.headers["topic"] == second.headers["topic"]
        assert house.deliveries()[0].state == "accepted"

    def test_before_the_call_it_goes_out_once(self, house: House, anna: UUID, database: str) -> None:
        house.add_phone(anna)
        house.remind(anna)

        kill_a_sender(house, database, "before")
        house.later(seconds=90)
        house.dispatcher().run_until_idle()

        assert len(house.push_service.received) == 1

    def test_an_acknowledgement_in_between_saves_the_second_sending(
        self, house: House, anna: UUID, database: str
    ) -> None:
        house.add_phone(anna)
        house.remind(anna)

        kill_a_sender(house, database, "after")
        house.later(seconds=90)
        house.dispatcher().advance()
        assert house.acknowledge()

        assert house.dispatcher().run_until_idle() == 0
        assert house.state() == ("confirmed", None)


class TestLease:
    def test_the_most_urgent_goes_first(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        for hours in (5, 1, 3):
            house.remind(anna, lasts=timedelta(hours=hours))
        dispatcher = house.dispatcher()
        dispatcher.advance()

        order = [dispatcher.claim(1).delivery_ids[0] for _ in range(3)]

        deadlines = {one.id: one.deadline_at for one in house.deliveries()}
        assert [deadlines[one] for one in order] == sorted(deadlines.values())

    def test_the_most_urgent_goes_first_however_the_database_reads_the_rows(
        self, house: House, anna: UUID
    ) -> None:
        house.add_phone(anna)
        for hours in (5, 1, 3):
            house.remind(anna, lasts=timedelta(hours=hours))
            house.dispatcher().advance()  # one by one: so they lie in the table

        @contextmanager
        def as_they_lie() -> Iterator[Session]:
            with db.transaction() as session:
                for way in ("indexscan", "indexonlyscan", "bitmapscan"):
                    session.execute(text(f"SET LOCAL enable_{way} = off"))
                yield session

        dispatcher = house.dispatcher(session_factory=as_they_lie)
        order = [dispatcher.claim(1).delivery_ids[0] for _ in range(3)]

        deadlines = {one.id: one.deadline_at for one in house.deliveries()}
        assert [deadlines[one] for one in order] == sorted(deadlines.values())

    def test_dispatchers_at_once_send_each_reminder_once(self, house: House) -> None:
        people = [uuid4() for _ in range(4)]
        for person in people:
            house.add_phone(person)
        for number in range(60):
            house.remind(people[number % 4])

        threads = [threading.Thread(target=house.dispatcher().run_until_idle) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        house.dispatcher().run_until_idle()

        seen = Counter(message.content["id"] for message in house.push_service.received)
        assert len(seen) == 60
        assert set(seen.values()) == {1}
        assert {one.state for one in house.deliveries()} == {"accepted"}

    def test_a_sender_that_slept_past_its_lease_commits_nothing(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)

        class Sleepy:
            def send(self, target: Target, body: bytes) -> Answer:
                house.later(seconds=91)
                assert house.dispatcher().run_until_idle() == 1
                return Answer(status=410)

        slept = house.dispatcher(push=Sleepy())
        slept.advance()
        lease = slept.claim(1)

        assert not slept.deliver(lease.delivery_ids[0], lease.token)
        assert house.deliveries()[0].state == "accepted"

    def test_a_sender_that_wakes_while_another_is_calling_changes_nothing(
        self, house: House, anna: UUID
    ) -> None:
        """The state is the very one it left: only the token says that the call is not its own any more."""
        house.add_phone(anna)
        house.remind(anna)
        is_calling, may_answer = threading.Event(), threading.Event()

        class Slow:
            def send(self, target: Target, body: bytes) -> Answer:
                is_calling.set()
                assert may_answer.wait(60)
                return Answer(status=201)

        other = threading.Thread(target=house.dispatcher(push=Slow()).run_until_idle)

        class Sleepy:
            def send(self, target: Target, body: bytes) -> Answer:
                house.later(seconds=91)
                other.start()
                assert is_calling.wait(60)
                return Answer(status=410)

        slept = house.dispatcher(push=Sleepy())
        slept.advance()
        lease = slept.claim(1)

        is_recorded = slept.deliver(lease.delivery_ids[0], lease.token)
        meanwhile = (house.deliveries()[0].state, house.devices()[0].state)
        may_answer.set()
        other.join(60)

        assert is_recorded is False
        assert meanwhile == ("intent", "active")
        assert house.deliveries()[0].state == "accepted"

    def test_a_lease_that_ran_out_before_the_intent_sends_nothing(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        slow = house.dispatcher()
        slow.advance()
        lease = slow.claim(1)

        house.later(seconds=90)

        assert not slow.deliver(lease.delivery_ids[0], lease.token)
        assert house.push_service.received == []

    def test_handing_back_lets_another_go_on_at_once(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        leaving = house.dispatcher()
        leaving.advance()
        lease = leaving.claim(1)

        assert leaving.hand_back(lease.token) == 1
        assert house.dispatcher().run_until_idle() == 1

    def test_no_transaction_is_open_during_the_call(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        open_then: list[int] = []
        house.push_service.on_message = lambda _message: open_then.append(
            house.query(
                "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
                " AND datname = current_database()"
            )
        )

        house.dispatcher().run_until_idle()

        assert open_then == [0]


def test_the_books_are_append_only(house: House, anna: UUID) -> None:
    house.add_phone(anna)
    house.remind(anna)
    house.dispatcher().run_until_idle()

    allowed = house.query(
        "SELECT has_table_privilege('delivery_attempt', 'UPDATE')"
        " OR has_table_privilege('delivery_attempt', 'DELETE')"
    )

    assert house.query("SELECT count(*) FROM delivery_attempt") == 1
    assert allowed is False
