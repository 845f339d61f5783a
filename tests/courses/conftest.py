"""The people of these tests."""

from tests.appointments.people import count, statements
from tests.courses.people import (
    attend,
    bureau,
    centre,
    citizen,
    counsellor,
    desk,
    enrol,
    go_to,
    hand,
    leader,
    manager,
    office,
    other,
    phone,
    plan,
    read,
)
from tests.told import service, work

__all__ = [
    "attend",
    "bureau",
    "centre",
    "citizen",
    "counsellor",
    "count",
    "desk",
    "enrol",
    "go_to",
    "hand",
    "leader",
    "manager",
    "office",
    "other",
    "phone",
    "plan",
    "read",
    "service",
    "statements",
    "work",
]
