"""The people of these tests, and goals both sides have written."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core.ids import new_id
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
from tests.goals.people import Way
from tests.sync.pushing import Sender

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


@pytest.fixture
def url(citizen: Any) -> str:
    """Where the citizen's goals are."""
    return f"/api/v1/staff/citizens/{citizen.id}/goals"


@pytest.fixture
def sender(phone: Any) -> Sender:
    """The citizen's phone as it sends."""
    return Sender(phone)


@pytest.fixture
def goal(desk: Any, url: str) -> str:
    """A goal in the person's words."""
    return str(desk.post(url, json={"title": "Sove om natten", "origin": "citizen"}).json["id"])


@pytest.fixture
def suggestion(desk: Any, url: str) -> str:
    """A goal that the counsellor suggests."""
    return str(desk.post(url, json={"title": "Gå en tur", "origin": "staff"}).json["id"])


@pytest.fixture
def way(sender: Sender, desk: Any, goal: str) -> Way:
    """What both sides do about the person's goal."""
    return Way(sender, desk, goal)


@pytest.fixture
def other_desk(make_staff: Callable[..., Any], sign_in_staff: Any, new_client: Callable[..., Any]) -> Any:
    """The browser of a counsellor who does not work with the citizen."""
    return sign_in_staff(make_staff(), new_client())


@pytest.fixture
def unknown() -> str:
    """An id that was never given."""
    return str(new_id())
