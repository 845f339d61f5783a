"""The people of these tests."""

from tests.appointments.people import (
    case_ends_meanwhile,
    citizen,
    counsellor,
    count,
    desk,
    give_case,
    go_to,
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
    "go_to",
    "phone",
    "sender",
    "stranger",
]
