"""E-mail by SMTP: always encrypted, always to a server whose name is checked, neutral in every header."""

import logging
import smtplib
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from notifications.deadline import Deadline
from notifications.models.fallbacks import Told, Words

log = logging.getLogger("notifications.email")

SECONDS = 10.0
WHOLE_SECONDS = 25.0  #: for one mail with all its waiting; well below a lease
PORTS = {"smtp": 587, "smtps": 465}


class Mailer:
    """A mail server; each message has its own connection, so that threads do not meet."""

    def __init__(self, *, url: str, sender: str, tls: ssl.SSLContext | None = None) -> None:
        """`url`: `smtp://user:password@host:587` (STARTTLS is demanded) or `smtps://…:465`; `sender`: From.

        :raises ValueError: if the address of the server is none
        """
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("SMTP_URL must be smtp://host:port or smtps://host:port.")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or PORTS[parts.scheme]
        self._login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self._sender = sender
        self._domain = sender.rpartition("@")[2].rstrip(">")
        self._tls = tls or ssl.create_default_context()

    def send(self, *, message_id: UUID, address: str, words: Words) -> Told:
        """Hand one message over; never raises, and logs neither the address nor what the server wrote.

        The Message-ID stays the same however often a message is tried, so that a mail server that knows
        it drops the second one. Taken is what the server said yes to: how it parts from us counts no more.
        """
        mail = self._compose(message_id, address, words)
        try:
            with Deadline(WHOLE_SECONDS) as deadline:
                server = self._connect(deadline)
                try:
                    if self._login is not None:
                        server.login(*self._login)
                    server.send_message(mail)
                finally:
                    _part(server)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
            return self._refused(message_id, error)
        except smtplib.SMTPAuthenticationError:
            log.error("email %s: the mail server does not take our password", message_id)
            return Told.REFUSED
        except (smtplib.SMTPException, OSError, ValueError) as error:
            log.warning("email %s: %s", message_id, type(error).__name__)
            return Told.UNKNOWN
        log.info("email %s: taken", message_id)
        return Told.TAKEN

    def _connect(self, deadline: Deadline) -> smtplib.SMTP:
        # Our own name in the greeting: the sender's, not that of a machine inside the house.
        about: dict[str, Any] = {"local_hostname": self._domain, "timeout": SECONDS}
        if self._scheme == "smtps":
            return _EncryptedLine(deadline, self._host, self._port, context=self._tls, **about)
        server = _Line(deadline, self._host, self._port, **about)
        try:
            server.starttls(context=self._tls)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server

    def _compose(self, message_id: UUID, address: str, words: Words) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, address, words.subject
        mail["Message-ID"] = f"<{message_id}@{self._domain}>"
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = words.lang
        mail.set_content(words.text)
        return mail

    def _refused(self, message_id: UUID, error: smtplib.SMTPException) -> Told:
        """A 5xx is meant for good, a 4xx (greylisting, a full queue) for now."""
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            codes = [code for code, _ in error.recipients.values()]
        else:
            codes = [getattr(error, "smtp_code", 0)]
        is_final = all(code >= 500 for code in codes)
        log.warning("email %s: refused%s", message_id, "" if is_final else " for now")
        return Told.REFUSED if is_final else Told.UNKNOWN


class _Watched(smtplib.SMTP):
    """Shows its line to a deadline before a word is spoken on it."""

    deadline: Deadline

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.deadline.watch(line)
        return line


class _Line(_Watched):
    """Begins in the open, to be encrypted."""

    def __init__(self, deadline: Deadline, *where: Any, **about: Any) -> None:
        self.deadline = deadline
        super().__init__(*where, **about)


class _EncryptedLine(smtplib.SMTP_SSL, _Watched):
    """Encrypted from the first byte on."""

    def __init__(self, deadline: Deadline, *where: Any, **about: Any) -> None:
        self.deadline = deadline
        super().__init__(*where, **about)


def _part(server: smtplib.SMTP) -> None:
    """Say goodbye; whatever is said to that changes nothing."""
    with suppress(smtplib.SMTPException, OSError, ValueError):
        server.quit()
    server.close()
