"""The phone builds a calendar file without a network; it must be the very file that the server makes.

`calendar.json` holds appointments as they go over the wire and the file of each. The phone's own test
(`pwa/src/features/calendar/ics.test.ts`) builds the same files from the same appointments.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from server.appointments import calendar
from server.appointments.models import Appointment, AppointmentStatus, Mode
from server.library import service as library
from tests.conftest import REPOSITORY

CASES = json.loads((Path(__file__).parent / "calendar.json").read_text(encoding="utf-8"))


def make(case: dict[str, Any]) -> str:
    """The file that the server makes of a case."""
    sent = case["appointment"]
    appointment = Appointment(
        id=UUID(sent["id"]),
        revision=sent["revision"],
        starts_at=datetime.fromisoformat(sent["starts_at"]),
        duration_minutes=sent["duration_minutes"],
        mode=Mode(sent["mode"]),
        place=sent["place"],
        status=AppointmentStatus(sent["status"]),
        updated_at=datetime.fromisoformat(case["at"]),
    )
    entry = calendar.entry_for_citizen(
        appointment, unit_slug=sent["unit_slug"], language=case["language"], with_place=case["with_place"]
    )
    return calendar.make_file([entry]).decode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_server_makes_the_file_that_the_phone_makes(case: dict[str, Any]) -> None:
    assert make(case) == case["file"]


def test_no_title_or_name_of_a_calendar_gives_somebody_away() -> None:
    content = library.load(REPOSITORY / "content")
    said = [*calendar.TITLES.values(), *calendar.NAMES.values(), calendar.MAKER, calendar.FILE_NAME]

    assert library.forbidden_words(content, "\n".join(said)) == []
