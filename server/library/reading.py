"""Reads content files: TOML facts, and Markdown with TOML front matter between `+++` lines."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.library.models import Fault

MAX_BYTES = 64_000
FENCE = "+++"
KeyPath = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*(\[{1,2})\s*([A-Za-z0-9_.-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.-]+)\s*=")
_YAML_LINE = re.compile(r"^\s*(-\s+)?[A-Za-z0-9_.-]+:(\s|$)")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Document:
    """A content file as it was read; knows the line of each of its keys."""

    file: str
    data: Mapping[str, Any]
    body: str
    body_line: int
    key_lines: Mapping[KeyPath, int]

    def line(self, *path: str | int) -> int:
        """The line of a key, or of the nearest thing that holds it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.key_lines:
                return self.key_lines[path[:end]]
        return 1

    def fault(self, message: str, *path: str | int) -> Fault:
        """A fault at a key of this file."""
        return Fault(self.file, self.line(*path), message)

    def sentences(self) -> Iterator[tuple[KeyPath, str]]:
        """Every line of words in the front matter, with its key; not who has reviewed it."""
        return _sentences(self.data, ())


def _sentences(data: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    for key, value in data.items():
        if isinstance(value, Mapping) and key != "review":
            yield from _sentences(value, (*path, key))
        else:
            lines = value if isinstance(value, list) else [value]
            yield from (((*path, key), line) for line in lines if type(line) is str)


def list_files(root: Path) -> Iterator[Path]:
    """Every file below the content folder, in a fixed order."""
    return (path for path in sorted(root.rglob("*")) if path.is_symlink() or not path.is_dir())


def read_document(root: Path, path: Path) -> tuple[Document | None, list[Fault]]:
    """Read one file; without a document there is at least one fault."""
    file = path.relative_to(root).as_posix()
    if path.is_symlink() or path.suffix not in {".toml", ".md"}:
        return None, [Fault(file, 1, "only .toml and .md files belong here")]
    if path.stat().st_size > MAX_BYTES:
        return None, [Fault(file, 1, f"longer than {MAX_BYTES} bytes")]
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as err:
        return None, [Fault(file, raw.count(b"\n", 0, err.start) + 1, "not UTF-8")]
    faults = _character_faults(file, text)
    if faults:
        return None, faults
    if path.suffix == ".toml":
        return _parse(file, text, first_line=1, body="", body_line=1)
    return _read_markdown(file, text)


def _read_markdown(file: str, text: str) -> tuple[Document | None, list[Fault]]:
    lines = text.split("\n")
    if lines[0] == "---":
        return None, [Fault(file, 1, "YAML front matter; write TOML between +++ lines")]
    if lines[0] != FENCE:
        return None, [Fault(file, 1, "the first line must be +++")]
    if FENCE not in lines[1:]:
        return None, [Fault(file, 1, "the front matter has no closing +++ line")]
    end = lines.index(FENCE, 1)
    start = next((at for at in range(end + 1, len(lines)) if lines[at].strip()), end + 1)
    body = "\n".join(lines[start:]).rstrip("\n")
    return _parse(file, "\n".join(lines[1:end]), first_line=2, body=body, body_line=start + 1)


def _parse(
    file: str, toml: str, *, first_line: int, body: str, body_line: int
) -> tuple[Document | None, list[Fault]]:
    faults = _oddities(file, toml, first_line)
    if faults:
        return None, faults
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as err:
        found = _AT_LINE.search(str(err))
        line = int(found[1]) if found else toml.rstrip("\n").count("\n") + 1
        reason = _AT_LINE.sub("", str(err)).removesuffix("(at end of document)").strip()
        return None, [Fault(file, first_line + line - 1, f"not TOML: {reason}")]
    return Document(file, data, body, body_line, _key_lines(toml, first_line)), []


def _character_faults(file: str, text: str) -> list[Fault]:
    """Characters that nobody sees, or that look the same and are not."""
    faults = []
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            faults.append(Fault(file, number, "tab; use spaces"))
        hidden = {letter for letter in line if unicodedata.category(letter) in {"Cc", "Cf"}} - {"\t"}
        if hidden:
            names = ", ".join(sorted(f"U+{ord(letter):04X}" for letter in hidden))
            faults.append(Fault(file, number, f"invisible character: {names}"))
        if not unicodedata.is_normalized("NFC", line):
            faults.append(Fault(file, number, "letters with loose accents; save the file as NFC"))
    return faults


def _oddities(file: str, toml: str, first_line: int) -> list[Fault]:
    """What is legal elsewhere, or legal TOML nobody can find again."""
    faults = []
    for number, line in enumerate(toml.split("\n"), start=first_line):
        if _YAML_LINE.match(line) or line.strip() == "---":
            faults.append(Fault(file, number, "looks like YAML; write key = value"))
        if '"""' in line or "'''" in line:
            faults.append(Fault(file, number, "text of several lines; prose belongs in the Markdown body"))
    return faults


def _key_lines(toml: str, first_line: int) -> dict[KeyPath, int]:
    """Where each table and key stands. Tables in our files have at most two levels."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, line in enumerate(toml.split("\n"), start=first_line):
        if header := _TABLE.match(line):
            table = _table_path(header[2].split("."), counts, is_array=header[1] == "[[")
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, *key[1].split(".")), number)
    return lines


def _table_path(names: list[str], counts: dict[KeyPath, int], *, is_array: bool) -> KeyPath:
    """The path of a table, with the position of each list element it lies in."""
    path: KeyPath = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, names[-1])
    if is_array:
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path
