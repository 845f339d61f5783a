"""A phone that checks in, and what staff see of it."""

from typing import Any

import pytest

from server.core.ids import new_id
from tests.sync.pushing import Sender

SHARING = "/api/v1/citizen/sharing"
YES = {"purpose": "contact-person", "item_class": "check-ins", "given": True, "text_version": "check-ins-1"}
NO = {**YES, "given": False}
CANARY = "KANARIEFUGL"
AT = "2026-11-23T08:59:00Z"


class Diary(Sender):
    """A citizen's phone, writing down how it goes."""

    def entry(self, line: str | None = "Sov dårligt", **said: Any) -> dict[str, Any]:
        """A check-in, not yet sent."""
        fields = {"at": AT, "mood": 4, "urge": 7, "line": line, "sharing": "private", **said}
        return self.change("checkin", "put", said.pop("id", None), **fields)

    def write(self, line: str | None = "Sov dårligt", **said: Any) -> str:
        """Send a check-in; its id."""
        entry = self.entry(line, **said)
        assert [answer["result"] for answer in self.send(entry)] == ["applied"]
        return str(entry["entity_id"])

    def erase(self, entry_id: str) -> dict[str, Any]:
        """Delete a check-in for good."""
        return self.send(self.change("checkin", "erase", entry_id))[0]

    def day(self, on: str, used: bool | None, day_id: Any = None, **said: Any) -> dict[str, Any]:
        """What is said of a day."""
        fields = {"on": on, "used": used, "what": "øl", **said}
        return self.send(self.change("used_day", "put", day_id or new_id(), **fields))[0]

    def choose(self, choice: dict[str, Any]) -> None:
        """Say yes or no to the contact person seeing all of them."""
        answer = self.browser.put(SHARING, json=choice)
        assert answer.status_code == 200, answer.get_data(as_text=True)

    def offer(self, entry_id: str, *, given: bool) -> int:
        """Share one of them, or no longer; the status."""
        path = f"/api/v1/citizen/check-ins/{entry_id}/sharing"
        return int(self.browser.put(path, json={"given": given}).status_code)


@pytest.fixture
def sender(phone: Any) -> Diary:
    """The citizen's phone as it sends."""
    return Diary(phone)


def seen_by(browser: Any, citizen: Any) -> Any:
    """What a colleague gets of the citizen's check-ins."""
    return browser.get(f"/api/v1/staff/citizens/{citizen.id}/check-ins")
