"""The lists of the crisis line's desk say every code that the house stores, and places go by date."""

from datetime import date

import pytest

from server.library import service
from server.library.desk_models import DESK_CODES

from .conftest import CONTENT, Folder

REASONS = "crisis_line/reasons.toml"
PLACES = "crisis_line/places.toml"


class TestLists:
    def test_every_code_has_its_words_in_both_languages(self) -> None:
        desk = service.load(CONTENT).desk

        assert {name: {one.code for one in entries} for name, entries in desk.lists.items()} == {
            name: set(codes) for name, codes in DESK_CODES.items()
        }
        assert all(set(one.names) == {"da", "en"} for entries in desk.lists.values() for one in entries)

    def test_misses_the_words_of_a_code(self, folder: Folder) -> None:
        folder.edit(REASONS, '[[entry]]\ncode = "sleep"\nda = "Kan ikke sove"\nen = "Cannot sleep"\n', "")

        assert [fault.message for fault in service.check(folder.root)] == ["code is missing: sleep"]

    def test_refuses_a_code_twice(self, folder: Folder) -> None:
        folder.edit(REASONS, 'code = "sleep"', 'code = "grief"')

        messages = [fault.message for fault in service.check(folder.root)]
        assert messages == ["code is missing: sleep", "duplicate code: grief"]

    @pytest.mark.parametrize("name", DESK_CODES)
    def test_refuses_a_code_that_nobody_can_store(self, folder: Folder, name: str) -> None:
        folder.edit(f"crisis_line/{name}.toml", 'code = "other"', 'code = "elsewhere"')

        (fault,) = service.check(folder.root)
        assert fault.line == folder.line_of(f"crisis_line/{name}.toml", "elsewhere")

    def test_a_list_that_was_reviewed_and_changed_is_a_draft_again(self, folder: Folder) -> None:
        stamp = 'status = "reviewed"\nby_role = "psykolog"\nreviewed_on = 2026-12-01\n'
        stamp += 'next_review_on = 2027-12-01\ntext_hash = "0000000000000000"'
        folder.edit(REASONS, 'status = "draft"', stamp)
        (first,) = service.check(folder.root)
        folder.edit(REASONS, "0000000000000000", first.message.split('"')[1])
        assert service.check(folder.root) == []

        folder.edit(REASONS, "Kan ikke sove", "Sover ikke")

        (fault,) = service.check(folder.root)
        assert "a draft again" in fault.message

    def test_cannot_be_withdrawn(self, folder: Folder) -> None:
        stamp = 'status = "withdrawn"\nby_role = "psykolog"\nreviewed_on = 2026-12-01'
        folder.edit(REASONS, 'status = "draft"', stamp)

        (fault,) = service.check(folder.root)
        assert fault.message == "cannot be withdrawn: the desk needs it"


class TestPlaces:
    @pytest.mark.parametrize(
        ("evening", "places"),
        [
            (date(2015, 1, 31), 0),
            (date(2015, 2, 1), 1),
            (date(2015, 5, 31), 1),
            (date(2015, 6, 1), 2),
            (date(2026, 11, 23), 2),
        ],
    )
    def test_so_many_can_stay(self, evening: date, places: int) -> None:
        assert service.load(CONTENT).desk.places_on(evening) == places

    def test_refuses_a_day_that_is_not_later(self, folder: Folder) -> None:
        folder.edit(PLACES, "2015-06-01", "2015-02-01")

        (fault,) = service.check(folder.root)
        assert fault.message == "not later than the entry before: 2015-02-01"
        assert fault.line == folder.line_of(PLACES, "2015-02-01") + 4
