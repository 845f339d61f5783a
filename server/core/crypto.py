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
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from itsdangerous import BadData, Signer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.signer import SigningAlgorithm

NONCE_BYTES = 12
SHORT_BYTES = 256  #: up to here a payload is not worth the work of making it shorter


class BadToken(Exception):
    """A signed token is broken, too old, or was made for another purpose."""


class Unreadable(Exception):
    """A sealed value cannot be opened: wrong key, wrong row, or damaged bytes."""


@dataclass(frozen=True)
class Keys:
    """The house's keys; the first cipher seals, the others only open (rotation)."""

    ciphers: dict[str, AESGCM] = field(repr=False)  #: of the field keys, by the id of the key
    index_key: bytes = field(repr=False)
    signing_key: str = field(repr=False)


_keys: Keys | None = None


def configure(*, field_keys: str, index_key: str, signing_key: str) -> None:
    """Take the keys from their settings: `id:base64[,id:base64…]`, base64, and free text.

    :raises ValueError: if a key is not 32 bytes or an id is missing
    """
    global _keys
    ciphers: dict[str, AESGCM] = {}
    for part in field_keys.split(","):
        key_id, _, encoded = part.strip().partition(":")
        key = _decode(encoded)
        if not key_id or len(key) != 32:
            raise ValueError("FIELD_KEYS must be id:base64 of 32 bytes, comma separated.")
        ciphers[key_id] = AESGCM(key)
    _keys = Keys(ciphers=ciphers, index_key=_decode(index_key), signing_key=signing_key)


def _decode(encoded: str) -> bytes:
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))


def _current() -> Keys:
    if _keys is None:
        raise RuntimeError("Keys are not configured.")
    return _keys


def _bound_to(context: str, row_id: UUID) -> bytes:
    return context.encode() + b"." + orjson.dumps(row_id)[1:-1]  # the id as `str` writes it, much sooner


def seal(value: str | None, *, context: str, row_id: UUID) -> bytes | None:
    """Encrypt a text for one column (`context`, as `table.column`) of one row; None stays None."""
    if value is None:
        return None
    key_id, cipher = next(iter(_current().ciphers.items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = cipher.encrypt(nonce, value.encode(), _bound_to(context, row_id))
    name = key_id.encode()
    return bytes([len(name)]) + name + nonce + sealed


def unseal(value: bytes | None, *, context: str, row_id: UUID) -> str | None:
    """Open what `seal` made for the same column and row.

    :raises Unreadable: if the key is gone, or the bytes belong elsewhere or are damaged
    """
    if value is None:
        return None
    length = value[0]
    cipher = _current().ciphers.get(value[1 : 1 + length].decode(errors="replace"))
    nonce = value[1 + length : 1 + length + NONCE_BYTES]
    if cipher is None:
        raise Unreadable(context)
    try:
        plain = cipher.decrypt(nonce, value[1 + length + NONCE_BYTES :], _bound_to(context, row_id))
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


class _HmacSha256(SigningAlgorithm):
    """HMAC-SHA-256 in one call of OpenSSL."""

    def get_signature(self, key: bytes, value: bytes) -> bytes:
        return hmac.digest(key, value, "sha256")


class _Signer(TimestampSigner):
    """Derives the key of its purpose once and not for every text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._key = super().derive_key()

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        return self._key


class _Serializer(URLSafeTimedSerializer):
    """Keeps its one signer, and leaves a short payload as long as it is."""

    default_signer = _Signer

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._signer = super().make_signer()

    def make_signer(self, salt: str | bytes | None = None) -> Signer:
        return self._signer

    def dump_payload(self, obj: Any) -> bytes:
        plain = self.serializer.dumps(obj).encode()
        return base64_encode(plain) if len(plain) <= SHORT_BYTES else super().dump_payload(obj)


def _serializer(purpose: str) -> _Serializer:
    return _serializer_by(_current().signing_key, purpose)


@lru_cache(maxsize=64)
def _serializer_by(key: str, purpose: str) -> _Serializer:
    return _Serializer(
        key,
        salt=f"ved-haanden.{purpose}",
        signer_kwargs={
            "key_derivation": "hmac",
            "digest_method": hashlib.sha256,
            "algorithm": _HmacSha256(),
        },
    )


def sign(payload: dict[str, object], *, purpose: str) -> str:
    """An opaque text that carries `payload` and cannot be changed or used for another purpose."""
    signed = _serializer(purpose).dumps(payload)
    return signed if isinstance(signed, str) else signed.decode()


def unsign(value: str, *, purpose: str, max_age: timedelta | None = None) -> dict[str, object]:
    """Read what `sign` made.

    :raises BadToken: if it was changed, is older than `max_age`, or has another purpose
    """
    try:
        payload = _serializer(purpose).loads(value, max_age=int(max_age.total_seconds()) if max_age else None)
    except BadData as err:
        raise BadToken(purpose) from err
    if not isinstance(payload, dict):
        raise BadToken(purpose)
    return payload
