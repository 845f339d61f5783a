"""The way out: pooled connections that follow no redirect, keep no cookie and reach no inner address."""

import socket
import time
from collections.abc import Collection
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

from notifications.models.address import is_public

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
LONGEST_ANSWER = 8 * 1024


class InnerAddress(NewConnectionError):
    """A known host name leads to an address inside somebody's network."""


class _PublicConnection(HTTPSConnection):
    """Looks the name up once, checks every address, and calls one of those it has checked."""

    def _new_conn(self) -> socket.socket:
        try:
            found = socket.getaddrinfo(self._dns_host, self.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise NameResolutionError(self.host, self, socket.gaierror()) from error
        addresses = [str(entry[4][0]) for entry in found]
        if not addresses or not all(map(is_public, addresses)):
            raise InnerAddress(self, "the name leads to an inner address")
        last: OSError | None = None
        for address in addresses:
            try:
                return socket.create_connection((address, self.port or 443), CONNECT_SECONDS)
            except OSError as error:
                last = error
        raise NewConnectionError(self, "no address answers") from last


class _PublicPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"https": _PublicPool}


class PushSession(requests.Session):
    """A requests session fit for calling addresses that strangers have given us."""

    def __init__(self, origins: Collection[str] = ()) -> None:
        super().__init__()
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.adapters.clear()
        self.mount("https://", _PublicAdapter(max_retries=0))
        for origin in origins:
            self.mount(f"{origin}/", HTTPAdapter(max_retries=0))

    def get_redirect_target(self, resp: requests.Response) -> None:
        """No answer leads anywhere else: a redirect is an answer like any other, its body unread."""

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Send, with limits on time and size."""
        kwargs |= {
            "allow_redirects": False,
            "stream": True,
            "timeout": (CONNECT_SECONDS, READ_SECONDS),
        }
        answer = super().request(method, url, *args, **kwargs)
        _read_at_most(answer)
        return answer


def _read_at_most(answer: requests.Response) -> None:
    """Read a short answer so that its connection can be used again; hang up on a long or slow one."""
    give_up_at = time.monotonic() + READ_SECONDS
    left = LONGEST_ANSWER
    try:
        while left > 0 and time.monotonic() < give_up_at:
            chunk = answer.raw.read1(left)
            if not chunk:
                break
            left -= len(chunk)
        else:
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        answer.close()
    answer._content = b""  # the status decides; what a stranger writes is never kept
