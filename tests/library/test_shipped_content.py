"""What the shipped texts say, and what they never say."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from server.library import service
from server.library.models import LANGUAGES, Content, OpenKind, ReviewStatus, Service

from .conftest import CONTENT

REPOSITORY = CONTENT.parent
OURS = ("content", "server", "notifications", "pwa", "tests", "docs", "README.md", "CHANGELOG.md")
LEFT_OUT = {"node_modules", "dist", "generated", "__pycache__"}
TEXT_FILES = {".py", ".md", ".toml", ".ts", ".tsx", ".html", ".css", ".scss", ".json", ".cfg", ".svg", ".txt"}
# The street of the women's crisis centre, so that its name stands nowhere, not here either.
STREET = "84c392f1bb033d30a5555cd80e4ba808c346571a7b7811ea2e502fcff3c6324e"
STREET_LENGTH = 11


@pytest.fixture(scope="module")
def content() -> Content:
    return service.load(CONTENT)


def services(content: Content) -> dict[str, Service]:
    return {found.id: found for centre in content.centres for found in centre.services}


def our_files() -> Iterator[Path]:
    for name in OURS:
        top = REPOSITORY / name
        paths = [top] if top.is_file() else sorted(top.rglob("*"))
        yield from (p for p in paths if p.suffix in TEXT_FILES and not LEFT_OUT & set(p.parts))


def holds_street(text: str, street: str = STREET) -> bool:
    words = {word[:STREET_LENGTH] for word in re.findall(rf"\w{{{STREET_LENGTH},}}", text.casefold())}
    return any(hashlib.sha256(word.encode()).hexdigest() == street for word in words)


def easter(year: int) -> date:
    """Gauss, in the form of Meeus."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + k - 7 * ((a + 11 * h + 22 * k) // 451) + 114, 31)
    return date(year, month, day + 1)


class TestCrisisCentre:
    def test_its_street_stands_nowhere_in_the_house(self) -> None:
        found = [
            path for path in our_files() if holds_street(path.read_text(encoding="utf-8", errors="ignore"))
        ]

        assert found == []

    def test_the_search_finds_a_street_it_only_knows_by_hash(self) -> None:
        made_up = hashlib.sha256(b"eksempelvej").hexdigest()

        assert holds_street("Vi bor på Eksempelvej 12.", made_up)
        assert holds_street("eksempelvejens beboere", made_up)
        assert not holds_street("et eksempel på en vej", made_up)

    def test_the_search_reads_the_content(self) -> None:
        assert len([path for path in our_files() if CONTENT in path.parents]) > 60

    def test_no_text_gives_a_way_to_it(self) -> None:
        words = "\n".join(path.read_text() for path in sorted((CONTENT / "services/krisecenter").iterdir()))

        street = (
            r"\w+(vej|gade|allé|stræde|vænget|torv|plads)(en)?\s+\d|\b\d{4} (Viborg|\w+)|\b(street|road) \d"
        )
        assert re.findall(street, words, flags=re.IGNORECASE) == []


class TestHelpLines:
    def test_are_the_national_ones_and_those_of_the_region(self, content: Content) -> None:
        assert {line.id: line.display for line in content.lines} == {
            "112": "112",
            "livslinien": "70 201 201",
            "lev-uden-vold": "1888",
            "laegevagten": "70 11 31 31",
            "giftlinjen": "82 12 12 12",
            "alkolinjen": "80 200 500",
        }

    def test_stand_with_the_one_for_danger_first(self, content: Content) -> None:
        assert content.lines[0].tel == "112"

    def test_never_promise_livslinien_day_and_night(self, content: Content) -> None:
        line = next(line for line in content.lines if line.id == "livslinien")

        assert line.hours == "check"
        assert not re.search("døgn|24|day and night", " ".join(text.body for text in line.texts.values()))

    def test_say_that_giftlinjen_asks_and_records(self, content: Content) -> None:
        line = next(line for line in content.lines if line.id == "giftlinjen")

        assert "navn og CPR-nummer, og alle opkald bliver optaget" in line.texts["da"].body
        assert "name and CPR number, and all calls are recorded" in line.texts["en"].body


