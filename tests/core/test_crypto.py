"""Sealed fields, blind indexes and signed tokens."""

import base64
import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from server.core import crypto
from server.core.ids import new_id
from tests.conftest import NOW


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


OLD, NEW = _key(), _key()


@pytest.fixture(autouse=True)
def _house_keys() -> None:
    crypto.configure(field_keys=f"new:{NEW},old:{OLD}", index_key=_key(), signing_key="a signing key")


@given(st.text())
def test_opens_what_it_sealed(text: str) -> None:
    row = new_id()

    assert crypto.unseal(crypto.seal(text, context="t.c", row_id=row), context="t.c", row_id=row) == text


def test_many_may_seal_and_open_at_once() -> None:
    def there_and_back(number: int) -> bool:
        row, text = new_id(), f"tekst {number} " * 50
        sealed = [crypto.seal(text, context="t.c", row_id=row) for _ in range(50)]
        return {crypto.unseal(one, context="t.c", row_id=row) for one in sealed} == {text}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(there_and_back, range(64)))


def test_a_value_is_bound_to_its_row_by_the_usual_text_of_the_id() -> None:
    key, row = base64.urlsafe_b64decode(NEW), new_id()
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(key).encrypt(nonce, b"Agnes", f"t.c.{row}".encode())

    assert crypto.unseal(b"\x03new" + nonce + sealed, context="t.c", row_id=row) == "Agnes"


def test_two_seals_of_one_text_differ_and_hide_it() -> None:
    row = new_id()

    first, second = (crypto.seal("Agnes", context="t.c", row_id=row) for _ in range(2))

    assert first != second
    assert b"Agnes" not in (first or b"")


def test_a_value_moved_to_another_row_or_column_does_not_open() -> None:
    row = new_id()
    sealed = crypto.seal("Agnes", context="citizen.name", row_id=row)

    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, context="citizen.name", row_id=new_id())
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, context="citizen.phone", row_id=row)


def test_a_changed_byte_is_found() -> None:
    row = new_id()
    sealed = bytearray(crypto.seal("Agnes", context="t.c", row_id=row) or b"")
    sealed[-1] ^= 1

    with pytest.raises(crypto.Unreadable):
        crypto.unseal(bytes(sealed), context="t.c", row_id=row)


def test_an_older_key_still_opens_and_a_lost_one_is_told() -> None:
    row = new_id()
    crypto.configure(field_keys=f"old:{OLD}", index_key=_key(), signing_key="k")
    sealed = crypto.seal("Agnes", context="t.c", row_id=row)
    crypto.configure(field_keys=f"new:{NEW},old:{OLD}", index_key=_key(), signing_key="k")

    assert crypto.unseal(sealed, context="t.c", row_id=row) == "Agnes"

    crypto.configure(field_keys=f"new:{NEW}", index_key=_key(), signing_key="k")
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, context="t.c", row_id=row)


def test_a_signed_token_serves_one_purpose() -> None:
    token = crypto.sign({"seq": 7}, purpose="cursor")

    assert crypto.unsign(token, purpose="cursor") == {"seq": 7}
    with pytest.raises(crypto.BadToken):
        crypto.unsign(token, purpose="invitation")
    with pytest.raises(crypto.BadToken):
        crypto.unsign(token[:-2] + "xx", purpose="cursor")


def test_a_signed_token_ages() -> None:
    with time_machine.travel(NOW, tick=False) as traveller:
        token = crypto.sign({"seq": 7}, purpose="cursor")
        traveller.shift(timedelta(days=181))

        with pytest.raises(crypto.BadToken):
            crypto.unsign(token, purpose="cursor", max_age=timedelta(days=180))


SIGNED = [{"seq": 7}, {"for": "Ærø", "n": None}, {"shortened": "x" * 300}]


@pytest.mark.parametrize("payload", SIGNED, ids=str)
def test_tokens_are_those_of_itsdangerous(payload: dict[str, object]) -> None:
    theirs = URLSafeTimedSerializer(
        "a signing key",
        salt="ved-haanden.cursor",
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )

    assert crypto.unsign(str(theirs.dumps(payload)), purpose="cursor") == payload
    assert theirs.loads(crypto.sign(payload, purpose="cursor")) == payload


def test_another_key_of_the_house_opens_no_token() -> None:
    token = crypto.sign({"seq": 7}, purpose="cursor")
    crypto.configure(field_keys=f"new:{NEW}", index_key=_key(), signing_key="another signing key")

    with pytest.raises(crypto.BadToken):
        crypto.unsign(token, purpose="cursor")


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        crypto.configure(field_keys="new:c2hvcnQ=", index_key=_key(), signing_key="k")
