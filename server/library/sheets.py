"""All content files together: each one read, in its shape, and joined to the facts it speaks of."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from server.library.desk_models import DESK_CODES
from server.library.models import Fault
from server.library.reading import Document, KeyPath, list_files, read_document
from server.library.shapes import shape_of


def desk_file(name: str) -> str:
    """Where a list of the crisis line's desk stands."""
    return f"crisis_line/{name}.toml"


NUMBERS = "numbers.toml"
HOLIDAYS = "holidays.toml"
REASONS = "reasons.toml"
LINES = "crisis/lines.toml"
BREATHING = "exercises/breathing.toml"
PLAN = "plan/sections.toml"
GOALS = "goals/warnings.toml"
FORBIDDEN = "messages/forbidden.toml"
PLACES = "crisis_line/places.toml"
PLAIN_WORDS = "plain-words.toml"
REQUIRED_FILES = (
    *(NUMBERS, HOLIDAYS, REASONS, LINES, BREATHING, PLAN, GOALS, FORBIDDEN, PLACES, PLAIN_WORDS),
    *(desk_file(name) for name in DESK_CODES),
)
PAGE_STEM = "crisis/help-page"
BREATHING_STEM = "exercises/breathing"
AGREEMENTS_STEM = "courses/group-agreements"
MESSAGE_KINDS = ("appointment", "test", "fallback")

_TEXT_FILE = re.compile(r"(?P<stem>.+)\.(?P<language>[a-z]{2})\.md")
_SAID_PLAINLY = {
    "Unknown field.": "unknown key",
    "Missing data for required field.": "missing key",
}


@dataclass(frozen=True)
class Facts:
    """The facts one text speaks of, and where they stand."""

    document: Document
    path: KeyPath
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Sheets:
    """Every content file by its place."""

    documents: Mapping[str, Document]

    def __getitem__(self, file: str) -> Document:
        return self.documents[file]

    @cached_property
    def texts(self) -> dict[str, dict[str, Document]]:
        """The texts by stem and language."""
        texts: dict[str, dict[str, Document]] = {}
        for file, document in self.documents.items():
            if found := _TEXT_FILE.fullmatch(file):
                texts.setdefault(found["stem"], {})[found["language"]] = document
        return texts

    @cached_property
    def centres(self) -> dict[str, Document]:
        """The facts of each centre by its slug."""
        return self._of_centres("services.toml")

    @cached_property
    def appointment_rules(self) -> dict[str, Document]:
        """What each centre says about its appointments, by its slug."""
        return self._of_centres("appointments.toml")

    @cached_property
    def reminder_rules(self) -> dict[str, Document]:
        """What each centre says about its reminders, by its slug."""
        return self._of_centres("reminders.toml")

    @cached_property
    def guarantees(self) -> dict[str, Document]:
        """The guarantee of each centre that has one, by its slug."""
        return self._of_centres("guarantee.toml")

    @cached_property
    def message_hours(self) -> dict[str, Document]:
        """When each centre answers messages, by its slug."""
        return self._of_centres("messages.toml")

    @cached_property
    def phases(self) -> dict[str, Document]:
        """The phases of each centre that has any, by its slug."""
        return self._of_centres("phases.toml")

    @cached_property
    def exercises(self) -> dict[str, Document]:
        """The facts of each exercise of the library by its id."""
        return self._in_folder("exercises/library")

    @cached_property
    def courses(self) -> dict[str, Document]:
        """The facts of each course by its code."""
        return self._in_folder("courses")

    @cached_property
    def questionnaires(self) -> dict[str, Document]:
        """The definition of each questionnaire by its code."""
        return self._in_folder("questionnaires")

    def _in_folder(self, folder: str) -> dict[str, Document]:
        return {
            file.removeprefix(f"{folder}/").removesuffix(".toml"): document
            for file, document in self.documents.items()
            if file.startswith(f"{folder}/") and file.endswith(".toml")
        }

    def _of_centres(self, name: str) -> dict[str, Document]:
        return {
            file.split("/")[1]: document
            for file, document in self.documents.items()
            if file.startswith("services/") and file.split("/")[2:] == [name]
        }

    @cached_property
    def facts(self) -> dict[str, Facts]:
        """The facts behind each text that must exist, by stem."""
        return dict(self._facts())

    def _facts(self) -> Iterator[tuple[str, Facts]]:
        lines, breathing = self[LINES], self[BREATHING]
        yield PAGE_STEM, Facts(lines, (), {})
        yield BREATHING_STEM, Facts(breathing, (), breathing.data)
        for at, line in enumerate(lines.data["line"]):
            yield f"crisis/{line['id']}", Facts(lines, ("line", at, "id"), line)
        for at, section in enumerate(self[PLAN].data["section"]):
            yield f"plan/{section['id']}", Facts(self[PLAN], ("section", at, "id"), section)
        for at, warning in enumerate(self[GOALS].data["warning"]):
            yield f"goals/{warning['id']}", Facts(self[GOALS], ("warning", at, "id"), warning)
        for slug, document in self.centres.items():
            yield f"services/{slug}/centre", Facts(document, (), {})
            for at, service in enumerate(document.data["service"]):
                yield f"services/{slug}/{service['id']}", Facts(document, ("service", at, "id"), service)
        yield AGREEMENTS_STEM, Facts(lines, (), {})
        for name, document in self.exercises.items():
            yield f"exercises/library/{name}", Facts(document, (), document.data)
        for code, document in self.courses.items():
            yield f"courses/{code}", Facts(document, (), document.data)
        for code, document in self.questionnaires.items():
            yield f"questionnaires/{code}", Facts(document, (), document.data)
        for kind in MESSAGE_KINDS:
            yield f"messages/{kind}", Facts(self[FORBIDDEN], (), {})

    def digest(self, stem: str, language: str) -> str:
        """What a review vouches for: the words, and the facts they speak of."""
        document = self.texts[stem][language]
        facts = self.facts[stem].data if stem in self.facts else {}
        words = {key: value for key, value in document.data.items() if key != "review"}
        return short_hash({"language": language, "words": words, "body": document.body, "facts": facts})

    def list_digest(self, file: str) -> str:
        """What a review of a list vouches for: its entries, in their order."""
        return short_hash(self[file].data["entry"])


def short_hash(whole: object) -> str:
    """16 characters over anything that can be written as JSON."""
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def read_sheets(root: Path) -> tuple[Sheets, list[Fault]]:
    """Read the whole folder; the sheets are complete only if there is no fault."""
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for path in list_files(root):
        document, found = read_document(root, path)
        if document is not None:
            document, found = in_shape(document)
            documents[document.file] = document
        faults += found
    if not faults:
        faults = [Fault(file, 1, "file is missing") for file in REQUIRED_FILES if file not in documents]
    return Sheets(documents), faults


def in_shape(document: Document) -> tuple[Document, list[Fault]]:
    """Check a document against the shape that its place asks for."""
    shape = shape_of(document.file)
    if shape is None:
        return document, [Fault(document.file, 1, "no such file is known here")]
    try:
        return replace(document, data=shape.load(document.data)), []
    except ValidationError as err:
        return document, [
            document.fault(f"{'.'.join(str(part) for part in path)}: {message}", *path)
            for path, message in _messages(err.messages, ())
        ]


def _messages(found: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Flatten marshmallow's tree of messages into paths."""
    if isinstance(found, Mapping):
        for key, inner in found.items():
            # Dict fields report "key" and "value" as a level of their own.
            yield from _messages(inner, path if key in {"key", "value", "_schema"} else (*path, key))
    else:
        for message in found:
            yield path, _SAID_PLAINLY.get(str(message), str(message))
