"""That it became hard: told or kept, it resets nothing; told, the contact person comes closer for a while."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.core import db
from server.core.access import Role
from server.goals import service as goals
from server.tasks import service as tasks
from server.tasks.service import TaskKind
from tests.conftest import actor_of
from tests.crisis_plans.people import stand_in
from tests.goals.people import Way

TASKS = "SELECT kind, subject_id::text, due_on::text, owner_id, wants_talk, status FROM task"


@pytest.fixture
def found(superuser: Any) -> Any:
    """The tasks as they stand in the database."""
    return lambda: superuser.execute(TASKS).fetchall()


class TestTold:
    def test_brings_closer_contact_and_a_task_for_the_contact_person(
        self, way: Way, found: Any, counsellor: Any
    ) -> None:
        hard = way.tells("became-hard", text="Det var en lang aften", wants_talk=True)

        assert found() == [("closer-contact", hard, "2026-11-24", counsellor.id, True, "requested")]
        assert way.on_phone()["closer_until"] == way.at_desk()["goal"]["closer_until"] == "2026-12-07"

    @pytest.mark.parametrize(("days", "until"), [(7, "2026-11-30"), (14, "2026-12-07"), (28, "2026-12-21")])
    def test_lasts_as_long_as_the_person_chose(self, way: Way, found: Any, days: int, until: str) -> None:
        way.tells("became-hard", closer_days=days)

        assert way.on_phone()["closer_until"] == until
        assert [row[4] for row in found()] == [False]

    def test_is_never_cut_short_by_a_later_shorter_wish(self, way: Way) -> None:
        way.tells("became-hard", closer_days=28)
        way.tells("became-hard", closer_days=7)

        assert way.on_phone()["closer_until"] == "2026-12-21"

    def test_is_one_call_however_often_it_is_told_and_a_wish_for_a_talk_stays(
        self, way: Way, found: Any
    ) -> None:
        for wants in (False, True, False):
            way.tells("became-hard", text="Igen", wants_talk=wants)

        assert [(row[0], row[4], row[5]) for row in found()] == [("closer-contact", True, "requested")]

    def test_on_a_friday_is_for_monday_and_never_for_a_holiday(
        self, way: Way, found: Any, go_to: Any
    ) -> None:
        go_to(datetime(2026, 12, 23, 10, 0, tzinfo=UTC))  # the day before Christmas Eve, a Wednesday

        way.tells("became-hard")
        way.staff_tell("became-hard")

        assert [row[2] for row in found()] == ["2026-12-28"]

    def test_resets_nothing(self, way: Way) -> None:
        way.sends(
            way.sender.change("goal", "put", way.goal, counts_from="2026-10-01", achievement="improving"),
            way.step("Ringe", done=True),
        )
        way.tells("level", level=1)
        before = way.on_phone()

        way.tells("became-hard")

        after = way.on_phone()
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {"closer_until", "version"}
        assert after["counts_from"] == "2026-10-01"
        assert [step["done"] for step in way.at_desk()["steps"]] == [True]

    def test_by_a_counsellor_is_a_task_too_and_nobody_was_asked_about_a_talk(
        self, way: Way, found: Any, counsellor: Any
    ) -> None:
        told = way.staff_tell("became-hard", text="Ringede grædende", closer_days=7).json["id"]

        assert found() == [("closer-contact", told, "2026-11-24", counsellor.id, None, "requested")]
        assert way.on_phone()["closer_until"] == "2026-11-30"

    def test_twice_by_a_line_that_broke_is_one_task(self, way: Way, found: Any) -> None:
        hard = way.told("became-hard")
        way.sends(hard)
        way.sender.send(hard)

        assert len(found()) == 1

    def test_and_erased_takes_the_words_and_not_the_call(
        self, way: Way, found: Any, counsellor: Any, now: datetime
    ) -> None:
        hard = way.tells("became-hard", text="hemmelige ord", wants_talk=True)

        way.sends(way.sender.change("goal_event", "erase", hard))

        assert [(row[1], row[4], row[5]) for row in found()] == [(hard, True, "requested")]
        with db.transaction() as session:
            actor = actor_of(counsellor)
            [task] = tasks.list_open(session, kind=TaskKind.CLOSER_CONTACT, actor=actor, now=now)
            about = goals.goals_of_events(session, event_ids=[task.subject_id], actor=actor, now=now)
            assert [str(goal.id) for goal in about.values()] == [way.goal]

    def test_is_worked_on_like_any_call(self, way: Way, superuser: Any) -> None:
        way.tells("became-hard", wants_talk=True)
        task = superuser.execute("SELECT id FROM task").fetchone()[0]
        outcome = {"outcome": "closed", "reason": "came-since"}

        answer = way.desk.post(
            f"/api/v1/staff/tasks/{task}/outcome", json=outcome, headers={"If-Match": '"1"'}
        )

        assert (answer.status_code, answer.json["status"]) == (200, "completed")
        assert (answer.json["kind"], answer.json["wants_talk"]) == ("closer-contact", True)


class TestKept:
    def test_opens_nothing_and_is_seen_by_nobody(self, way: Way, found: Any) -> None:
        before = way.at_desk()["goal"]

        way.tells("became-hard", shared=False, text="kun mit eget")

        assert found() == []
        assert way.at_desk()["goal"] == before
        assert way.at_desk()["events"] == []


class TestUntilWhenThereIsCloserContact:
    @pytest.fixture
    def team(self, citizen: Any, make_staff: Any, give_case: Any, sign_in_staff: Any, new_client: Any) -> Any:
        """The browser of a colleague of the care team."""
        colleague = make_staff()
        give_case(citizen, colleague)
        return sign_in_staff(colleague, new_client())

    @pytest.fixture
    def everywhere(self, way: Way, url: str) -> Any:
        """What somebody's browser is told of it: by the goal, by the list and by what a change answers."""

        def told(browser: Any) -> list[Any]:
            goal = browser.get(way.here).json["goal"]
            [listed] = browser.get(url).json["items"]
            version = {"If-Match": f'"{goal["version"]}"'}
            changed = browser.patch(way.here, json={"theme": None}, headers=version)
            scaling = {"importance": 1, "difficulty": 1, "baseline": 0, "reached": 0, "levels": [None] * 5}
            version = {"If-Match": f'"{changed.json["version"]}"'}
            scaled = browser.put(f"{way.here}/scaling", json=scaling, headers=version)
            return [one["closer_until"] for one in (goal, listed, changed.json, scaled.json)]

        return told

    @pytest.mark.parametrize("side", ["person", "staff"])
    def test_is_told_to_the_contact_person_and_the_phone_and_to_nobody_else_of_the_care_team(
        self, way: Way, team: Any, everywhere: Any, side: str
    ) -> None:
        if side == "person":
            way.tells("became-hard")
        else:
            way.staff_tell("became-hard")

        assert everywhere(team) == [None] * 4
        assert everywhere(way.desk) == ["2026-12-07"] * 4
        assert way.on_phone()["closer_until"] == "2026-12-07"

    def test_is_told_to_who_stands_in_for_the_contact_person(
        self,
        way: Way,
        everywhere: Any,
        counsellor: Any,
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        substitute = make_staff()
        stand_in(counsellor, substitute, actor_of(make_staff(roles=(Role.MANAGER,))))
        way.tells("became-hard")

        assert everywhere(sign_in_staff(substitute, new_client())) == ["2026-12-07"] * 4

    def test_is_in_no_other_page_of_the_care_team(self, way: Way, team: Any, citizen: Any) -> None:
        person = f"/api/v1/staff/citizens/{citizen.id}"
        pages = [
            "/api/v1/staff/today",
            "/api/v1/staff/closer-contacts",
            f"{person}/timeline",
            f"{person}/goal-report",
            f"{person}/ahead",
            f"{way.here}/line",
        ]
        seen = {page: team.get(page) for page in pages}
        told = {page: way.desk.get(page).json for page in pages}

        way.tells("became-hard")

        assert [answer.status_code for answer in seen.values()] == [200] * len(pages)
        assert {page: team.get(page).json for page in pages} == {page: seen[page].json for page in pages}
        same = [page for page in pages if way.desk.get(page).json == told[page]]
        assert same == [f"{person}/goal-report"]
