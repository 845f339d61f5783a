"""The words of the crisis plan: in order, without a method, without blame."""

import json
import re
from pathlib import Path

import pytest

from server.crisis_plans.models import Section
from server.library import service
from server.library.models import Content

from .conftest import CONTENT, Folder

METHODS = (
    "pille|tablet|pill|dosis|dose|overdos|medicin|medicine|kniv|knive|barberblad|razor|skære|cut|reb|rope|"
    "hæng|hang|våben|weapon|gun|gevær|pistol|gift|poison|bro|bridge|tog|train|hoppe|jump|alkohol|alcohol|"
    "drug|stof|selvmord|suicid|dø|die|skade|harm"
)
BLAME = (
    "skyld|fault|burde|should|skal du|you must|bør(?!n)|forkert|wrong|svag|weak|tag dig sammen|pull yourself"
)


@pytest.fixture(scope="module")
def content() -> Content:
    return service.load(CONTENT)


def words_of(content: Content, section: str) -> str:
    """Everything a section says, in both languages."""
    found = next(one for one in content.plan if one.id == section)
    return "\n".join(
        "\n".join([text.title, text.body, *text.fields["suggestions"]]) for text in found.texts.values()
    )


def holds(words: str, stems: str) -> list[str]:
    """The words that begin with one of the stems."""
    return re.findall(rf"\b(?:{stems})\w*", words, flags=re.IGNORECASE)


class TestSections:
    def test_are_those_of_the_plan_in_its_order(self, content: Content) -> None:
        assert [section.id for section in content.plan] == [str(section) for section in Section]

    def test_name_no_method_where_it_is_about_safety(self, content: Content) -> None:
        assert holds(words_of(content, "safer-around-me"), METHODS) == []
        assert holds("Giv pillerne til en ven", METHODS) == ["pillerne"]

    @pytest.mark.parametrize("section", list(Section))
    def test_blame_nobody(self, content: Content, section: Section) -> None:
        assert holds(words_of(content, section), BLAME) == []

    def test_are_drafts_for_the_crisis_professionals(self, content: Content) -> None:
        texts = [text for section in content.plan for text in section.texts.values()]

        assert len(texts) == 20
        assert {(text.area, text.is_draft) for text in texts} == {("crisis", True)}


class TestPlanFile:
    def test_carries_headings_explanations_and_suggestions(
        self, content: Content, tmp_path: Path, centre_numbers: dict[str, str]
    ) -> None:
        service.render_static(content, tmp_path, centre_numbers)

        plan = json.loads((tmp_path / "plan.json").read_text())
        assert set(plan) == {"draft_mark", "sections"}
        for section in plan["sections"]:
            assert set(section) == {"id", "name", "text", "draft", "suggestions"}
            for language in ("da", "en"):
                assert section["name"][language]
                assert len(section["text"][language]) == 1
                assert 3 <= len(section["suggestions"][language]) <= 8
                assert section["draft"][language] is True

    @pytest.mark.parametrize("old", ["Små ting", "Tegne eller skrive", "Det kan jeg selv gøre"])
    def test_is_part_of_the_hash(self, folder: Folder, centre_numbers: dict[str, str], old: str) -> None:
        before = service.static_hash(service.load(folder.root), centre_numbers)

        folder.edit("plan/own-actions.da.md", old, "Noget andet")

        assert service.static_hash(service.load(folder.root), centre_numbers) != before


class TestCheck:
    @pytest.mark.parametrize(
        ("file", "old", "new", "message"),
        [
            ("plan/practical.da.md", "suggestions", "ideas", "missing key"),
            ("plan/practical.da.md", "Hvem fodrer katten", "Ring til 12 34 56 78", "12 34 56 78"),
            ("plan/practical.en.md", 'status = "draft"', 'status = "withdrawn"', "missing key"),
            ("plan/sections.toml", 'id = "practical"', 'id = "living-for"', "duplicate id"),
            ("plan/sections.toml", 'id = "practical"', 'id = "medicine"', "text is missing"),
        ],
    )
    def test_names_what_is_wrong_with_a_section(
        self, folder: Folder, file: str, old: str, new: str, message: str
    ) -> None:
        folder.edit(file, old, new)

        faults = service.check(folder.root)

        assert any(message in fault.message for fault in faults), faults

    def test_lets_no_section_be_withdrawn(self, folder: Folder) -> None:
        for language in ("da", "en"):
            withdrawn = 'status = "withdrawn"\nby_role = "leder"\nreviewed_on = 2026-12-01'
            folder.edit(f"plan/practical.{language}.md", 'status = "draft"', withdrawn)

        assert {fault.message for fault in service.check(folder.root)} == {
            "cannot be withdrawn: the app needs it"
        }
