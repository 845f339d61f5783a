"""Giving exercises: to the people one works with, with days that fit, and for the phone to read offline."""

from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id
from tests.exercises.people import BREATHING, CANARY, OWN, TEXT, TODAY, Doer, path_of, seen_by

PATCHED = "/api/v1/staff/exercise-assignments"


@pytest.fixture
def change(desk: Any) -> Any:
    """Change what was given; the whole answer."""

    def changed(given: dict[str, Any], **said: Any) -> Any:
        return desk.patch(f"{PATCHED}/{given['id']}", json=said, headers=seen(given["version"]))

    return changed


class TestGive:
    def test_reaches_the_phone_with_its_day_its_goal_and_its_line(
        self, desk: Any, sender: Doer, citizen: Any, give: Any
    ) -> None:
        goal = desk.post(
            f"/api/v1/staff/citizens/{citizen.id}/goals", json={"title": "Sove", "origin": "citizen"}
        ).json
        given = give(
            goal_id=goal["id"], due_on="2026-11-24", repeat="weekly", until_on="2026-12-22", line="Til dig"
        )

        (kept,) = sender.pull("exercise_assignment").values()
        assert kept == {
            "id": given["id"],
            "ref": BREATHING,
            "own": None,
            "goal_id": goal["id"],
            "given_on": TODAY,
            "given_at": "2026-11-23T09:00:00Z",
            "due_on": "2026-11-24",
            "repeat": "weekly",
            "until_on": "2026-12-22",
            "line": "Til dig",
            "by": "Karen Kontakt",
            "status": "active",
            "version": 1,
        }

    def test_tells_of_a_colleagues_own_in_plain_blocks_and_that_nobody_else_has_read_it(
        self, sender: Doer, give: Any, write_own: Any
    ) -> None:
        give(ref={"own": write_own(title="Min egen")["id"]})

        (kept,) = sender.pull("exercise_assignment").values()
        assert kept["own"] == {
            "title": "Min egen",
            "lead": TEXT["lead"],
            "blocks": [
                {"kind": "p", "text": "Se dig om."},
                {"kind": "li", "text": "Find noget blåt"},
                {"kind": "li", "text": "Find noget blødt"},
            ],
            "by": "Karen Kontakt",
            "reviewed": False,
        }

    def test_keeps_the_line_sealed(self, give: Any, superuser: Any) -> None:
        give(line=CANARY)

        (stored,) = superuser.execute("SELECT a::text FROM exercise_assignment a").fetchone()
        assert CANARY not in stored
        assert CANARY.encode().hex() not in stored

    def test_twice_under_one_id_is_one_and_something_else_is_refused(
        self, desk: Any, citizen: Any, give: Any, count: Any
    ) -> None:
        given = give(id=str(new_id()))

        again = give(id=given["id"])
        other = desk.post(path_of(citizen), json={"id": given["id"], "ref": BREATHING, "repeat": "daily"})

        assert (again, other.status_code, count("exercise_assignment")) == (given, 409, 1)

    def test_of_what_was_made_for_one_centre_only_reaches_its_own_people(
        self,
        desk: Any,
        citizen: Any,
        count: Any,
        make_unit: Any,
        make_staff: Any,
        make_citizen: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        there = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        other, person = sign_in_staff(there, new_client()), make_citizen(contact=there)
        ref = {"ref": {"library": "when-blame-fills"}}

        answer = desk.post(path_of(citizen), json=ref)

        assert refused(answer, "ref")
        assert "another centre" in answer.get_data(as_text=True)
        assert count("exercise_assignment") == 0
        assert other.post(path_of(person), json=ref).status_code == 201

    @pytest.mark.parametrize(
        ("field", "said"),
        [
            ("ref", {"ref": {"library": "no-such-exercise"}}),
            ("ref", {"ref": {"own": str(new_id())}}),
            ("due_on", {"due_on": "2026-11-22"}),
            ("due_on", {"due_on": "2029-01-01"}),
            ("until_on", {"until_on": "2026-11-30"}),
            ("until_on", {"repeat": "daily", "until_on": "2026-11-22"}),
            ("until_on", {"repeat": "daily", "due_on": "2026-11-30", "until_on": "2026-11-29"}),
            ("repeat", {"repeat": "yearly"}),
            ("line", {"line": "x" * 301}),
            ("colour", {"colour": "red"}),
        ],
    )
    def test_refuses_what_does_not_fit_by_name(
        self, desk: Any, citizen: Any, count: Any, field: str, said: dict[str, Any]
    ) -> None:
        answer = desk.post(path_of(citizen), json={"ref": BREATHING, **said})

        assert refused(answer, field)
        assert count("exercise_assignment") == 0

    def test_is_tied_to_no_other_persons_goal(
        self, desk: Any, citizen: Any, make_citizen: Any, counsellor: Any, count: Any, give: Any, change: Any
    ) -> None:
        other = make_citizen(contact=counsellor)
        goal = desk.post(
            f"/api/v1/staff/citizens/{other.id}/goals", json={"title": "Ikke din", "origin": "citizen"}
        ).json

        answers = [
            desk.post(path_of(citizen), json={"ref": BREATHING, "goal_id": goal_id})
            for goal_id in (goal["id"], str(new_id()))
        ]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert without_id(answers[0]) == without_id(answers[1])
        assert count("exercise_assignment") == 0
        assert change(give(), goal_id=goal["id"]).status_code == 404

    def test_to_a_stranger_is_like_to_nobody(self, desk: Any, stranger: Any) -> None:
        nobody = SimpleNamespace(id=new_id())

        answers = [desk.post(path_of(each), json={"ref": BREATHING}) for each in (stranger, nobody)]

        assert without_id(answers[0]) == without_id(answers[1])
        assert answers[0].status_code == 404

    def test_stands_on_the_trail(self, give: Any, superuser: Any) -> None:
        given = give(line=CANARY)

        trail = superuser.execute(
            "SELECT event, relation_id IS NOT NULL, e::text LIKE %s FROM audit_event e WHERE subject_id = %s",
            [f"%{CANARY}%", given["id"]],
        )
        assert trail.fetchall() == [("exercise.given", True, False)]


class TestChange:
    def test_of_the_days_reaches_the_phone(self, sender: Doer, give: Any, change: Any) -> None:
        answer = change(give(), repeat="daily", until_on="2026-11-30")

        assert (answer.status_code, answer.json["version"]) == (200, 2)
        (kept,) = sender.pull("exercise_assignment").values()
        assert (kept["repeat"], kept["until_on"], kept["version"]) == ("daily", "2026-11-30", 2)

    def test_takes_it_back_and_leaves_what_was_answered(
        self, sender: Doer, desk: Any, citizen: Any, give: Any, change: Any
    ) -> None:
        given = give()
        sender.write(assignment_id=given["id"], sharing="shared")

        assert change(given, status="withdrawn").status_code == 200

        (kept,) = sender.pull("exercise_assignment").values()
        assert kept["status"] == "withdrawn"
        assert len(seen_by(desk, citizen).json["answers"]) == 1
        assert change({**given, "version": 2}, line="Igen").status_code == 409

    def test_over_a_newer_one_is_refused(self, desk: Any, give: Any, change: Any) -> None:
        given = give()
        change(given, line="Først")

        assert change(given, line="Siden").status_code == 412
        assert desk.patch(f"{PATCHED}/{given['id']}", json={"line": "x"}).status_code == 428

    @pytest.mark.parametrize(
        ("field", "said"),
        [
            ("body", {}),
            ("status", {"status": "active"}),
            ("until_on", {"until_on": "2026-12-01"}),
            ("due_on", {"due_on": "2026-11-01"}),
        ],
    )
    def test_refuses_what_does_not_fit_by_name(
        self, give: Any, change: Any, field: str, said: dict[str, Any]
    ) -> None:
        assert refused(change(give(), **said), field)

    def test_of_a_strangers_is_like_one_that_is_not_there(
        self, desk: Any, give: Any, make_staff: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        given = give()
        other = sign_in_staff(make_staff(), new_client())

        answers = [
            other.patch(f"{PATCHED}/{each}", json={"line": "x"}, headers=seen(1))
            for each in (given["id"], new_id())
        ]

        assert without_id(answers[0]) == without_id(answers[1])
        assert answers[0].status_code == 404


class TestTheDatabase:
    def test_refuses_two_names_for_one_exercise_and_none(self, give: Any, superuser: Any) -> None:
        give()

        for statement in (
            "UPDATE exercise_assignment SET library_id = NULL",
            "UPDATE exercise_assignment SET own_id = id, own_version = 1",
            "UPDATE exercise_assignment SET status = 'withdrawn'",
            "UPDATE exercise_assignment SET until_on = given_on",
        ):
            with pytest.raises(psycopg.errors.CheckViolation), superuser.transaction():
                superuser.execute(statement)


class TestOthersExercises:
    def test_that_still_wait_for_a_second_reader_are_given_by_nobody_but_their_author(
        self,
        desk: Any,
        citizen: Any,
        write_own: Any,
        make_staff: Any,
        make_citizen: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        own = write_own()
        desk.post(f"{OWN}/{own['id']}/submit", headers=seen(1))
        colleague = make_staff(name="Tage")
        other, person = sign_in_staff(colleague, new_client()), make_citizen(contact=colleague)
        (waiting,) = other.get(OWN).json["items"]
        ref = {"ref": {"own": own["id"]}}

        assert (waiting["status"], waiting["may_give"]) == ("submitted", False)
        assert refused(other.post(path_of(person), json=ref), "ref")
        assert desk.post(path_of(citizen), json=ref).status_code == 201

    def test_are_given_by_others_only_when_the_unit_shares_them(
        self, write_own: Any, make_staff: Any, make_citizen: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        own = write_own()
        colleague = make_staff(name="Tage")
        other, person = sign_in_staff(colleague, new_client()), make_citizen(contact=colleague)

        answer = other.post(path_of(person), json={"ref": {"own": own["id"]}})

        assert refused(answer, "ref")
        assert all(one["id"] != own["id"] for one in other.get(OWN).json["items"])

    def test_of_another_unit_are_nobodys(
        self,
        write_own: Any,
        make_unit: Any,
        make_staff: Any,
        make_citizen: Any,
        sign_in_staff: Any,
        new_client: Any,
        share_own: Any,
    ) -> None:
        own = share_own(write_own())
        elsewhere = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        other, person = sign_in_staff(elsewhere, new_client()), make_citizen(contact=elsewhere)

        assert refused(other.post(path_of(person), json={"ref": {"own": own["id"]}}), "ref")
        assert other.get(OWN).json["items"] == []


def test_a_manager_alone_is_not_let_in(
    make_staff: Any, sign_in_staff: Any, new_client: Any, citizen: Any
) -> None:
    manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())

    assert manager.get(path_of(citizen)).status_code == 403
