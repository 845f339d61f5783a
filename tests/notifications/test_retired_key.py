"""A push key that is gone for good: what waited for its phones takes another way, or waits for the app."""

from uuid import UUID, uuid4

from notifications import subscriptions
from notifications.models import DeviceState
from server.core import db
from tests.notifications.conftest import OTHER_KEY, House
from tests.notifications.other_ways import Ways


def let_go(house: House, key_id: str = "first") -> int:
    with db.transaction() as session:
        return subscriptions.let_go_of_key(session, key_id=key_id, at_most=100, now=house.now)


class TestLettingGoOfAKey:
    def test_what_nobody_can_sign_finds_no_phone_at_once_and_does_not_wait_for_its_deadline(
        self, house: House, anna: UUID
    ) -> None:
        house.add_phone(anna)
        house.keys = {"second": OTHER_KEY}
        house.remind(anna)
        house.dispatcher().run_until_idle()
        assert house.state()[0] == "fanned-out"

        assert let_go(house) == 1

        assert house.state() == ("no-device", "device-quarantined")
        [phone] = house.devices()
        assert (phone.state, phone.reason) == (DeviceState.QUARANTINED, "key-retired")

    def test_the_reminder_goes_another_way(self, house: House, ways: Ways, anna: UUID) -> None:
        house.add_phone(anna)
        house.keys = {"second": OTHER_KEY}
        house.remind(anna)
        ways.dispatcher().run_until_idle()
        assert ways.gateway.received == []

        let_go(house)
        ways.dispatcher().run_until_idle()

        assert len(ways.gateway.received) == 1

    def test_the_next_opening_of_the_app_brings_what_still_waits(self, house: House, anna: UUID) -> None:
        session_id = uuid4()
        phone = house.add_phone(anna, session_id=session_id)
        house.keys = {"second": OTHER_KEY}
        house.remind(anna)
        house.dispatcher().run_until_idle()
        let_go(house)

        house.register(anna, phone, session_id, key_id="second")
        house.dispatcher().run_until_idle()

        assert len(house.push_service.received) == 1
        assert house.acknowledge(0)
        assert house.state() == ("confirmed", None)

    def test_phones_of_another_key_are_left_alone(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)

        assert let_go(house, "second") == 0
        assert [phone.state for phone in house.devices()] == [DeviceState.ACTIVE]
