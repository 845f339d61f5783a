"""Which files are recognised as sheets of appointments, and what a written sheet does in a spreadsheet."""

import csv
import io

import pytest

from server.appointments import csv_text
from server.appointments.csv_text import BadSheet, SheetTooLarge, read_sheet, write_sheet
from server.appointments.csv_words import HEADINGS, Column
from tests.appointments.sheets import HEADING, TALK, row, sheet

TEXT = ";".join(HEADING) + "\r\n" + ";".join(row(alias="Rødkælk Å")) + "\r\n"


SHAPE = {"file.shape": ["Quotes do not match, or a cell is too long."]}


class TestRecognised:
    @pytest.mark.parametrize(
        "data",
        [
            TEXT.encode(),
            b"\xef\xbb\xbf" + TEXT.encode(),
            b"\xff\xfe" + TEXT.encode("utf-16-le"),
            b"\xfe\xff" + TEXT.encode("utf-16-be"),
            TEXT.encode("cp1252"),
            TEXT.replace(";", ",").encode(),
            TEXT.replace(";", "\t").encode(),
            TEXT.replace("\r\n", "\n").encode(),
            TEXT.replace("\r\n", "\r").encode(),
            TEXT.rstrip().encode(),
            ("sep=;\r\n" + TEXT).encode(),
            (TEXT + "\r\n\r\n;;;;;;\r\n").encode(),
            TEXT.replace("dato", " DATO ").replace("klokken", "Time").replace("alias", "Kaldenavn").encode(),
            TEXT.replace("Lokale 2", '"Lokale 2"').encode(),
            sheet(row(alias="Rødkælk Å")[::-1], heading=HEADING[::-1]),
        ],
        ids=[
            "utf-8", "utf-8 with its mark", "utf-16 little", "utf-16 big", "windows-1252", "commas", "tabs",
            "line feeds", "carriage returns", "no last line end", "a hint above", "empty lines below",
            "other letters in the heading", "quotes", "columns in another order",
        ],
    )  # fmt: skip
    def test_every_way_in_which_programs_write_the_same_sheet(self, data: bytes) -> None:
        (line,) = read_sheet(data)

        assert [line[column] for column in list(Column)[:7]] == [*row(alias="Rødkælk Å")]
        assert line.fits

    def test_a_line_break_and_a_delimiter_inside_quotes_belong_to_the_cell(self) -> None:
        first, second = read_sheet(sheet(row(sted='"Lokale; 2\r\nto ""trapper"""'), row()))

        assert first[Column.PLACE] == 'Lokale; 2\r\nto "trapper"'
        assert (first.number, second.number) == (2, 4)

    def test_a_row_with_too_few_or_too_many_cells_is_told_apart(self) -> None:
        lines = read_sheet(sheet(TALK[:5], (*TALK, "mere"), (*TALK, "", " ")))

        assert [line.fits for line in lines] == [False, False, True]


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "errors"),
        [
            (b"", {"columns.missing": ["date", "time", "minutes", "alias", "kind", "mode", "place"]}),
            (sheet(TALK[:6], heading=HEADING[:6]), {"columns.missing": ["place"]}),
            (sheet((*TALK, "x"), heading=(*HEADING, "CPR")), {"columns.extra": ["CPR"]}),
            (sheet((*TALK, "x"), heading=(*HEADING, "")), {"columns.extra": [""]}),
            (sheet((*TALK, "x"), heading=(*HEADING, "Klokken")), {"columns.doubled": ["klokken", "Klokken"]}),
            (
                sheet(TALK, heading=("dag", *HEADING[1:])),
                {"columns.missing": ["date"], "columns.extra": ["dag"]},
            ),
            (sheet(), {"rows.none": ["There are no rows below the heading."]}),
            (sheet(("",) * 7), {"rows.none": ["There are no rows below the heading."]}),
            (sheet(*[TALK] * 2_001), {"rows.many": ["At most 2000 rows."]}),
            (sheet(row(sted='"åben')), SHAPE),
            (sheet(row(sted="x" * 1_000_000)), SHAPE),
            (sheet(row(sted="a\x00b")), "file.encoding"),
            (TEXT.encode("utf-16-le"), "file.encoding"),
            (b"\xef\xbb\xbf" + TEXT.encode("cp1252"), "file.encoding"),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x81", "file.encoding"),
        ],
        ids=[
            "an empty file", "a missing column", "an extra column", "an empty heading", "a doubled column",
            "a renamed column", "no rows", "empty rows only", "too many rows", "an open quote",
            "a cell of a megabyte", "NUL", "utf-16 without its mark", "a mark that lies", "a picture",
        ],
    )  # fmt: skip
    def test_as_a_whole_with_the_reason(self, data: bytes, errors: dict[str, list[str]] | str) -> None:
        with pytest.raises(BadSheet) as refused:
            read_sheet(data)

        found = refused.value.errors
        assert list(found or {}) == [errors] if isinstance(errors, str) else found == errors

    def test_when_it_has_more_bytes_than_any_sheet_needs(self) -> None:
        with pytest.raises(SheetTooLarge):
            read_sheet(b"x" * (csv_text.LONGEST_FILE + 1))

    def test_a_million_rows_cost_no_more_than_the_first_few(self) -> None:
        with pytest.raises(BadSheet):
            read_sheet(sheet(*[("",) * 6 + ("x",)] * 150_000))


class TestWritten:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠"])
    def test_no_cell_is_worked_out_and_all_come_back_as_they_were(self, start: str) -> None:
        evil = f"{start}HYPERLINK(1)"

        written = write_sheet([{Column.PLACE: evil, Column.ALIAS: f"  {evil}"}])

        (_, cells) = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";")
        assert cells[6] == f"'{evil}"
        assert cells[3].startswith("'")
        if start != "\x00":
            (line,) = read_sheet(written)
            assert line[Column.PLACE] == evil.strip()

    def test_an_apostrophe_of_ones_own_stays(self) -> None:
        (line,) = read_sheet(write_sheet([{Column.ALIAS: "'t Hooft", Column.PLACE: "''"}]))

        assert (line[Column.ALIAS], line[Column.PLACE]) == ("'t Hooft", "''")

    def test_opens_by_itself_in_a_danish_spreadsheet(self) -> None:
        written = write_sheet([{Column.ALIAS: "Rødkælk", Column.PLACE: 'a;b"c\r\nd'}])

        assert written.startswith(b"\xef\xbb\xbfdato;klokken;minutter;alias;hvad;hvordan;sted;status\r\n")
        assert ';"a;b""c\r\nd";' in written.decode()
        assert read_sheet(written)[0][Column.ALIAS] == "Rødkælk"
        assert set(HEADINGS) == set(Column)
