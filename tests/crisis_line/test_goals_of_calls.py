"""The call after 14 days is about a goal: its name for whoever makes the call, while the person shares it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.appointments.people import seen
from tests.conftest import NOW
from tests.crisis_line.people import DESK, Line

FOLLOW_UPS, GOALS = f"{DESK}/follow-ups", f"{DESK}/follow-ups/goals"
SHARING = "/api/v1/citizen/goals/{}/desk-sharing"
DUE = NOW + timedelta(days=14)
TITLE = "Sove hele natten"


@pytest.fixture
def goal(desk: Any, citizen: Any, phone: Any) -> str:
    """A goal whose name the citizen shares, beside one that nobody at the desk may see."""
    goals = f"/api/v1/staff/citizens/{citizen.id}/goals"
    desk.post(goals, json={"title": "Et andet mål", "origin": "citizen"})
    made = desk.post(goals, json={"title": TITLE, "origin": "citizen"}).json
    share(phone, made["id"], given=True)
    return str(made["id"])


@pytest.fixture
def follow_up(line: Line, citizen: Any, phone: Any, goal: str) -> dict[str, Any]:
    """A call after 14 days that the person said yes to, about that goal; the contact is over."""
    contact = line.open(citizen, phone)
    wishes = {"goal_id": goal, "wants_follow_up_14d": True, "wants_call_72h": True}
    line.do(line.change(contact, **wishes).json, "close")
    found = line.browser.get(FOLLOW_UPS).json["items"]
    return dict(next(each for each in found if each["kind"] == "after-14-days"))


def share(phone: Any, goal_id: str, *, given: bool) -> None:
    """Let the desk see the name of a goal, or no longer."""
    assert phone.put(SHARING.format(goal_id), json={"given": given}).status_code == 204


def titles(line: Line) -> Any:
    """What the desk is told of the goals of its calls."""
    return line.browser.get(GOALS)


class TestGoalOfCall:
    def test_has_its_name_for_the_owner_from_the_day_of_the_call_and_nothing_else(
        self, line: Line, follow_up: dict[str, Any], go_to: Any
    ) -> None:
        go_to(DUE - timedelta(days=1))
        assert titles(line).json == {"items": []}

        go_to(DUE)

        assert titles(line).json == {"items": [{"follow_up_id": follow_up["id"], "title": TITLE}]}

    def test_is_not_told_any_more_when_the_person_no_longer_shares_it(
        self, line: Line, phone: Any, goal: str, follow_up: dict[str, Any], go_to: Any
    ) -> None:
        go_to(DUE)
        share(phone, goal, given=False)

        told = titles(line)

        assert told.json == {"items": [{"follow_up_id": follow_up["id"], "title": None}]}
        assert TITLE not in told.get_data(as_text=True)

    def test_is_for_the_owner_and_the_stand_in_and_nobody_else(
        self,
        line: Line,
        colleague: Line,
        elsewhere: Line,
        desk: Any,
        phone: Any,
        follow_up: dict[str, Any],
        go_to: Any,
    ) -> None:
        go_to(DUE)
        for other in (colleague, elsewhere):
            assert titles(other).json == {"items": []}
        assert desk.get(GOALS).status_code == 403
        assert phone.get(GOALS).status_code == 401

        stand_in = next(
            one["id"]
            for one in line.browser.get(FOLLOW_UPS).json["colleagues"]
            if one["id"] != follow_up["owner"]["id"]
        )
        body = {"owner_id": follow_up["owner"]["id"], "stand_in_id": stand_in}
        path = f"{FOLLOW_UPS}/{follow_up['id']}/owner"
        line.browser.post(path, json=body, headers=seen(follow_up["version"]))

        assert [each["title"] for each in titles(colleague).json["items"]] == [TITLE]

    def test_is_gone_when_the_call_was_made(self, line: Line, follow_up: dict[str, Any], go_to: Any) -> None:
        go_to(DUE)
        path = f"{FOLLOW_UPS}/{follow_up['id']}/result"
        line.browser.post(path, json={"result": "done"}, headers=seen(follow_up["version"]))

        assert titles(line).json == {"items": []}

    def test_is_not_told_of_somebody_who_is_no_longer_in_care(
        self, line: Line, citizen: Any, follow_up: dict[str, Any], go_to: Any, superuser: Any
    ) -> None:
        superuser.execute("UPDATE citizen SET status = 'finished' WHERE id = %s", [citizen.id])
        superuser.commit()
        go_to(DUE)

        assert [each["title"] for each in titles(line).json["items"]] == [None]

    def test_each_look_is_on_the_trail_with_the_goal_it_was_about(
        self,
        line: Line,
        phone: Any,
        citizen: Any,
        goal: str,
        follow_up: dict[str, Any],
        go_to: Any,
        trail: Any,
    ) -> None:
        go_to(DUE)
        titles(line)
        share(phone, goal, given=False)
        titles(line)

        assert trail("goal-titles.read") == [
            ("crisis-line", "ok", citizen.id),
            ("crisis-line", "not-shared", citizen.id),
        ]
