"""Keyed fingerprints by which a person is found without what is known of the person being readable."""

import re
import unicodedata

from server.core import crypto

_BETWEEN = re.compile(r"[\s()./\u00a0\u2010-\u2015-]")
DANISH_DIGITS = 8


def of_cpr(digits: str) -> bytes:
    """The fingerprint of ten digits."""
    return crypto.blind_index(digits, context="citizen.cpr")


def of_phone(number: str | None) -> bytes | None:
    """The fingerprint of a number however it is written: with spaces, +45, 0045 or neither."""
    if number is None:
        return None
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", number))
    for country in ("+45", "0045"):
        if digits.startswith(country) and len(digits) == len(country) + DANISH_DIGITS:
            digits = digits.removeprefix(country)
    return crypto.blind_index(digits, context="citizen.phone-index")


def of_alias(alias: str) -> bytes:
    """The fingerprint of an alias, in small or capital letters, and however its accents are written."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", alias).casefold())
    return crypto.blind_index(" ".join(folded.split()), context="citizen.alias-index")
