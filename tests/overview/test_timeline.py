"""A person's line of time: what stands on it, what does not, and that no page loses a line."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from server.core import db
from server.core.fields import instant_text
from server.core.ids import new_id
from server.goals import service as goals
from server.goals.service import GoalOrigin
from tests.appointments.people import seen, without_id
from tests.conftest import NOW, actor_of
from tests.cursors import carried

LINE = "/api/v1/staff/citizens/{}/timeline"
AHEAD = "/api/v1/staff/citizens/{}/ahead"
GOAL_LINE = "/api/v1/staff/goals/{}/line"
EVENTS = "/api/v1/staff/goals/{}/events"


@pytest.fixture
def goal(citizen: Any, counsellor: Any, app: Any) -> Any:
    """Something the citizen wants."""
    with db.transaction() as session:
        return goals.create_goal(
            session,
            citizen_id=citizen.id,
            title="Sove hele natten",
            origin=GoalOrigin.CITIZEN,
            actor=actor_of(counsellor),
            now=NOW,
        )


def lines(browser: Any, citizen: Any, **query: Any) -> list[dict[str, Any]]:
    """A page of the line."""
    answer = browser.get(LINE.format(citizen.id), query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(answer.json["items"])


def of(kind: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of one kind."""
    return [one for one in found if one["kind"] == kind]


def note(desk: Any, goal: Any, text: str) -> None:
    """Let the contact person write how it goes."""
    answer = desk.post(EVENTS.format(goal.id), json={"id": str(new_id()), "kind": "note", "text": text})
    assert answer.status_code in (200, 201), answer.get_data(as_text=True)


def hold(desk: Any, booked: dict[str, Any], go_to: Any) -> None:
    """Let a talk be held."""
    go_to(datetime.fromisoformat(booked["starts_at"]) + timedelta(minutes=30))
    answer = desk.post(f"/api/v1/staff/appointments/{booked['id']}/held", headers=seen(booked["revision"]))
    assert answer.status_code == 200, answer.json


