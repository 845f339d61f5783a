"""The way out: kept connections (HTTP/2 or HTTP/1.1) that follow no redirect and reach no inner address."""

import socket
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import certifi
import pycurl

from notifications.models import Endpoint
from notifications.models.address import is_public

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
LONGEST_ANSWER = 8 * 1024
NOT_SENT = ("Expect:", "Accept:", "User-Agent:")  #: what libcurl would say on its own
_BAD_CERTIFICATE = frozenset(
    {
        pycurl.E_PEER_FAILED_VERIFICATION,
        pycurl.E_SSL_CONNECT_ERROR,
        pycurl.E_SSL_CERTPROBLEM,
        pycurl.E_SSL_CIPHER,
        pycurl.E_SSL_CACERT_BADFILE,
        pycurl.E_SSL_ISSUER_ERROR,
    }
)


class NoAnswer(Exception):
    """Nothing came back that could be called an answer; it may have been accepted."""


class TimedOut(NoAnswer):
    """Silence."""


class BadCertificate(NoAnswer):
    """They could not prove who they are; nothing was sent, and nothing goes around that."""


class InnerAddress(NoAnswer):
    """A known host name leads to an address inside somebody's network; nothing was called."""


class Reply:
    """Status and headers (names in lower case); what a stranger writes below them is never kept."""

    def __init__(self) -> None:
        self.status = 0
        self.is_whole = False
        self._read = 0
        self._lines: list[bytes] = []

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the last answer; one that comes twice counts as it came last."""
        pairs = (line.decode("latin-1").partition(":") for line in self._lines)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}

    def hear(self, line: bytes) -> int | None:
        """Take a header line; too many of them end the call."""
        self._read += len(line)
        if line.startswith(b"HTTP/"):
            self._lines, self.status = [], int(line.split(b" ", 2)[1])
        elif line.isspace():
            self.is_whole = self.status >= 200
        else:
            self._lines.append(line)
        return None if self._read <= LONGEST_ANSWER else 0

    def pass_over(self, chunk: bytes) -> int | None:
        """Read a little, so that the connection can be used again; a long answer ends the call."""
        self._read += len(chunk)
        return None if self._read <= LONGEST_ANSWER else 0


class Transport:
    """Calls push services; each thread has connections of its own, which it keeps."""

    def __init__(
        self,
        *,
        ca_file: str | None = None,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
        names: Sequence[str] = (),
    ) -> None:
        """`ca_file`: whom to believe, instead of the usual authorities; `names`: `host:port:address`, instead
        of asking for the address of a host. Both are for tests.
        """
        self._options: dict[int, Any] = {
            pycurl.POST: 1,
            pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_2TLS,
            pycurl.FOLLOWLOCATION: 0,
            pycurl.PROXY: "",
            pycurl.NOPROXY: "*",
            pycurl.RESOLVE: list(names),
            pycurl.NETRC: pycurl.NETRC_IGNORED,
            pycurl.NOSIGNAL: 1,
            pycurl.CONNECTTIMEOUT_MS: int(connect_seconds * 1000),
            pycurl.TIMEOUT_MS: int((connect_seconds + read_seconds) * 1000),
            pycurl.CAINFO: ca_file or certifi.where(),
            pycurl.SSL_VERIFYPEER: 1,
            pycurl.SSL_VERIFYHOST: 2,
            pycurl.SSLVERSION: pycurl.SSLVERSION_TLSv1_2,
        }
        self._own = threading.local()

    def post(self, endpoint: Endpoint, headers: list[str], body: bytes) -> Reply:
        """Send a message; the status decides, also of an answer that is cut, endless or slow below it.

        :raises TimedOut: if nothing came in time
        :raises BadCertificate: if they could not prove who they are
        :raises InnerAddress: if the name leads to where strangers may not send us
        :raises NoAnswer: if the line broke
        """
        if not hasattr(self._own, "line"):
            self._own.line = self.line()
        line: Line = self._own.line
        line.aim(endpoint, headers, body)
        code = None
        try:
            line.handle.perform()
        except pycurl.error as error:
            code = error.args[0]
        reply = line.outcome(code)
        if isinstance(reply, NoAnswer):
            raise reply
        return reply

    def line(self) -> "Line":
        """A line for one call at a time, on which one message after the other is sent."""
        return Line(self._options)


class Line:
    """A handle of libcurl. What is the same for all messages is set once: it costs as much as to encrypt."""

    def __init__(self, options: Mapping[int, Any]) -> None:
        self._reply = Reply()
        self._may_lead_inside = self._has_refused = False
        self._opened: list[socket.socket] = []
        self._is_open: bool | None = None
        self.handle = pycurl.Curl()
        for option, value in options.items():
            self.handle.setopt(option, value)
        self.handle.setopt(pycurl.HEADERFUNCTION, lambda heard: self._reply.hear(heard))
        self.handle.setopt(pycurl.WRITEFUNCTION, lambda chunk: self._reply.pass_over(chunk))
        self.handle.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)

    def aim(self, endpoint: Endpoint, headers: list[str], body: bytes) -> None:
        """Make ready for a message; nothing of the one before is left."""
        self._reply = Reply()
        self._may_lead_inside, self._has_refused = endpoint.is_extra, False
        setopt = self.handle.setopt
        setopt(pycurl.URL, endpoint.url)
        setopt(pycurl.POSTFIELDS, body)
        setopt(pycurl.HTTPHEADER, headers)
        is_open = endpoint.url.startswith("http:")
        if is_open != self._is_open:
            self._is_open = is_open
            setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP if is_open else pycurl.PROTO_HTTPS)
            # Wait to hear whether a line can be shared; without TLS nobody says so before the first answer.
            setopt(pycurl.PIPEWAIT, int(not is_open))

    def outcome(self, code: int | None) -> Reply | NoAnswer:
        """What came of the call that is over; `code`: libcurl's number if it did not end well."""
        for opened in self._opened:
            opened.close()  # ours; the copies belong to the kept connections
        self._opened.clear()
        if self._reply.is_whole:
            return self._reply
        return NoAnswer() if code is None else named(code, self._has_refused)

    def _open_socket(self, _purpose: int, address: Any) -> Any:
        """A socket for libcurl, which works with a copy of it: to public addresses and to no others."""
        if not self._may_lead_inside and not is_public(str(address.addr[0])):
            self._has_refused = True
            return pycurl.SOCKET_BAD
        opened = socket.socket(address.family, address.socktype, address.protocol)
        self._opened.append(opened)
        return opened


def named(code: int, was_refused: bool) -> NoAnswer:
    """What libcurl's number for a call without an answer means to us."""
    if was_refused:
        return InnerAddress()
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return TimedOut()
    return BadCertificate() if code in _BAD_CERTIFICATE else NoAnswer()
