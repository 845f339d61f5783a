"""Places: who is enrolled for which sessions, taken back, widened, and tied to a goal."""

from collections.abc import Callable
from typing import Any

from tests.appointments.people import without_id
from tests.conftest import NOW
from tests.courses.people import RUNS, week


class TestEnrol:
    def test_joins_in_week_three(self, plan: Any, enrol: Any, citizen: Any, go_to: Any) -> None:
        run = plan()
        go_to(week(3).replace(hour=8))

        place = enrol(run, citizen)

        assert (place["status"], place["numbers"]) == ("enrolled", [3, 4, 5])

    def test_takes_one_theme_alone_in_the_next_run(self, plan: Any, enrol: Any, citizen: Any) -> None:
        run = plan()

        assert enrol(run, citizen, numbers=[4])["numbers"] == [4]

    def test_begins_where_it_is_told_to(self, plan: Any, enrol: Any, citizen: Any) -> None:
        assert enrol(plan(), citizen, from_number=4)["numbers"] == [4, 5]

    def test_is_the_same_place_when_it_is_asked_for_again(
        self, plan: Any, enrol: Any, citizen: Any, count: Callable[[str], int]
    ) -> None:
        run = plan()

        assert enrol(run, citizen) == enrol(run, citizen)
        assert (count("enrollment"), count("course_relation")) == (1, 1)

    def test_adds_sessions_to_a_place(self, plan: Any, enrol: Any, citizen: Any) -> None:
        run = plan()
        enrol(run, citizen, numbers=[1])

        assert enrol(run, citizen, numbers=[3])["numbers"] == [1, 3]

    def test_refuses_more_sessions_where_none_has_a_seat(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, other: Any
    ) -> None:
        run = plan(seats=1)
        enrol(run, other, numbers=[2])
        enrol(run, citizen, numbers=[1])

        answer = desk.post(
            f"{RUNS}/{run['id']}/enrollments", json={"citizen_id": str(citizen.id), "numbers": [2]}
        )

        assert (answer.status_code, answer.json["code"]) == (409, "session-full")

    def test_refuses_sessions_that_are_over(self, plan: Any, desk: Any, citizen: Any) -> None:
        run = plan(first_on="2026-11-10")

        answer = desk.post(
            f"{RUNS}/{run['id']}/enrollments", json={"citizen_id": str(citizen.id), "numbers": [1, 2]}
        )

        assert week(0) < NOW
        assert (answer.status_code, answer.json["code"]) == (409, "nothing-ahead")

    def test_takes_somebody_back_who_left(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, read: Any
    ) -> None:
        run = plan()
        place = enrol(run, citizen)
        desk.delete(f"/api/v1/staff/enrollments/{place['id']}")

        again = enrol(run, citizen)

        assert again["id"] != place["id"]
        assert [line["alias"] for line in read(run)["roster"]] == ["Solsort"]


class TestGoal:
    def test_of_the_person_can_be_named_by_who_works_with_them(
        self, plan: Any, office: Any, citizen: Any, hand: Any
    ) -> None:
        run = plan()
        goal = office.post(
            f"/api/v1/staff/citizens/{citizen.id}/goals", json={"title": "Ro om aftenen", "origin": "citizen"}
        ).json

        answer = office.post(
            f"{RUNS}/{run['id']}/enrollments", json={"citizen_id": str(citizen.id), "goal_id": goal["id"]}
        )

        assert answer.status_code == 201
        [place] = office.get(f"/api/v1/staff/citizens/{citizen.id}/courses").json["items"]
        assert place["goal_id"] == goal["id"]
        assert {one["goal_id"] for one in hand.mine().values()} == {goal["id"]}

    def test_is_named_for_who_has_a_place_already_and_never_told_to_the_leader(
        self, plan: Any, enrol: Any, read: Any, office: Any, citizen: Any, hand: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        goal = office.post(
            f"/api/v1/staff/citizens/{citizen.id}/goals", json={"title": "Ro om aftenen", "origin": "citizen"}
        ).json
        assert {one["goal_id"] for one in hand.mine().values()} == {None}

        named = office.post(
            f"{RUNS}/{run['id']}/enrollments", json={"citizen_id": str(citizen.id), "goal_id": goal["id"]}
        )

        assert named.status_code == 201
        assert {one["goal_id"] for one in hand.mine().values()} == {goal["id"]}
        assert goal["id"] not in str(enrol(run, citizen)) + str(read(run))
        assert {one["goal_id"] for one in hand.mine().values()} == {goal["id"]}

    def test_of_another_person_is_like_none_and_none_is_known_to_the_leader(
        self, plan: Any, office: Any, desk: Any, citizen: Any, other: Any, count: Callable[[str], int]
    ) -> None:
        run = plan()
        url = f"{RUNS}/{run['id']}/enrollments"
        goal = office.post(
            f"/api/v1/staff/citizens/{other.id}/goals", json={"title": "Ro om aftenen", "origin": "citizen"}
        ).json

        foreign = office.post(url, json={"citizen_id": str(citizen.id), "goal_id": goal["id"]})
        unknown = office.post(url, json={"citizen_id": str(citizen.id), "goal_id": run["id"]})
        by_leader = desk.post(url, json={"citizen_id": str(other.id), "goal_id": goal["id"]})

        assert without_id(foreign) == without_id(unknown) == without_id(by_leader)
        assert foreign.status_code == 404
        assert count("enrollment") == 0
