"""The people of these tests."""

from tests.appointments.people import citizen, counsellor, count, desk, go_to, phone, stranger
from tests.crisis_line.people import (
    akuttilbud,
    colleague,
    elsewhere,
    line,
    make_line,
    rested,
    trail,
    worker,
)
from tests.crisis_plans.people import changes_of, looks, pen

__all__ = [
    "akuttilbud",
    "changes_of",
    "citizen",
    "colleague",
    "counsellor",
    "count",
    "desk",
    "elsewhere",
    "go_to",
    "line",
    "looks",
    "make_line",
    "pen",
    "phone",
    "rested",
    "stranger",
    "trail",
    "worker",
]
