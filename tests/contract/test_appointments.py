"""The appointments that the server sends are the ones that phone and console were written for."""

import re

import pytest

from server.appointments.schemas import AppointmentSchema, ReplySchema, StaffAppointmentSchema, WishSchema
from tests.conftest import REPOSITORY

API = REPOSITORY / "pwa/src/api"
FOR_STAFF_ALONE = {
    "arrived_at",
    "citizen_alias",
    "citizen_id",
    "closed_at",
    "created_at",
    "late_no_at",
    "mine",
    "noshow_excused",
    "overlaps",
    "override",
    "override_reason",
    "reason_code",
    "reason_text",
    "reminder",
    "series_id",
    "staff_id",
}


def _read_by(file: str, interface: str) -> set[str]:
    """The names that must be there in an interface of the app."""
    found = re.search(rf"export interface {interface} \{{\n(.*?)\n\}}", (API / file).read_text(), re.DOTALL)
    assert found is not None
    return set(re.findall(r"^  (\w+):", found[1], re.MULTILINE))


@pytest.mark.parametrize(
    ("file", "schema"), [("citizen.ts", AppointmentSchema), ("staffTypes.ts", StaffAppointmentSchema)]
)
def test_the_server_sends_what_the_app_reads(file: str, schema: type[AppointmentSchema]) -> None:
    assert _read_by(file, "Appointment") - set(schema().fields) == set()


def test_what_is_for_staff_alone_is_in_no_phone() -> None:
    assert set(StaffAppointmentSchema().fields) - set(AppointmentSchema().fields) == FOR_STAFF_ALONE


def test_a_reply_says_what_the_queue_of_a_phone_may_hold() -> None:
    assert set(ReplySchema().fields) == {"revision", "reply", "wishes", "note"}
    assert set(WishSchema().fields) == {"starts_at", "on", "day_part"}
