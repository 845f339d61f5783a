"""A counsellor who gives exercises, a phone that answers them, and what each sees."""

from typing import Any

import pytest

from tests.sync.pushing import Sender

SHARING = "/api/v1/citizen/sharing"
OWN = "/api/v1/staff/exercises"
YES = {"purpose": "contact-person", "item_class": "exercises", "given": True, "text_version": "exercises-1"}
NO = {**YES, "given": False}
CANARY = "KANARIEFUGL"
AT = "2026-11-23T08:59:00Z"
TODAY = "2026-11-23"
BREATHING = {"library": "breathing"}
TEXT = {
    "title": "Tre rolige ting",
    "lead": "Når det strammer til.",
    "body": "Se dig om.\n\n- Find noget blåt\n- Find noget blødt",
    "method": "grounding",
    "profession": "pedagogue",
}


class Doer(Sender):
    """A citizen's phone, saying what came of exercises."""

    def answer(self, answer_id: object = None, **said: Any) -> dict[str, Any]:
        """An answer, not yet sent."""
        whole = {
            "ref": BREATHING,
            "on": TODAY,
            "at": AT,
            "outcome": "done",
            "sharing": "private",
            **said,
        }
        return self.change("exercise_answer", "put", answer_id, **whole)

    def write(self, **said: Any) -> str:
        """Send an answer; its id."""
        answer = self.answer(**said)
        (result,) = self.send(answer)
        assert result["result"] == "applied", result
        return str(answer["entity_id"])

    def erase(self, answer_id: str) -> dict[str, Any]:
        """Delete an answer for good."""
        return self.send(self.change("exercise_answer", "erase", answer_id))[0]

    def choose(self, choice: dict[str, Any]) -> None:
        """Say yes or no to the contact person seeing all of them."""
        assert self.browser.put(SHARING, json=choice).status_code == 200

    def offer(self, answer_id: object, *, given: bool) -> int:
        """Share one of them, or no longer; the status."""
        path = f"/api/v1/citizen/exercise-answers/{answer_id}/sharing"
        return int(self.browser.put(path, json={"given": given}).status_code)


def path_of(citizen: Any) -> str:
    """Where a citizen's exercises are."""
    return f"/api/v1/staff/citizens/{citizen.id}/exercises"


def seen_by(desk: Any, citizen: Any) -> Any:
    """What a counsellor gets."""
    return desk.get(path_of(citizen))


@pytest.fixture
def sender(phone: Any) -> Doer:
    """The citizen's phone as it sends."""
    return Doer(phone)


@pytest.fixture
def give(desk: Any, citizen: Any) -> Any:
    """Give the citizen an exercise; anything about it can be named."""

    def given(**other: Any) -> dict[str, Any]:
        answer = desk.post(path_of(citizen), json={"ref": BREATHING, **other})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    return given


@pytest.fixture
def write_own(desk: Any) -> Any:
    """Write an own exercise; anything about it can be named."""

    def written(**other: Any) -> dict[str, Any]:
        answer = desk.post(OWN, json={**TEXT, **other})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    return written


@pytest.fixture
def share_own(desk: Any, make_staff: Any, sign_in_staff: Any, new_client: Any) -> Any:
    """Let a second profession read an own exercise, so that the unit shares it."""

    def shared(own: dict[str, Any]) -> dict[str, Any]:
        where, version = f"{OWN}/{own['id']}", {"If-Match": f'"{own["version"]}"'}
        assert desk.post(f"{where}/submit", headers=version).status_code == 200
        second = sign_in_staff(make_staff(name="Nanna Sygeplejerske"), new_client())
        said = {"approved": True, "profession": "nurse"}
        answer = second.post(f"{where}/review", json=said, headers=version)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return dict(desk.get(OWN).json["items"][0])

    return shared
