"""The people of these tests."""

from tests.appointments.people import citizen, counsellor, count, desk, give_case, phone, stranger
from tests.crisis_plans.people import changes_of, looks, pen

__all__ = [
    "changes_of",
    "citizen",
    "counsellor",
    "count",
    "desk",
    "give_case",
    "looks",
    "pen",
    "phone",
    "stranger",
]
