"""The local push service is as strict as a real one; otherwise the journeys would prove nothing."""

import time
from collections.abc import Iterator

import pytest
import pywebpush
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02, b64urlencode

from tests.journeys.autopush import PushService
from tests.journeys.phones import OpenPhone, subscribe


@pytest.fixture
def service() -> Iterator[PushService]:
    running = PushService()
    yield running
    running.stop()


@pytest.fixture
def sender() -> Vapid02:
    made = Vapid02()
    made.generate_keys()
    return made


@pytest.fixture
def phone(service: PushService, sender: Vapid02) -> OpenPhone:
    raw = sender.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return subscribe(service, b64urlencode(raw))


def send(phone: OpenPhone, sender: Vapid02, *, ttl: int = 60, **claims: object) -> int:
    """The status that a sender gets for `{"n": 1}`."""
    try:
        answer = pywebpush.webpush(
            {"endpoint": phone.endpoint, "keys": phone.keys},
            '{"n": 1}',
            vapid_private_key=sender,
            vapid_claims={"sub": "mailto:drift@example.dk", **claims},
            ttl=ttl,
            timeout=5,
        )
    except pywebpush.WebPushException as refused:
        return int(refused.status_code or 0)
    return int(answer.status_code)


class TestPushService:
    def test_takes_a_well_signed_message_that_only_the_phone_can_read(
        self, service: PushService, phone: OpenPhone, sender: Vapid02
    ) -> None:
        assert send(phone, sender) == 201

        assert phone.messages(service) == [{"n": 1}]
        assert b'"n"' not in service.received[0].body

    def test_refuses_a_token_made_for_another_push_service(self, phone: OpenPhone, sender: Vapid02) -> None:
        assert send(phone, sender, aud="https://push.example.org") == 401

    def test_refuses_a_token_that_lives_longer_than_a_day(self, phone: OpenPhone, sender: Vapid02) -> None:
        assert send(phone, sender, exp=int(time.time()) + 3 * 24 * 3600) == 401

    def test_refuses_another_senders_key(self, phone: OpenPhone) -> None:
        stranger = Vapid02()
        stranger.generate_keys()

        assert send(phone, stranger) == 401

    def test_answers_as_scripted_and_then_as_usual(
        self, service: PushService, phone: OpenPhone, sender: Vapid02
    ) -> None:
        service.script(phone.endpoint, 429, {"Retry-After": "7"})

        assert [send(phone, sender), send(phone, sender)] == [429, 201]

    def test_ends_a_subscription_for_good_after_410(
        self, service: PushService, phone: OpenPhone, sender: Vapid02
    ) -> None:
        service.script(phone.endpoint, 410)

        assert [send(phone, sender), send(phone, sender)] == [410, 410]
