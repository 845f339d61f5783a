"""Message encryption for Web Push (RFC 8291 over RFC 8188), one record, from the calls of `cryptography`."""

import base64
import binascii
import hmac
import os
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD_SIZE = 4096
HEADER_SIZE = 16 + 4 + 1 + 65
LONGEST_PLAIN = RECORD_SIZE - HEADER_SIZE - 17  #: with tag and end mark a body of 4096 bytes, which all take
_CURVE, _ECDH = ec.SECP256R1(), ec.ECDH()
PHONES_KNOWN = 4096
_LAST_RECORD = b"\x02"


def encrypt(
    plain: bytes,
    *,
    p256dh: str,
    auth: str,
    private_key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body that only the phone with these keys can read; `private_key` and `salt` are new each time.

    :raises ValueError: if the keys are not a P-256 point and a 16 byte secret, or the message is too long
    """
    if len(plain) > LONGEST_PLAIN:
        raise ValueError(f"{len(plain)} bytes are too many")
    theirs, their_key = _public(p256dh)
    secret = unpadded(auth)
    if len(secret) != 16:
        raise ValueError("wrong length")
    ours = private_key or ec.generate_private_key(_CURVE)
    salt = salt or os.urandom(16)
    our_point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = ours.exchange(_ECDH, their_key)
    keyed = _hmac(_hmac(secret, shared), b"WebPush: info\x00" + theirs + our_point + b"\x01")
    mixed = _hmac(salt, keyed)
    key = _hmac(mixed, b"Content-Encoding: aes128gcm\x00\x01")[:16]
    nonce = _hmac(mixed, b"Content-Encoding: nonce\x00\x01")[:12]
    header = salt + RECORD_SIZE.to_bytes(4) + len(our_point).to_bytes(1) + our_point
    return header + AESGCM(key).encrypt(nonce, plain + _LAST_RECORD, None)


def unpadded(text: str) -> bytes:
    """Base64url as browsers write it, with or without its padding.

    :raises ValueError: if it is something else
    """
    bare = text.rstrip("=")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except binascii.Error as err:
        raise ValueError("not base64url") from err


@lru_cache(maxsize=PHONES_KNOWN)  # public; to read a point again costs a sixth of a message
def _public(p256dh: str) -> tuple[bytes, ec.EllipticCurvePublicKey]:
    point = unpadded(p256dh)
    return point, ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
