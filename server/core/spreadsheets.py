"""Writing sheets that a Danish spreadsheet opens by itself, and in which it works nothing out."""

import csv
import io
from collections.abc import Iterable

MEDIA_TYPE = "text/csv"
#: A cell that begins like this is worked out by a spreadsheet instead of shown (RELIABILITY G63).
_FORMULA = tuple("=+-@\t\r\n\x00＝＋－＠")
_QUOTE = "'"
_MARK = b"\xef\xbb\xbf"


def write(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows as UTF-8 with its mark and `;` between cells; a cell that could be a formula is quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([guard(cell) for cell in row])
    return _MARK + out.getvalue().encode()


def guard(cell: str) -> str:
    """The cell so that it is shown as it is."""
    return f"{_QUOTE}{cell}" if _is_formula(cell) else cell


def unguard(cell: str) -> str:
    """What a guarded cell says."""
    return cell[1:] if cell.startswith(_QUOTE) and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip(" \xa0").startswith(_FORMULA)
