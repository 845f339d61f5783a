"""Markdown in, clean HTML out; and what Markdown must not hold."""

import re
from collections.abc import Collection, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from server.library.models import Fault
from server.library.reading import Document

_READER = MarkdownIt("commonmark", {"html": True})  # sees raw HTML, to refuse it
_WRITER = MarkdownIt("commonmark", {"html": False})  # never lets any through

_PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak"}
_RICH = _PLAIN | {
    "bullet_list_open",
    "bullet_list_close",
    "ordered_list_open",
    "ordered_list_close",
    "list_item_open",
    "list_item_close",
    "strong_open",
    "strong_close",
    "em_open",
    "em_close",
    "link_open",
    "link_close",
}
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a"}
# A number somebody might call: 3 digits or more, spaces inside allowed; not a year, not a paragraph of law.
_NUMBER = re.compile(r"(?<![\d§])(?<!§ )\+?\d(?: ?\d){2,}(?!\d)")
_YEAR = re.compile(r"(19|20)\d\d")


def _tokens(document: Document) -> Iterator[tuple[Token, int]]:
    """Every token of the body with its line in the file."""
    for block in _READER.parse(document.body):
        line = document.body_line + (block.map[0] if block.map else 0)
        yield block, line
        for child in block.children or ():
            yield child, line
            line += child.type in {"softbreak", "hardbreak"}


def find_faults(
    document: Document, *, plain: bool, anchors: Collection[str], numbers: Collection[str]
) -> list[Fault]:
    """Raw HTML, pictures, dead links, unknown numbers, and in plain prose any markup at all."""
    faults = []
    allowed = _PLAIN if plain else _RICH
    for token, line in _tokens(document):
        message = None
        if token.type in {"html_block", "html_inline"}:
            message = f"raw HTML: {token.content.strip()[:40]}"
        elif token.type not in allowed:
            message = f"not allowed here: {token.type.removesuffix('_open').replace('_', ' ')}"
            if token.type.endswith("_close"):
                continue
        elif token.type == "link_open":
            message = _link_fault(str(token.attrs.get("href", "")), anchors, numbers)
        elif token.type == "text":
            message = number_fault(token.content, numbers)
        if message:
            faults.append(Fault(document.file, line, message))
    return faults


def _link_fault(href: str, anchors: Collection[str], numbers: Collection[str]) -> str | None:
    if href.startswith("#"):
        return None if href[1:] in anchors else f"dead link: {href}"
    if href.startswith("tel:"):
        return None if href[4:] in numbers else f"number that is not in numbers.toml: {href}"
    return f"outer link: {href} (an address belongs in check_url)"


def number_fault(text: str, numbers: Collection[str]) -> str | None:
    """A number in a sentence that is on neither of the two lists."""
    for found in _NUMBER.findall(text):
        digits = found.replace(" ", "")
        if digits not in numbers and f"+45{digits}" not in numbers and not _YEAR.fullmatch(digits):
            return f"number that is not in numbers.toml: {found}"
    return None


def paragraphs(body: str) -> list[str]:
    """The paragraphs of plain prose, for a page that builds its own elements."""
    blocks = (block.children or () for block in _WRITER.parse(body) if block.type == "inline")
    return [
        "".join(" " if child.type == "softbreak" else child.content for child in block) for block in blocks
    ]


def with_numbers(body: str) -> str:
    """The paragraphs that hold a number, as they are written; empty if none does."""
    return "\n\n".join(block for block in re.split(r"\n{2,}", body) if _NUMBER.search(block))


def render(body: str, *, anchor_prefix: str) -> Markup:
    """Clean HTML; links inside the page get the prefix of its language."""
    tokens = _WRITER.parse(body)
    for token in (child for block in tokens for child in block.children or ()):
        href = str(token.attrs.get("href", ""))
        if href.startswith("#"):
            token.attrs["href"] = f"#{anchor_prefix}{href[1:]}"
    html = _WRITER.renderer.render(tokens, _WRITER.options, {})
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "tel", "mailto"}, link_rel=None
    )
    return Markup(clean)  # noqa: S704  cleaned on the line above
