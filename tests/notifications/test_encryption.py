"""What leaves the house can be read by the phone it is for, and by nobody else."""

import http_ece
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from notifications.push.encryption import LONGEST_PLAIN, encrypt
from tests.notifications.push_service import Phone, b64, unb64

# RFC 8291, section 5 and appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
OUR_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
THEIR_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
    "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_reproduces_the_example_of_the_standard() -> None:
    ours = ec.derive_private_key(int.from_bytes(unb64(OUR_PRIVATE)), ec.SECP256R1())

    made = encrypt(PLAIN, p256dh=THEIR_PUBLIC, auth=AUTH, private_key=ours, salt=unb64(SALT))

    assert b64(made) == MESSAGE


@given(
    plain=st.binary(max_size=LONGEST_PLAIN), auth=st.binary(min_size=16, max_size=16), padded=st.booleans()
)
def test_is_read_by_the_decoder_of_pywebpush(plain: bytes, auth: bytes, padded: bool) -> None:
    phone = Phone(endpoint="", auth_secret=auth)
    padding = "=" if padded else ""

    made = encrypt(plain, p256dh=phone.p256dh + padding, auth=phone.auth + padding * 2)

    assert phone.decrypt(made) == plain
    assert len(made) == len(plain) + 103 <= 4096


def test_is_never_the_same_twice() -> None:
    phone = Phone(endpoint="")

    made = {encrypt(b"x", p256dh=phone.p256dh, auth=phone.auth) for _ in range(20)}

    assert len({one[:16] for one in made}) == len({one[21:86] for one in made}) == 20


def test_is_read_by_nobody_else() -> None:
    made = encrypt(b"x", p256dh=Phone(endpoint="").p256dh, auth=Phone(endpoint="").auth)

    with pytest.raises((http_ece.ECEException, InvalidTag)):
        Phone(endpoint="").decrypt(made)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", AUTH), ("!", AUTH), (b64(b"\x04" + b"\x01" * 64), AUTH), (THEIR_PUBLIC, ""), (THEIR_PUBLIC, "øøø")],
)
def test_refuses_keys_that_are_none(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError):
        encrypt(b"x", p256dh=p256dh, auth=auth)


def test_refuses_what_no_push_service_must_take() -> None:
    with pytest.raises(ValueError):
        encrypt(b"x" * (LONGEST_PLAIN + 1), p256dh=THEIR_PUBLIC, auth=AUTH)
