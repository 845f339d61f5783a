"""A goal's line of time holds what was given for it, and of what came of it what the person shares."""

from datetime import timedelta
from typing import Any

import pytest

from server.core.fields import instant_text
from server.core.ids import new_id
from tests.appointments.people import seen, without_id
from tests.conftest import NOW
from tests.cursors import carried
from tests.exercises.people import AT, CANARY, NO, YES, Doer

LINE = "/api/v1/staff/goals/{}/line"


@pytest.fixture
def goal(desk: Any, citizen: Any) -> Any:
    """Something the citizen wants."""
    wanted = {"title": "Sove hele natten", "origin": "citizen"}
    answer = desk.post(f"/api/v1/staff/citizens/{citizen.id}/goals", json=wanted)
    assert answer.status_code == 201, answer.json
    return answer.json


def lines(browser: Any, goal: Any, kind: str, **query: Any) -> list[dict[str, Any]]:
    """The lines of one kind."""
    answer = browser.get(LINE.format(goal["id"]), query_string=query)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [one for one in answer.json["items"] if one["kind"] == kind]


def walked(browser: Any, goal: Any, limit: int) -> list[dict[str, Any]]:
    """Every line, page by page."""
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": limit}
    while True:
        page = browser.get(LINE.format(goal["id"]), query_string=query).json
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        query["cursor"] = page["next_cursor"]


class TestWhatWasGiven:
    def test_stands_there_with_who_gave_it_and_the_line_that_came_with_it(
        self, desk: Any, goal: Any, give: Any
    ) -> None:
        given = give(goal_id=goal["id"], line="Til om aftenen")

        [one] = lines(desk, goal, "exercise")
        assert (one["id"], one["at"], one["code"]) == (given["id"], instant_text(NOW), "given")
        assert (one["subject"], one["title"], one["detail"]) == ("breathing", None, "Til om aftenen")
        assert (one["by"], one["name"], one["goal_id"]) == ("staff", "Karen Kontakt", goal["id"])

    def test_is_called_what_its_writer_called_it_then(
        self, desk: Any, goal: Any, give: Any, write_own: Any
    ) -> None:
        give(goal_id=goal["id"], ref={"own": write_own(title="Min egen")["id"]})

        [one] = lines(desk, goal, "exercise")
        assert (one["subject"], one["title"]) == (None, "Min egen")

    def test_stays_when_it_is_taken_back_and_goes_with_its_goal(
        self, desk: Any, goal: Any, give: Any
    ) -> None:
        given = give(goal_id=goal["id"])
        path = f"/api/v1/staff/exercise-assignments/{given['id']}"
        moved = desk.patch(path, json={"goal_id": None}, headers=seen(1))
        assert moved.status_code == 200, moved.json
        assert lines(desk, goal, "exercise") == []

        desk.patch(path, json={"goal_id": goal["id"]}, headers=seen(2))
        desk.patch(path, json={"status": "withdrawn"}, headers=seen(3))
        assert [one["id"] for one in lines(desk, goal, "exercise")] == [given["id"]]

    def test_for_something_else_is_not_there(self, desk: Any, goal: Any, give: Any, sender: Doer) -> None:
        sender.write(assignment_id=give()["id"], sharing="shared")
        sender.write(sharing="shared")

        assert lines(desk, goal, "exercise") == lines(desk, goal, "exercise-answer") == []


