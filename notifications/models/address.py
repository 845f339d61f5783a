"""Which addresses the server may call: the push services of the browser makers, and nobody else."""

import hashlib
import ipaddress
import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

EXACT_HOSTS = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com"})
HOST_ENDINGS = (".push.apple.com", ".notify.windows.com")
LONGEST = 2048
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]+")
_UP_TO_THE_PATH = re.compile(r"[^/?#]*//[^/?#]*")
_HOST_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class BadEndpoint(ValueError):
    """This push address may not be called."""


class Endpoint(NamedTuple):
    """A push address that passed the rules."""

    url: str
    origin: str
    is_extra: bool  #: allowed by configuration, so that it may lie at an inner address

    @classmethod
    def parse(cls, url: str, *, origins: Collection[str] = ()) -> "Endpoint":
        """Check a push address as a phone sent it; `origins` are the extra ones allowed exactly.

        :raises BadEndpoint: if the server may not call it
        """
        if len(url) > LONGEST or not _VISIBLE_ASCII.fullmatch(url) or "\\" in url or "#" in url:
            raise BadEndpoint("not a plain address")
        found = _UP_TO_THE_PATH.match(url)
        if found is None:
            raise BadEndpoint("not a plain address")
        origin, usual = _origins(found[0])
        if origin in origins:
            return cls(url=url, origin=origin, is_extra=True)
        if usual is None:
            raise BadEndpoint("not a known push service, https on its usual port")
        return cls(url=url, origin=usual, is_extra=False)

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the address: enough to recognise it, not enough to call it."""
        return hashlib.sha256(self.url.encode()).digest()


@lru_cache(maxsize=256)  # a handful of push services; nothing that points at a phone
def _origins(beginning: str) -> tuple[str, str | None]:
    """Whose an address is as it is written, and, if that is a known push service, as it is called.

    :raises BadEndpoint: if it names no host, or more than a host and a port
    """
    try:
        parts = urlsplit(beginning)
        port = parts.port
    except ValueError:
        raise BadEndpoint("not a plain address") from None
    if "@" in parts.netloc or not parts.hostname:
        raise BadEndpoint("carries user information, or no host")
    host = parts.hostname
    is_usual = parts.scheme == "https" and port in (None, 443)
    is_known = is_usual and _HOST_NAME.fullmatch(host) and is_push_service(host)
    return f"{parts.scheme}://{parts.netloc}", f"https://{host}" if is_known else None


def origin_of(url: str) -> str:
    """Whose push service an address that passed the rules belongs to."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower().removesuffix(":443")


def is_push_service(host: str) -> bool:
    """Whether a host name belongs to a browser maker's push service."""
    return host in EXACT_HOSTS or host.endswith(HOST_ENDINGS)


def is_public(address: str) -> bool:
    """Whether a resolved address lies on the public internet, also when wrapped as IPv6."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    return found.is_global and not found.is_multicast
