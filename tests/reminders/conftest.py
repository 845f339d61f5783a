"""The people of these tests."""

from tests.appointments.people import (
    book,
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
