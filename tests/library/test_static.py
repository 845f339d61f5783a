"""The files the phone carries: plain, clean, and tied to one hash."""

import json
from pathlib import Path

import pytest

from server.library import service, static
from server.library.models import ContentError

from .conftest import CONTENT, Folder, Page, review

FILES = {
    "help.da.html",
    "help.en.html",
    "services.json",
    "breathing.json",
    "breathing.css",
    "plan.json",
    "exercises.json",
    "courses.json",
    "goals.json",
    "phases.json",
    "messages.json",
    "questionnaires.json",
    "desk.json",
    "content-hash.txt",
}
DRAFT_MARK = {
    "da": "Udkast. En fagperson har ikke gennemgået teksten endnu.",
    "en": "Draft. A professional has not reviewed this text yet.",
}


@pytest.fixture
def rendered(tmp_path: Path, centre_numbers: dict[str, str]) -> Path:
    out = tmp_path / "generated"
    service.render_static(service.load(CONTENT), out, centre_numbers)
    return out


@pytest.fixture(params=["da", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def help_of(folder: Folder, tmp_path: Path, centre_numbers: dict[str, str], language: str = "da") -> str:
    service.render_static(service.load(folder.root), tmp_path / "out", centre_numbers)
    return (tmp_path / "out" / f"help.{language}.html").read_text()


class TestHelpPage:
    def test_is_written_with_its_companions(self, rendered: Path) -> None:
        assert {path.name for path in rendered.iterdir()} == FILES

    def test_has_no_script_and_no_inline_style(self, rendered: Path, language: str) -> None:
        page = Page((rendered / f"help.{language}.html").read_text())

        assert not {"script", "style", "img", "iframe", "form"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]
        assert page.open == []

    def test_offers_every_number_for_tapping(self, rendered: Path, language: str) -> None:
        page = Page((rendered / f"help.{language}.html").read_text())

        lines = {"112", "1888", "+4570201201", "+4570113131", "+4582121212", "+4580200500"}
        centres = {f"+450000000{number}" for number in (1, 2, 3, 4)}
        assert {href[4:] for href in page.values("href") if href.startswith("tel:")} == lines | centres
        assert page.values("class").count("help-number") == 10

    def test_links_to_places_that_exist(self, rendered: Path, language: str) -> None:
        page = Page((rendered / f"help.{language}.html").read_text())

        ids = page.values("id")
        assert len(ids) == len(set(ids))
        assert all(name.startswith(f"help-{language}-") for name in ids)
        inside = [href[1:] for href in page.values("href") if href.startswith("#")]
        assert inside
        assert {*inside, *page.values("aria-labelledby")} <= set(ids)

    def test_says_its_language(self, rendered: Path, language: str) -> None:
        assert Page((rendered / f"help.{language}.html").read_text()).values("lang") == [language]

    def test_tells_the_breathing_exercise_in_words(self, rendered: Path) -> None:
        html = (rendered / "help.da.html").read_text()

        assert "Træk vejret ind, mens du tæller til 4." in html
        assert "Pust langsomt ud, mens du tæller til 6." in html
        assert "Gør det 10 gange." in html

    def test_is_marked_once_while_everything_is_a_draft(self, rendered: Path, language: str) -> None:
        assert (rendered / f"help.{language}.html").read_text().count(DRAFT_MARK[language]) == 1

    def test_marks_each_draft_once_one_text_is_reviewed(
        self, folder: Folder, tmp_path: Path, centre_numbers: dict[str, str]
    ) -> None:
        review(folder, "crisis/112.da.md")

        html = help_of(folder, tmp_path, centre_numbers)

        assert html.count(DRAFT_MARK["da"]) == 11  # page, 5 lines, 4 centres, breathing
        assert "draft-mark" not in html.split('id="help-da-112"')[1].split("</li>")[0]

    def test_leaves_out_what_is_withdrawn(
        self, folder: Folder, tmp_path: Path, centre_numbers: dict[str, str]
    ) -> None:
        for stem in ("crisis/alkolinjen", "exercises/breathing"):
            for language in ("da", "en"):
                withdrawn = 'status = "withdrawn"\nby_role = "leder"\nreviewed_on = 2026-12-01'
                folder.edit(f"{stem}.{language}.md", 'status = "draft"', withdrawn)
        dead = service.check(folder.root)
        for language, words in (("da", "trække vejret roligt"), ("en", "breathe calmly")):
            folder.edit(f"crisis/help-page.{language}.md", f"[{words}](#breathing)", words)

        html = help_of(folder, tmp_path, centre_numbers)

        assert {fault.message for fault in dead} == {"dead link: #breathing"}
        assert "80 200 500" not in html
        assert "breathing" not in html
        assert json.loads((tmp_path / "out/breathing.json").read_text()) is None

    def test_escapes_what_looks_like_markup(
        self, folder: Folder, tmp_path: Path, centre_numbers: dict[str, str]
    ) -> None:
        folder.edit("crisis/112.da.md", 'title = "Alarmcentralen"', 'title = "<b>Alarm</b>"')

        assert "&lt;b&gt;Alarm&lt;/b&gt;" in help_of(folder, tmp_path, centre_numbers)


class TestServicesFile:
    def test_lets_a_phone_work_out_the_hours(self, rendered: Path) -> None:
        services = json.loads((rendered / "services.json").read_text())
        found = {item["id"]: item for centre in services["centres"] for item in centre["services"]}

        assert services["zone"] == "Europe/Copenhagen"
        assert services["holidays_known_until"] == "2028-12-31"
        assert found["cafe"]["hours"]["week"][0] == {"day": 1, "opens": "09:00", "closes": "11:00"}
        assert found["cafe"]["hours"]["on_holidays"] == "ask"
        assert found["talk"]["hours"] == {
            **{"kind": "always", "week": [], "on_holidays": "as-usual", "exceptions": []}
        }
        assert found["stay"]["hours"] == {"kind": "unknown"}
        assert found["stay"]["open_now"] is None

    def test_carries_exceptions_of_single_days(
        self, folder: Folder, tmp_path: Path, centre_numbers: dict[str, str]
    ) -> None:
        rule = '[[service.exception]]\non = 2026-12-24\nstate = "open"\nopens = "09:00"\ncloses = "10:00"\n\n'
        file = "services/rusmiddelcenter/services.toml"
        text = (folder.root / file).read_text()
        at = text.index("[service.source]", text.index('id = "medicine-pickup"'))
        (folder.root / file).write_text(text[:at] + rule + text[at:])

        help_of(folder, tmp_path, centre_numbers)

        services = json.loads((tmp_path / "out/services.json").read_text())
        found = {item["id"]: item for centre in services["centres"] for item in centre["services"]}
        assert found["medicine-pickup"]["hours"]["exceptions"] == [
            {"on": "2026-12-24", "state": "open", "opens": "09:00", "closes": "10:00"}
        ]
        assert found["cafe"]["hours"]["exceptions"] == []

    def test_has_every_text_in_both_languages(self, rendered: Path) -> None:
        services = json.loads((rendered / "services.json").read_text())

        for centre in services["centres"]:
            for item in (centre, *centre["services"]):
                assert set(item["name"]) == set(item["text"]) == set(item["draft"]) == {"da", "en"}
                assert all(item["text"].values())


class TestBreathing:
    def test_moves_at_the_pace_of_its_words(self, rendered: Path) -> None:
        exercise = json.loads((rendered / "breathing.json").read_text())

        assert [step["seconds"] for step in exercise["steps"]] == [4, 6]
        assert exercise["rounds"] == 10
        css = (rendered / "breathing.css").read_text()
        assert "40% { transform: scale(1); }" in css
        assert "animation: breathing 10s ease-in-out 10;" in css
        assert "prefers-reduced-motion: no-preference" in css


class TestStaticHash:
    def test_is_the_one_written_beside_the_files(
        self, rendered: Path, centre_numbers: dict[str, str]
    ) -> None:
        written = (rendered / "content-hash.txt").read_text().strip()

        assert written == service.static_hash(service.load(CONTENT), centre_numbers)

    def test_changes_with_a_centre_number(self, centre_numbers: dict[str, str]) -> None:
        content = service.load(CONTENT)
        before = service.static_hash(content, centre_numbers)

        assert service.static_hash(content, {**centre_numbers, "krisecenter": "00 00 00 09"}) != before

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("crisis/112.da.md", "Det er gratis", "Det koster ikke noget"),
            ("services/rusmiddelcenter/services.toml", "11:00", "11:30"),
            ("holidays.toml", "Nytårsdag", "Første januar"),
            ("exercises/breathing.toml", 'id = "in"', '# slowly\nid = "in"'),
        ],
    )
    def test_changes_with_what_people_read_and_with_nothing_else(
        self, folder: Folder, centre_numbers: dict[str, str], file: str, old: str, new: str
    ) -> None:
        before = service.static_hash(service.load(folder.root), centre_numbers)

        folder.edit(file, old, new)

        changed = service.static_hash(service.load(folder.root), centre_numbers) != before
        assert changed == (not new.startswith("#"))

    def test_tells_a_byte_moved_from_one_file_to_the_next(self) -> None:
        assert static.hash_of({"a": b"xy", "b": b""}) != static.hash_of({"a": b"x", "b": b"y"})


