"""What the server tells a phone about the crisis line is what the phone was written for, no more."""

import re

import pytest
from marshmallow import Schema

from server.crisis_line.schemas import CallBackCardSchema, DeskCodeSchema, KeptSchema, PhoneContactSchema
from server.crisis_plans.schemas import LookSchema
from server.goals.phone_schemas import PhoneGoalSchema
from server.sync.schemas import PhoneProfileSchema
from tests.conftest import REPOSITORY

API = REPOSITORY / "pwa/src/api"


def _told(schema: type[Schema]) -> set[str]:
    return set(schema().fields)


def _known_by(file: str, interface: str) -> set[str]:
    """The names in an interface of the app, also those that an older server did not tell."""
    found = re.search(rf"export interface {interface} \{{\n(.*?)\n\}}", (API / file).read_text(), re.DOTALL)
    assert found is not None
    return set(re.findall(r"^  (\w+)\??:", found[1], re.MULTILINE))


@pytest.mark.parametrize(
    ("file", "interface", "schema"),
    [
        ("crisisLine.ts", "KeptContact", KeptSchema),
        ("crisisLine.ts", "CallBack", CallBackCardSchema),
        ("crisisLine.ts", "CrisisContact", PhoneContactSchema),
        ("crisisLine.ts", "DeskCode", DeskCodeSchema),
        ("plan.ts", "PlanRead", LookSchema),
    ],
)
def test_the_server_tells_exactly_what_the_app_shows(file: str, interface: str, schema: type[Schema]) -> None:
    assert _known_by(file, interface) == _told(schema)


def test_the_code_and_what_the_desk_sees_of_a_goal_come_with_what_the_phone_keeps() -> None:
    assert "desk_code" in _told(PhoneProfileSchema) & _known_by("citizen.ts", "Profile")
    assert "shared_with_desk" in _told(PhoneGoalSchema) & _known_by("citizen.ts", "Goal")


def test_what_is_in_the_app_holds_no_note_no_number_and_no_reason() -> None:
    assert _told(PhoneContactSchema) & {"note", "reason", "callback", "gender"} == set()
