"""A person says on the phone where a goal stands, and the counsellor sees it."""

from typing import Any

import pytest

from tests.appointments.people import seen
from tests.sync.pushing import Sender


@pytest.fixture
def goals(desk: Any, citizen: Any) -> str:
    """Where the console reads the person's goals."""
    return f"/api/v1/staff/citizens/{citizen.id}/goals"


@pytest.fixture
def sender(phone: Any) -> Sender:
    return Sender(phone)


def standing(desk: Any, goals: str) -> dict[str, str]:
    return {goal["id"]: goal["status"] for goal in desk.get(goals).json["items"]}


class TestSayingWhereAGoalStands:
    @pytest.mark.parametrize("origin", ["citizen", "staff"])
    def test_reaches_the_counsellor_for_own_and_shared_goals(
        self, desk: Any, goals: str, sender: Sender, origin: str
    ) -> None:
        goal = desk.post(goals, json={"title": "Sove", "origin": origin}).json["id"]

        for status in ("completed", "active", "on-hold"):
            assert sender.send(sender.change("goal", "put", goal, status=status))[0]["result"] == "applied"
            assert standing(desk, goals) == {goal: status}

    def test_of_a_goal_that_was_written_offline_arrives_with_it(
        self, desk: Any, goals: str, sender: Sender
    ) -> None:
        new = sender.change("goal", "put", title={"value": "Ringe hjem", "base_version": 0})
        done = sender.change("goal", "put", new["entity_id"], status="completed")

        assert [answer["result"] for answer in sender.send(new, done)] == ["applied", "applied"]
        assert standing(desk, goals) == {new["entity_id"]: "completed"}

    def test_comes_later_than_the_counsellor_s_and_so_it_holds_then_the_counsellor_s_again(
        self, desk: Any, goals: str, sender: Sender
    ) -> None:
        goal = desk.post(goals, json={"title": "Sove", "origin": "citizen"}).json["id"]
        waiting = sender.change("goal", "put", goal, status="completed")
        desk.patch(f"/api/v1/staff/goals/{goal}", json={"status": "on-hold"}, headers=seen(1))

        sender.send(waiting)
        assert standing(desk, goals) == {goal: "completed"}

        desk.patch(f"/api/v1/staff/goals/{goal}", json={"status": "active"}, headers=seen(3))
        assert sender.pull("goal")[goal]["status"] == "active"

    def test_has_one_effect_however_often_it_comes(self, desk: Any, goals: str, sender: Sender) -> None:
        goal = desk.post(goals, json={"title": "Sove", "origin": "staff"}).json["id"]
        done = sender.change("goal", "put", goal, status="completed")

        sender.send(done)
        sender.send(sender.change("goal", "put", goal, status="active"))
        sender.send(done)

        assert standing(desk, goals) == {goal: "active"}
        assert sender.pull("goal")[goal]["version"] == 3

    @pytest.mark.parametrize("status", ["entered-in-error", "failed", "", 1, None])
    def test_takes_no_word_that_means_nothing_or_takes_the_goal_away(
        self, desk: Any, goals: str, sender: Sender, status: object
    ) -> None:
        goal = desk.post(goals, json={"title": "Sove", "origin": "citizen"}).json["id"]

        answer = sender.send(sender.change("goal", "put", goal, status=status))[0]

        assert answer["result"] == "rejected_validation"
        assert standing(desk, goals) == {goal: "active"}

    def test_of_somebody_else_s_goal_is_like_that_of_one_that_is_not_there(
        self, stranger: Any, sender: Sender, superuser: Any, desk: Any, goals: str
    ) -> None:
        unknown = sender.send(sender.change("goal", "put", status="completed"))[0]
        goal = desk.post(goals, json={"title": "Sove", "origin": "citizen"}).json["id"]
        superuser.execute("DELETE FROM goal_title WHERE goal_id = %s", [goal])
        superuser.execute("UPDATE goal SET citizen_id = %s WHERE id = %s", [stranger.id, goal])

        foreign = sender.send(sender.change("goal", "put", goal, status="completed"))[0]

        same = ("result", "problem")
        assert [foreign[name] for name in same] == [unknown[name] for name in same]
        assert superuser.execute("SELECT status FROM goal").fetchall() == [("active",)]
