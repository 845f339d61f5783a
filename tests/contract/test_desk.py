"""What the server tells the crisis line's desk is what the console was written for, no more."""

import re

import pytest
from marshmallow import Schema

from server.crisis_line import desk_schemas, schemas, statistics_schemas
from server.goals.schemas import SharedTitleSchema
from tests.conftest import REPOSITORY

API = REPOSITORY / "pwa/src/api"


def _known_by(file: str, interface: str) -> set[str]:
    """The names in an interface of the console, with those of the one that it extends."""
    pattern = rf"export interface {interface}(?: extends (\w+))? \{{\n(.*?)\n\}}"
    found = re.search(pattern, (API / file).read_text(), re.DOTALL)
    assert found is not None, interface
    own = set(re.findall(r"^  (\w+)\??:", found[2], re.MULTILINE))
    return own | (_known_by(file, found[1]) if found[1] else set())


@pytest.mark.parametrize(
    ("file", "interface", "schema"),
    [
        ("staffDesk.ts", "Found", schemas.FoundSchema),
        ("staffDesk.ts", "SearchAnswer", schemas.SearchAnswerSchema),
        ("staffDesk.ts", "Callback", schemas.CallBackCardSchema),
        ("staffDesk.ts", "ContactCard", schemas.ContactCardSchema),
        ("staffDesk.ts", "Contact", schemas.ContactSchema),
        ("staffDesk.ts", "ContactFields", schemas.ContactChangeSchema),
        ("staffDesk.ts", "SharedTitle", SharedTitleSchema),
        ("staffDeskWork.ts", "Shift", desk_schemas.ShiftSchema),
        ("staffDeskWork.ts", "CurrentShift", desk_schemas.CurrentShiftSchema),
        ("staffDeskWork.ts", "Night", desk_schemas.NightSchema),
        ("staffDeskWork.ts", "Caller", desk_schemas.CallerSchema),
    ],
)
def test_the_server_tells_exactly_what_the_desk_shows(
    file: str, interface: str, schema: type[Schema]
) -> None:
    assert _known_by(file, interface) == set(schema().fields)


@pytest.mark.parametrize(
    ("interface", "schema"),
    [
        ("FollowUp", desk_schemas.FollowUpSchema),
        ("Statistics", statistics_schemas.StatisticsSchema),
    ],
)
def test_the_desk_asks_for_nothing_that_the_server_does_not_tell(
    interface: str, schema: type[Schema]
) -> None:
    assert _known_by("staffDeskWork.ts", interface) <= set(schema().fields)
