"""Gateways that refuse, lie and are slow, and senders that die: one way at most takes it, under one id."""

import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from notifications import sms
from notifications.dispatcher import SafeChannel
from server.core import db
from tests.notifications.conftest import KEY, House
from tests.notifications.gateway import Says
from tests.notifications.other_ways import ADDRESS, EMAIL, Ways


class TestFailures:
    def test_what_the_gateway_refuses_goes_by_mail(self, ways: Ways, house: House, anna: UUID) -> None:
        ways.safe.append(SafeChannel(EMAIL, ADDRESS))
        ways.gateway.script.append(Says(422))
        ways.unanswered(anna)

        ways.dispatcher().run_until_idle()

        assert (len(ways.gateway.received), len(ways.mail.sent)) == (1, 1)
        assert house.state() == ("fallback-sent", "sent by email")

    def test_a_gateway_that_lies_is_asked_three_times_with_one_id_before_the_next_way(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        ways.safe.append(SafeChannel(EMAIL, ADDRESS))
        ways.gateway.default = Says(200, '{"error": "later"}')
        ways.unanswered(anna)

        for minutes in (0, 1, 5, 1):
            house.later(minutes=minutes)
            ways.dispatcher().run_until_idle()

        assert len(ways.gateway.ids) == 3
        assert set(ways.gateway.ids) == {str(one) for one in ways.mail.sent}
        assert house.state() == ("fallback-sent", "sent by email")

    def test_when_every_way_fails_staff_see_that_nobody_was_reached(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        ways.gateway.default = Says(400)
        subject = ways.unanswered(anna)

        ways.dispatcher().run_until_idle()

        assert ways.state() == ("failed", "every-way-failed")
        assert house.state()[0] == "unconfirmed"
        assert house.standing(subject) == "not-reached"

    def test_a_late_answer_of_the_phone_still_counts(self, ways: Ways, house: House, anna: UUID) -> None:
        subject = ways.unanswered(anna)
        ways.dispatcher().run_until_idle()

        assert house.acknowledge()

        assert house.state()[0] == "fallback-sent"
        assert house.standing(subject) == "reached"

    def test_a_slow_gateway_never_holds_more_than_two_hands(self, ways: Ways, house: House) -> None:
        for _ in range(5):
            house.remind(uuid4())
        dispatcher = ways.dispatcher()
        dispatcher.advance()

        taken = [dispatcher.claim(10) for _ in range(3)]
        sent = [dispatcher.deliver(one, taken[0].token) for one in taken[0].delivery_ids]

        assert [len(lease.delivery_ids) for lease in taken] == [2, 0, 0]
        assert sent == [True, True]
        assert len(dispatcher.claim(10).delivery_ids) == 2

    def test_a_claim_that_was_not_committed_holds_no_hand(self, ways: Ways, house: House) -> None:
        house.remind(uuid4())
        house.remind(uuid4())
        is_gone = False

        @contextmanager
        def transaction() -> Iterator[Session]:
            with db.transaction() as session:
                yield session
                if is_gone:
                    raise OperationalError("COMMIT", {}, Exception("gone"))

        dispatcher = ways.dispatcher(session_factory=transaction)
        dispatcher.advance()
        is_gone = True
        with pytest.raises(OperationalError):
            dispatcher.claim(10)
        is_gone = False

        assert dispatcher.run_until_idle() == 2
        assert len(ways.gateway.received) == 2

    def test_handing_back_lets_another_go_on_at_once(self, ways: Ways, house: House, anna: UUID) -> None:
        house.remind(anna)
        leaving = ways.dispatcher()
        leaving.advance()
        lease = leaving.claim(1)

        assert leaving.hand_back(lease.token) == 1
        assert ways.dispatcher().run_until_idle() == 1


class TestOnce:
    def test_four_dispatchers_send_each_fallback_once(self, ways: Ways, house: House) -> None:
        for _ in range(40):
            house.remind(uuid4())

        threads = [threading.Thread(target=ways.dispatcher().run_until_idle) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ways.dispatcher().run_until_idle()

        assert len(ways.fallbacks()) == 40
        assert Counter(Counter(ways.gateway.ids).values()) == {1: 40}
        assert {one.state for one in house.occurrences()} == {"fallback-sent"}

    def test_the_database_refuses_a_second_fallback_of_an_occurrence(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        house.remind(anna)
        ways.dispatcher().run_until_idle()

        with pytest.raises(IntegrityError), db.transaction() as session:
            session.execute(
                text(
                    "INSERT INTO fallback (id, occurrence_id, state, refused, next_attempt_at, attempts,"
                    " deadline_at, created_at) SELECT gen_random_uuid(), occurrence_id, 'ready', '{}', now(),"
                    " 0, now(), now() FROM fallback"
                )
            )

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_a_process_that_dies_at_the_gateway_repeats_at_most_once_with_the_same_id(
        self, ways: Ways, house: House, anna: UUID, database: str, when: str
    ) -> None:
        house.remind(anna)
        arguments = [database, ways.gateway.url, KEY, house.now.isoformat(), when]
        done = subprocess.run([sys.executable, "-c", DYING, *arguments])
        assert done.returncode == -signal.SIGKILL
        assert ways.state()[0] == "intent"

        assert ways.dispatcher().run_until_idle() == 0
        house.later(seconds=90)
        ways.dispatcher().run_until_idle()

        assert len(ways.gateway.received) == (2 if when == "after" else 1)
        assert len(set(ways.gateway.ids)) == 1
        assert ways.state()[0] == "sent"

    def test_a_sender_that_slept_past_its_lease_commits_nothing(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        house.remind(anna)
        slept = ways.dispatcher()
        slept.advance()
        lease = slept.claim(1)

        def another_goes_on(_message: Any) -> None:
            ways.gateway.on_message = None
            house.later(seconds=91)
            assert ways.dispatcher().run_until_idle() == 1

        ways.gateway.on_message = another_goes_on

        assert slept.deliver(lease.delivery_ids[0], lease.token) is False
        assert ways.state() == ("sent", None)

    def test_a_sender_that_wakes_while_another_is_calling_changes_nothing(
        self, ways: Ways, house: House, anna: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The state is the very one it left: only the token says that the call is not its own any more."""
        monkeypatch.setattr(sms, "READ_SECONDS", 120.0)
        monkeypatch.setattr(sms, "WHOLE_SECONDS", 300.0)
        house.remind(anna)
        slept = ways.dispatcher()
        slept.advance()
        lease = slept.claim(1)
        is_calling, may_answer = threading.Event(), threading.Event()
        other = threading.Thread(target=ways.dispatcher().run_until_idle)
        ways.gateway.script.extend([Says(422), Says()])  # the sleeper hears no, the other yes

        def hold(_message: Any) -> None:
            is_calling.set()
            assert may_answer.wait(60)

        def another_goes_on(_message: Any) -> None:
            ways.gateway.on_message = hold
            house.later(seconds=91)
            other.start()
            assert is_calling.wait(60)

        ways.gateway.on_message = another_goes_on

        is_recorded = slept.deliver(lease.delivery_ids[0], lease.token)
        meanwhile = ways.state()[0]
        may_answer.set()
        other.join(60)

        assert is_recorded is False
        assert meanwhile == "intent"
        assert ways.state() == ("sent", None)

    def test_no_transaction_is_open_during_the_call(self, ways: Ways, house: House, anna: UUID) -> None:
        open_then: list[int] = []
        house.remind(anna)
        ways.gateway.on_message = lambda _message: open_then.append(
            house.query(
                "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
                " AND datname = current_database()"
            )
        )

        ways.dispatcher().run_until_idle()

        assert open_then == [0]


DYING = """
import os, signal, sys
from datetime import datetime
from notifications.dispatcher import Dispatcher, OtherWays, SafeChannel
from notifications.models.fallbacks import ChannelKind, Words
from notifications.push import Message
from notifications.sms import SmsGateway
from server.core import db
url, gateway, key, at, when = sys.argv[1:]
now = datetime.fromisoformat(at)
db.configure(url, pool_size=2)
sms = SmsGateway(url=gateway, token="x", sender="Overblik")
class Killed:
    def send(self, **message):
        if when == "after":
            sms.send(**message)
        os.kill(os.getpid(), signal.SIGKILL)
ways = OtherWays(channels=lambda *a, **k: [SafeChannel(ChannelKind.SMS, "+4512345678")],
                 write=lambda *a, **k: Words("Du har en påmindelse", "x", "da"),
                 carriers={ChannelKind.SMS: Killed()})
Dispatcher(session_factory=db.transaction, may_send=lambda *a, **k: True,
           render=lambda *a, **k: Message("Overblik", "Du har en påmindelse", "da"),
           public_url="https://overblik.example.dk", push=None, ways=ways, clock=lambda: now).run_until_idle()
"""
