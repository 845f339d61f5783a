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
from tests.exercises.people import give, sender, share_own, write_own
from tests.told import service

__all__ = [
    "case_ends_meanwhile",
    "citizen",
    "counsellor",
    "count",
    "desk",
    "give",
    "give_case",
    "go_to",
    "phone",
    "sender",
    "service",
    "share_own",
    "stranger",
    "write_own",
]
