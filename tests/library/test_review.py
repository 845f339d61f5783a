"""A review vouches for exact words and facts; a change makes them a draft again."""

import pytest

from server.library import service
from server.library.models import ContentError

from .conftest import Folder, review


class TestReview:
    def test_a_reviewed_text_is_clean_while_its_words_stand(self, folder: Folder) -> None:
        review(folder, "crisis/livslinien.da.md")

        assert service.check(folder.root) == []

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("crisis/livslinien.da.md", "Livslinien", "Linjen"),
            ("crisis/livslinien.da.md", "gør så ondt", "gør ondt"),
            ("crisis/lines.toml", "https://www.livslinien.dk/", "https://livslinien.dk/"),
        ],
    )
    def test_a_changed_word_or_fact_makes_it_a_draft_again(
        self, folder: Folder, file: str, old: str, new: str
    ) -> None:
        review(folder, "crisis/livslinien.da.md")

        folder.edit(file, old, new)

        (fault,) = service.check(folder.root)
        assert fault.line == folder.line_of("crisis/livslinien.da.md", "text_hash")
        assert "a draft again" in fault.message


class TestLoad:
    def test_refuses_to_start_on_a_broken_file(self, folder: Folder) -> None:
        folder.edit("crisis/lines.toml", 'id = "112"', 'id = "112"\ncolour = "red"')

        with pytest.raises(ContentError, match=r"crisis/lines\.toml:7: line\.0\.colour: unknown key"):
            service.load(folder.root)
