"""Lifecycle, yes and details over the wire: to each side what is its own; no word of a late phone is lost."""

from typing import Any

import pytest

from tests.appointments.people import seen
from tests.goals.people import Way
from tests.sync.pushing import Sender


def status(desk: Any, goal: str) -> str:
    """Where the goal stands for the counsellor."""
    return str(desk.get(f"/api/v1/staff/goals/{goal}").json["goal"]["status"])


class TestASuggestion:
    @pytest.mark.parametrize("to", ["accepted", "active", "completed", "cancelled"])
    def test_is_not_answered_by_staff(self, desk: Any, suggestion: str, to: str) -> None:
        answer = desk.patch(f"/api/v1/staff/goals/{suggestion}", json={"status": to}, headers=seen(1))

        assert (answer.status_code, answer.json["code"]) == (409, "move-not-allowed")
        assert "status" in answer.json["errors"]
        assert status(desk, suggestion) == "proposed"

    def test_is_not_agreed_to_by_staff(self, desk: Any, suggestion: str) -> None:
        answer = desk.post(f"/api/v1/staff/goals/{suggestion}/agree")

        assert (answer.status_code, answer.json["code"]) == (409, "not-yours-to-agree")

    def test_can_be_worked_on_by_both_sides_after_the_yes(
        self, sender: Sender, desk: Any, suggestion: str
    ) -> None:
        sender.send(sender.change("goal", "put", suggestion, status="accepted"))

        answer = desk.patch(f"/api/v1/staff/goals/{suggestion}", json={"status": "active"}, headers=seen(2))

        assert (answer.json["status"], answer.json["agreed"]) == ("active", True)

    def test_written_in_error_is_gone_from_the_phone_with_all_that_hangs_on_it(
        self, sender: Sender, desk: Any, suggestion: str
    ) -> None:
        way = Way(sender, desk, suggestion)
        way.sends(way.step("Tirsdag"))
        way.tells("note", shared=False, text="Måske")
        cursor = sender.browser.get("/api/v1/citizen/sync/pull").json["cursor"]

        answer = desk.patch(way.here, json={"status": "entered-in-error"}, headers=seen(1))

        assert answer.status_code == 200
        page = sender.browser.get("/api/v1/citizen/sync/pull", query_string={"cursor": cursor}).json
        gone = {(one["entity"], one["op"]) for one in page["changes"]}
        assert gone == {("goal", "forget"), ("goal_step", "forget"), ("goal_event", "forget")}
        assert desk.get(way.here).status_code == 404
        assert way.refused(way.step("Onsdag"))[0] == "rejected_gone"
        assert way.refused(sender.change("goal", "put", suggestion, status="active"))[0] == "rejected_gone"

    def test_that_the_person_said_yes_to_is_not_unwritten_with_all_that_hangs_on_it(
        self, sender: Sender, desk: Any, suggestion: str
    ) -> None:
        way = Way(sender, desk, suggestion)
        way.sends(sender.change("goal", "put", suggestion, status="active"))
        mine = way.tells("note", shared=False, text="Kun for mig")

        answer = desk.patch(way.here, json={"status": "entered-in-error"}, headers=seen(2))

        assert (answer.status_code, answer.json["code"]) == (409, "move-not-allowed")
        assert way.history()[mine]["text"] == "Kun for mig"

    def test_of_the_persons_own_is_no_error_of_staffs(self, desk: Any, goal: str) -> None:
        answer = desk.patch(
            f"/api/v1/staff/goals/{goal}", json={"status": "entered-in-error"}, headers=seen(1)
        )

        assert (answer.status_code, answer.json["code"]) == (409, "move-not-allowed")


class TestAnOwnGoal:
    def test_is_agreed_to_by_staff_once(self, way: Way) -> None:
        first = way.desk.post(f"{way.here}/agree")
        again = way.desk.post(f"{way.here}/agree")

        assert (first.status_code, first.json["agreed"], first.json["status"]) == (200, True, "active")
        assert again.json == first.json
        assert way.kinds_at_desk() == ["accepted"]
        assert way.on_phone()["agreed"] is True

    def test_is_not_made_a_suggestion_by_a_phone_and_its_words_are_kept(self, way: Way) -> None:
        change = way.sender.change(
            "goal", "put", way.goal, status="proposed", title={"value": "Hvile", "base_version": 1}
        )

        assert way.refused(change) == ("rejected_validation", "move-not-allowed")
        assert [edit["content"] for edit in way.sender.pull("rejected_edit").values()] == ["Hvile"]
        assert way.on_phone()["title"] == "Sove om natten"

    def test_begins_with_all_that_the_phone_says_of_it(self, sender: Sender, desk: Any, url: str) -> None:
        said = {"kind": "stop", "theme": "network", "review_on": "2027-01-04", "achievement": "in-progress"}
        new = sender.change(
            "goal",
            "put",
            title={"value": "Fri i weekenden", "base_version": 0},
            counts_from="2026-11-01",
            **said,
        )

        assert sender.send(new)[0]["result"] == "applied"

        [goal] = desk.get(url).json["items"]
        assert {name: goal[name] for name in said} == said
        assert sender.pull("goal")[new["entity_id"]]["counts_from"] == "2026-11-01"

    @pytest.mark.parametrize("title", [True, False])
    def test_keeps_what_is_said_however_late_it_comes(self, way: Way, title: bool) -> None:
        late = way.sender.change(
            "goal",
            "put",
            way.goal,
            kind="keep-stable",
            **({"title": {"value": "Hvile", "base_version": 1}} if title else {}),
        )
        way.desk.patch(way.here, json={"kind": "stop", "theme": "meeting"}, headers=seen(1))

        way.sender.send(late)

        assert (way.on_phone()["kind"], way.on_phone()["theme"]) == ("keep-stable", "meeting")

    def test_lets_everything_be_taken_away_again(self, way: Way) -> None:
        names = ("kind", "theme", "review_on", "achievement", "counts_from")
        said = ("stop", "meeting", "2027-01-04", "achieved", "2026-11-01")
        way.sends(way.sender.change("goal", "put", way.goal, **dict(zip(names, said, strict=True))))

        way.sends(way.sender.change("goal", "put", way.goal, **dict.fromkeys(names)))

        assert {way.on_phone()[name] for name in names} == {None}


class TestCountingDays:
    def test_is_never_told_to_staff(self, way: Way, url: str) -> None:
        way.sends(way.sender.change("goal", "put", way.goal, counts_from="2026-11-01"))

        page, listed = way.desk.get(way.here), way.desk.get(url)
        report = way.desk.get(url.replace("goals", "goal-report"))

        assert way.on_phone()["counts_from"] == "2026-11-01"
        for answer in (page, listed, report):
            assert answer.status_code == 200
            assert b"counts_from" not in answer.data
            assert b"2026-11-01" not in answer.data

    def test_is_the_persons_alone_to_begin(self, way: Way) -> None:
        answer = way.desk.patch(way.here, json={"counts_from": "2026-11-01"}, headers=seen(1))

        assert answer.status_code == 422
        assert way.on_phone()["counts_from"] is None
