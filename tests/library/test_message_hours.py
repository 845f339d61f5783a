"""When a centre answers messages: nothing is promised that no document says."""

import pytest

from server.library import service
from tests.library.conftest import CONTENT, Folder

FILE = "services/rusmiddelcenter/messages.toml"
SOURCE = '\n[source]\ndocument = "Vejledning"\nsection = "3"\ndated = "2026"\n'
WEEKLY = 'open = "weekly"\n\n[[hours]]\ndays = ["mon", "wed"]\nopens = "09:00"\ncloses = "15:00"\n'


def test_no_shipped_centre_promises_hours() -> None:
    hours = service.load(CONTENT).message_hours

    assert set(hours.values()) == {None}
    assert "rusmiddelcenter" in hours


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('open = "always"\n', "nobody answers messages day and night"),
        (WEEKLY, "hours and their source belong"),
        (f'open = "unknown"\n{SOURCE}', "hours and their source belong"),
        (WEEKLY.replace("15:00", "08:00") + SOURCE, "opening hours end before they start"),
        ("", "open: missing key"),
    ],
)
def test_a_promise_without_a_source_is_a_fault(folder: Folder, text: str, said: str) -> None:
    (folder.root / FILE).write_text(text)

    with pytest.raises(service.ContentError, match=said):
        service.load(folder.root)


def test_hours_with_their_source_are_laid_out_by_day(folder: Folder) -> None:
    (folder.root / FILE).write_text(WEEKLY + SOURCE)

    week = service.load(folder.root).message_hours["rusmiddelcenter"]

    assert week is not None
    assert [(each.day, each.opens, each.closes) for each in week] == [
        (1, "09:00", "15:00"),
        (3, "09:00", "15:00"),
    ]


def test_a_centre_without_the_file_is_a_fault(folder: Folder) -> None:
    (folder.root / FILE).unlink()

    with pytest.raises(service.ContentError, match=r"messages\.toml"):
        service.load(folder.root)
