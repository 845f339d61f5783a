"""The people of these tests."""

from tests.appointments.people import (
    book,
    case_ends_meanwhile,
    citizen,
    counsellor,
    count,
    desk,
    give_case,
    go_to,
    phone,
    statements,
    stranger,
)

__all__ = [
    "book",
    "case_ends_meanwhile",
    "citizen",
    "counsellor",
    "count",
    "desk",
    "give_case",
    "go_to",
    "phone",
    "statements",
    "stranger",
]
