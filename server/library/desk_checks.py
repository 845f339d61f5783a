"""Faults in the lists and the places of the crisis line's desk."""

from collections.abc import Iterator

from server.library.desk_models import DESK_CODES
from server.library.models import Fault, ReviewStatus
from server.library.sheets import PLACES, Sheets, desk_file


def find_faults(sheets: Sheets) -> Iterator[Fault]:
    """Every code has its words exactly once, a review fits its words, and no two capacities share a day."""
    for name, codes in DESK_CODES.items():
        yield from _codes(sheets, desk_file(name), codes)
        yield from _review(sheets, desk_file(name))
    days = [entry["since"] for entry in sheets[PLACES].data["capacity"]]
    for at, day in enumerate(days):
        if at and day <= days[at - 1]:
            yield sheets[PLACES].fault(f"not later than the entry before: {day}", "capacity", at, "from")


def _codes(sheets: Sheets, file: str, codes: tuple[str, ...]) -> Iterator[Fault]:
    document = sheets[file]
    given = [entry["code"] for entry in document.data["entry"]]
    for at, code in enumerate(given):
        if code in given[:at]:
            yield document.fault(f"duplicate code: {code}", "entry", at, "code")
    for code in codes:
        if code not in given:
            yield document.fault(f"code is missing: {code}", "entry")


def _review(sheets: Sheets, file: str) -> Iterator[Fault]:
    document, digest = sheets[file], sheets.list_digest(file)
    review = document.data["review"]
    if review["status"] is ReviewStatus.WITHDRAWN:
        yield document.fault("cannot be withdrawn: the desk needs it", "review", "status")
    if review["status"] is ReviewStatus.REVIEWED and review["text_hash"] != digest:
        message = f'changed since the review, so a draft again; text_hash of these words: "{digest}"'
        yield document.fault(message, "review", "text_hash")
