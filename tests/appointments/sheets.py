"""Sheets that people bring along."""

import base64
from collections.abc import Sequence
from typing import Any

HEADING = ("dato", "klokken", "minutter", "alias", "hvad", "hvordan", "sted")
TALK = ("2026-11-30", "10:00", "45", "Solsort", "samtale", "vi mødes", "Lokale 2")


def row(**other: str) -> tuple[str, ...]:
    """The talk as a row; anything about it can be named by its heading."""
    return tuple(other.get(heading, cell) for heading, cell in zip(HEADING, TALK, strict=True))


def sheet(*rows: Sequence[str], heading: Sequence[str] = HEADING) -> bytes:
    """A plain sheet, as a Danish spreadsheet writes it."""
    return "".join(";".join(cells) + "\r\n" for cells in (heading, *rows)).encode()


def sent(data: bytes, **other: Any) -> dict[str, Any]:
    """A file as the console sends it."""
    return {"file": base64.b64encode(data).decode(), **other}
