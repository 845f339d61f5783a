"""What columns and codes are called in a sheet, and in the counsellor's calendar. Drafts, not reviewed yet.

A sheet is written with the words of the console. Read are those, a few that mean the same, and the codes.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from server.appointments.models import AppointmentKind, AppointmentStatus, Mode

Code = TypeVar("Code", bound=StrEnum)


class Column(StrEnum):
    """The columns of a sheet of appointments, in their order."""

    DATE = "date"  #: 2027-03-01 or 01-03-2027
    TIME = "time"  #: 10:00 or 10.00, Danish clock
    MINUTES = "minutes"
    ALIAS = "alias"
    KIND = "kind"
    MODE = "mode"
    PLACE = "place"  #: may be empty
    STATUS = "status"  #: written; may be missing when read


HEADINGS: Mapping[Column, str] = {
    Column.DATE: "dato",
    Column.TIME: "klokken",
    Column.MINUTES: "minutter",
    Column.ALIAS: "alias",
    Column.KIND: "hvad",
    Column.MODE: "hvordan",
    Column.PLACE: "sted",
    Column.STATUS: "status",
}
KINDS: Mapping[AppointmentKind, str] = {
    AppointmentKind.FIRST_TALK: "første samtale",
    AppointmentKind.TALK: "samtale",
    AppointmentKind.GROUP: "gruppe",
    AppointmentKind.DOCTOR: "læge",
    AppointmentKind.OTHER: "andet",
}
MODES: Mapping[Mode, str] = {Mode.IN_PERSON: "vi mødes", Mode.PHONE: "telefon", Mode.VIDEO: "video"}
STATUSES: Mapping[AppointmentStatus, str] = {
    AppointmentStatus.BOOKED: "booket",
    AppointmentStatus.ARRIVED: "kommet",
    AppointmentStatus.FULFILLED: "holdt",
    AppointmentStatus.CANCELLED: "aflyst",
    AppointmentStatus.NOSHOW: "udeblevet",
    AppointmentStatus.ENTERED_IN_ERROR: "fejl",
}
#: Other words that mean the same, as people write them.
_ALSO: Mapping[str, str] = {
    "tid": "time",
    "kaldenavn": "alias",
    "fremmøde": "in-person",
    "in person": "in-person",
    "we meet": "in-person",
    "first talk": "first-talk",
    "no-show": "noshow",
}


def column_of(heading: str) -> Column | None:
    """The column that a heading names, in any case and with spaces around it."""
    return find_code(HEADINGS, heading)


def find_code(words: Mapping[Code, str], given: str) -> Code | None:
    """The code that a cell means; None if it means none of them."""
    said = given.strip().casefold()
    said = _ALSO.get(said, said)
    return next((code for code, word in words.items() if said in (word, code.value)), None)
