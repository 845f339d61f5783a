"""What the cells of one row mean. Pure: no database, no clock."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from marshmallow import ValidationError

from server.appointments.csv_text import Line
from server.appointments.csv_words import KINDS, MODES, STATUSES, Code, Column, find_code
from server.appointments.models import AppointmentKind, AppointmentStatus, Mode
from server.appointments.schemas import LONGEST, PLACE_LENGTH, SHORTEST
from server.core import fields

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DANISH = re.compile(r"([0-9]{1,2})[-./ ]{1,2}([0-9]{1,2})[-./ ]{1,2}([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?")
_PLACE = fields.Line(max_length=PLACE_LENGTH)


class BadCell(Exception):
    """A cell that means nothing here, by its column; none when the row has too few cells or too many."""

    def __init__(self, column: Column | None) -> None:
        super().__init__(column)
        self.column = column


@dataclass(frozen=True)
class Wish:
    """One appointment as a row asks for it; `wall` is Danish clock time."""

    wall: datetime
    minutes: int
    alias: str
    kind: AppointmentKind
    mode: Mode
    place: str | None
    status: AppointmentStatus


def read(line: Line) -> Wish:
    """What a row asks for.

    :raises BadCell: naming the first column that cannot be understood
    """
    if not line.fits:
        raise BadCell(None)
    day = _date(line[Column.DATE])
    clock = _clock(line[Column.TIME])
    return Wish(
        wall=datetime.combine(day, clock),
        minutes=_minutes(line[Column.MINUTES]),
        alias=_given(line, Column.ALIAS),
        kind=_code(KINDS, line, Column.KIND),
        mode=_code(MODES, line, Column.MODE),
        place=_place(line[Column.PLACE]),
        status=_code(STATUSES, line, Column.STATUS) if line[Column.STATUS] else AppointmentStatus.BOOKED,
    )


def _date(cell: str) -> date:
    if found := _ISO.fullmatch(cell):
        year, month, day = found.groups()
    elif found := _DANISH.fullmatch(cell):
        day, month, year = found.groups()
    else:
        raise BadCell(Column.DATE)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as err:
        raise BadCell(Column.DATE) from err


def _clock(cell: str) -> time:
    found = _CLOCK.fullmatch(cell)
    if found is None:
        raise BadCell(Column.TIME)
    try:
        return time(int(found[1]), int(found[2]))
    except ValueError as err:
        raise BadCell(Column.TIME) from err


def _minutes(cell: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", cell) or not SHORTEST <= int(cell) <= LONGEST:
        raise BadCell(Column.MINUTES)
    return int(cell)


def _given(line: Line, column: Column) -> str:
    if not line[column]:
        raise BadCell(column)
    return line[column]


def _code(words: Mapping[Code, str], line: Line, column: Column) -> Code:
    found = find_code(words, line[column])
    if found is None:
        raise BadCell(column)
    return found


def _place(cell: str) -> str | None:
    if not cell:
        return None
    try:
        return _PLACE.deserialize(cell)
    except ValidationError as err:
        raise BadCell(Column.PLACE) from err
