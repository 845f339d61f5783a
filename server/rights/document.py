"""The readable form of what is held: a plain PDF with a neutral look and name."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from font_roboto import Roboto, RobotoBold
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from server.core import clock
from server.rights import words

FILE_NAME = "overblik.pdf"
WIDE_MM = 0
UNKNOWN = "□"

Section = tuple[str, list[str]]


class _Paper(FPDF):
    def footer(self) -> None:
        """The page's number, and nothing that tells what the paper is."""
        self.set_y(-15)
        self.set_font("text", size=9)
        self.cell(WIDE_MM, 10, str(self.page_no()), align="C")


def make_pdf(title: str, sections: Iterable[Section], *, now: datetime, language: str) -> bytes:
    """Title, date, and headed lists of lines. Signs that the font lacks are shown as an empty box."""
    paper = _Paper(format="A4")
    paper.set_title("Overblik")
    paper.set_creation_date(now)
    paper.set_lang(language)
    paper.add_font("text", fname=Roboto)
    paper.add_font("text", style="B", fname=RobotoBold)
    known = _letters_of(paper)
    paper.add_page()
    _line(paper, title, known, size=18, bold=True)
    _line(paper, clock.to_wall(now).strftime("%d.%m.%Y"), known, size=10)
    for heading, lines in sections:
        paper.ln(4)
        _line(paper, heading, known, size=13, bold=True)
        for line in lines:
            _line(paper, line, known, size=11)
    return bytes(paper.output())


def _letters_of(paper: FPDF) -> set[int]:
    font = paper.fonts["text"]
    return set(font.cmap) if isinstance(font, TTFFont) else set(range(256))


def _line(paper: FPDF, said: str, known: set[int], *, size: int, bold: bool = False) -> None:
    paper.set_font("text", style="B" if bold else "", size=size)
    shown = "".join(_printable(said, known))
    paper.multi_cell(WIDE_MM, size * 0.5, shown or " ", new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")


def _printable(said: str, known: set[int]) -> Iterator[str]:
    for letter in said:
        if letter in "\n\t" or ord(letter) in known:
            yield letter
        elif not letter.isprintable() or "\ufe00" <= letter <= "\ufe0f":
            continue
        else:
            yield UNKNOWN if ord(UNKNOWN) in known else "?"


def readable_tables(found: dict[str, list[dict[str, Any]]], language: str) -> list[Section]:
    """An export's tables as sections; what is empty, and what only a machine needs, is left out."""
    sections = []
    for table, rows in found.items():
        lines = [line for line in (_readable(row, language) for row in rows) if line]
        if lines:
            sections.append((words.table_name(table, language), lines))
    return sections


def _readable(row: dict[str, Any], language: str) -> str:
    said = {
        words.column_name(name, language): _value(value, language)
        for name, value in row.items()
        if value not in (None, "", []) and name not in words.LEFT_OUT_ON_PAPER
    }
    return "; ".join(f"{name}: {value}" for name, value in said.items())


def _value(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return words.YES_AND_NO[language][value]
    if isinstance(value, datetime):
        wall = clock.to_wall(value) if value.tzinfo else value
        return wall.strftime("%d.%m.%Y %H.%M")
    if isinstance(value, list):
        return ", ".join(_value(each, language) for each in value)
    if isinstance(value, dict):
        return " ".join(_value(each, language) for each in value.values())
    return str(value)
