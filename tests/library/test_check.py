"""Each way a content file can be wrong, found with its file and line."""

import os
from pathlib import Path

import pytest

from server.library import service
from server.library.models import Fault

from .conftest import CONTENT, Folder

LINES = "crisis/lines.toml"
PAGE = "crisis/help-page.da.md"
RUS = "services/rusmiddelcenter/services.toml"
AKUT = "services/akuttilbud/services.toml"
LATE = "services/rusmiddelcenter/appointments.toml"
REMIND = "services/rusmiddelcenter/reminders.toml"
TEST_DA = "messages/test.da.md"
BREATHING = "exercises/breathing.toml"
BREATHING_DA = "exercises/breathing.da.md"
DRAFT = 'status = "draft"'
REVIEWED = (
    'status = "reviewed"\nby_role = "psykolog"\nreviewed_on = 2026-12-01\nnext_review_on = 2027-12-01\n'
)

# file, what stands there, what stands there now, a mark on the line of the fault, what the fault says
CASES = {
    "unknown key": (LINES, 'hours = "always"', 'hours = "always"\ncolour = "red"', "colour", "unknown key"),
    "unknown key in a nested table": (PAGE, "numbers =", 'extra = "x"\nnumbers =', "extra", "unknown key"),
    "missing key": (TEST_DA, 'title = "Du har en påmindelse"', "", "+++", "title: missing key"),
    "wrong type": (LINES, 'id = "112"', "id = 112", "id = 112", "Must be text"),
    "unknown status": (TEST_DA, DRAFT, 'status = "done"', "status", "Must be one of"),
    "review missing": (TEST_DA, "[review]", "[revue]", "[revue]", "unknown key"),
    "not TOML": (LINES, 'id = "112"', "id = 112 113", "id = 112 113", "not TOML"),
    "key twice": (LINES, 'id = "112"', 'id = "112"\nid = "113"', '"113"', "not TOML"),
    "front matter not closed": (TEST_DA, "+++\n\nDet", "Det", "+++", "no closing +++"),
    "no front matter": (TEST_DA, "+++", "", "", "first line must be +++"),
    "YAML front matter": (TEST_DA, "+++", "---", "---", "YAML front matter"),
    "YAML line": (TEST_DA, 'title = "', 'title: "', "title:", "looks like YAML"),
    "YAML list": (LINES, 'id = "112"', 'id = "112"\n- name: "x"', "- name:", "looks like YAML"),
    "text of several lines": (LINES, 'id = "112"', 'id = """112"""', 'id = """', "several lines"),
    "tab in the prose": (TEST_DA, "Det var", "Det\tvar", "Det\tvar", "tab"),
    "tab in the facts": (LINES, 'id = "112"', '\tid = "112"', "\tid", "tab"),
    "invisible character": (TEST_DA, "Det var", "Det\u200bvar", "\u200b", "invisible character: U+200B"),
    "loose accents": (TEST_DA, "på", "pa\u030a", "a\u030a", "loose accents"),
    "raw HTML block": (PAGE, "Du må", "<div>hej</div>\n\nDu må", "<div>", "raw HTML"),
    "raw HTML in a line": (PAGE, "Jeg har brug", "Jeg <b>har</b> brug", "<b>", "raw HTML"),
    "script": (PAGE, "Du må", "<script>alert(1)</script>\n\nDu må", "<script>", "raw HTML"),
    "picture": (PAGE, "Du må", "![x](data:image/png;base64,AA) Du må", "![x]", "not allowed here: image"),
    "heading": (PAGE, "Du må", "# Overskrift\n\nDu må", "# Over", "not allowed here: heading"),
    "markup in plain prose": (TEST_DA, "prøve", "**prøve**", "**", "not allowed here: strong"),
    "dead link": (PAGE, "#breathing", "#nowhere", "#nowhere", "dead link: #nowhere"),
    "outer link": (PAGE, "#breathing", "https://example.org/", "example.org", "outer link"),
    "script link": (PAGE, "(#breathing)", "(</x> 'y')", "</x>", "outer link"),
    "duplicate line id": (LINES, 'id = "livslinien"', 'id = "112"', "", "duplicate id: 112"),
    "duplicate service id": (AKUT, 'id = "talk"', 'id = "cafe"', "", "duplicate id: cafe"),
    "duplicate centre order": (AKUT, "order = 1", "order = 2", "", "duplicate order: 2"),
    "duplicate reason": ("reasons.toml", 'code = "work"', 'code = "ill"', "", "duplicate code: ill"),
    "unknown reason": ("reasons.toml", 'code = "work"', 'code = "lazy"', '"lazy"', "Must be one of"),
    "reason without words": ("reasons.toml", 'en = "Ill"', "", "[[reason]]", "en: missing key"),
    "late for an unknown kind": (LATE, "group = 4", "dance = 4", "dance", "Must be one of"),
    "late by more than a week": (LATE, "group = 4", "group = 169", "group = 169", "168"),
    "late without a figure": (LATE, "late_hours = 24", "", "# How long", "late_hours: missing key"),
    "reminder that wakes": (
        REMIND,
        'day_before_at = "16:00"',
        'day_before_at = "07:59"',
        '"07:59"',
        "waking",
    ),
    "reminder too early": (REMIND, "week_before_days = 7", "week_before_days = 8", "days = 8", "7"),
    "reminder without a yes": (
        REMIND,
        "two_hours_before = true",
        "",
        "# When",
        "two_hours_before: missing key",
    ),
    "duplicate holiday": ("holidays.toml", "2026-12-26", "2026-12-25", "", "duplicate on: 2026-12-25"),
    "mistyped display": (LINES, "70 201 201", "70 201 210", "70 201 210", "display differs"),
    "mistyped tel": (LINES, "+4570113131", "+4570113113", "+4570113113", "tel differs"),
    "mistyped second list": ("numbers.toml", '"82 12 12 12"', '"82 12 12 21"', "", "display differs"),
    "line on one list only": (
        "numbers.toml",
        'id = "alkolinjen"',
        'id = "x"',
        '"x"',
        "not in crisis/lines.toml",
    ),
    "tel with spaces": (LINES, "+4570201201", "+45 70 201 201", "+45 70", "Must be +45"),
    "unknown number in the prose": (
        PAGE,
        "er i tvivl",
        "er 70 20 12 02",
        "70 20 12 02",
        "not in numbers.toml",
    ),
    "unknown number in a link": (PAGE, "(tel:112)", "(tel:113)", "tel:113", "not in numbers.toml: tel:113"),
    "unknown number in a field": (PAGE, '"Lukket nu"', '"Ring 114"', "114", "not in numbers.toml: 114"),
    "check without a page": (
        LINES,
        'check_url = "https://www.livslinien.dk/"\n',
        "",
        'hours = "check"',
        "check_url",
    ),
    "forbidden word in a title": (TEST_DA, "påmindelse", "samtale", "samtale", "forbidden word"),
    "forbidden word in a body": (TEST_DA, "en prøve", "fra Krisecentret", "Krise", "forbidden word"),
    "long message title": (TEST_DA, "påmindelse", "påmindelse" + " nu" * 15, "title", "longer than 40"),
    "two paragraphs": (TEST_DA, "prøve. ", "prøve.\n\n", "Det var", "more than one paragraph"),
    "withdrawn message": (
        *(TEST_DA, DRAFT, 'status = "withdrawn"\nby_role = "leder"\nreviewed_on = 2026-12-01'),
        *("status", "withdrawn"),
    ),
    "withdrawn in one language": (
        *(
            "crisis/giftlinjen.da.md",
            DRAFT,
            'status = "withdrawn"\nby_role = "leder"\nreviewed_on = 2026-12-01',
        ),
        *("", "withdrawn in one language only"),
    ),
    "wrong hash of a reviewed text": (
        *(TEST_DA, DRAFT, REVIEWED + 'text_hash = "0123456789abcdef"'),
        *("text_hash", "changed since the review"),
    ),
    "reviewed by nobody": (TEST_DA, DRAFT, 'status = "reviewed"', "status", "missing key for this status"),
    "next review too early": (
        *(TEST_DA, DRAFT, REVIEWED.replace("2027", "2026") + 'text_hash = "0123456789abcdef"'),
        *("next_review_on", "Bad date"),
    ),
    "no such day": (LINES, "2026-11-22", "2026-02-30", "2026-02-30", "not TOML: Invalid date"),
    "date in quotes": (LINES, "2026-11-22", '"2026-11-22"', '"2026-11-22"', "Bad date"),
    "date far away": (LINES, "2026-11-22", "1926-11-22", "1926", "Bad date"),
    "hours end before start": (
        RUS,
        'closes = "11:00"',
        'closes = "08:00"',
        '"08:00"',
        "end before they start",
    ),
    "no clock time": (RUS, 'opens = "09:00"', 'opens = "9.00"', '"9.00"', "Must be a clock time"),
    "no weekday": (RUS, '"mon"', '"man"', '"man"', "Must be one of"),
    "hours overlap": (RUS, 'days = ["fri"]', 'days = ["fri", "thu"]', "", "overlap on thu"),
    "hours without a source": (RUS, 'open = "unknown"', 'open = "weekly"', "weekly", "hours belong to"),
    "always, but what of holidays": (AKUT, 'on_holidays = "as-usual"\n', "", "always", "on_holidays belongs"),
    "open now where nobody knows": (
        *("services/krisecenter/stay.da.md", "audience", 'open_now = "Åbent nu"\naudience'),
        *("open_now", "open_now belongs"),
    ),
    "exception without hours": (
        *(
            AKUT,
            "[service.source]",
            '[[service.exception]]\non = 2026-12-24\nstate = "open"\n\n[service.source]',
        ),
        *('state = "open"', "opens and closes belong"),
    ),
    "exercise without an end": (
        BREATHING,
        "rounds = 10",
        "rounds = 0",
        "rounds",
        "greater than or equal to 1",
    ),
    "step of nothing": (
        BREATHING_DA,
        "out = ",
        "hold = ",
        "hold",
        "step is missing in exercises/breathing.toml",
    ),
    "words and pace differ": (BREATHING_DA, "til 6", "til 7", "til 7", "does not say its 6 seconds"),
    "rounds differ": (BREATHING_DA, "10 gange", "9 gange", "9 gange", "does not say its 10 rounds"),
}
MARKED = {name: case for name, case in CASES.items() if case[3]}


