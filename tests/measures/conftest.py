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
)
from tests.measures.people import manager, outsider, sender

__all__ = [
    "case_ends_meanwhile",
    "citizen",
    "counsellor",
    "count",
    "desk",
    "give_case",
    "go_to",
    "manager",
    "outsider",
    "phone",
    "sender",
]
