"""In production no draft about crisis is shown; numbers, headings and breathing always are."""

import json
from dataclasses import replace
from typing import Any

import pytest

from server.library import hiding, prose, service
from server.library.models import LANGUAGES, Area, Content, ReviewStatus, Text
from server.library.static import static_files

from .conftest import CONTENT, Folder, Page, review


@pytest.fixture(scope="module")
def written() -> Content:
    """The content as it stands in its files."""
    return service.load(CONTENT)


@pytest.fixture(scope="module")
def shown(written: Content) -> Content:
    """The content as production shows it."""
    return service.without_drafts(written)


def drafts(content: Content) -> dict[str, Text]:
    """The drafts about crisis, by file."""
    return {
        text.file: text
        for text in content.texts()
        if text.area is Area.CRISIS and text.status is ReviewStatus.DRAFT
    }


def test_every_draft_about_crisis_is_hidden_and_nothing_else(written: Content, shown: Content) -> None:
    now = {text.file: text for text in shown.texts()}

    for text in written.texts():
        if text.file in drafts(written):
            assert now[text.file].body == prose.with_numbers(text.body)
            assert now[text.file].fields.get("suggestions", []) == []
        else:
            assert now[text.file] == text
    assert len(drafts(written)) > 20


def test_headings_stay(written: Content, shown: Content) -> None:
    assert [text.title for text in shown.texts()] == [text.title for text in written.texts()]
    assert shown.page["da"].fields["labels"] == written.page["da"].fields["labels"]


def test_a_paragraph_with_a_number_stays(shown: Content) -> None:
    assert shown.page["da"].body == "**Er nogen i fare lige nu? Ring [112](tel:112).**"
    assert shown.page["da"].is_draft


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_page_keeps_every_number_and_the_breathing(
    written: Content, shown: Content, centre_numbers: dict[str, str], language: str
) -> None:
    before, after = (
        static_files(content, centre_numbers)[f"help.{language}.html"].decode()
        for content in (written, shown)
    )

    def numbers(html: str) -> list[str]:
        return [value for value in Page(html).values("href") if value.startswith("tel:")]

    assert numbers(after) == numbers(before)
    breathing = before[before.index('<section class="help-breathing"') : before.index("</ol>")]
    assert breathing in after
    assert "gør så ondt" not in after


def test_the_breathing_stays_even_as_a_draft_about_crisis(written: Content) -> None:
    assert written.breathing is not None
    texts = {language: replace(text, area=Area.CRISIS) for language, text in written.breathing.texts.items()}
    content = replace(written, breathing=replace(written.breathing, texts=texts))

    assert hiding.without_drafts(content).breathing == content.breathing


def test_the_plan_keeps_its_sections_and_loses_suggestions_that_nobody_has_read(
    shown: Content, centre_numbers: dict[str, str]
) -> None:
    plan: dict[str, Any] = json.loads(static_files(shown, centre_numbers)["plan.json"])

    assert len(plan["sections"]) == len(shown.plan)
    for section in plan["sections"]:
        assert section["name"]["da"]
        assert section["suggestions"] == {"da": [], "en": []}
        assert section["text"] == {"da": [], "en": []}
        assert section["draft"] == {"da": False, "en": False}


def test_one_text_in_one_language_comes_back_when_it_has_been_read(
    folder: Folder, centre_numbers: dict[str, str]
) -> None:
    review(folder, "plan/own-actions.da.md")

    content = service.without_drafts(service.load(folder.root))

    plan = json.loads(static_files(content, centre_numbers)["plan.json"])
    (section,) = [each for each in plan["sections"] if each["id"] == "own-actions"]
    assert len(section["suggestions"]["da"]) >= 3
    assert section["suggestions"]["en"] == []
    assert [each["id"] for each in plan["sections"] if each["text"]["da"]] == ["own-actions"]


def test_what_is_sent_is_never_empty(shown: Content) -> None:
    assert all(text.body for texts in shown.messages.values() for text in texts.values())
