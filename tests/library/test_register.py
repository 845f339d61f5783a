"""Every text stands in the register of reviews: its area, what it could do to whom, who should read it."""

import re
from pathlib import Path

from server.library.desk_models import DESK_CODES
from server.library.reading import list_files

from .conftest import CONTENT

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "docs" / "content-review.md"
CATALOGUES = ROOT / "pwa" / "src" / "text"
_ROW = re.compile(r"^\| `([^`]+)`[^|]*\| (\w+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def registered() -> dict[str, tuple[str, str, str]]:
    """The rows of the register: area, harm, and profession, by text."""
    rows = _ROW.findall(REGISTER.read_text())
    return {name: (area, harm.strip(), who.strip()) for name, area, harm, who in rows}


def areas() -> dict[str, str]:
    """The area of each text as its own file says it."""
    found = {}
    for path in list_files(CONTENT):
        stem = path.relative_to(CONTENT).as_posix().split(".")[0]
        is_list = stem in {f"crisis_line/{name}" for name in DESK_CODES}
        if path.suffix == ".md" or is_list:
            area = re.search(r'^area = "(\w+)"$', path.read_text(), re.MULTILINE)
            assert area, path
            assert found.setdefault(stem, area[1]) == area[1], path
    return found


def test_every_text_of_the_content_is_in_the_register_with_its_area() -> None:
    said = {name: area for name, (area, _, _) in registered().items() if not _is_code(name)}

    assert said == areas()


def test_every_catalogue_of_the_app_is_in_the_register() -> None:
    catalogues = {f"text/{path.name.removesuffix('.da.ts')}" for path in CATALOGUES.glob("*.da.ts")}
    catalogues |= {"text/da"} if (CATALOGUES / "da.ts").exists() else set()

    assert {name for name in registered() if name.startswith("text/")} == catalogues


def test_the_other_words_that_are_named_are_there() -> None:
    for name in registered():
        assert not name.startswith("server/") or (ROOT / name).is_file()


def test_each_says_what_could_hurt_whom_and_who_should_read_it() -> None:
    for name, (_, harm, who) in registered().items():
        assert len(harm) > 10, name
        assert len(who) > 4, name


def _is_code(name: str) -> bool:
    return name.startswith(("text/", "server/"))
