"""Turns the sheets of the courses into content, and content into what the phone carries with it."""

from collections.abc import Callable, Mapping
from typing import Any

from server.library import prose
from server.library.course_models import Background, CourseContent, CourseTheme
from server.library.models import LANGUAGES, Content, Text, Texts
from server.library.sheets import Sheets, short_hash


def build_courses(sheets: Sheets, texts_of: Callable[[Sheets, str], Texts]) -> Mapping[str, CourseContent]:
    """Every course by its code, centre by centre in the order in which a centre names them."""
    built = [_course(sheets, code, document.data, texts_of) for code, document in sheets.courses.items()]
    return {course.code: course for course in sorted(built, key=lambda one: (one.centre, one.order))}


def _course(
    sheets: Sheets, code: str, data: Mapping[str, Any], texts_of: Callable[[Sheets, str], Texts]
) -> CourseContent:
    stem = f"courses/{code}"
    texts = texts_of(sheets, stem)
    figure = data.get("background")
    return CourseContent(
        code=code,
        centre=data["centre"],
        order=data["order"],
        kind=data["kind"],
        per_week=data.get("per_week"),
        sessions=data.get("sessions"),
        talks=(data["talks_min"], data["talks_max"]) if "talks_min" in data else None,
        months=data.get("months"),
        homework=data["homework"],
        knowledge=data["knowledge"],
        background=figure and Background(figure["percent"], figure["year"], figure["source"]),
        source=data["source"],
        themes=tuple(_theme(theme["id"], texts) for theme in data["theme"]),
        version=short_hash([sheets.digest(stem, language) for language in LANGUAGES]),
    )


def _theme(theme_id: str, texts: Texts) -> CourseTheme:
    said = {language: texts[language].fields["theme"][theme_id] for language in LANGUAGES}
    return CourseTheme(
        id=theme_id,
        titles={language: words["title"] for language, words in said.items()},
        before={language: tuple(words["before"]) for language, words in said.items()},
        after={language: tuple(words["after"]) for language, words in said.items()},
        bring={language: words.get("bring") for language, words in said.items()},
        drafts={language: texts[language].is_draft for language in LANGUAGES},
    )


def render_courses(content: Content) -> dict[str, Any]:
    """courses.json: every course in both languages, and what a group agrees on."""
    marks = {language: content.page[language].fields["labels"]["draft"] for language in LANGUAGES}
    return {
        "draft_mark": marks,
        "agreements": {
            **_words(content.agreements),
            "items": {
                language: list(content.agreements[language].fields["agreement"]) for language in LANGUAGES
            },
        },
        "courses": [
            _rendered(course, content.course_texts[code]) for code, course in content.courses.items()
        ],
    }


def _rendered(course: CourseContent, texts: Texts) -> dict[str, Any]:
    return {
        "code": course.code,
        "centre": course.centre,
        "kind": course.kind.value,
        "per_week": course.per_week,
        "sessions": course.sessions,
        "talks": None if course.talks is None else {"min": course.talks[0], "max": course.talks[1]},
        "months": course.months,
        "homework": course.homework,
        "knowledge": course.knowledge,
        "version": course.version,
        **_words(texts),
        "lead": _each(texts, "lead"),
        "audience": _each(texts, "audience"),
        "background": course.background and _figure(course.background, texts),
        "source": dict(course.source),
        "themes": [{"id": theme.id, **theme.words} for theme in course.themes],
    }


def _figure(background: Background, texts: Texts) -> dict[str, Any]:
    return {
        "percent": background.percent,
        "year": background.year,
        "words": _each(texts, "background"),
        "source": dict(background.source),
    }


def _each(texts: Texts, key: str) -> dict[str, Any]:
    return {language: texts[language].fields[key] for language in LANGUAGES}


def _words(texts: Texts) -> dict[str, Any]:
    def in_each(of: Callable[[Text], Any]) -> dict[str, Any]:
        return {language: of(texts[language]) for language in LANGUAGES}

    return {
        "name": in_each(lambda text: text.title),
        "text": in_each(lambda text: prose.paragraphs(text.body)),
        "draft": in_each(lambda text: text.is_draft),
    }
