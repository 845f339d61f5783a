"""What leaves the house: form, length, names, headers; and where it may go."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import Endpoint
from notifications.push import (
    MESSAGE_SIZE,
    Answer,
    Envelope,
    Failure,
    Message,
    MessageTooLong,
    Target,
    payload,
    topic,
)
from notifications.push.answers import Sealed
from notifications.push.sender import Vapid, retry_after
from tests.notifications.conftest import KEY, PUBLIC_URL, House

WORDS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class TestPayload:
    def test_is_the_declarative_form_the_phone_relies_on(self) -> None:
        envelope = Envelope(UUID(int=1), UUID(int=2), UUID(int=4), 3, "secret")

        plain = payload(Message("Overblik", "Du har en påmindelse", "da"), envelope, origin=PUBLIC_URL)

        assert json.loads(plain) == {
            "web_push": 8030,
            "mutable": True,
            "notification": {
                "title": "Overblik",
                "body": "Du har en påmindelse",
                "navigate": f"{PUBLIC_URL}/r/{UUID(int=2)}",
                "lang": "da",
                "tag": str(UUID(int=4)),
                "data": {
                    "id": str(UUID(int=1)),
                    "occurrence": str(UUID(int=2)),
                    "revision": 3,
                    "ack": "secret",
                },
            },
            "id": str(UUID(int=1)),
            "occurrence": str(UUID(int=2)),
            "revision": 3,
            "ack": "secret",
        }

    @given(st.text(WORDS, max_size=40), st.text(WORDS, max_size=60), st.integers(1, 10**6))
    def test_has_one_length_whatever_it_says(self, title: str, body: str, revision: int) -> None:
        envelope = Envelope(uuid4(), uuid4(), uuid4(), revision, "s" * 22)

        assert len(payload(Message(title, body, "da"), envelope, origin=PUBLIC_URL)) == MESSAGE_SIZE

    def test_refuses_words_that_do_not_fit(self) -> None:
        envelope = Envelope(uuid4(), uuid4(), uuid4(), 1, "s")

        with pytest.raises(MessageTooLong):
            payload(Message("x", "y" * MESSAGE_SIZE, "da"), envelope, origin=PUBLIC_URL)

    def test_is_equally_long_on_the_wire_and_under_the_limit(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna)
        house.dispatcher().run_until_idle()
        house.said = Message("Overblik", "Husk din aftale i dag. Tryk for at se den.", "da")
        house.remind(anna)

        house.dispatcher().run_until_idle()

        first, second = house.push_service.received
        assert len(first.body) == len(second.body) <= 4096


class TestHeaders:
    def test_say_how_long_how_urgent_and_what_it_replaces(self, house: House, anna: UUID) -> None:
        house.add_phone(anna)
        house.remind(anna, lasts=timedelta(minutes=90))
        house.remind(anna, lasts=timedelta(days=60))

        house.dispatcher().run_until_idle()

        soon, far = (message.headers for message in house.push_service.received)
        assert (soon["ttl"], soon["urgency"]) == ("5400", "high")
        assert (far["ttl"], far["urgency"]) == (str(28 * 86400), "normal")
        assert soon["content-encoding"] == "aes128gcm"
        assert soon["content-type"] == "application/notification+json"
        assert "cookie" not in soon

    def test_topics_link_neither_phones_nor_reminders(self) -> None:
        pairs = [(uuid4(), uuid4()) for _ in range(50)]
        device, reminder = pairs[0]

        names = {topic(b"key", device_id=one, reminder_id=two) for one, two in pairs}
        names |= {topic(b"key", device_id=device, reminder_id=two) for _, two in pairs[1:]}
        names |= {topic(b"key", device_id=one, reminder_id=reminder) for one, _ in pairs[1:]}

        assert len(names) == 50 + 49 + 49
        assert all(len(name) == 32 for name in names)
        assert topic(b"other", device_id=device, reminder_id=reminder) not in names

    def test_the_token_is_kept_per_service_and_renewed_in_time(self) -> None:
        vapid = Vapid(subject="mailto:drift@example.dk", keys={"first": KEY})

        def token(origin: str, at: datetime) -> str:
            return vapid.authorization(key_id="first", origin=origin, now=at)

        apple, google = "https://web.push.apple.com", "https://fcm.googleapis.com"
        assert token(apple, NOW) == token(apple, NOW + timedelta(hours=9))
        assert token(apple, NOW) != token(google, NOW)
        assert token(apple, NOW) != token(apple, NOW + timedelta(hours=10, minutes=1))
        with pytest.raises(KeyError):
            vapid.authorization(key_id="gone", origin=apple, now=NOW)


class TestRetryAfter:
    @pytest.mark.parametrize("header", ["Mon, 99 Foo", "1e9", "٣", "Thu, 01 Jan 1970 00:00:00 GMT"])
    def test_odd_wishes_to_wait_never_throw(self, header: str) -> None:
        wish = retry_after(header, now=NOW)

        assert wish is None or timedelta(seconds=1) <= wish <= timedelta(hours=6)


def test_what_is_said_of_a_target_names_neither_its_address_nor_its_keys() -> None:
    address = "https://push.example/private"
    target = Target(uuid4(), uuid4(), address, "point", "secret", "first", NOW)
    sealed = Sealed(target, Endpoint(address, "https://push.example", False), b"cipher")

    said = f"{target} {sealed}"

    assert str(target.device_id) in said
    assert not [word for word in ("push.example", "point", "secret", "cipher") if word in said]


def test_a_key_that_is_not_configured_is_our_mistake_and_costs_no_device(house: House, anna: UUID) -> None:
    house.add_phone(anna)
    house.remind(anna)

    class Keyless:
        def send(self, target: object, body: bytes) -> Answer:
            return Answer(failure=Failure.NO_KEY)

    house.dispatcher(push=Keyless()).run_until_idle()

    assert house.devices()[0].state == "active"
    assert house.deliveries()[0].state == "retry-wait"
