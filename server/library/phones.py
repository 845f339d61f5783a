"""The centres' own numbers: settings, not content."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from server.library.models import Content, ContentError, Fault

_DIGITS = re.compile(r"(\+45)?\d{8}")


@dataclass(frozen=True)
class Phone:
    """A number as people read it and as a phone dials it."""

    display: str
    tel: str


def read_centre_phones(content: Content, centre_numbers: Mapping[str, str]) -> dict[str, Phone]:
    """The number of each centre, shown in pairs.

    :raises ContentError: if a centre has no number, or one that is not eight digits
    """
    phones, faults = {}, []
    for centre in content.centres:
        digits = centre_numbers.get(centre.slug, "").replace(" ", "")
        setting = f"CENTRE_PHONE_{centre.slug.upper().replace('-', '_')}"
        if not _DIGITS.fullmatch(digits):
            faults.append(Fault(setting, 1, "must be a Danish number of 8 digits, such as 12 34 56 78"))
            continue
        eight = digits[-8:]
        pairs = " ".join(eight[at : at + 2] for at in range(0, 8, 2))
        phones[centre.slug] = Phone(pairs, f"+45{eight}")
    if faults:
        raise ContentError(faults)
    return phones
