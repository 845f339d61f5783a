"""E-mail: against a real SMTP server with a certificate of its own."""

import asyncio
import logging
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from notifications.email import Mailer
from notifications.models.fallbacks import Told, Words
from tests.notifications.authority import Authority, Fault
from tests.notifications.gateway import dripping

MESSAGE = UUID("01938d00-0000-7000-8000-000000000001")
WORDS = Words("Du har en påmindelse", "Du har en påmindelse. Åbn den: https://overblik.example.dk/r/x", "da")
ADDRESS = "fugl@example.dk"


@dataclass
class Inbox:
    """What the server took, and how it answers."""

    mails: list[Message] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    to_recipient: str | None = None
    to_data: str = "250 OK"
    to_quit: str = "221 Bye"
    greeted_by: list[str] = field(default_factory=list)

    async def handle_EHLO(
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greeted_by.append(hostname)
        session.host_name = hostname
        return responses

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return self.to_quit

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.to_recipient:
            return self.to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        if self.to_data.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content))
            self.encrypted.append(session.ssl is not None)
        return self.to_data


def _check(_server: SMTP, _session: Any, _envelope: Any, _kind: str, given: Any) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"overblik", b"hemmelig")
    return AuthResult(success=right, handled=False)


class OnAnyPort(Controller):
    """Takes whatever port is free, and then knows it."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass
class Server:
    """A mail server, and who vouches for it."""

    inbox: Inbox
    port: int
    ca_file: Path

    def mailer(self, **other: Any) -> Mailer:
        """A mailer that trusts the authority of the test."""
        parts: dict[str, Any] = {
            "url": f"smtp://overblik:hemmelig@localhost:{self.port}",
            "sender": "Overblik <post@overblik.example.dk>",
            "tls": ssl.create_default_context(cafile=str(self.ca_file)),
        }
        return Mailer(**(parts | other))


@pytest.fixture
def fault() -> Fault:
    return Fault.NONE


@pytest.fixture
def server(authority: Authority, fault: Fault) -> Iterator[Server]:
    inbox = Inbox()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(authority.certificate(fault))
    running = OnAnyPort(
        inbox,
        hostname="127.0.0.1",
        port=0,
        tls_context=tls,
        require_starttls=True,
        authenticator=_check,
        auth_required=True,
        ready_timeout=10,
    )
    running.start()
    try:
        yield Server(inbox, running.port, authority.ca_file)
    finally:
        running.stop()


def send(mailer: Mailer) -> Told:
    return mailer.send(message_id=MESSAGE, address=ADDRESS, words=WORDS)


def test_a_mail_is_neutral_in_every_header_and_travels_encrypted(server: Server) -> None:
    assert send(server.mailer()) is Told.TAKEN

    [mail] = server.inbox.mails
    assert server.inbox.encrypted == [True]
    assert mail["From"] == "Overblik <post@overblik.example.dk>"
    assert mail["To"] == ADDRESS
    assert mail["Message-ID"] == f"<{MESSAGE}@overblik.example.dk>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_payload(decode=True).decode().strip() == WORDS.text  # type: ignore[union-attr]
    assert set(mail.keys()) <= {
        "From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted", "Content-Language", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip


def test_a_second_try_has_the_same_message_id(server: Server) -> None:
    mailer = server.mailer()

    send(mailer)
    send(mailer)

    assert len({mail["Message-ID"] for mail in server.inbox.mails}) == 1


@pytest.mark.parametrize(
    ("to_recipient", "to_data", "told"),
    [
        ("550 5.1.1 no such user", "250 OK", Told.REFUSED),
        ("450 4.2.0 greylisted", "250 OK", Told.UNKNOWN),
        (None, "554 5.7.1 spam", Told.REFUSED),
        (None, "451 4.3.0 try again later", Told.UNKNOWN),
    ],
)
def test_a_no_for_good_and_a_no_for_now_are_two_things(
    server: Server, to_recipient: str | None, to_data: str, told: Told
) -> None:
    server.inbox.to_recipient, server.inbox.to_data = to_recipient, to_data

    assert send(server.mailer()) is told
    assert server.inbox.mails == []


@pytest.mark.parametrize("fault", [Fault.STRANGER, Fault.WRONG_NAME, Fault.EXPIRED])
def test_nothing_is_handed_to_a_server_that_cannot_show_who_it_is(server: Server) -> None:
    assert send(server.mailer()) is Told.UNKNOWN
    assert server.inbox.mails == []


def test_a_server_that_is_rude_at_the_end_has_taken_the_mail_all_the_same(server: Server) -> None:
    server.inbox.to_quit = "421 4.4.2 closing"

    assert send(server.mailer()) is Told.TAKEN
    assert len(server.inbox.mails) == 1


def test_it_greets_with_the_name_of_the_sender_and_tells_of_no_machine_in_the_house(server: Server) -> None:
    send(server.mailer())

    assert set(server.inbox.greeted_by) == {"overblik.example.dk"}


def test_a_server_that_drips_is_cut_and_nothing_is_handed_to_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.email.WHOLE_SECONDS", 0.5)

    with dripping(lambda line: _drip_and_pass_on(line, server.port)) as port:
        told = send(server.mailer(url=f"smtp://overblik:hemmelig@localhost:{port}"))

    assert told is Told.UNKNOWN
    assert server.inbox.mails == []


def _drip_and_pass_on(line: socket.socket, port: int) -> None:
    """A greeting that takes twenty seconds; whoever waits for its end meets the real server."""
    for _ in range(400):
        line.sendall(b"220-a moment\r\n")
        time.sleep(0.05)
    with socket.create_connection(("127.0.0.1", port)) as real:
        back = threading.Thread(target=_pump, args=(real, line), daemon=True)
        back.start()
        _pump(line, real)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)


def test_nothing_is_sent_in_the_open(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_starttls(*_: Any, **__: Any) -> None:
        raise smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server.")

    monkeypatch.setattr(smtplib.SMTP, "starttls", no_starttls)

    assert send(server.mailer()) is Told.UNKNOWN
    assert server.inbox.mails == []


def test_a_wrong_password_is_our_fault_and_is_not_tried_again(server: Server) -> None:
    wrong = server.mailer(url=f"smtp://overblik:forkert@localhost:{server.port}")

    assert send(wrong) is Told.REFUSED


def test_a_server_that_is_not_there_is_no_answer(server: Server) -> None:
    assert send(server.mailer(url="smtp://localhost:1")) is Told.UNKNOWN


@pytest.mark.parametrize("url", ["http://localhost", "localhost:25", "smtp://", ""])
def test_an_address_that_is_no_mail_server_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match="SMTP_URL"):
        Mailer(url=url, sender="post@overblik.example.dk")


def test_neither_address_nor_answer_is_logged(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.inbox.to_recipient = f"550 {ADDRESS} is in treatment"

    with caplog.at_level(logging.DEBUG, logger="notifications"):
        send(server.mailer())

    said = [record.getMessage() for record in caplog.records if record.name.startswith("notifications")]
    assert said
    assert not [word for word in (ADDRESS, "treatment", "hemmelig") if word in " ".join(said)]
