"""Danish personal numbers (CPR): a real date in the right century, and four digits; no check digit.

Numbers without a valid modulus-11 digit have been given out since 2007, so none is asked for.
"""

import re
from datetime import date

_SHAPE = re.compile(r"^(\d{2})(\d{2})(\d{2})[- ]?(\d)(\d{3})$", re.ASCII)


class BadCpr(ValueError):
    """The text is not a CPR number."""


def parse(text: str, *, today: date) -> str:
    """The ten digits of a CPR number written with or without its hyphen.

    :raises BadCpr: if it is not ten digits, or the date does not exist or has not come yet
    """
    match = _SHAPE.match(text)
    if match is None:
        raise BadCpr()
    day, month, short_year, seventh = (int(part) for part in match.groups()[:4])
    try:
        born = date(_year(short_year, seventh), month, day)
    except ValueError as err:
        raise BadCpr() from err
    if born > today:
        raise BadCpr()
    return "".join(match.groups())


def _year(short_year: int, seventh: int) -> int:
    if seventh <= 3:
        return 1900 + short_year
    if seventh in (4, 9):
        return (2000 if short_year <= 36 else 1900) + short_year
    return (2000 if short_year <= 57 else 1800) + short_year


def masked(digits: str | None) -> str | None:
    """The birth date, with the serial number hidden."""
    return None if digits is None else f"{digits[:6]}-••••"
