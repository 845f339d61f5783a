"""Which addresses the server may call: the push services of the browser makers, and nobody else."""

import hashlib
import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

EXACT_HOSTS = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com"})
HOST_ENDINGS = (".push.apple.com", ".notify.windows.com")
LONGEST = 2048
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]+")
_HOST_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")


class BadEndpoint(ValueError):
    """This push address may not be called."""


@dataclass(frozen=True)
class Endpoint:
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
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise BadEndpoint("not a plain address") from None
        if "@" in parts.netloc or not parts.hostname:
            raise BadEndpoint("carries user information, or no host")
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin in origins:
            return cls(url=url, origin=origin, is_extra=True)
        if parts.scheme != "https" or port not in (None, 443):
            raise BadEndpoint("not https on its usual port")
        host = parts.hostname
        if not _HOST_NAME.fullmatch(host) or not is_push_service(host):
            raise BadEndpoint("not a known push service")
        return cls(url=url, origin=f"https://{host}", is_extra=False)

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the address: enough to recognise it, not enough to call it."""
        return hashlib.sha256(self.url.encode()).digest()


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
