"""Words that no text of ours holds: they blame somebody, or only a colleague would understand them."""

from collections.abc import Iterator

from server.library.models import LANGUAGES, Fault
from server.library.reading import Document
from server.library.sheets import PLAIN_WORDS, Sheets


def find_faults(sheets: Sheets) -> Iterator[Fault]:
    """Every such word in the texts that people read, with file and line."""
    words = sheets[PLAIN_WORDS].data
    for versions in sheets.texts.values():
        for language, document in versions.items():
            if language in LANGUAGES:
                yield from _in_text(document, (*words[language]["blame"], *words[language]["jargon"]))


def _in_text(document: Document, words: tuple[str, ...]) -> Iterator[Fault]:
    for path, said in document.sentences():
        for word in words:
            if word.casefold() in said.casefold():
                yield document.fault(_not_plain(word), *path)
    for number, line in enumerate(document.body.split("\n"), start=document.body_line):
        for word in words:
            if word.casefold() in line.casefold():
                yield Fault(document.file, number, _not_plain(word))


def _not_plain(word: str) -> str:
    return f'a word that blames or is jargon: "{word}"; say it plainly (content/{PLAIN_WORDS})'