class TestCentreNumbers:
    @pytest.mark.parametrize("number", ["", "1234567", "123456789", "12 34 56 7x", "<b>12345678</b>", "112"])
    def test_must_be_danish_numbers(self, centre_numbers: dict[str, str], number: str) -> None:
        content = service.load(CONTENT)

        with pytest.raises(ContentError, match="CENTRE_PHONE_KRISECENTER"):
            service.static_hash(content, {**centre_numbers, "krisecenter": number})

    def test_are_shown_in_pairs(self, folder: Folder, tmp_path: Path, centre_numbers: dict[str, str]) -> None:
        html = help_of(folder, tmp_path, {**centre_numbers, "akuttilbud": "+45 12345678"})

        assert '<span class="help-number-digits">12 34 56 78</span>' in html
        assert 'href="tel:+4512345678"' in html


class TestNumbersOfTheDesk:
    def test_are_those_of_the_help_page_and_the_centres_so_that_they_can_be_told_without_a_server(
        self, rendered: Path
    ) -> None:
        numbers = json.loads((rendered / "desk.json").read_text())["numbers"]

        page = (rendered / "help.da.html").read_text()
        assert numbers[0]["tel"] == "112"
        assert all(f'href="tel:{each["tel"]}"' in page for each in numbers)
        assert all(each["name"]["da"] and each["name"]["en"] for each in numbers)
