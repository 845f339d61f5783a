"""What the rest of the house may ask of the content."""

from collections.abc import Mapping
from pathlib import Path

from server.library import checks, hiding, static
from server.library.assembly import assemble
from server.library.importing import import_questionnaire
from server.library.models import Content, ContentError, Fault
from server.library.sheets import Sheets, read_sheets

__all__ = [
    "Content",
    "ContentError",
    "Fault",
    "NoSuchMessage",
    "check",
    "forbidden_words",
    "import_questionnaire",
    "load",
    "message",
    "render_static",
    "static_hash",
    "without_drafts",
]


class NoSuchMessage(LookupError):
    """There are no words for this kind of notice."""


def check(content_dir: Path) -> list[Fault]:
    """Everything wrong with the content, each with file and line; empty when it is clean."""
    return _read(content_dir)[1]


def load(content_dir: Path) -> Content:
    """Read the whole content once; a server calls this before it answers anybody.

    :raises ContentError: if anything at all is wrong with it
    """
    sheets, faults = _read(content_dir)
    if faults:
        raise ContentError(faults)
    return assemble(sheets)


def without_drafts(content: Content) -> Content:
    """The content as production shows it: no text about crisis that no professional has read."""
    return hiding.without_drafts(content)


def message(content: Content, kind: str, language: str) -> tuple[str, str]:
    """Title and body of an outgoing notice; Danish where the language is not ours.

    :raises NoSuchMessage: if no notice of this kind has words
    """
    if kind not in content.messages:
        raise NoSuchMessage(kind)
    texts = content.messages[kind]
    text = texts.get(language, texts["da"])
    return text.title, text.body.replace("\n", " ")


def forbidden_words(content: Content, text: str) -> list[str]:
    """The words in an outgoing text that could give somebody away; empty when it may go."""
    return checks.forbidden_words(text, content.forbidden)


def render_static(content: Content, out_dir: Path, centre_numbers: Mapping[str, str]) -> None:
    """Write the files that the build of the app takes in, and their common hash.

    :raises ContentError: if a centre's number is missing or no number
    """
    files = static.static_files(content, centre_numbers)
    out_dir.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (out_dir / name).write_bytes(data)
    (out_dir / static.HASH_FILE).write_text(static.hash_of(files) + "\n")


def static_hash(content: Content, centre_numbers: Mapping[str, str]) -> str:
    """The hash a build must carry to belong to this content and these numbers.

    :raises ContentError: if a centre's number is missing or no number
    """
    return static.hash_of(static.static_files(content, centre_numbers))


def _read(content_dir: Path) -> tuple[Sheets, list[Fault]]:
    sheets, faults = read_sheets(content_dir)
    return sheets, faults or checks.find_faults(sheets)
