"""The people of these tests: who writes, who answers, and who may not read."""

from collections.abc import Callable
from typing import Any

import pytest

from server.citizens import stand_ins
from server.core import clock, db
from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import (
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
from tests.conftest import actor_of
from tests.sync.pushing import Sender
from tests.told import service, work

__all__ = [
    "case_ends_meanwhile",
    "citizen",
    "counsellor",
    "count",
    "desk",
    "give_case",
    "go_to",
    "phone",
    "service",
    "statements",
    "stranger",
    "work",
]

WAITING = "/api/v1/staff/messages/waiting"
WORDS = "Må jeg ringe i morgen i stedet?"
ANSWER = "Ja, ring klokken ti."


@pytest.fixture
def sender(phone: Any) -> Sender:
    """The citizen's phone as it sends."""
    return Sender(phone)


@pytest.fixture
def url(citizen: Any) -> str:
    """Where the citizen's messages are."""
    return f"/api/v1/staff/citizens/{citizen.id}/messages"


@pytest.fixture
def says(sender: Sender) -> Callable[..., str]:
    """Let the citizen write something; returns its id."""

    def say(text: str = WORDS) -> str:
        said = sender.change("message", "put", text=text)
        (answer,) = sender.send(said)
        assert answer["result"] == "applied", answer
        return str(said["entity_id"])

    return say


@pytest.fixture
def answers(desk: Any, url: str) -> Callable[..., dict[str, Any]]:
    """Let the contact person write, having seen one message or none."""

    def answer(seen: str | None, text: str = ANSWER, browser: Any = None) -> dict[str, Any]:
        body = {"id": str(new_id()), "text": text, "seen": seen}
        came = (browser or desk).post(url, json=body)
        assert came.status_code == 201, came.get_data(as_text=True)
        return dict(came.json)

    return answer


@pytest.fixture
def colleague(make_staff: Callable[..., Any]) -> Any:
    """Somebody of the same unit."""
    return make_staff(name="Per Kollega")


@pytest.fixture
def stands_in(make_staff: Callable[..., Any], counsellor: Any, colleague: Any) -> Callable[[], None]:
    """Let the colleague stand in for the contact person from now on."""

    def begin() -> None:
        manager = make_staff(roles=(Role.MANAGER,))
        now = clock.now()
        with db.transaction() as session:
            stand_ins.name_stand_in(
                session,
                staff_id=counsellor.id,
                stand_in_id=colleague.id,
                ends_on=clock.to_wall(now).date(),
                reason="ferie",
                actor=actor_of(manager),
                now=now,
            )

    return begin
