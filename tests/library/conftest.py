"""A copy of the shipped content that a test may break."""

import shutil
from pathlib import Path

import pytest

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


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(Path(shutil.copytree(CONTENT, tmp_path / "content")))


@pytest.fixture
def centre_numbers() -> dict[str, str]:
    slugs = ("rusmiddelcenter", "krisecenter", "forsorgscenter", "akuttilbud")
    return {slug: f"00 00 00 0{number}" for number, slug in enumerate(slugs, start=1)}
