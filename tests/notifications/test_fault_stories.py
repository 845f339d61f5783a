"""What the rows of the fault table mean over time: repetitions, three tries, waves, waiting, silence."""

from datetime import timedelta
from email.utils import format_datetime
from uuid import UUID

import pytest

from notifications.push import Transport
from tests.notifications.authority import Authority, Fault
from tests.notifications.conftest import House
from tests.notifications.push_service import Script
from tests.notifications.scripted import HTTP_1, HTTP_2, scripted_service_running
from tests.notifications.test_faults import LASTS, many_phones, remind_phones


class TestAccepted:
    def test_is_said_again_before_a_service_that_keeps_it_for_less_time_forgets_it(
        self, house: House, anna: UUID
    ) -> None:
        house.push_service.default = Script(201, {"TTL": "1000"})
        house.add_phone(anna)
        subject = house.remind(anna, lasts=LASTS)
        house.dispatcher().run_until_idle()

        house.later(seconds=899)
        assert house.dispatcher().run_until_idle() == 0
        house.later(seconds=1)
        assert house.dispatcher().run_until_idle() == 1

        first, second = house.push_service.received
        assert first.content == second.content
        assert first.headers["topic"] == second.headers["topic"]
        assert house.occurrences()[0].confirm_by == house.now + timedelta(hours=1, minutes=45)
        house.later(hours=1, minutes=45)
        house.dispatcher().run_until_idle()
        assert house.state() == ("unconfirmed", "not-acknowledged")
        assert house.standing(subject) == "not-reached"

    def test_a_repetition_that_fails_leaves_it_accepted_and_is_tried_again(
        self, house: House, anna: UUID
    ) -> None:
        house.push_service.script.extend([Script(201, {"TTL": "600"}), Script(503)])
        house.add_phone(anna)
        house.remind(anna, lasts=LASTS)
        house.dispatcher().run_until_idle()

        house.later(seconds=540)
        house.dispatcher().run_until_idle()
        [failed] = house.deliveries()
        house.now = failed.next_attempt_at or house.now
        house.dispatcher().run_until_idle()

        assert failed.state == "accepted"
        assert len(house.push_service.received) == 3
        assert house.acknowledge(0)
        assert house.state() == ("confirmed", None)

    def test_an_acknowledgement_ends_the_repetitions(self, house: House, anna: UUID) -> None:
        house.push_service.default = Script(201, {"TTL": "600"})
        house.add_phone(anna)
        house.remind(anna, lasts=LASTS)
        house.dispatcher().run_until_idle()

        house.acknowledge()
        house.later(hours=1)

        assert house.dispatcher().run_until_idle() == 0

    def test_a_service_that_keeps_nothing_is_not_asked_more_than_every_five_minutes(
        self, house: House, anna: UUID
    ) -> None:
        house.push_service.default = Script(201, {"TTL": "0"})
        house.add_phone(anna)
        house.remind(anna, lasts=LASTS)

        for _ in range(48):
            house.dispatcher().run_until_idle()
            house.later(minutes=2.5)

        assert len(house.push_service.received) == 24


