"""What a push service checks of the sender's signature (RFC 8292)."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

A_DAY = 24 * 3600


class Refused(Exception):
    """The push service would answer 401 or 403."""


def unpad(text: str) -> bytes:
    """Decode base64url with or without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check(authorization: str, *, audience: str, key: str) -> dict[str, Any]:
    """The claims of a valid header for this push service and this subscription's key.

    :raises Refused: if any part is wrong
    """
    scheme, _, rest = authorization.partition(" ")
    fields = dict(part.strip().partition("=")[::2] for part in rest.split(","))
    if scheme.lower() != "vapid" or not {"t", "k"} <= fields.keys():
        raise Refused("not a vapid header")
    if unpad(fields["k"]) != unpad(key):
        raise Refused("the subscription belongs to another key")
    claims = _verified(fields["t"], unpad(fields["k"]))
    if claims.get("aud") != audience:
        raise Refused("wrong audience")
    if not time.time() < claims.get("exp", 0) <= time.time() + A_DAY:
        raise Refused("expired, or valid for more than a day")
    if not str(claims.get("sub", "")).startswith(("mailto:", "https://")):
        raise Refused("no subject")
    return claims


def _verified(token: str, key: bytes) -> dict[str, Any]:
    signed, _, signature = token.rpartition(".")
    header, _, body = signed.partition(".")
    if json.loads(unpad(header)).get("alg") != "ES256":
        raise Refused("not ES256")
    raw = unpad(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError) as problem:
        raise Refused("bad signature") from problem
    return dict(json.loads(unpad(body)))
