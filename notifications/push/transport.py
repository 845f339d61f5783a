"""The way out: kept connections (HTTP/2 or HTTP/1.1) that follow no redirect and reach no inner address."""

import socket
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import certifi
import pycurl

from notifications.models import Endpoint
from notifications.models.address import is_public

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
LONGEST_ANSWER = 8 * 1024
_NOT_SENT = ("Expect:", "Accept:", "User-Agent:")  #: what libcurl would say on its own
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


@dataclass
class Reply:
    """Status and headers (names in lower case); what a stranger writes below them is never kept."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    is_whole: bool = False
    read: int = 0

    def hear(self, line: bytes) -> int | None:
        """Take a header line; too many of them end the call."""
        self.read += len(line)
        text = line.decode("latin-1").strip()
        if text.startswith("HTTP/"):
            self.headers, self.status = {}, int(text.split(" ", 2)[1])
        elif not text:
            self.is_whole = self.status >= 200
        else:
            name, _, value = text.partition(":")
            self.headers[name.strip().lower()] = value.strip()
        return None if self.read <= LONGEST_ANSWER else 0

    def pass_over(self, chunk: bytes) -> int | None:
        """Read a little, so that the connection can be used again; a long answer ends the call."""
        self.read += len(chunk)
        return None if self.read <= LONGEST_ANSWER else 0


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
        self._connect_ms = int(connect_seconds * 1000)
        self._whole_ms = int((connect_seconds + read_seconds) * 1000)
        self._names = list(names)
        self._ca_file = ca_file or certifi.where()
        self._own = threading.local()

    def post(self, endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> Reply:
        """Send a message; the status decides, also of an answer that is cut, endless or slow below it.

        :raises TimedOut: if nothing came in time
        :raises BadCertificate: if they could not prove who they are
        :raises InnerAddress: if the name leads to where strangers may not send us
        :raises NoAnswer: if the line broke
        """
        reply, guard = Reply(), Guard()
        call = self._handle()
        self.prepare(call, endpoint, headers, body, reply=reply, guard=guard)
        try:
            call.perform()
        except pycurl.error as error:
            if not reply.is_whole:
                raise named(error.args[0], guard.has_refused) from None
        finally:
            guard.close()
        if not reply.is_whole:
            raise NoAnswer
        return reply

    def prepare(
        self,
        call: Any,
        endpoint: Endpoint,
        headers: Mapping[str, str],
        body: bytes,
        *,
        reply: Reply,
        guard: "Guard",
    ) -> None:
        """Make a handle of libcurl ready for a message; `reply` hears the answer, `guard` opens the line."""
        call.reset()  # options only: connections stay
        for option, value in self._options(endpoint, headers, body).items():
            call.setopt(option, value)
        call.setopt(pycurl.HEADERFUNCTION, reply.hear)
        call.setopt(pycurl.WRITEFUNCTION, reply.pass_over)
        if not endpoint.is_extra:
            call.setopt(pycurl.OPENSOCKETFUNCTION, guard.open_socket)

    def _handle(self) -> Any:
        if not hasattr(self._own, "handle"):
            self._own.handle = pycurl.Curl()
        return self._own.handle

    def _options(self, endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> dict[int, Any]:
        return {
            pycurl.URL: endpoint.url,
            pycurl.POST: 1,
            pycurl.POSTFIELDS: body,
            pycurl.HTTPHEADER: [*(f"{name}: {value}" for name, value in headers.items()), *_NOT_SENT],
            pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_2TLS,
            pycurl.PROTOCOLS: pycurl.PROTO_HTTP if endpoint.url.startswith("http:") else pycurl.PROTO_HTTPS,
            pycurl.FOLLOWLOCATION: 0,
            pycurl.PROXY: "",
            pycurl.NOPROXY: "*",
            pycurl.RESOLVE: self._names,
            pycurl.NETRC: pycurl.NETRC_IGNORED,
            pycurl.NOSIGNAL: 1,
            pycurl.CONNECTTIMEOUT_MS: self._connect_ms,
            pycurl.TIMEOUT_MS: self._whole_ms,
            pycurl.CAINFO: self._ca_file,
            pycurl.SSL_VERIFYPEER: 1,
            pycurl.SSL_VERIFYHOST: 2,
            pycurl.SSLVERSION: pycurl.SSLVERSION_TLSv1_2,
        }


class Guard:
    """Opens sockets to public addresses and to no others."""

    def __init__(self) -> None:
        self.has_refused = False
        self._opened: list[socket.socket] = []

    def open_socket(self, _purpose: int, address: Any) -> Any:
        """A socket for libcurl, which works with a copy of it."""
        if not is_public(str(address.addr[0])):
            self.has_refused = True
            return pycurl.SOCKET_BAD
        opened = socket.socket(address.family, address.socktype, address.protocol)
        self._opened.append(opened)
        return opened

    def close(self) -> None:
        """Close ours; the copies belong to the kept connections."""
        for opened in self._opened:
            opened.close()


def named(code: int, was_refused: bool) -> NoAnswer:
    """What libcurl's number for a call without an answer means to us."""
    if was_refused:
        return InnerAddress()
    if code == pycurl.E_OPERATION_TIMEDOUT:
        return TimedOut()
    return BadCertificate() if code in _BAD_CERTIFICATE else NoAnswer()
