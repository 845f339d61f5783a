"""Taking a questionnaire in from outside: checked together with everything that is there, or not at all."""

from dataclasses import replace
from pathlib import Path

from server.library import checks
from server.library.models import LANGUAGES, ContentError, Fault
from server.library.questionnaire_checks import FOLDER
from server.library.reading import Document, read_document
from server.library.sheets import Sheets, in_shape, read_sheets


def import_questionnaire(definition: Path, content_dir: Path) -> list[Path]:
    """Put `<code>.toml` and the `<code>.<language>.md` beside it into the content; the files written.

    Whoever answered the earlier version keeps what was answered: what is there is only replaced by a higher
    version.

    :raises ContentError: if anything is wrong with them, each with file and line; then nothing is written
    """
    code = definition.stem
    sources = [definition, *(definition.with_name(f"{code}.{language}.md") for language in LANGUAGES)]
    faults = [Fault(source.name, 1, "file is missing") for source in sources if not source.is_file()]
    if faults:
        raise ContentError(faults)
    sheets, faults = read_sheets(content_dir)
    found: dict[str, Document] = {}
    for source in sources:
        document, wrong = _read(source)
        faults += wrong
        if document is not None:
            found[document.file] = document
    if not faults:
        known = sheets.documents.get(f"{FOLDER}{code}.toml")
        faults += _newer(found[f"{FOLDER}{code}.toml"], known)
        faults += checks.find_faults(Sheets({**sheets.documents, **found}))
    if faults:
        raise ContentError(faults)
    (content_dir / FOLDER).mkdir(exist_ok=True)
    written = [content_dir / FOLDER / source.name for source in sources]
    for source, target in zip(sources, written, strict=True):
        target.write_bytes(source.read_bytes())
    return written


def _read(source: Path) -> tuple[Document | None, list[Fault]]:
    """One file as if it stood in its folder of the content already."""
    document, faults = read_document(source.parent, source)
    if document is None:
        return None, faults
    return in_shape(replace(document, file=f"{FOLDER}{document.file}"))


def _newer(document: Document, known: Document | None) -> list[Fault]:
    if known is None or document.data["version"] > known.data["version"]:
        return []
    return [
        document.fault(f"version {known.data['version']} is there already: give it a higher one", "version")
    ]
