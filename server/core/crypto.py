"""Secrets at rest: sealed fields, blind indexes, tokens and signed cursors.

Field encryption is AES-256-GCM. The stored bytes are: length of the key id, key id, 12 byte nonce,
ciphertext with tag. The additional data binds a value to its table, column and row, so that a sealed
name cannot be moved to another person's row.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from itsdangerous import BadData, URLSafeTimedSerializer

NONCE_BYTES = 12


class BadToken(Exception):
    """A signed token is broken, too old, or was made for another purpose."""


class Unreadable(Exception):
    """A sealed value cannot be opened: wrong key, wrong row, or damaged bytes."""


@dataclass(frozen=True)
class Keys:
    """The house's keys; the first field key seals, the others only open (rotation)."""

    field_keys: dict[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    signing_key: str = field(repr=False)


_keys: Keys | None = None


def configure(*, field_keys: str, index_key: str, signing_key: str) -> None:
    """Take the keys from their settings: `id:base64[,id:base64…]`, base64, and free text.

    :raises ValueError: if a key is not 32 bytes or an id is missing
    """
    global _keys
    parsed: dict[str, bytes] = {}
    for part in field_keys.split(","):
        key_id, _, encoded = part.strip().partition(":")
        key = _decode(encoded)
        if not key_id or len(key) != 32:
            raise ValueError("FIELD_KEYS must be id:base64 of 32 bytes, comma separated.")
        parsed[key_id] = key
    _keys = Keys(field_keys=parsed, index_key=_decode(index_key), signing_key=signing_key)


def _decode(encoded: str) -> bytes:
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))


def _current() -> Keys:
    if _keys is None:
        raise RuntimeError("Keys are not configured.")
    return _keys


def _bound_to(context: str, row_id: UUID) -> bytes:
    return f"{context}.{row_id}".encode()


def seal(value: str | None, *, context: str, row_id: UUID) -> bytes | None:
    """Encrypt a text for one column (`context`, as `table.column`) of one row; None stays None."""
    if value is None:
        return None
    key_id, key = next(iter(_current().field_keys.items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, value.encode(), _bound_to(context, row_id))
    name = key_id.encode()
    return bytes([len(name)]) + name + nonce + sealed


def unseal(value: bytes | None, *, context: str, row_id: UUID) -> str | None:
    """Open what `seal` made for the same column and row.

    :raises Unreadable: if the key is gone, or the bytes belong elsewhere or are damaged
    """
    if value is None:
        return None
    length = value[0]
    key = _current().field_keys.get(value[1 : 1 + length].decode(errors="replace"))
    nonce = value[1 + length : 1 + length + NONCE_BYTES]
    if key is None:
        raise Unreadable(context)
    try:
        plain = AESGCM(key).decrypt(nonce, value[1 + length + NONCE_BYTES :], _bound_to(context, row_id))
    except InvalidTag as err:
        raise Unreadable(context) from err
    return plain.decode()


def blind_index(value: str, *, context: str) -> bytes:
    """A keyed fingerprint (HMAC-SHA-256): finds an equal value without revealing it."""
    return hmac.new(_current().index_key, f"{context}\0{value}".encode(), hashlib.sha256).digest()


def token() -> str:
    """A new secret of 256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def token_hash(value: str) -> bytes:
    """How a secret of high entropy is stored: SHA-256, so that a leaked table opens nothing."""
    return hashlib.sha256(value.encode()).digest()


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        _current().signing_key,
        salt=f"ved-haanden.{purpose}",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


def sign(payload: dict[str, object], *, purpose: str) -> str:
    """An opaque text that carries `payload` and cannot be changed or used for another purpose."""
    signed = _signer(purpose).dumps(payload)
    return signed if isinstance(signed, str) else signed.decode()


def unsign(value: str, *, purpose: str, max_age: timedelta | None = None) -> dict[str, object]:
    """Read what `sign` made.

    :raises BadToken: if it was changed, is older than `max_age`, or has another purpose
    """
    try:
        payload = _signer(purpose).loads(value, max_age=int(max_age.total_seconds()) if max_age else None)
    except BadData as err:
        raise BadToken(purpose) from err
    if not isinstance(payload, dict):
        raise BadToken(purpose)
    return payload