class TestWhatCameOfIt:
    @pytest.mark.parametrize("outcome", ["done", "not-now"])
    def test_stands_there_if_the_person_shares_it(
        self, desk: Any, goal: Any, give: Any, sender: Doer, outcome: str
    ) -> None:
        given = give(goal_id=goal["id"])
        answer = sender.write(assignment_id=given["id"], outcome=outcome, note="Det hjalp", sharing="shared")

        [one] = lines(desk, goal, "exercise-answer")
        assert (one["id"], one["at"], one["code"], one["by"]) == (answer, AT, outcome, "citizen")
        assert (one["subject"], one["detail"], one["goal_id"]) == ("breathing", "Det hjalp", goal["id"])

    def test_leaves_no_trace_if_the_person_keeps_it(
        self, desk: Any, goal: Any, give: Any, sender: Doer
    ) -> None:
        given = give(goal_id=goal["id"])
        for number in range(3):
            sender.write(assignment_id=given["id"], note=f"delt {number}", sharing="shared")
        pages = [{"limit": limit} for limit in (1, 2, 3, 50)]
        before = [desk.get(LINE.format(goal["id"]), query_string=page).json for page in pages]

        for outcome in ("done", "not-now"):
            sender.write(
                assignment_id=given["id"],
                outcome=outcome,
                note=CANARY,
                fields={"tanke": CANARY},
                sharing="private",
            )
        sender.write(assignment_id=given["id"], note=CANARY, sharing="as-chosen")

        after = [desk.get(LINE.format(goal["id"]), query_string=page) for page in pages]
        assert all(CANARY not in page.get_data(as_text=True) for page in after)
        for was, now in zip(before, (page.json for page in after), strict=True):
            assert now["items"] == was["items"]
            assert (now["next_cursor"] is None) == (was["next_cursor"] is None)
            if was["next_cursor"]:
                assert carried(now["next_cursor"]) == carried(was["next_cursor"])

    def test_is_gone_with_a_no_and_with_what_is_deleted(
        self, desk: Any, goal: Any, give: Any, sender: Doer
    ) -> None:
        given = give(goal_id=goal["id"])
        sender.choose(YES)
        sender.write(assignment_id=given["id"], note="under et ja", sharing="as-chosen")
        assert len(lines(desk, goal, "exercise-answer")) == 1
        sender.choose(NO)
        assert lines(desk, goal, "exercise-answer") == []

        one = sender.write(assignment_id=given["id"])
        assert sender.offer(one, given=True) == 204
        assert [each["id"] for each in lines(desk, goal, "exercise-answer")] == [one]
        sender.erase(one)
        assert lines(desk, goal, "exercise-answer") == []

    def test_stands_once_in_the_newest_wording_that_is_shared(
        self, desk: Any, goal: Any, give: Any, sender: Doer
    ) -> None:
        given = give(goal_id=goal["id"])
        first = sender.write(assignment_id=given["id"], note="først", sharing="shared")
        kept = sender.write(assignment_id=given["id"], note=CANARY, replaces=first)
        assert [one["detail"] for one in lines(desk, goal, "exercise-answer")] == ["først"]

        sender.offer(kept, given=True)
        assert [one["detail"] for one in lines(desk, goal, "exercise-answer")] == [CANARY]

    def test_is_for_the_contact_person_and_not_for_the_others_who_work_with_the_person(
        self,
        goal: Any,
        citizen: Any,
        give: Any,
        sender: Doer,
        give_case: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        given = give(goal_id=goal["id"])
        sender.write(assignment_id=given["id"], note=CANARY, sharing="shared")
        colleague = make_staff(name="Bo Kollega")
        give_case(citizen, colleague)
        browser = sign_in_staff(colleague, new_client())

        assert [one["id"] for one in lines(browser, goal, "exercise")] == [given["id"]]
        assert lines(browser, goal, "exercise-answer") == []

    def test_of_a_strangers_goal_is_the_same_as_of_none(
        self, goal: Any, give: Any, sender: Doer, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        sender.write(assignment_id=give(goal_id=goal["id"])["id"], note=CANARY, sharing="shared")
        browser = sign_in_staff(make_staff(name="Bo Fremmed"), new_client())

        theirs = browser.get(LINE.format(goal["id"]))

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(browser.get(LINE.format(new_id())))


def test_no_line_is_lost_or_doubled_between_pages(
    desk: Any, goal: Any, give: Any, sender: Doer, go_to: Any
) -> None:
    for number in range(5):
        go_to(NOW + timedelta(minutes=number))
        given = give(goal_id=goal["id"])
        for hours in (-3, 0, 48):  # by clocks that go behind, right, and ahead
            at = instant_text(NOW + timedelta(hours=hours, minutes=number))
            sender.write(assignment_id=given["id"], at=at, sharing="shared")
    go_to(NOW + timedelta(hours=1))
    everything = desk.get(LINE.format(goal["id"]), query_string={"limit": 100}).json["items"]
    assert len([one for one in everything if one["kind"].startswith("exercise")]) == 20

    for limit in (1, 3, 4):
        assert [one["id"] for one in walked(desk, goal, limit)] == [one["id"] for one in everything]
