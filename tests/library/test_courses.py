"""Courses in the content: a centre, themes that the words know, and no blame."""

import json

import pytest

from server.library import service, static
from server.library.course_models import CourseKind
from server.library.models import LANGUAGES, Content

from .conftest import CONTENT, Folder
from .test_plain_words import MOST, lix

LEARNING = "courses/learning.toml"


@pytest.fixture(scope="module")
def content() -> Content:
    return service.load(CONTENT)


class TestShipped:
    def test_each_centre_has_the_courses_of_its_own_documents(self, content: Content) -> None:
        by_centre: dict[str, list[str]] = {}
        for code, course in content.courses.items():
            by_centre.setdefault(course.centre, []).append(code)

        assert by_centre == {
            "krisecenter": ["learning"],
            "rusmiddelcenter": [
                *("supportive", "structured", "group-days", "aftercare"),
                *("clarification", "intro", "individual", "group", "family"),
            ],
        }

    def test_the_womens_course_rolls_through_five_themes(self, content: Content) -> None:
        course = content.courses["learning"]

        assert (course.kind, course.sessions, course.per_week) == (CourseKind.ROLLING, 5, 1)
        assert [theme.id for theme in course.themes] == [
            *("violence", "care-for-myself", "relationship", "children", "law")
        ]

    def test_the_violence_is_never_her_fault(self, content: Content) -> None:
        before = content.courses["learning"].themes[0].before

        assert "Volden er aldrig din skyld." in " ".join(before["da"])
        assert "never your fault" in " ".join(before["en"])

    def test_counts_are_those_of_the_sources(self, content: Content) -> None:
        assert content.courses["supportive"].talks == (6, 8)
        assert content.courses["structured"].talks == (10, 13)
        assert content.courses["structured"].homework
        assert content.courses["group-days"].per_week == 2

    def test_the_figure_is_old_and_says_so(self, content: Content) -> None:
        figure = content.courses["learning"].background

        assert figure is not None
        assert (figure.percent, figure.year) == (60, 2015)
        assert figure.source["document"]

    def test_every_theme_can_be_read_offline_in_both_languages(
        self, content: Content, centre_numbers: dict[str, str]
    ) -> None:
        rendered = json.loads(static.static_files(content, centre_numbers)["courses.json"])

        assert [course["code"] for course in rendered["courses"]] == list(content.courses)
        for course in rendered["courses"]:
            for theme in course["themes"]:
                for language in LANGUAGES:
                    assert theme["title"][language], (course["code"], theme["id"])
                    assert theme["before"][language], (course["code"], theme["id"])
        assert rendered["agreements"]["items"]["da"]


class TestCheck:
    def test_names_a_centre_that_is_not_there(self, folder: Folder) -> None:
        folder.edit(LEARNING, 'centre = "krisecenter"', 'centre = "elsewhere"')

        assert "no such centre: elsewhere" in faults(folder)

    def test_names_a_theme_without_words(self, folder: Folder) -> None:
        folder.edit(LEARNING, 'id = "law"', 'id = "money"')

        assert {"theme is missing in this text: money", "theme is missing in the course: law"} <= faults(
            folder
        )

    def test_names_a_theme_that_stands_twice(self, folder: Folder) -> None:
        folder.edit(LEARNING, 'id = "law"', 'id = "violence"')

        assert "duplicate id: violence" in faults(folder)

    def test_names_a_word_that_blames_at_the_top_of_a_file(self, folder: Folder) -> None:
        folder.edit("courses/learning.da.md", "Volden er aldrig din skyld", "Du skulle have gået")

        assert any("du skulle have" in fault for fault in faults(folder))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("sessions = 5", "talks_min = 5\ntalks_max = 6"),
            ("sessions = 5\n", ""),
            ("knowledge = true", "knowledge = false"),
            ('kind = "rolling"', 'kind = "endless"'),
            ("per_week = 1", "per_week = 8"),
        ],
    )
    def test_refuses_counts_that_do_not_fit(self, folder: Folder, old: str, new: str) -> None:
        folder.edit(LEARNING, old, new)

        assert faults(folder)

    def test_names_an_order_that_two_courses_have(self, folder: Folder) -> None:
        folder.edit("courses/intro.toml", "order = 6", "order = 5")

        assert "duplicate order: 5" in faults(folder)

    def test_a_changed_word_makes_another_version(self, folder: Folder) -> None:
        before = service.load(folder.root).courses["learning"].version
        folder.edit("courses/learning.en.md", "never your fault", "never ever your fault")

        assert service.load(folder.root).courses["learning"].version != before


def faults(folder: Folder) -> set[str]:
    """What is wrong, without file and line."""
    return {fault.message for fault in service.check(folder.root)}


class TestPlainWords:
    def test_courses_are_as_easy_to_read_as_everything_else(self, content: Content) -> None:
        figures = {code: lix(words(content, code)) for code in content.courses}

        assert sum(figures.values()) / len(figures) <= MOST, figures
        assert max(figures.values()) <= MOST + 10, figures


def words(content: Content, code: str) -> str:
    """Everything of a course that somebody reads in Danish."""
    text = content.course_texts[code]["da"]
    themes = [
        part for theme in content.courses[code].themes for part in (*theme.before["da"], *theme.after["da"])
    ]
    return " ".join([text.body, str(text.fields["lead"]), *themes])
