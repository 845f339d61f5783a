"""A goal at the desk: its title alone, only if the person shares it, only during a contact."""

from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, without_id
from tests.crisis_line.people import CANARY, CONTACT, Line

SHARING = "/api/v1/citizen/goals/{}/desk-sharing"
PULL = "/api/v1/citizen/sync/pull"


@pytest.fixture
def goal(desk: Any, citizen: Any) -> str:
    """One of two goals of the citizen."""
    goals = f"/api/v1/staff/citizens/{citizen.id}/goals"
    desk.post(goals, json={"title": f"{CANARY} det andet", "origin": "citizen"})
    made = desk.post(goals, json={"title": "Sove hele natten", "origin": "citizen"})
    return str(made.json["id"])


def titles(line: Line, contact: dict[str, Any]) -> Any:
    """What the desk sees of the person's goals."""
    return line.browser.get(CONTACT.format(contact["id"]) + "/goals")


class TestShareTitle:
    def test_is_off_until_the_person_says_yes_and_off_again_at_once(
        self, line: Line, citizen: Any, phone: Any, goal: str
    ) -> None:
        contact = line.open(citizen, phone)
        assert titles(line, contact).json == {"items": []}

        assert phone.put(SHARING.format(goal), json={"given": True}).status_code == 204
        seen = titles(line, contact)

        assert seen.json == {"items": [{"id": goal, "title": "Sove hele natten"}]}
        assert CANARY not in seen.get_data(as_text=True)
        phone.put(SHARING.format(goal), json={"given": False})
        assert titles(line, contact).json == {"items": []}

    def test_is_told_to_the_phones_and_twice_is_once(
        self, phone: Any, goal: str, trail: Any, changes_of: Any
    ) -> None:
        before = len(changes_of("goal"))
        for _ in range(2):
            phone.put(SHARING.format(goal), json={"given": True})

        assert len(changes_of("goal")) == before + 1
        goals = {c["id"]: c["data"] for c in phone.get(PULL).json["changes"] if c["entity"] == "goal"}
        assert [one["shared_with_desk"] for key, one in goals.items() if key == goal] == [True]
        assert sum(one["shared_with_desk"] for one in goals.values()) == 1
        assert [row[0] for row in trail("goal.shared")] == ["crisis-line"]

    def test_of_somebody_elses_goal_is_the_answer_for_no_goal(
        self, phone: Any, stranger: Any, superuser: Any
    ) -> None:
        superuser.execute(
            "INSERT INTO goal (id, citizen_id, title, origin, status, created_at, updated_at, version)"
            " VALUES ('01900000-0000-7000-8000-00000000000a', %s, 'x', 'citizen', 'active', now(), now(), 1)",
            [stranger.id],
        )
        superuser.commit()

        theirs = phone.put(SHARING.format("01900000-0000-7000-8000-00000000000a"), json={"given": True})
        nobodys = phone.put(SHARING.format(new_id()), json={"given": True})

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)
        assert refused(phone.put(SHARING.format(new_id()), json={"given": "ja"}), "given")


class TestAtTheDesk:
    def test_a_contact_carries_a_goal_that_is_shared_and_no_other(
        self, line: Line, citizen: Any, phone: Any, goal: str
    ) -> None:
        contact = line.open(citizen, phone)
        assert refused(line.change(contact, goal_id=goal), "goal_id")
        phone.put(SHARING.format(goal), json={"given": True})

        contact = line.change(contact, goal_id=goal, wants_shown_in_app=True).json

        assert contact["goal_id"] == goal
        shown = [c["data"] for c in phone.get(PULL).json["changes"] if c["entity"] == "crisis_contact"]
        assert [one["goal_id"] for one in shown] == [goal]

    def test_titles_are_for_the_own_open_contact_and_nobody_else(
        self, line: Line, colleague: Line, elsewhere: Line, citizen: Any, phone: Any, goal: str, desk: Any
    ) -> None:
        phone.put(SHARING.format(goal), json={"given": True})
        contact, closed = line.open(citizen, phone), line.open(citizen, phone)
        line.do(closed, "close")

        answers = [
            titles(colleague, contact),
            titles(elsewhere, contact),
            titles(line, closed),
            titles(line, line.open()),
            titles(line, {"id": new_id()}),
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert len({str(without_id(answer)) for answer in answers}) == 1
        assert desk.get(CONTACT.format(contact["id"]) + "/goals").status_code == 403

    def test_each_look_is_on_the_trail(
        self, line: Line, citizen: Any, phone: Any, goal: str, trail: Any
    ) -> None:
        titles(line, line.open(citizen, phone))

        assert trail("goal-titles.read") == [("crisis-line", "ok", citizen.id)]
