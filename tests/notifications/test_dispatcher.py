"""One reminder from the booking to the phone and back, and every answer a push service may give."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from uuid import UUID, uuid4

import pytest

from notifications import outbox, subscriptions
from notifications.push import Transport
from server.core import db
from tests.notifications.conftest import NOON, House
from tests.notifications.push_service import Script


class TestHappyWay:
    def test_reaches_the_phone_and_is_confirmed_by_it(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        subject = house.remind(anna)

        assert house.dispatcher().run_until_idle() == 1
        assert house.standing(subject) == "sent"
        assert house.occurrences()[0].confirm_by == NOON + timedelta(hours=2)
        assert house.acknowledge()

        assert house.standing(subject) == "reached"
        assert house.state() == ("confirmed", None)
        assert house.deliveries()[0].state == "confirmed"

    def test_asks_in_the_sending_transaction_with_all_it_knows(self, house: House, anna: UUID) -> None:
        session_id = uuid4()
        house.add_phone(anna, session_id=session_id)
        subject = house.remind(anna)

        house.dispatcher().run_until_idle()

        [asked] = house.asked
        assert asked == {
            "kind": "appointment",
            "subject_id": subject,
            "recipient_id": anna,
            "slot": "day-before",
            "revision": 1,
            "device_session_id": session_id,
            "now": NOON,
        }

    def test_goes_to_every_device_of_the_person_and_to_nobody_else(self, house: House, anna: UUID) -> None:
        phones = [house.add_phone(anna), house.add_phone(anna)]
        house.add_phone(uuid4())
        house.remind(anna)

        house.dispatcher().run_until_idle()

        called = sorted(message.path for message in house.push_service.received)
        assert called == sorted(phone.endpoint.removeprefix(house.push_service.origin) for phone in phones)

    def test_is_sent_once_however_often_the_dispatcher_looks(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna, key="one")
        house.remind(anna, key="one")

        sent = [house.dispatcher().run_until_idle() for _ in range(3)]

        assert sent == [1, 0, 0]

    def test_nothing_leaves_when_it_is_no_longer_wanted(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        subject = house.remind(anna)
        house.wanted = False

        house.dispatcher().run_until_idle()

        assert house.push_service.received == []
        assert house.state() == ("cancelled", "not-wanted")
        assert house.standing(subject) == "none"

    def test_a_person_without_a_phone_is_told_apart(self, house: House, anna: UUID) -> None:
        subject = house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.state() == ("no-device", "no-device")
        assert house.standing(subject) == "no-device"


class TestAnswers:
    @pytest.mark.parametrize("status", [200, 201, 202, 204])
    def test_accepted_is_not_delivered(self, house: House, anna: UUID, status: int) -> None:
        house.push_service.default = Script(status, {"TTL": "3600", "Location": "https://x.example/m/1"})
        house.add_phone(anna)
        subject = house.remind(anna)

        house.dispatcher().run_until_idle()
        delivery = house.deliveries()[0]
        house.later(hours=2)
        house.dispatcher().run_until_idle()

        assert (delivery.state, delivery.granted_ttl) == ("accepted", 3600)
        assert len(delivery.location_hash or b"") == 32
        assert house.state() == ("unconfirmed", "not-acknowledged")
        assert house.standing(subject) == "not-reached"
        assert house.acknowledge()
        assert house.standing(subject) == "reached"

    @pytest.mark.parametrize("status", [404, 410])
    def test_an_ended_subscription_ends_the_device_and_forgets_its_address(
        self, house: House, anna: UUID, status: int
    ) -> None:
        house.push_service.default = Script(status)
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        [device] = house.devices()
        assert device.state == "dead"
        assert (device.endpoint, device.endpoint_hash, device.p256dh, device.auth) == (None,) * 4
        assert house.deliveries()[0].state == "dead-device"
        assert house.state() == ("no-device", "device-gone")

    def test_one_dead_device_does_not_silence_the_other(self, house: House, anna: UUID) -> None:
        house.add_phone(anna, "gone")
        house.add_phone(anna, "alive")
        house.push_service.by_path["/wpush/gone"] = Script(410)
        subject = house.remind(anna)

        house.dispatcher().run_until_idle()

        assert sorted(one.state for one in house.deliveries()) == ["accepted", "dead-device"]
        assert house.standing(subject) == "sent"

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_a_redirect_is_not_followed(self, house: House, anna: UUID, status: int) -> None:
        house.push_service.default = Script(status, {"Location": f"{house.push_service.origin}/elsewhere"})
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert len(house.push_service.received) == 1
        assert house.devices()[0].state == "quarantined"
        assert house.deliveries()[0].state == "quarantined"

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [("120", 120), ("0", 1), ("999999999", 6 * 3600), ("soon", 60), ("", 60), ("-5", 60)],
    )
    def test_too_fast_waits_as_long_as_asked(
        self, house: House, anna: UUID, header: str, seconds: int
    ) -> None:
        house.push_service.script.append(Script(429, {"Retry-After": header}))
        house.add_phone(anna)
        house.remind(anna, lasts=timedelta(days=2))

        house.dispatcher().run_until_idle()

        [delivery] = house.deliveries()
        assert (delivery.state, delivery.next_attempt_at) == ("retry-wait", NOON + timedelta(seconds=seconds))
        house.later(seconds=seconds - 0.5)
        assert house.dispatcher().run_until_idle() == 0
        house.later(seconds=0.5)
        assert house.dispatcher().run_until_idle() == 1

    def test_too_fast_understands_a_date(self, house: House, anna: UUID) -> None:
        at = NOON + timedelta(minutes=7)
        house.push_service.script.append(Script(429, {"Retry-After": format_datetime(at, usegmt=True)}))
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.deliveries()[0].next_attempt_at == at

    def test_their_error_is_tried_again_until_the_deadline_and_then_expires(
        self, house: House, anna: UUID
    ) -> None:
        house.push_service.default = Script(503)
        house.add_phone(anna)
        subject = house.remind(anna, lasts=timedelta(hours=4))
        waits = []

        while house.deliveries() == [] or house.deliveries()[0].state == "retry-wait":
            house.dispatcher().run_until_idle()
            again_at = house.deliveries()[0].next_attempt_at
            if again_at is not None:
                waits.append((again_at - house.now).total_seconds())
                house.now = again_at

        assert waits[:7] == [30, 60, 120, 240, 480, 960, 1800]
        assert max(waits) == 1800
        assert house.state() == ("expired", "past-deadline")
        assert house.standing(subject) == "not-reached"
        assert house.devices()[0].state == "active"

    @pytest.mark.parametrize("status", [400, 401, 403, 413, 418])
    def test_our_own_mistake_never_costs_a_device_and_calls_a_human(
        self, house: House, anna: UUID, status: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        house.push_service.default = Script(status, body=b"BadJwtToken secret-answer-text")
        phone = house.add_phone(anna)
        house.remind(anna)

        with caplog.at_level("INFO"):
            house.dispatcher().run_until_idle()

        assert house.devices()[0].state == "active"
        assert house.deliveries()[0].state == "retry-wait"
        assert [record.levelname for record in caplog.records if record.message.startswith("push ")] == [
            "ERROR"
        ]
        assert phone.endpoint not in caplog.text
        assert "/wpush/" not in caplog.text
        assert "secret-answer-text" not in caplog.text

    def test_a_line_that_is_cut_is_tried_again_under_the_same_name(self, house: House, anna: UUID) -> None:
        house.push_service.script.append(Script(cut=True))
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()
        house.later(seconds=30)
        house.dispatcher().run_until_idle()

        first, second = house.push_service.received
        assert first.headers["topic"] == second.headers["topic"]
        assert first.content["notification"]["tag"] == second.content["notification"]["tag"]
        assert first.content == second.content
        assert house.deliveries()[0].state == "accepted"

    def test_silence_is_not_waited_for_for_ever(self, house: House, anna: UUID) -> None:
        house.transport = Transport(connect_seconds=0.1, read_seconds=0.1)
        house.push_service.script.append(Script(hang=30.0))
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.deliveries()[0].state == "retry-wait"
        assert house.query("SELECT status_class FROM delivery_attempt") == "timeout"

    def test_a_huge_answer_is_not_read(self, house: House, anna: UUID) -> None:
        house.push_service.script.append(Script(201, body=b"x" * 20_000_000))
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.deliveries()[0].state == "accepted"

    def test_connections_are_used_again(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        for _ in range(5):
            house.remind(anna)

        assert house.dispatcher().run_until_idle() == 5

        assert house.push_service.connections == 1


class TestAcknowledgement:
    def test_may_come_before_the_sender_has_recorded_its_result(self, house: House, anna: UUID) -> None:
        house.push_service.on_message = lambda _message: house.acknowledge()
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.state() == ("confirmed", None)
        assert house.deliveries()[0].state == "confirmed"

    def test_may_come_twice(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher().run_until_idle()

        assert [house.acknowledge(), house.acknowledge()] == [True, True]
        assert house.state() == ("confirmed", None)

    def test_needs_the_secret(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher().run_until_idle()

        assert not house.acknowledge(secret="guessed")
        assert not house.acknowledge(secret="gættet")
        assert house.deliveries()[0].state == "accepted"
        with db.transaction() as session:
            assert not outbox.acknowledge(session, delivery_id=uuid4(), secret="x", now=house.now)

    def test_of_one_phone_stops_the_tries_to_the_other(self, house: House, anna: UUID) -> None:
        house.add_phone(anna, "busy")
        house.add_phone(anna, "free")
        house.push_service.by_path["/wpush/busy"] = Script(503)
        house.remind(anna)
        house.dispatcher().run_until_idle()
        free = [message.path for message in house.push_service.received].index("/wpush/free")

        house.acknowledge(free)
        house.later(minutes=5)

        assert house.dispatcher().run_until_idle() == 0
        assert sorted(one.state for one in house.deliveries()) == ["cancelled", "confirmed"]


class TestChanges:
    def test_cancelled_before_it_is_due_is_never_sent(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        subject = house.remind(anna, after=timedelta(hours=1))
        with db.transaction() as session:
            assert outbox.cancel(session, subject_id=subject, reason="moved", now=house.now) == 1

        house.later(hours=2)

        assert house.dispatcher().run_until_idle() == 0
        assert house.state() == ("cancelled", "moved")

    @pytest.mark.parametrize("change", ["cancelled", "revoked"])
    def test_a_change_between_claim_and_send_stops_it(self, house: House, anna: UUID, change: str) -> None:
        house.add_phone(anna)
        subject = house.remind(anna)
        dispatcher = house.dispatcher()
        dispatcher.advance()
        lease = dispatcher.claim(10)

        with db.transaction() as session:
            if change == "cancelled":
                outbox.cancel(session, subject_id=subject, reason="cancelled", now=house.now)
            else:
                subscriptions.revoke(session, recipient_id=anna, reason="lost-phone", now=house.now)

        assert len(lease.delivery_ids) == 1
        assert not dispatcher.deliver(lease.delivery_ids[0], lease.token)
        assert house.push_service.received == []

    def test_a_move_replaces_the_notice_under_the_same_topic(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        subject = house.remind(anna, key="talk")
        house.dispatcher().run_until_idle()
        slot = outbox.Slot("day-before", house.now, house.now + timedelta(days=2))

        for _ in range(2):
            with db.transaction() as session:
                outbox.reschedule(
                    session,
                    dedupe_key="talk",
                    new_key="talk",
                    subject_id=subject,
                    slots=[slot],
                    revision=2,
                    now=house.now,
                )
        house.dispatcher().run_until_idle()

        first, second = house.push_service.received
        assert first.headers["topic"] == second.headers["topic"]
        assert (first.content["revision"], second.content["revision"]) == (1, 2)
        assert [one.slot_key for one in house.occurrences()] == ["day-before~1", "day-before"]


@pytest.mark.parametrize("late", [0, 1, 24, 72])
def test_a_planner_that_slept_leaves_no_slot_behind(house: House, anna: UUID, late: int) -> None:
    house.add_phone(anna)
    for hour in range(0, 72, 3):
        house.remind(anna, after=timedelta(hours=hour), lasts=timedelta(hours=6))

    house.later(hours=72 if late == 72 else late)
    house.dispatcher().run_until_idle()

    due = [one for one in house.occurrences() if one.due_at <= house.now]
    assert len(house.occurrences()) == 24
    assert due
    assert {one.state for one in due} <= {"fanned-out", "expired", "held"}
    assert all(one.reason for one in due if one.state == "expired")
    planned: list[datetime] = [one.due_at for one in house.occurrences() if one.state == "planned"]
    assert all(at > house.now for at in planned)
