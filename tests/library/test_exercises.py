"""The library of exercises: each ends, blames nobody, promises nothing, and says how to stop."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from server.library import service
from server.library.exercise_models import STOP, Aim, LibraryExercise, Method, Moment, Need, StepKind
from server.library.models import LANGUAGES, Content

from .conftest import CONTENT, Folder
from .test_plain_words import MOST, lix

FACTS = "exercises/library/ride-the-urge.toml"
DANISH = "exercises/library/ride-the-urge.da.md"
#: What a text might promise: nobody knows whether an exercise helps this person tonight.
PROMISES = {
    "da": ("hjælper dig", "virker", "du får det bedre", "du vil få", "garanter", "forsvinder"),
    "en": ("helps you", "will help", "it works", "you will feel", "guarantee", "will go away"),
}


@pytest.fixture(scope="module")
def content() -> Content:
    return service.load(CONTENT)


@pytest.fixture(scope="module")
def library(content: Content) -> tuple[LibraryExercise, ...]:
    return content.exercises


@pytest.fixture
def rendered(content: Content, tmp_path: Path, centre_numbers: dict[str, str]) -> dict[str, Any]:
    service.render_static(content, tmp_path, centre_numbers)
    found: dict[str, Any] = json.loads((tmp_path / "exercises.json").read_text())
    return found


def everything(content: Content, exercise: LibraryExercise, language: str) -> str:
    """All that somebody reads of it, as sentences."""
    text = content.exercise_texts[exercise.id][language]
    fields = text.fields
    parts = [text.title + ".", fields["lead"], text.body, *fields["steps"].values(), fields["after"]]
    return "\n".join([*parts, *fields.get("hints", {}).values()])


def messages(folder: Folder) -> list[str]:
    return [str(fault) for fault in service.check(folder.root)]


class TestTheShippedLibrary:
    def test_has_something_for_every_need_and_moment(self, library: tuple[LibraryExercise, ...]) -> None:
        assert len(library) >= 14
        assert {need for each in library for need in each.needs} == set(Need)
        assert {each.moment for each in library} == set(Moment)
        assert sum(each.moment is Moment.ACUTE for each in library) >= 4

    def test_has_homework_under_each_of_the_five_aims(self, library: tuple[LibraryExercise, ...]) -> None:
        homework = [each for each in library if each.moment is Moment.HOMEWORK]

        assert {each.aim for each in homework} == set(Aim)

    def test_knows_every_method(self, library: tuple[LibraryExercise, ...]) -> None:
        used = {method for each in library for method in each.methods} | {Method.BREATHING}

        assert used == set(Method)

    def test_reads_like_a_childrens_book_one_by_one(
        self, content: Content, library: tuple[LibraryExercise, ...]
    ) -> None:
        figures = {each.id: lix(everything(content, each, "da")) for each in library}

        assert {name: figure for name, figure in figures.items() if figure > MOST} == {}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_promises_no_effect(
        self, content: Content, library: tuple[LibraryExercise, ...], language: str
    ) -> None:
        found = [
            (each.id, promise)
            for each in library
            for promise in PROMISES[language]
            if promise in everything(content, each, language).casefold()
        ]

        assert found == []

    def test_says_how_to_stop_wherever_somebody_turns_inward(
        self, content: Content, library: tuple[LibraryExercise, ...]
    ) -> None:
        careful = {each.id for each in library if each.careful}

        assert {"body-scan", "ride-the-urge", "tighten-and-let-go", "when-blame-fills"} <= careful
        for each in library:
            for language in LANGUAGES:
                said = content.exercise_texts[each.id][language].fields.get("stop")
                assert said == (STOP[language] if each.careful else None)

    def test_never_blames_who_was_hurt(self, content: Content, library: tuple[LibraryExercise, ...]) -> None:
        found = next(each for each in library if each.id == "when-blame-fills")

        assert "Volden er aldrig din skyld." in content.exercise_texts[found.id]["da"].body
        assert "Violence is never your fault." in content.exercise_texts[found.id]["en"].body

    def test_has_the_same_steps_to_read_in_both_languages(
        self, content: Content, library: tuple[LibraryExercise, ...]
    ) -> None:
        for each in library:
            for step in each.steps:
                assert all(
                    content.exercise_texts[each.id][language].fields["steps"][step.id]
                    for language in LANGUAGES
                )
            hints = [
                set(content.exercise_texts[each.id][language].fields.get("hints", {}))
                for language in LANGUAGES
            ]
            assert hints[0] == hints[1], each.id


class TestTheFileForThePhone:
    def test_has_the_exercise_of_the_help_page_as_one_of_the_list(self, rendered: dict[str, Any]) -> None:
        first = rendered["exercises"][0]

        assert first["id"] == "breathing"
        assert first["steps"][0]["kind"] == StepKind.BREATHE
        assert (first["steps"][0]["seconds"], first["steps"][0]["seconds_out"]) == (4, 6)
        assert first["stop"] == STOP

    def test_gives_each_an_address_that_tells_nothing(self, rendered: dict[str, Any]) -> None:
        addresses = [each["at"] for each in rendered["exercises"]]

        assert len(set(addresses)) == len(addresses)
        assert all(re.fullmatch("[0-9a-f]{8}", address) for address in addresses)

    def test_names_each_once_the_hard_moment_first(self, rendered: dict[str, Any]) -> None:
        moments = [each["moment"] for each in rendered["exercises"]]
        ids = [each["id"] for each in rendered["exercises"]]

        assert len(set(ids)) == len(ids)
        assert moments == sorted(moments, key=["acute", "daily", "homework"].index)

    def test_leaves_out_what_was_withdrawn(
        self, folder: Folder, tmp_path: Path, centre_numbers: dict[str, str]
    ) -> None:
        for language in LANGUAGES:
            folder.edit(
                f"exercises/library/say-no.{language}.md",
                'status = "draft"',
                'status = "withdrawn"\nby_role = "psykolog"\nreviewed_on = 2026-12-01',
            )

        service.render_static(service.load(folder.root), tmp_path / "out", centre_numbers)

        found = json.loads((tmp_path / "out/exercises.json").read_text())
        assert "say-no" not in {each["id"] for each in found["exercises"]}


class TestTheCheck:
    def test_names_a_step_without_words_and_words_without_a_step(self, folder: Folder) -> None:
        folder.edit(DANISH, "\nsit = ", "\nstand = ")

        found = messages(folder)

        assert any(f"{DANISH}" in each and "step is missing in this text: sit" in each for each in found)
        assert any(f"step is missing in {FACTS}: stand" in each for each in found)

    def test_refuses_a_timer_without_an_end(self, folder: Folder) -> None:
        folder.edit(FACTS, "seconds = 120\n", "")

        assert any(FACTS in each and "this kind of step has: seconds" in each for each in messages(folder))

    def test_refuses_to_leave_out_how_to_stop(self, folder: Folder) -> None:
        folder.edit(DANISH, STOP["da"], "Stop, når du vil.")

        assert any(DANISH in each and "must say: stop" in each for each in messages(folder))

    def test_refuses_to_call_an_inward_exercise_harmless(self, folder: Folder) -> None:
        folder.edit(FACTS, "careful = true", "careful = false")

        assert any(FACTS in each and "careful = true" in each for each in messages(folder))

    def test_refuses_steps_that_run_longer_than_the_minutes_say(self, folder: Folder) -> None:
        folder.edit(FACTS, "minutes = 6", "minutes = 3")

        assert any("its steps run for 240 seconds" in each for each in messages(folder))

    def test_refuses_homework_without_an_aim(self, folder: Folder) -> None:
        folder.edit("exercises/library/my-pattern.toml", 'aim = "insight"\n', "")

        assert any("an aim belongs to moment" in each for each in messages(folder))

    def test_refuses_a_centre_that_is_not_there(self, folder: Folder) -> None:
        folder.edit(FACTS, 'centres = ["all"]', 'centres = ["all", "atlantis"]')

        found = messages(folder)
        assert any("no such centre: atlantis" in each for each in found)
        assert any("stands alone" in each for each in found)

    def test_finds_a_word_that_blames_in_a_step(self, folder: Folder) -> None:
        folder.edit(DANISH, "Tænk på en bølge.", "Tænk på et tilbagefald.")

        line = folder.line_of(DANISH, "tilbagefald")
        assert any(re.match(rf"{DANISH}:{line}: a word that blames", each) for each in messages(folder))
