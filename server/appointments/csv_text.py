"""Sheets of appointments as bytes: recognising one that a program has written, and writing one that is safe.

Pure: no database, no clock. What cannot be recognised is refused as a whole.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.appointments.csv_words import HEADINGS, Column, column_of
from server.core import spreadsheets
from server.core.errors import Invalid, Problem

MEDIA_TYPE = spreadsheets.MEDIA_TYPE
LONGEST_FILE = 2 * 1024 * 1024
MOST_ROWS = 2_000
LONGEST_CELL = 1_000
DELIMITERS = (";", ",", "\t")
REQUIRED = frozenset(Column) - {Column.STATUS}
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class SheetTooLarge(Problem):
    """The file has more bytes than a sheet of appointments can need."""

    status, code, title = 413, "too-large", "The file is too large."


class BadSheet(Invalid):
    """The file as a whole cannot be used: `errors` says what is wrong with it, and names columns."""


@dataclass(frozen=True)
class Line:
    """One row as it stood in the file; `number` is the line on which it began, the heading's being 1."""

    number: int
    cells: Mapping[Column, str]
    fits: bool  #: whether it had as many cells as the heading

    def __getitem__(self, column: Column) -> str:
        return self.cells.get(column, "")


def read_sheet(data: bytes) -> list[Line]:
    """The rows of a file with `;`, `,` or tabs in UTF-8, UTF-16 or Windows-1252; empty lines are left out.

    :raises SheetTooLarge: over two megabytes
    :raises BadSheet: if it cannot be read, has no rows or too many, or its columns are not the right ones
    """
    if len(data) > LONGEST_FILE:
        raise SheetTooLarge()
    whole = _decode(data)
    text = _without_hint(whole)
    above = 0 if text is whole else 1
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        columns = _columns(next(rows, []))
        found = []
        begins = rows.line_num + above + 1
        for cells in rows:
            if any(cell.strip() for cell in cells):
                found.append(_line(begins, columns, cells))
            if len(found) > MOST_ROWS:
                raise BadSheet(errors={"rows.many": [f"At most {MOST_ROWS} rows."]})
            begins = rows.line_num + above + 1
    except csv.Error as err:
        raise BadSheet(errors={"file.shape": ["Quotes do not match, or a cell is too long."]}) from err
    if not found:
        raise BadSheet(errors={"rows.none": ["There are no rows below the heading."]})
    return found


def write_sheet(rows: Iterable[Mapping[Column, str]]) -> bytes:
    """A sheet that a Danish spreadsheet opens by itself: UTF-8 with its mark, `;`, and no cell worked out."""
    heading = [HEADINGS[column] for column in Column]
    return spreadsheets.write([heading, *([row.get(column, "") for column in Column] for row in rows)])


def _decode(data: bytes) -> str:
    encodings = ["utf-8", "cp1252"]
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            data, encodings = data[len(mark) :], [encoding]
            break
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadSheet(errors={"file.encoding": ["Must be UTF-8, UTF-16 with its mark, or Windows-1252."]})


def _without_hint(text: str) -> str:
    """Without the line `sep=;` that some programs put above the heading."""
    return text.split("\n", 1)[-1] if text[:4].lower() == "sep=" else text


def _delimiter(text: str) -> str:
    """The delimiter with which the heading names the most columns; none of them, and `;` is as good."""
    heading = text.splitlines()[:1]

    def known(delimiter: str) -> int:
        cells = next(csv.reader(heading, delimiter=delimiter), [])
        return sum(column_of(cell) is not None for cell in cells)

    return max(DELIMITERS, key=known)


def _columns(heading: Sequence[str]) -> list[Column]:
    columns = [column_of(cell) for cell in heading]
    doubled = [
        cell for cell, column in zip(heading, columns, strict=True) if columns.count(column) > 1 and column
    ]
    wrong = {
        "columns.missing": [column.value for column in Column if column in REQUIRED - set(columns)],
        "columns.extra": [cell[:60] for cell, column in zip(heading, columns, strict=True) if column is None],
        "columns.doubled": doubled,
    }
    errors = {name: found for name, found in wrong.items() if found}
    if errors:
        raise BadSheet("The columns are not those of a sheet of appointments.", errors=errors)
    return [column for column in columns if column is not None]


def _line(number: int, columns: Sequence[Column], cells: Sequence[str]) -> Line:
    spare = cells[len(columns) :]
    fits = len(cells) >= len(columns) and not any(cell.strip() for cell in spare)
    named = {
        column: spreadsheets.unguard(cell)[:LONGEST_CELL].strip()
        for column, cell in zip(columns, cells, strict=False)
    }
    return Line(number=number, cells=named, fits=fits)
