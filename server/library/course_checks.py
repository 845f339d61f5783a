"""A course belongs to a centre, its words speak of the same themes, and no theme blames anybody."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.library.models import LANGUAGES, Fault
from server.library.reading import Document
from server.library.sheets import PLAIN_WORDS, Sheets


def find_faults(sheets: Sheets) -> Iterator[Fault]:
    """What no single file of a course can show."""
    orders: dict[tuple[str, int], str] = {}
    for code, document in sheets.courses.items():
        centre = document.data["centre"]
        if centre not in sheets.centres:
            yield document.fault(f"no such centre: {centre}", "centre")
        if orders.setdefault((centre, document.data["order"]), code) != code:
            yield document.fault(f"duplicate order: {document.data['order']}", "order")
        yield from _themes(document)
        for language, text in sheets.texts.get(f"courses/{code}", {}).items():
            yield from _words(document.data, text)
            if language in LANGUAGES:
                yield from _plainly(sheets, text, language)


def _themes(document: Document) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, theme in enumerate(document.data["theme"]):
        if theme["id"] in seen:
            yield document.fault(f"duplicate id: {theme['id']}", "theme", at, "id")
        seen.add(theme["id"])


def _words(facts: Mapping[str, Any], text: Document) -> Iterator[Fault]:
    known = {theme["id"] for theme in facts["theme"]}
    for theme in sorted(known ^ text.data["theme"].keys()):
        where = "the course" if theme not in known else "this text"
        yield text.fault(f"theme is missing in {where}: {theme}", "theme", theme)
    if ("background" in facts) != ("background" in text.data):
        yield text.fault("background belongs to a course with a figure, and only there", "background")


def _plainly(sheets: Sheets, text: Document, language: str) -> Iterator[Fault]:
    """The words at the top of the file hold no word that blames, or that only a colleague understands."""
    words = sheets[PLAIN_WORDS].data[language]
    for path, line in _lines(text.data, ()):
        for word in (*words["blame"], *words["jargon"]):
            if path != ("title",) and word.casefold() in line.casefold():
                yield text.fault(f'a word that blames or is jargon: "{word}"; say it plainly', *path)


def _lines(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in data.items():
        if key == "review":
            continue
        if isinstance(value, Mapping):
            yield from _lines(value, (*path, key))
        else:
            lines = value if isinstance(value, list) else [value]
            yield from (((*path, key), line) for line in lines)
