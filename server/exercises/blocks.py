"""The little Markdown that a colleague may write: paragraphs, headings, lists, strong and stressed words.

A phone never gets markup of a person, only plain blocks. What cannot be shown so is named line by line.
"""

from enum import StrEnum
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": True})  # sees raw HTML, to refuse it


class BlockKind(StrEnum):
    """How a block is shown."""

    PARAGRAPH = "p"
    ITEM = "li"
    HEADING = "h"


class Block(NamedTuple):
    """One paragraph, one point of a list or one heading, as plain text."""

    kind: BlockKind
    text: str


class Refused(StrEnum):
    """What has no place in an exercise."""

    HTML = "html"
    LINK = "link"
    PICTURE = "picture"
    CODE = "code"
    QUOTE = "quote"
    RULE = "rule"


class Fault(NamedTuple):
    """Something that cannot be shown, and the line (from 1) in which it stands."""

    line: int
    what: Refused


_REFUSED = {
    "html_block": Refused.HTML,
    "html_inline": Refused.HTML,
    "link_open": Refused.LINK,
    "image": Refused.PICTURE,
    "code_block": Refused.CODE,
    "code_inline": Refused.CODE,
    "fence": Refused.CODE,
    "blockquote_open": Refused.QUOTE,
    "hr": Refused.RULE,
}


class Read(NamedTuple):
    """A text as blocks, and what in it cannot be shown."""

    blocks: list[Block]
    faults: list[Fault]


def read(body: str) -> Read:
    """The blocks of a text in order, and its faults."""
    blocks, faults = [], []
    kind, depth = BlockKind.PARAGRAPH, 0
    for token in _READER.parse(body):
        line = token.map[0] + 1 if token.map else 1
        faults += _faults(token, line)
        depth += (token.type == "list_item_open") - (token.type == "list_item_close")
        if token.type == "heading_open":
            kind = BlockKind.HEADING
        elif token.type == "paragraph_open":
            kind = BlockKind.ITEM if depth else BlockKind.PARAGRAPH
        elif token.type == "inline" and (text := _plain(token)):
            blocks.append(Block(kind, text))
    return Read(blocks, faults)


def _faults(token: Token, line: int) -> list[Fault]:
    found = [Fault(line, _REFUSED[token.type])] if token.type in _REFUSED else []
    for child in token.children or ():
        if child.type in _REFUSED:
            found.append(Fault(line, _REFUSED[child.type]))
        line += child.type in {"softbreak", "hardbreak"}
    return found


def _plain(inline: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in inline.children or ()).strip()
