"""The words are plain: easy to read on a bad day, and nobody is blamed by them."""

import re

import pytest

from server.library import service
from server.library.models import Content, Text

from .conftest import CONTENT, Folder

MOST = 30.0
LEAST_SENTENCES = 3
LONG = 6
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?:]+(?=\s|$)")


def lix(text: str) -> float:
    """How hard a text is to read: words a sentence, and the percentage of words over six letters.

    C. H. Björnsson, Läsbarhet (1968): below 30 reads like a children's book, above 50 like an office.
    """
    words = _WORD.findall(text)
    return len(words) / max(1, len(_SENTENCE.findall(text))) + 100 * sum(
        len(word) > LONG for word in words
    ) / len(words)


def texts(content: Content) -> list[Text]:
    """Every Danish text of at least three sentences."""
    sections = [content.page, *(line.texts for line in content.lines), *(s.texts for s in content.plan)]
    for centre in content.centres:
        sections += [centre.texts, *(each.texts for each in centre.services)]
    sections += [content.breathing.texts]
    return [each["da"] for each in sections if len(_SENTENCE.findall(each["da"].body)) >= LEAST_SENTENCES]


def test_a_text_of_three_plain_words_has_the_figure_of_its_formula() -> None:
    assert lix("Du er her.") == 3.0
    assert lix("Behandlingen begynder. Du er velkommen.") == pytest.approx(5 / 2 + 100 * 3 / 5)


def test_what_people_read_is_as_easy_as_a_childrens_book() -> None:
    figures = {text.title: lix(text.body) for text in texts(service.load(CONTENT))}

    assert len(figures) >= 10
    average = sum(figures.values()) / len(figures)
    assert average <= MOST, sorted(figures.items(), key=lambda each: -each[1])[:5]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Du har fejlet.", "du har fejlet"),
        ("Vi visiterer dig.", "visiter"),
        ("Et TILBAGEFALD.", "tilbagefald"),
    ],
)
def test_a_word_that_blames_or_is_jargon_is_named_with_file_and_line(
    folder: Folder, sentence: str, word: str
) -> None:
    path = folder.root / "crisis/alkolinjen.da.md"
    path.write_text(f"{path.read_text()}\n{sentence}\n")

    faults = [fault for fault in service.check(folder.root) if f'"{word}"' in fault.message]

    assert [(fault.file, fault.line) for fault in faults] == [
        ("crisis/alkolinjen.da.md", folder.line_of("crisis/alkolinjen.da.md", sentence))
    ]


def test_an_empty_list_of_words_is_refused(folder: Folder) -> None:
    folder.edit("plain-words.toml", "[da]\nblame = [", "[da]\nblame = []\nmore = [")

    assert "plain-words.toml" in {fault.file for fault in service.check(folder.root)}