class TestServices:
    def test_belong_to_four_centres(self, content: Content) -> None:
        assert [centre.slug for centre in content.centres] == [
            *("akuttilbud", "rusmiddelcenter", "krisecenter", "forsorgscenter")
        ]

    @pytest.mark.parametrize("name", ["medicine-pickup", "cafe", "day-offer"])
    def test_with_hours_at_the_clinic_are_for_its_own_citizens(self, content: Content, name: str) -> None:
        found = services(content)[name]

        assert found.texts["da"].fields["audience"] == "Kun for dig i substitutionsbehandling"
        assert "i substitutionsbehandling" in found.texts["da"].fields["open_now"]
        assert found.on_holidays == "ask"

    @pytest.mark.parametrize("name", ["medicine-pickup", "cafe"])
    def test_open_nine_to_eleven_on_weekdays(self, content: Content, name: str) -> None:
        week = services(content)[name].week

        assert [(hours.day, hours.opens, hours.closes) for hours in week] == [
            (day, "09:00", "11:00") for day in (1, 2, 3, 4, 5)
        ]

    def test_day_offer_is_closed_on_wednesday_and_may_be_out(self, content: Content) -> None:
        found = services(content)["day-offer"]

        week = [(hours.day, hours.opens, hours.closes) for hours in found.week]
        assert week == [
            (1, "11:00", "14:00"),
            (2, "11:00", "14:00"),
            (4, "11:00", "14:00"),
            (5, "11:00", "13:00"),
        ]
        assert found.texts["da"].fields["when_open"] == "Åbent, men vi kan være ude. Ring først."

    def test_only_these_have_hours(self, content: Content) -> None:
        known = {name for name, found in services(content).items() if found.kind is not OpenKind.UNKNOWN}

        assert known == {"medicine-pickup", "cafe", "day-offer", "talk", "night"}

    def test_crisis_line_is_open_day_and_night(self, content: Content) -> None:
        assert services(content)["talk"].kind is OpenKind.ALWAYS

    def test_name_their_source(self, content: Content) -> None:
        for found in services(content).values():
            assert found.source.document
            assert found.source.section
            assert found.checked_on == date(2026, 11, 22)


class TestHolidays:
    @pytest.mark.parametrize("year", [2026, 2027, 2028])
    def test_are_the_danish_ones(self, content: Content, year: int) -> None:
        fixed = {date(year, 1, 1), date(year, 6, 5), *(date(year, 12, day) for day in (24, 25, 26, 31))}
        moving = {easter(year) + timedelta(days) for days in (-3, -2, 0, 1, 39, 49, 50)}

        assert {holiday.on for holiday in content.holidays if holiday.on.year == year} == fixed | moving

    def test_easter_of_the_years_we_know(self) -> None:
        assert [easter(year) for year in (2026, 2027, 2028)] == [
            *(date(2026, 4, 5), date(2027, 3, 28), date(2028, 4, 16))
        ]


class TestTexts:
    def test_are_all_drafts_until_somebody_has_read_them(self, content: Content) -> None:
        assert {text.status for text in content.texts()} == {ReviewStatus.DRAFT}

    def test_exist_in_both_languages(self, content: Content) -> None:
        texts = list(content.texts())

        assert len(texts) == len({text.file for text in texts}) == len(list(CONTENT.rglob("*.md")))
        assert {text.language for text in texts} == set(LANGUAGES)

    def test_have_short_lines(self, content: Content) -> None:
        assert [
            text.file for text in content.texts() for line in text.body.split("\n") if len(line) > 90
        ] == []


class TestMessages:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", ["appointment", "test"])
    def test_hold_no_word_that_gives_somebody_away(self, content: Content, kind: str, language: str) -> None:
        title, body = service.message(content, kind, language)

        assert service.forbidden_words(content, f"{title} {body}") == []

    @pytest.mark.parametrize("kind", ["appointment", "test"])
    def test_have_a_neutral_title(self, content: Content, kind: str) -> None:
        assert service.message(content, kind, "da")[0] == "Du har en påmindelse"
        assert service.message(content, kind, "en")[0] == "You have a reminder"

    def test_fall_back_to_danish(self, content: Content) -> None:
        assert service.message(content, "test", "ar") == service.message(content, "test", "da")

    def test_exist_only_for_kinds_with_words(self, content: Content) -> None:
        with pytest.raises(service.NoSuchMessage):
            service.message(content, "diary", "da")

    @pytest.mark.parametrize(
        "text",
        [
            "Din tid på RUSMIDDELCENTRET",
            "Hent din medicin",
            "Your treatment",
            "Ring til krisecentret",
            "in Viborg",
        ],
    )
    def test_words_are_found_in_any_case_and_inside_others(self, content: Content, text: str) -> None:
        assert service.forbidden_words(content, text) != []

    def test_all_words_are_small_letters_or_found_anyway(self) -> None:
        words = tomllib.loads((CONTENT / "messages/forbidden.toml").read_text())

        assert all(len(word) >= 3 for language in LANGUAGES for word in words[language])
