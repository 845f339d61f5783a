"""A copy of the shipped content that a test may break."""

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from server.library import service

CONTENT = Path(__file__).parents[2] / "content"


class Folder:
    """A content folder in a temporary place."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace the first place where `old` stands; it must stand there."""
        path = self.root / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    def line_of(self, file: str, marker: str) -> int:
        """The first line that holds the marker."""
        lines = (self.root / file).read_text().split("\n")
        return next(number for number, line in enumerate(lines, start=1) if marker in line)


class Page(HTMLParser):
    """Collects what a fragment consists of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


def review(folder: Folder, file: str) -> None:
    """Have a professional read a text: the check names the hash to write down."""
    stamp = (
        'status = "reviewed"\nby_role = "psykolog"\nreviewed_on = 2026-12-01\nnext_review_on = 2027-12-01\n'
    )
    folder.edit(file, 'status = "draft"', stamp + 'text_hash = "0000000000000000"')
    (fault,) = service.check(folder.root)
    folder.edit(file, "0000000000000000", fault.message.split('"')[1])


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(Path(shutil.copytree(CONTENT, tmp_path / "content")))


@pytest.fixture
def centre_numbers() -> dict[str, str]:
    slugs = ("rusmiddelcenter", "krisecenter", "forsorgscenter", "akuttilbud")
    return {slug: f"00 00 00 0{number}" for number, slug in enumerate(slugs, start=1)}