def faults_of(folder: Folder) -> list[Fault]:
    return service.check(folder.root)


class TestCheck:
    def test_finds_nothing_wrong_with_the_shipped_content(self) -> None:
        assert service.check(CONTENT) == []

    @pytest.mark.parametrize("name", MARKED)
    def test_names_file_and_line(self, folder: Folder, name: str) -> None:
        file, old, new, mark, message = MARKED[name]
        folder.edit(file, old, new)

        faults = faults_of(folder)

        line = folder.line_of(file, mark)
        assert any((f.file, f.line) == (file, line) and message in f.message for f in faults), faults

    @pytest.mark.parametrize(
        ("name", "file", "line_mark", "nth"),
        [
            ("duplicate line id", LINES, 'id = "112"', 2),
            ("duplicate service id", RUS, 'id = "cafe"', 1),
            ("duplicate centre order", RUS, "order = 2", 1),
            ("duplicate holiday", "holidays.toml", "on = 2026-12-25", 2),
            ("duplicate reason", "reasons.toml", 'code = "ill"', 2),
            ("mistyped second list", LINES, '"82 12 12 12"', 1),
            ("hours overlap", RUS, 'opens = "11:00"', 2),
            ("no front matter", TEST_DA, "", 1),
            ("withdrawn in one language", "crisis/giftlinjen.en.md", "status", 1),
        ],
    )
    def test_names_the_place_where_the_other_half_stands(
        self, folder: Folder, name: str, file: str, line_mark: str, nth: int
    ) -> None:
        edited, old, new, _, message = CASES[name]
        folder.edit(edited, old, new)

        faults = faults_of(folder)

        lines = (folder.root / file).read_text().split("\n")
        line = [number for number, text in enumerate(lines, start=1) if line_mark in text][nth - 1]
        assert any((f.file, f.line) == (file, line) and message in f.message for f in faults), faults

    def test_says_a_fault_as_file_line_message(self) -> None:
        assert str(Fault("crisis/lines.toml", 7, "unknown key")) == "crisis/lines.toml:7: unknown key"

    def test_reports_faults_of_several_files_at_once(self, folder: Folder) -> None:
        folder.edit(LINES, 'id = "112"', "id = 112")
        folder.edit(RUS, "order = 2", "order = 0")

        files = {fault.file for fault in faults_of(folder)}

        assert files == {LINES, RUS}


