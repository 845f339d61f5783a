"""A goal's line of time holds the sessions of a group that a person comes to for it, on both sides alike."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.appointments.people import seen
from tests.courses.people import RUNS, Phone, week

LINE = "/api/v1/staff/goals/{}/line"
SESSIONS = "/api/v1/staff/course-sessions"


@pytest.fixture
def goal(office: Any, citizen: Any) -> str:
    """The id of something the woman wants."""
    wanted = {"title": "Ro om aftenen", "origin": "citizen"}
    return str(office.post(f"/api/v1/staff/citizens/{citizen.id}/goals", json=wanted).json["id"])


@pytest.fixture
def come(office: Any, citizen: Any, goal: str) -> Callable[..., dict[str, Any]]:
    """Let the contact person enrol her for the goal."""

    def enrolled(run: dict[str, Any], **named: Any) -> dict[str, Any]:
        body = {"citizen_id": str(citizen.id), "goal_id": goal, **named}
        answer = office.post(f"{RUNS}/{run['id']}/enrollments", json=body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    return enrolled


def lines(browser: Any, goal: str, **query: Any) -> list[dict[str, Any]]:
    """The sessions in the line of the goal."""
    answer = browser.get(LINE.format(goal), query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [one for one in answer.json["items"] if one["kind"] == "session"]


def on_phone(hand: Phone, goal: str) -> set[str]:
    """The sessions that the phone shows in the line of the goal: those at which there is or was a place."""
    mine = hand.mine().values()
    return {one["id"] for one in mine if one["goal_id"] == goal and one["my"] != "waiting"}


class TestSessions:
    def test_stand_there_with_their_theme_latest_first_those_ahead_too(
        self, plan: Any, come: Any, office: Any, goal: str, hand: Phone
    ) -> None:
        run = plan(count=2)
        come(run)

        later, first = lines(office, goal)
        assert [later["id"], first["id"]] == [run["sessions"][1]["id"], run["sessions"][0]["id"]]
        assert (first["code"], first["detail"], first["subject"], first["title"]) == (
            "booked",
            "learning",
            "violence",
            None,
        )
        assert (first["at"], first["goal_id"]) == (run["sessions"][0]["starts_at"], goal)
        assert on_phone(hand, goal) == {first["id"], later["id"]}

    def test_say_who_was_there_and_who_was_not(
        self,
        plan: Any,
        come: Any,
        attend: Any,
        desk: Any,
        office: Any,
        goal: str,
        citizen: Any,
        hand: Phone,
        go_to: Any,
    ) -> None:
        run = plan(count=4)
        come(run)
        one, two, three, four = (session["id"] for session in run["sessions"])
        hand.say("enrollment", "leave", three, session_id=three)
        for number, at, status in ((1, one, "present"), (2, two, "absent")):
            go_to(week(number) + timedelta(hours=2))
            assert attend(at, (citizen, status)).status_code == 200
        cancelled = desk.post(f"{SESSIONS}/{four}/cancel", json={"reason": "Sygdom"}, headers=seen(1))
        assert cancelled.status_code == 200, cancelled.json

        assert [(line["id"], line["code"]) for line in lines(office, goal)] == [
            (four, "cancelled"),
            (three, "excused"),
            (two, "absent"),
            (one, "present"),
        ]

    def test_are_those_with_a_place_and_after_leaving_those_that_were(
        self,
        plan: Any,
        come: Any,
        enrol: Any,
        attend: Any,
        office: Any,
        goal: str,
        citizen: Any,
        other: Any,
        hand: Phone,
        go_to: Any,
    ) -> None:
        full = plan(seats=1, count=1)
        enrol(full, other)
        assert come(full)["status"] == "waiting"
        assert lines(office, goal) == []
        run = plan(count=3)
        place = come(run, numbers=[1, 2])
        assert len(lines(office, goal)) == 2
        for number, status in ((1, "present"), (2, "absent")):
            go_to(week(number) + timedelta(hours=2))
            attend(run["sessions"][number - 1]["id"], (citizen, status))
        office.delete(f"/api/v1/staff/enrollments/{place['id']}")

        [line] = lines(office, goal)
        assert (line["id"], line["code"]) == (run["sessions"][0]["id"], "present")
        assert on_phone(hand, goal) == {line["id"]}

    def test_for_nothing_named_or_for_another_goal_are_not_there(
        self, plan: Any, come: Any, enrol: Any, office: Any, goal: str, citizen: Any, other: Any
    ) -> None:
        enrol(plan(), citizen)
        wanted = {"title": "Et andet", "origin": "citizen"}
        second = office.post(f"/api/v1/staff/citizens/{citizen.id}/goals", json=wanted).json["id"]
        come(plan(), goal_id=second)
        enrol(plan(), other)

        assert lines(office, goal) == []

    def test_are_neither_lost_nor_doubled_between_pages(
        self, plan: Any, come: Any, office: Any, goal: str
    ) -> None:
        for _ in range(2):  # two groups at the same hour
            come(plan(count=3))
        everything = lines(office, goal)
        assert len(everything) == 6

        found: list[dict[str, Any]] = []
        query: dict[str, Any] = {"limit": 1}
        while True:
            page = office.get(LINE.format(goal), query_string=query).json
            found += [one for one in page["items"] if one["kind"] == "session"]
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert [one["id"] for one in found] == [one["id"] for one in everything]

    def test_are_not_for_who_leads_the_group_to_see_the_goal_of(
        self, plan: Any, come: Any, desk: Any, goal: str
    ) -> None:
        come(plan())

        assert desk.get(LINE.format(goal)).status_code in (403, 404)


def test_a_goal_that_is_gone_leaves_the_place_as_it_is(
    plan: Any, come: Any, office: Any, goal: str, hand: Phone, superuser: Any
) -> None:
    come(plan(count=1))
    superuser.execute("DELETE FROM goal_title")
    superuser.execute("DELETE FROM goal")
    superuser.commit()

    [session] = hand.mine().values()
    assert (session["my"], session["goal_id"]) == ("enrolled", None)
