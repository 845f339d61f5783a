"""The people of these tests."""

from tests.appointments.people import (
    book,
    citizen,
    count,
    desk,
    give_case,
    go_to,
    phone,
    statements,
    stranger,
)
from tests.messages.conftest import says, sender, url
from tests.tasks.people import (
    colleague,
    counsellor,
    manager,
    manager_desk,
    missed,
    open_task,
    stand_in_for,
    task,
)

__all__ = [
    "book",
    "citizen",
    "colleague",
    "counsellor",
    "count",
    "desk",
    "give_case",
    "go_to",
    "manager",
    "manager_desk",
    "missed",
    "open_task",
    "phone",
    "says",
    "sender",
    "stand_in_for",
    "statements",
    "stranger",
    "task",
    "url",
]
