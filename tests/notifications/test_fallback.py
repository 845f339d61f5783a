"""When no phone answers: another way, only where it is safe, and not at all once it is not needed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from notifications import outbox
from notifications.dispatcher import OtherWays, SafeChannel
from notifications.models import Occurrence
from notifications.models.fallbacks import Fallback
from server.core import db
from tests.notifications.conftest import NOON, House
from tests.notifications.other_ways import ADDRESS, EMAIL, HAPPENINGS, NUMBER, SMS, Ways
from tests.notifications.push_service import Script


class TestOrder:
    def test_after_two_hours_without_an_answer_a_text_message_goes_to_the_safe_number(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        ways.unanswered(anna)

        assert ways.dispatcher().run_until_idle() == 1

        [message] = ways.gateway.received
        [occurrence] = house.occurrences()
        assert message["to"] == NUMBER
        assert message["text"] == f"Åbn den: https://x.dk/r/{occurrence.id}"
        assert message["id"] == str(ways.fallbacks()[0].id)
        assert house.state() == ("fallback-sent", "sent by sms")
        assert ways.state() == ("sent", None)

    def test_nothing_goes_before_the_two_hours_are_over(self, ways: Ways, house: House, anna: UUID) -> None:
        ways.unanswered(anna)
        house.later(minutes=-1)

        assert ways.dispatcher().run_until_idle() == 0
        assert ways.fallbacks() == []

    def test_a_person_without_a_phone_is_told_at_once(self, ways: Ways, house: House, anna: UUID) -> None:
        house.remind(anna)

        ways.dispatcher().run_until_idle()

        assert len(ways.gateway.received) == 1
        assert house.state() == ("fallback-sent", "sent by sms")

    def test_a_phone_that_is_gone_is_not_waited_for(self, ways: Ways, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.push_service.script.append(Script(410))
        house.remind(anna)

        ways.dispatcher().run_until_idle()

        assert len(ways.gateway.received) == 1

    def test_what_a_push_service_gave_up_while_it_is_of_use_is_told_by_another_way(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        house.add_phone(anna)
        house.push_service.script.append(Script(429, {"Retry-After": "18000"}))
        house.remind(anna, lasts=timedelta(hours=4))

        ways.dispatcher().run_until_idle()

        assert house.state() == ("fallback-sent", "sent by sms")

    def test_a_push_service_that_is_down_is_not_waited_for_until_it_is_too_late(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        house.push_service.default = Script(503)
        house.add_phone(anna)
        house.remind(anna, lasts=timedelta(hours=3))
        dispatcher = ways.dispatcher()
        for _ in range(18):
            dispatcher.run_until_idle()
            house.later(minutes=5)
            if ways.gateway.received:
                break

        dispatcher.run_until_idle()

        assert len(ways.gateway.received) == 1
        assert house.now <= NOON + timedelta(minutes=100)
        assert {one.state for one in house.deliveries()} == {"cancelled"}
        house.push_service.received.clear()
        house.later(hours=1)
        dispatcher.run_until_idle()
        assert house.push_service.received == []

    def test_what_was_left_out_from_the_start_gets_no_other_way(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        deadline = house.now + timedelta(hours=10)
        slot = outbox.Slot("two-hours", house.now, deadline, left_out="past")
        with db.transaction() as session:
            outbox.enqueue(
                session,
                kind="appointment",
                subject_id=uuid4(),
                recipient_id=anna,
                slots=[slot],
                dedupe_key="a",
                revision=1,
                now=house.now,
            )

        ways.dispatcher().run_until_idle()

        assert ways.fallbacks() == []
        assert ways.gateway.received == []

    def test_an_idle_dispatcher_sees_that_nothing_is_left_to_do(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        ways.unanswered(anna)
        dispatcher = ways.dispatcher()

        before = dispatcher.look()[1]
        dispatcher.run_until_idle()

        assert (before, dispatcher.look()[1]) == (True, False)

    def test_a_quiet_house_sees_what_a_push_service_has_put_off_for_hours(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        """Nothing else is to do: only the question itself can find it."""
        house.push_service.script.append(Script(429, {"Retry-After": "21600"}))
        house.add_phone(anna)
        house.remind(anna, lasts=timedelta(hours=8))
        dispatcher = ways.dispatcher()
        dispatcher.run_until_idle()

        while house.now < NOON + timedelta(hours=3) and not ways.gateway.received:
            house.later(minutes=5)
            if dispatcher.look()[1]:
                dispatcher.run_until_idle()

        assert len(ways.gateway.received) == 1
        assert dispatcher.look()[1] is False


class TestSafety:
    def test_without_a_safe_channel_nothing_goes_and_staff_see_it(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        ways.safe = []
        subject = ways.unanswered(anna)

        assert ways.dispatcher().run_until_idle() == 0

        assert ways.state() == ("skipped", "no-safe-channel")
        assert house.state()[0] == "unconfirmed"
        assert house.standing(subject) == "not-reached"

    def test_a_channel_that_is_not_set_up_in_this_house_is_none(self, ways: Ways, anna: UUID) -> None:
        ways.unanswered(anna)
        bare = OtherWays(channels=ways.channels, write=ways.write, carriers={})

        ways.dispatcher(ways=bare).run_until_idle()

        assert ways.state() == ("skipped", "no-safe-channel")

    @pytest.mark.parametrize(
        ("happens", "state"),
        [("channel-revoked", "skipped"), ("not-wanted", "superfluous"), ("cancelled", "superfluous"),
         ("acknowledged", "superfluous"), ("moved", "superfluous")],
    )  # fmt: skip
    def test_what_happens_between_claim_and_send_stops_it(
        self, ways: Ways, house: House, anna: UUID, happens: str, state: str
    ) -> None:
        subject = ways.unanswered(anna)
        dispatcher = ways.dispatcher()
        dispatcher.advance()
        dispatcher.advance()
        lease = dispatcher.claim(10)
        assert len(lease.delivery_ids) == 1

        HAPPENINGS[happens](ways, subject)
        dispatcher.deliver(lease.delivery_ids[0], lease.token)
        dispatcher.run_until_idle()

        assert ways.gateway.received == []
        assert ways.state()[0] == state

    @pytest.mark.parametrize("happens", ["acknowledged", "cancelled", "moved"])
    def test_what_makes_it_superfluous_is_written_down_at_once(
        self, ways: Ways, anna: UUID, happens: str
    ) -> None:
        subject = ways.unanswered(anna)
        ways.dispatcher().advance()
        ways.dispatcher().advance()
        assert ways.state()[0] == "ready"

        HAPPENINGS[happens](ways, subject)

        assert ways.state()[0] == "superfluous"

    def test_a_pause_lets_it_wait(self, ways: Ways, house: House, anna: UUID) -> None:
        ways.unanswered(anna)
        ends = house.now + timedelta(hours=3)
        house.wanted = ends  # type: ignore[assignment]
        assert ways.dispatcher().run_until_idle() == 0

        house.now, house.wanted = ends, True
        ways.dispatcher().run_until_idle()

        assert len(ways.gateway.received) == 1

    def test_the_agreed_hours_are_waited_for(self, ways: Ways, house: House, anna: UUID) -> None:
        ways.safe = [SafeChannel(SMS, NUMBER, not_before=NOON + timedelta(hours=4))]
        ways.unanswered(anna)
        assert ways.dispatcher().run_until_idle() == 0

        house.later(hours=2)
        ways.dispatcher().run_until_idle()

        assert len(ways.gateway.received) == 1

    def test_a_channel_that_is_open_now_goes_before_one_that_opens_later(
        self, ways: Ways, anna: UUID
    ) -> None:
        ways.safe = [
            SafeChannel(SMS, NUMBER, not_before=NOON + timedelta(hours=4)),
            SafeChannel(EMAIL, ADDRESS),
        ]
        ways.unanswered(anna)

        ways.dispatcher().run_until_idle()

        assert (len(ways.gateway.received), len(ways.mail.sent)) == (0, 1)

    def test_nobody_is_woken(self, ways: Ways, house: House, anna: UUID) -> None:
        house.now = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)  # 20.30 in Denmark
        ways.unanswered(anna, lasts=timedelta(hours=20))
        assert ways.dispatcher().run_until_idle() == 0

        house.now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
        ways.dispatcher().run_until_idle()

        assert len(ways.gateway.received) == 1

    @pytest.mark.parametrize("lasts", [timedelta(hours=11, minutes=29), timedelta(hours=3)])
    def test_a_night_that_leaves_no_time_sends_nothing(
        self, ways: Ways, house: House, anna: UUID, lasts: timedelta
    ) -> None:
        house.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 21.00 in Denmark
        house.remind(anna, lasts=lasts)

        ways.dispatcher().run_until_idle()

        assert ways.gateway.received == []
        assert ways.state() == ("skipped", "quiet-hours")

    def test_less_than_half_an_hour_before_the_end_nothing_goes(
        self, ways: Ways, house: House, anna: UUID
    ) -> None:
        ways.unanswered(anna, lasts=timedelta(hours=2, minutes=29))

        ways.dispatcher().run_until_idle()

        assert ways.state() == ("skipped", "past-deadline")

    def test_a_phone_that_comes_is_tried_first(self, ways: Ways, house: House, anna: UUID) -> None:
        ways.safe = [SafeChannel(SMS, NUMBER, not_before=NOON + timedelta(hours=1))]
        house.remind(anna)
        ways.dispatcher().run_until_idle()
        house.add_phone(anna)
        house.later(hours=1)

        ways.dispatcher().run_until_idle()
        house.later(minutes=20)
        ways.dispatcher().run_until_idle()
        assert (len(house.push_service.received), ways.gateway.received) == (1, [])

        house.later(hours=2)
        ways.dispatcher().run_until_idle()
        assert len(ways.gateway.received) == 1


def test_an_occurrence_is_looked_at_once_and_not_again(ways: Ways, house: House, anna: UUID) -> None:
    ways.safe = []
    ways.unanswered(anna)
    ways.dispatcher().run_until_idle()
    with db.transaction() as session:
        looked = session.scalars(select(Occurrence.fallback_at)).one()
        session.execute(update(Fallback).values(reason="seen"))

    house.later(minutes=30)
    ways.dispatcher().run_until_idle()

    assert looked is not None
    assert ways.state() == ("skipped", "seen")