class TestTheLine:
    def test_begins_with_who_began_to_work_with_the_person(self, citizen: Any, desk: Any) -> None:
        [began] = lines(desk, citizen)

        assert (began["kind"], began["code"], began["detail"]) == ("relation", "began", "contact-person")
        assert began["name"] == "Karen Kontakt"

    def test_holds_a_talk_from_the_moment_it_begins(
        self, citizen: Any, desk: Any, book: Any, go_to: Any
    ) -> None:
        booked = book()
        assert of("appointment", lines(desk, citizen)) == []

        hold(desk, booked, go_to)

        [line] = of("appointment", lines(desk, citizen))
        assert (line["id"], line["code"], line["detail"], line["name"]) == (
            booked["id"],
            "fulfilled",
            "talk",
            "Karen Kontakt",
        )

    def test_holds_what_happens_on_the_way_to_a_goal_with_its_title(
        self, citizen: Any, goal: Any, desk: Any
    ) -> None:
        note(desk, goal, "Sov fem timer")

        newest = of("event", lines(desk, citizen))[0]
        assert (newest["code"], newest["title"], newest["detail"], newest["by"]) == (
            "note",
            "Sove hele natten",
            "Sov fem timer",
            "staff",
        )

    def test_says_that_somebody_wrote_and_never_what(self, citizen: Any, desk: Any, says: Any) -> None:
        says("Tårnfalk på taget")

        answer = desk.get(LINE.format(citizen.id))
        [line] = of("message", answer.json["items"])
        assert (line["by"], line["detail"], line["title"]) == ("citizen", None, None)
        assert "Tårnfalk" not in answer.get_data(as_text=True)

    def test_holds_no_message_for_who_may_not_read_them(
        self, citizen: Any, colleague: Any, give_case: Any, says: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        says()
        give_case(citizen, colleague)

        found = lines(sign_in_staff(colleague, new_client()), citizen)

        assert of("message", found) == []
        assert len(of("relation", found)) == 2

    def test_holds_no_check_in_and_no_word_of_the_person_that_is_not_shared(
        self, citizen: Any, goal: Any, desk: Any, sender: Any
    ) -> None:
        private = sender.change(
            "goal_event",
            "put",
            goal_id=str(goal.id),
            kind="became-hard",
            text="Rødhals i haven",
            shared=False,
            happened_at="2026-11-23T08:00:00Z",
        )
        check_in = sender.change(
            "checkin", "put", at="2026-11-23T08:00:00Z", mood=2, urge=9, line="Gul spurv", sharing="private"
        )
        assert {one["result"] for one in sender.send(private, check_in)} == {"applied"}

        answer = desk.get(LINE.format(citizen.id))

        assert "Rødhals" not in answer.get_data(as_text=True)
        assert "Gul spurv" not in answer.get_data(as_text=True)
        assert of("check-in", answer.json["items"]) == []
        assert "became-hard" not in {one["code"] for one in answer.json["items"]}

    def test_holds_a_check_in_that_is_shared(self, citizen: Any, desk: Any, sender: Any) -> None:
        shared = sender.change(
            "checkin", "put", at="2026-11-23T08:00:00Z", mood=7, urge=1, line="God nat", sharing="shared"
        )
        assert [one["result"] for one in sender.send(shared)] == ["applied"]

        [line] = of("check-in", lines(desk, citizen))
        assert (line["mood"], line["urge"], line["detail"], line["by"]) == (7, 1, "God nat", "citizen")

    def test_loses_and_doubles_nothing_between_pages_while_more_is_written(
        self,
        citizen: Any,
        goal: Any,
        desk: Any,
        says: Any,
        book: Any,
        go_to: Any,
        counsellor: Any,
        colleague: Any,
        stand_in_for: Any,
    ) -> None:
        booked = [book(starts_at=f"2026-11-2{day}T1{hour}:00:00+01:00") for day in (4, 5) for hour in (0, 2)]
        for number in range(6):
            go_to(NOW + timedelta(minutes=number))
            note(desk, goal, f"note {number}")
            note(desk, goal, f"note {number} lige efter")
            says(f"besked {number}")
        stand_in_for(counsellor, colleague)
        go_to(NOW + timedelta(days=4))
        everything = lines(desk, citizen, limit=100)
        assert len(of("appointment", everything)) == len(booked)

        read: list[dict[str, Any]] = []
        cursor: str | None = None
        while True:
            query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
            page = desk.get(LINE.format(citizen.id), query_string=query).json
            read += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
            go_to(NOW + timedelta(days=4, minutes=len(read)))
            note(desk, goal, "kommer imens")

        assert [one["id"] for one in read] == [one["id"] for one in everything]
        assert [one["at"] for one in read] == sorted((one["at"] for one in read), reverse=True)

    @pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=70 * 365)])
    def test_holds_what_a_phone_shared_whose_clock_goes_ahead_where_it_came_in(
        self, citizen: Any, desk: Any, says: Any, sender: Any, go_to: Any, ahead: timedelta
    ) -> None:
        go_to(NOW + timedelta(minutes=1))
        says("før")
        go_to(NOW + timedelta(minutes=2))
        wrong = {"at": instant_text(NOW + ahead), "mood": 3, "sharing": "shared"}
        answers = sender.send(
            *(sender.change("checkin", "put", **wrong, line=f"nr. {one}") for one in range(4))
        )
        assert {one["result"] for one in answers} == {"applied"}
        go_to(NOW + timedelta(minutes=3))
        says("efter")

        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while cursor or not found:
            query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            page = desk.get(LINE.format(citizen.id), query_string=query).json
            found, cursor = found + page["items"], page["next_cursor"]

        kinds = [one["kind"] for one in found]
        assert kinds == ["message", *["check-in"] * 4, "message", "relation"]
        assert {one["detail"] for one in of("check-in", found)} == {f"nr. {one}" for one in range(4)}
        assert {one["at"] for one in of("check-in", found)} == {wrong["at"]}

    def test_tells_by_no_cursor_how_much_the_person_does_unseen(
        self, citizen: Any, goal: Any, desk: Any, says: Any, sender: Any, go_to: Any
    ) -> None:
        for number in range(3):
            go_to(NOW + timedelta(minutes=number))
            sender.send(sender.change("checkin", "put", at=NOW.isoformat(), mood=3, sharing="private"))
            note(desk, goal, f"note {number}")
            says(f"besked {number}")

        page = desk.get(LINE.format(citizen.id), query_string={"limit": 3}).json

        marks = carried(page["next_cursor"])["marks"]
        assert marks == {kind: [of(kind, page["items"])[-1]["id"]] for kind in ("message", "event")}

    def test_of_a_stranger_is_the_same_as_of_nobody(self, desk: Any, stranger: Any) -> None:
        for page in (LINE, AHEAD):
            theirs, nobodys = page.format(stranger.id), page.format(new_id())
            assert without_id(desk.get(theirs)) == without_id(desk.get(nobodys))
            assert desk.get(theirs).status_code == 404

    def test_is_not_the_managers_to_read(self, citizen: Any, manager_desk: Any) -> None:
        assert manager_desk.get(LINE.format(citizen.id)).status_code == 403

    @pytest.mark.parametrize("cursor", ["x", "", "a.b.c"])
    def test_takes_no_cursor_that_it_did_not_give(self, citizen: Any, desk: Any, cursor: str) -> None:
        answer = desk.get(LINE.format(citizen.id), query_string={"cursor": cursor})

        assert answer.status_code == 422

    def test_takes_no_cursor_of_another_person(
        self, citizen: Any, counsellor: Any, desk: Any, goal: Any, make_citizen: Any, go_to: Any
    ) -> None:
        go_to(NOW + timedelta(minutes=1))
        note(desk, goal, "en")
        cursor = desk.get(LINE.format(citizen.id), query_string={"limit": 1}).json["next_cursor"]
        other = make_citizen(contact=counsellor)

        answer = desk.get(LINE.format(other.id), query_string={"cursor": cursor})

        assert cursor is not None
        assert answer.status_code == 422

    def test_the_look_is_on_the_trail_with_the_relation(
        self, citizen: Any, desk: Any, superuser: Any
    ) -> None:
        lines(desk, citizen)

        [row] = superuser.execute(
            "SELECT citizen_id, relation_id IS NOT NULL, purpose FROM audit_event"
            " WHERE event = 'timeline.read'"
        ).fetchall()
        assert row == (citizen.id, True, "lines: 1")