class TestAnswersThatAreNoAnswers:
    @pytest.mark.parametrize(
        "script",
        [Script(201, body=b"x" * 3_000_000), Script(201, body=b"x" * 4000, half=True)],
        ids=["huge", "truncated"],
    )
    def test_the_status_decides_whatever_comes_below_it(
        self, secure_house: House, anna: UUID, script: Script
    ) -> None:
        house = secure_house
        house.push_service.script.append(script)
        house.add_phone(anna)
        house.remind(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert [one.state for one in house.deliveries()] == ["accepted", "accepted"]

    def test_endless_headers_are_not_read(self, secure_house: House, anna: UUID) -> None:
        house = secure_house
        house.push_service.script.append(Script(201, {"X-Long": "x" * 12_000}))
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert house.deliveries()[0].state == "retry-wait"

    @pytest.mark.parametrize("fault", [Fault.STRANGER, Fault.WRONG_NAME, Fault.EXPIRED])
    @pytest.mark.parametrize("protocol", [HTTP_1, HTTP_2])
    def test_a_wrong_certificate_gets_no_message_and_costs_no_phone(
        self, house: House, anna: UUID, authority: Authority, fault: Fault, protocol: str
    ) -> None:
        with scripted_service_running(
            lambda: house.now, certificate=authority.certificate(fault), protocol=protocol
        ) as stranger:
            house.push_service = stranger
            house.transport = Transport(ca_file=str(authority.ca_file))
            house.add_phone(anna)
            house.remind(anna)

            house.dispatcher().run_until_idle()

        assert stranger.received == []
        assert house.query("SELECT status_class FROM delivery_attempt") == "tls"
        assert house.devices()[0].state == "active"
        assert house.deliveries()[0].state == "retry-wait"

    def test_by_default_only_the_usual_authorities_are_believed(
        self, secure_house: House, anna: UUID
    ) -> None:
        secure_house.transport = None
        secure_house.add_phone(anna)
        secure_house.remind(anna)

        secure_house.dispatcher().run_until_idle()

        assert secure_house.push_service.received == []
        assert secure_house.deliveries()[0].state == "retry-wait"


class TestRefused:
    def test_a_phone_whose_messages_are_called_wrong_gets_three_tries_within_the_hour(
        self, house: House, anna: UUID
    ) -> None:
        many_phones(house, 3)
        phone = house.add_phone(anna)
        house.push_service.by_path[phone.endpoint.removeprefix(house.push_service.origin)] = Script(400)
        house.remind(anna, lasts=LASTS)

        for _ in range(7):
            house.dispatcher().run_until_idle()
            house.later(minutes=10)

        assert len(house.push_service.received) == 3
        assert house.devices()[-1].state == "quarantined"
        assert house.state() == ("no-device", "device-quarantined")
        assert house.devices()[-1].endpoint == phone.endpoint

    def test_one_accepted_message_makes_good_what_was_before(self, house: House, anna: UUID) -> None:
        many_phones(house, 3)
        house.add_phone(anna)
        house.push_service.script.extend([Script(400), Script(400), Script(201), Script(400)])
        house.remind(anna, lasts=LASTS)
        for _ in range(7):
            house.dispatcher().run_until_idle()
            house.later(minutes=10)
        assert house.devices()[-1].refusals == 0

        house.remind(anna, lasts=LASTS)
        house.dispatcher().run_until_idle()

        assert house.devices()[-1].state == "active"
        assert house.devices()[-1].refusals == 1

    def test_by_two_in_a_hundred_phones_it_is_a_phones_fault_and_by_more_it_is_ours(
        self, house: House
    ) -> None:
        many_phones(house, 100)
        house.push_service.default = Script(400)

        outcomes = []
        for _ in range(3):
            remind_phones(house, 1)
            house.dispatcher().run_until_idle()
            outcomes.append(house.query("SELECT outcome FROM delivery_attempt ORDER BY id DESC LIMIT 1"))

        assert outcomes == ["refused", "refused", "refused-by-many"]
        assert house.query("SELECT reason FROM push_origin") == "our-fault"
        assert {device.state for device in house.devices()} == {"active"}


class TestTokenRefused:
    def test_is_signed_anew_and_tried_once_more_at_once(self, secure_house: House, anna: UUID) -> None:
        house = secure_house
        house.push_service.script.append(Script(403))
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        first, second = house.push_service.received
        assert first.headers["authorization"] != second.headers["authorization"]
        assert house.deliveries()[0].state == "accepted"

    def test_is_not_signed_anew_for_every_message(self, secure_house: House) -> None:
        house = secure_house
        house.push_service.default = Script(401)
        remind_phones(house, 3)

        house.dispatcher().run_until_idle()

        assert len(house.push_service.received) == 4

    def test_a_clock_that_differs_is_told(
        self, secure_house: House, anna: UUID, caplog: pytest.LogCaptureFixture
    ) -> None:
        house = secure_house
        date = format_datetime(house.now - timedelta(hours=13), usegmt=True)
        house.push_service.default = Script(401, {"Date": date})
        house.add_phone(anna)
        house.remind(anna)

        house.dispatcher().run_until_idle()

        assert "clock differs from the push service's by 46800 s" in caplog.text


class TestGone:
    def test_of_ninety_phones_that_end_at_once_four_are_believed_and_the_rest_kept(
        self, house: House, caplog: pytest.LogCaptureFixture
    ) -> None:
        house.push_service.default = Script(410)
        remind_phones(house, 20)

        house.dispatcher().run_until_idle()

        states = [device.state for device in house.devices()]
        assert (states.count("dead"), states.count("active")) == (4, 16)
        assert "gone-by-many" in caplog.text

    def test_five_of_two_hundred_are_no_sign_of_anything(self, house: House) -> None:
        many_phones(house, 195)
        house.push_service.default = Script(410)
        remind_phones(house, 5)

        house.dispatcher().run_until_idle()

        assert [device.state for device in house.devices()].count("dead") == 5

    def test_ten_minutes_later_phones_that_still_answer_so_are_believed_again(self, house: House) -> None:
        house.push_service.default = Script(410)
        remind_phones(house, 5)
        house.dispatcher().run_until_idle()
        assert [device.state for device in house.devices()].count("active") == 1

        house.later(minutes=11)
        house.dispatcher().run_until_idle()

        assert [device.state for device in house.devices()].count("active") == 0


class TestTooFast:
    def test_the_phone_waits_with_everything_and_the_others_go_on(
        self, secure_house: House, anna: UUID
    ) -> None:
        house = secure_house
        busy = house.add_phone(anna)
        path = busy.endpoint.removeprefix(house.push_service.origin)
        house.push_service.by_path[path] = Script(429, {"Retry-After": "600"})
        house.remind(anna, lasts=LASTS)
        house.dispatcher().run_until_idle()

        house.remind(anna, lasts=LASTS)
        remind_phones(house, 1)
        house.dispatcher().run_until_idle()

        assert [message.path for message in house.push_service.received].count(path) == 1
        assert len(house.push_service.received) == 2
        house.push_service.by_path.clear()
        house.later(seconds=600)
        assert house.dispatcher().run_until_idle() == 2

    def test_past_the_deadline_it_is_over_with_a_reason(self, secure_house: House, anna: UUID) -> None:
        house = secure_house
        house.push_service.default = Script(429, {"Retry-After": "7200"})
        house.add_phone(anna)
        house.remind(anna, lasts=timedelta(hours=1))

        house.dispatcher().run_until_idle()

        assert house.deliveries()[0].reason == "past-deadline: too-fast"
        assert house.devices()[0].state == "active"


class TestTooLarge:
    def test_is_sent_once_more_as_short_as_can_be_and_still_says_all_a_phone_needs(
        self, secure_house: House, anna: UUID
    ) -> None:
        house = secure_house
        house.push_service.script.append(Script(413))
        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher().run_until_idle()

        house.later(seconds=1)
        house.dispatcher().run_until_idle()

        first, second = house.push_service.received
        assert len(second.body) < len(first.body) - 400
        assert second.content["mutable"] is True
        assert second.content["notification"] == first.content["notification"]
        assert house.deliveries()[0].state == "accepted"


def test_three_that_nobody_answered_make_a_phone_silent_until_it_answers(house: House, anna: UUID) -> None:
    house.add_phone(anna)
    silent = []
    for _ in range(3):
        house.remind(anna, lasts=timedelta(hours=3))
        house.dispatcher().run_until_idle()
        house.later(hours=2)
        house.dispatcher().run_until_idle()
        silent.append(house.is_silent(anna))

    house.acknowledge()

    assert silent == [False, False, True]
    assert house.is_silent(anna) is False
