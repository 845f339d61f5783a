"""The guarantee of a centre: what the shipped file says, and what is wrong with a broken one."""

import pytest

from server.library import service
from tests.library.conftest import CONTENT, Folder

FILE = "services/rusmiddelcenter/guarantee.toml"


def test_the_centre_for_drugs_and_alcohol_has_fourteen_days_and_nobody_else_has_any() -> None:
    guarantees = service.load(CONTENT).guarantees

    assert list(guarantees) == ["rusmiddelcenter"]
    found = guarantees["rusmiddelcenter"]
    assert found.days == 14
    assert dict(found.laws) == {"drug-talks": "SEL § 101", "alcohol": "Sundhedsloven § 141"}
    assert found.without == {"advice"}


@pytest.mark.parametrize(
    ("said", "instead", "fault"),
    [
        ('id = "alcohol"', 'id = "alkohol"', "no such service here: alkohol"),
        ('id = "advice"', 'id = "alcohol"', "duplicate id: alcohol"),
        ('law = "SEL § 101"', 'law = "§ 141"', "law"),
        ('code = "later-wish"', 'code = "other-provider"', "must name each reason once"),
        ("days = 14", 'days = "14"', "days"),
    ],
)
def test_what_is_wrong_with_it_is_named_with_file_and_line(
    folder: Folder, said: str, instead: str, fault: str
) -> None:
    folder.edit(FILE, said, instead)

    faults = service.check(folder.root)

    assert [one for one in faults if one.file == FILE and fault in one.message]