class TestTheLineOfAGoal:
    def test_holds_what_belongs_to_it_and_nothing_else(
        self, citizen: Any, goal: Any, desk: Any, book: Any, sender: Any
    ) -> None:
        ahead = book(goal_id=str(goal.id))
        book(starts_at="2026-12-01T10:00:00+01:00")
        sender.send(
            sender.change(
                "checkin",
                "put",
                at="2026-11-23T08:00:00Z",
                mood=5,
                sharing="shared",
                goal_id=str(goal.id),
            )
        )

        found = desk.get(GOAL_LINE.format(goal.id)).json["items"]

        assert [one["id"] for one in of("appointment", found)] == [ahead["id"]]
        assert len(of("check-in", found)) == 1
        assert {one["goal_id"] for one in found} == {str(goal.id)}

    def test_of_a_strangers_goal_is_the_same_as_of_none(
        self, goal: Any, colleague: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        browser = sign_in_staff(colleague, new_client())

        theirs = browser.get(GOAL_LINE.format(goal.id))

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(browser.get(GOAL_LINE.format(new_id())))


class TestWhatComesNext:
    def test_names_the_next_talk_the_open_steps_the_reviews_and_what_is_to_be_done(
        self, citizen: Any, goal: Any, counsellor: Any, desk: Any, book: Any, task: Any
    ) -> None:
        booked = book()
        step = {"id": str(new_id()), "text": "Købe ørepropper"}
        assert desk.post(f"/api/v1/staff/goals/{goal.id}/steps", json=step).status_code in (200, 201)
        changed = desk.patch(
            f"/api/v1/staff/goals/{goal.id}",
            json={"review_on": "2026-12-01"},
            headers=seen(desk.get(f"/api/v1/staff/goals/{goal.id}").json["goal"]["version"]),
        )
        assert changed.status_code == 200, changed.json

        found = desk.get(AHEAD.format(citizen.id)).json

        assert found == {
            "next_appointment": {
                "id": booked["id"],
                "starts_at": booked["starts_at"],
                "kind": "talk",
            },
            "steps": [{"id": step["id"], "goal_id": str(goal.id), "text": "Købe ørepropper"}],
            "reviews": [{"id": str(goal.id), "title": "Sove hele natten", "review_on": "2026-12-01"}],
            "tasks": [{"id": str(task.id), "kind": "missed-talk", "due_on": "2026-11-24"}],
            "staff_met": 0,
        }

    def test_counts_the_colleagues_whom_the_person_met_in_90_days(
        self,
        citizen: Any,
        counsellor: Any,
        colleague: Any,
        desk: Any,
        book: Any,
        go_to: Any,
        task: Any,
        superuser: Any,
    ) -> None:
        hold(desk, book(starts_at="2026-11-24T10:00:00+01:00"), go_to)
        hold(desk, book(starts_at="2026-11-25T10:00:00+01:00"), go_to)
        assert desk.get(AHEAD.format(citizen.id)).json["staff_met"] == 1

        superuser.execute(
            "INSERT INTO task_call (id, task_id, citizen_id, outcome, reason, called_by, called_at)"
            " VALUES (%s, %s, %s, 'closed', 'no-wish', %s, %s)",
            [new_id(), task.id, citizen.id, colleague.id, NOW + timedelta(hours=1)],
        )
        superuser.commit()
        assert desk.get(AHEAD.format(citizen.id)).json["staff_met"] == 2

        go_to(NOW + timedelta(days=91, hours=2))
        assert desk.get(AHEAD.format(citizen.id)).json["staff_met"] == 1
