"""The people of these tests."""

from tests.appointments.people import (
    case_ends_meanwhile,
    citizen,
    counsellor,
    count,
    desk,
    give_case,
    phone,
    stranger,
)
from tests.checkins.people import sender

__all__ = [
    "case_ends_meanwhile",
    "citizen",
    "counsellor",
    "count",
    "desk",
    "give_case",
    "phone",
    "sender",
    "stranger",
]
