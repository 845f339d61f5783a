"""A phone that answers questionnaires, the console that asks, and a manager with the unit's rules."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core.access import Role
from tests.appointments.people import seen
from tests.sync.pushing import PULL, Sender

SHARING = "/api/v1/citizen/sharing"
RULES = "/api/v1/staff/measure-rules"
YES = {
    "purpose": "contact-person",
    "item_class": "questionnaires",
    "given": True,
    "text_version": "questionnaires-1",
}
NO = {**YES, "given": False}
CANARY = "KANARIEFUGL"
AT = "2026-11-23T08:59:00Z"
WHO = {"cheerful": 1, "calm": 1, "active": 1, "rested": 1, "interested": 1}


class Answering(Sender):
    """A citizen's phone, answering."""

    def entry(self, result_id: Any = None, **said: Any) -> dict[str, Any]:
        """Answers to WHO-5 unless something else is said, not yet sent."""
        fields = {
            "code": "who-5",
            "definition_version": 1,
            "items": WHO,
            "complete": True,
            "at": AT,
            "sharing": "private",
            **said,
        }
        return self.change("measure_result", "put", result_id, **fields)

    def answer(self, result_id: Any = None, **said: Any) -> str:
        """Send answers; their id."""
        entry = self.entry(result_id, **said)
        (answer,) = self.send(entry)
        assert answer["result"] == "applied", answer
        return str(entry["entity_id"])

    def erase(self, result_id: str) -> str:
        """Delete answers for good; what became of it."""
        return str(self.send(self.change("measure_result", "erase", result_id))[0]["result"])

    def decline(self, plan_id: str, window_key: str | None) -> str:
        """Say "not now" to a window, or stop."""
        change = self.change("measure_plan", "decline", plan_id, window_key=window_key)
        return str(self.send(change)[0]["result"])

    def wish_call(self, result_id: str) -> str:
        """Say yes to a call."""
        return str(self.send(self.change("measure_call", "put", None, result_id=result_id))[0]["result"])

    def choose(self, choice: dict[str, Any]) -> None:
        """Say yes or no to the contact person seeing all of them."""
        answer = self.browser.put(SHARING, json=choice)
        assert answer.status_code == 200, answer.get_data(as_text=True)

    def offer(self, result_id: str, *, given: bool) -> int:
        """Share one, or no longer; the status."""
        path = f"/api/v1/citizen/measure-results/{result_id}/sharing"
        return int(self.browser.put(path, json={"given": given}).status_code)

    def profile(self) -> dict[str, Any]:
        """The profile as a new phone gets it."""
        changes = self.browser.get(PULL).json["changes"]
        return next(dict(change["data"]) for change in changes if change["entity"] == "profile")


class Console:
    """A colleague at the console, with one citizen's questionnaires."""

    def __init__(self, browser: Any, citizen: Any) -> None:
        self.browser, self.path = browser, f"/api/v1/staff/citizens/{citizen.id}/measures"

    def read(self) -> dict[str, Any]:
        """The page."""
        answer = self.browser.get(self.path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(answer.json)

    def begin(self, **said: Any) -> Any:
        """Ask for WHO-5 from today on, unless something else is said."""
        return self.browser.post(self.path, json={"code": "who-5", "start_on": "2026-11-23", **said})

    def begun(self, **said: Any) -> dict[str, Any]:
        """The plan that was begun."""
        answer = self.begin(**said)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    def change(self, plan: dict[str, Any], **said: Any) -> Any:
        """Change a plan as it was seen."""
        path = f"/api/v1/staff/measure-plans/{plan['id']}"
        return self.browser.patch(path, json=said, headers=seen(plan["version"]))


@pytest.fixture
def sender(phone: Any) -> Answering:
    """The citizen's phone as it sends."""
    return Answering(phone)


@pytest.fixture
def manager(make_staff: Callable[..., Any], sign_in_staff: Callable[..., Any], new_client: Any) -> Any:
    """A manager of the unit, signed in."""
    return sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())


@pytest.fixture
def outsider(make_staff: Callable[..., Any], sign_in_staff: Callable[..., Any], new_client: Any) -> Any:
    """A counsellor of the unit who does not work with the citizen, signed in."""
    return sign_in_staff(make_staff(), new_client())