class TestCheckFiles:
    def test_misses_a_language(self, folder: Folder) -> None:
        (folder.root / "messages/test.en.md").unlink()

        assert faults_of(folder) == [Fault(TEST_DA, 1, "missing language: messages/test.en.md")]

    def test_misses_both_languages_of_a_line(self, folder: Folder) -> None:
        for language in ("da", "en"):
            (folder.root / f"crisis/giftlinjen.{language}.md").unlink()

        line = folder.line_of(LINES, 'id = "giftlinjen"')
        assert faults_of(folder) == [Fault(LINES, line, "text is missing: crisis/giftlinjen.da.md")]

    def test_refuses_a_language_nobody_reads_here(self, folder: Folder) -> None:
        (folder.root / TEST_DA).rename(folder.root / "messages/test.de.md")

        messages = {(fault.file, fault.message) for fault in faults_of(folder)}

        assert ("messages/test.de.md", "unknown language: de") in messages

    def test_refuses_a_text_that_belongs_to_nothing(self, folder: Folder) -> None:
        for language in ("da", "en"):
            old = folder.root / f"crisis/112.{language}.md"
            (folder.root / f"crisis/113.{language}.md").write_text(old.read_text())

        assert {fault.file for fault in faults_of(folder)} == {"crisis/113.da.md", "crisis/113.en.md"}

    @pytest.mark.parametrize(
        "file", ["numbers.toml", "holidays.toml", "reasons.toml", LINES, BREATHING, "messages/forbidden.toml"]
    )
    def test_misses_a_file(self, folder: Folder, file: str) -> None:
        (folder.root / file).unlink()

        assert Fault(file, 1, "file is missing") in faults_of(folder)

    def test_misses_how_late_is_late_at_a_centre(self, folder: Folder) -> None:
        (folder.root / LATE).unlink()

        assert faults_of(folder) == [Fault(RUS, 1, f"file is missing: {LATE}")]

    def test_misses_the_words_of_a_reason(self, folder: Folder) -> None:
        folder.edit("reasons.toml", '[[reason]]\ncode = "unknown"\nda = "Ved ikke"\nen = "Not known"\n', "")

        assert [fault.message for fault in faults_of(folder)] == ["reason is missing: unknown"]

    def test_misses_everything_in_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        assert len(service.check(tmp_path / "nothing")) == 7

    @pytest.mark.parametrize("file", ["crisis/picture.svg", "messages/.hidden", "crisis/112.da.md.bak"])
    def test_refuses_other_kinds_of_files(self, folder: Folder, file: str) -> None:
        (folder.root / file).write_text("<svg onload='alert(1)'/>")

        assert faults_of(folder) == [Fault(file, 1, "only .toml and .md files belong here")]

    def test_refuses_a_file_in_an_unknown_place(self, folder: Folder) -> None:
        (folder.root / "more.toml").write_text("a = 1\n")

        assert faults_of(folder) == [Fault("more.toml", 1, "no such file is known here")]

    def test_refuses_a_link_to_a_file_elsewhere(self, folder: Folder, tmp_path: Path) -> None:
        (tmp_path / "elsewhere.md").write_text("x")
        os.symlink(tmp_path / "elsewhere.md", folder.root / "crisis/x.da.md")

        assert [fault.file for fault in faults_of(folder)] == ["crisis/x.da.md"]

    def test_refuses_a_huge_file(self, folder: Folder) -> None:
        (folder.root / TEST_DA).write_text("+++\n" + "x" * 64_001)

        assert faults_of(folder) == [Fault(TEST_DA, 1, "longer than 64000 bytes")]

    def test_refuses_another_encoding(self, folder: Folder) -> None:
        (folder.root / TEST_DA).write_bytes("+++\ntitle = 'påmindelse'\n+++\n".encode("latin-1"))

        assert faults_of(folder) == [Fault(TEST_DA, 2, "not UTF-8")]
