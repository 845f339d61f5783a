"""Text messages: what is believed of a gateway's answer, and what it is told."""

import logging
import socket
import time
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest

from notifications.models.fallbacks import Told, Words
from notifications.sms import SmsGateway
from tests.notifications.gateway import Gateway, Says, dripping, gateway_running

MESSAGE = UUID("01938d00-0000-7000-8000-000000000001")
WORDS = Words("Du har en påmindelse", "Du har en påmindelse. Åbn den: https://overblik.example.dk/r/x", "da")


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with gateway_running() as running:
        yield running


@pytest.fixture
def sms(gateway: Gateway) -> SmsGateway:
    return SmsGateway(url=gateway.url, token="hemmelig nøgle".encode().hex(), sender="Overblik")


def send(sms: SmsGateway) -> Told:
    return sms.send(message_id=MESSAGE, address="+4512345678", words=WORDS)


def test_a_message_carries_the_number_the_neutral_sender_the_text_and_its_id(
    gateway: Gateway, sms: SmsGateway
) -> None:
    assert send(sms) is Told.TAKEN

    assert gateway.received == [
        {"to": "+4512345678", "from": "Overblik", "text": WORDS.text, "id": str(MESSAGE)}
    ]
    assert gateway.headers[0]["Idempotency-Key"] == str(MESSAGE)
    assert gateway.headers[0]["Authorization"].startswith("Bearer ")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (Says(200), Told.TAKEN),
        (Says(201, '{"id": "<id>", "status": "queued"}'), Told.TAKEN),
        (Says(202, '{"id": "<id>", "status": "sent"}'), Told.TAKEN),
        (Says(200, '{"id": "<id>", "status": "duplicate"}'), Told.TAKEN),
        (Says(200, '{"id": "<id>", "status": "rejected"}'), Told.REFUSED),
        (Says(200, '{"error": "no credit"}'), Told.UNKNOWN),
        (Says(200, '{"id": "<id>", "status": "error"}'), Told.UNKNOWN),
        (Says(200, '{"id": "somebody else\'s", "status": "accepted"}'), Told.UNKNOWN),
        (Says(200, '["<id>"]'), Told.UNKNOWN),
        (Says(200, "<html>Log in</html>"), Told.UNKNOWN),
        (Says(200, ""), Told.UNKNOWN),
        (Says(200, " " * 10_000 + '{"id": "<id>", "status": "accepted"}'), Told.UNKNOWN),
        (Says(204, ""), Told.UNKNOWN),
        (Says(302, "", {"Location": "http://127.0.0.1:1/elsewhere"}), Told.REFUSED),
        (Says(400), Told.REFUSED),
        (Says(401), Told.REFUSED),
        (Says(403), Told.REFUSED),
        (Says(404), Told.REFUSED),
        (Says(422), Told.REFUSED),
        (Says(429), Told.UNKNOWN),
        (Says(500), Told.UNKNOWN),
        (Says(503), Told.UNKNOWN),
        (Says(hangs_up=True), Told.UNKNOWN),
    ],
    ids=lambda value: f"{value.status} {value.body[:30]}" if isinstance(value, Says) else str(value),
)
def test_only_a_yes_about_this_very_message_counts(
    gateway: Gateway, sms: SmsGateway, says: Says, told: Told
) -> None:
    gateway.script.append(says)

    assert send(sms) is told
    assert len(gateway.received) == 1


def test_a_gateway_that_says_nothing_is_not_waited_for_for_ever(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.sms.READ_SECONDS", 0.2)
    gateway.script.append(Says(delay=10.0))
    impatient = SmsGateway(url=gateway.url, token="x", sender="Overblik")

    assert send(impatient) is Told.UNKNOWN


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_gateway_that_drips_is_cut(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.sms.WHOLE_SECONDS", 0.5)
    head = b"HTTP/1.1 200 OK\r\nX-Patience: "
    body = f'{{"id": "{MESSAGE}", "status": "accepted"}}'.encode()
    begin = head if where == "head" else head + b"x\r\nConnection: close\r\n\r\n"
    end = b"\r\nConnection: close\r\n\r\n" + body if where == "head" else body

    def serve(line: socket.socket) -> None:
        asked = b""
        while not asked.endswith(b"}"):  # what is left unread would break the line by itself
            asked += line.recv(65536)
        for part in (begin, *[b" "] * 400, end):
            line.sendall(part)
            time.sleep(0.05)

    with dripping(serve) as port:
        slow = SmsGateway(url=f"http://127.0.0.1:{port}/", token="x", sender="Overblik")
        told = send(slow)

    assert told is Told.UNKNOWN


def test_a_gateway_that_is_not_there_is_no_answer() -> None:
    nobody = SmsGateway(url="http://127.0.0.1:1/", token="x", sender="Overblik")

    assert send(nobody) is Told.UNKNOWN


def test_neither_number_nor_text_nor_key_is_logged(
    gateway: Gateway, sms: SmsGateway, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.script.extend([Says(200), Says(400, "no such number 12345678"), Says(hangs_up=True)])

    with caplog.at_level(logging.DEBUG, logger="notifications"):
        for _ in range(3):
            send(sms)

    assert not [word for word in ("12345678", "påmindelse", "Bearer") if word in caplog.text]


def test_it_does_not_ask_a_proxy_of_the_environment(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert httpx.get(gateway.url, trust_env=False, timeout=5).status_code == 501  # it is there

    assert send(SmsGateway(url=gateway.url, token="x", sender="Overblik")) is Told.TAKEN
