"""Giving and ending care relations: managers of the unit, never for themselves."""

from typing import Any

import psycopg
import pytest

from server.core.access import Role
from server.core.ids import new_id

CITIZENS = "/api/v1/staff/citizens"


@pytest.fixture
def counsellor(make_staff: Any) -> Any:
    """The contact person at the start."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def citizen(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a contact person."""
    return make_citizen(contact=counsellor)


@pytest.fixture
def office(make_staff: Any, sign_in_staff: Any) -> Any:
    """The manager's browser."""
    return sign_in_staff(make_staff(roles=(Role.MANAGER,), name="Mona Leder"))


def give(office: Any, citizen: Any, member: Any, role: str = "contact-person") -> Any:
    """Let the manager give a relation."""
    body = {"staff_id": str(member.id), "role": role, "reason": "ny kontaktperson"}
    return office.post(f"{CITIZENS}/{citizen.id}/care-relations", json=body)


def standing(superuser: Any) -> set[Any]:
    """Who works with whom, as stored: staff and role of the open relations."""
    found = superuser.execute("SELECT staff_id, role FROM care_relation WHERE ends_at IS NULL")
    return set(found.fetchall())


class TestGiveRelation:
    def test_lets_a_new_contact_person_take_over_in_one_step(
        self, office: Any, citizen: Any, make_staff: Any, superuser: Any
    ) -> None:
        successor = make_staff(name="Nanna Ny")

        answer = give(office, citizen, successor)

        assert answer.status_code == 201
        assert answer.json["staff_name"] == "Nanna Ny"
        assert standing(superuser) == {(successor.id, "contact-person")}

    def test_adds_to_the_care_team_without_ending_anything(
        self, office: Any, citizen: Any, counsellor: Any, make_staff: Any, superuser: Any
    ) -> None:
        helper = make_staff()

        answer = give(office, citizen, helper, "care-team")

        assert answer.status_code == 201
        assert standing(superuser) == {(counsellor.id, "contact-person"), (helper.id, "care-team")}

    def test_refuses_the_same_role_twice(self, office: Any, citizen: Any, counsellor: Any) -> None:
        answer = give(office, citizen, counsellor)

        assert (answer.status_code, answer.json["code"]) == (409, "relation-exists")

    def test_never_gives_a_case_to_the_manager_who_asks(
        self, make_staff: Any, sign_in_staff: Any, citizen: Any, superuser: Any
    ) -> None:
        both = make_staff(roles=(Role.MANAGER, Role.COUNSELLOR))

        answer = give(sign_in_staff(both), citizen, both, "care-team")

        assert (answer.status_code, answer.json["code"]) == (403, "own-case")
        assert len(standing(superuser)) == 1

    def test_refuses_other_units_inactive_unknown_staff_and_non_counsellors_alike(
        self, office: Any, citizen: Any, make_staff: Any, make_unit: Any, superuser: Any
    ) -> None:
        gone = make_staff()
        superuser.execute("UPDATE staff_member SET deactivated_at = now() WHERE id = %s", (gone.id,))
        superuser.commit()
        elsewhere = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        analyst = make_staff(roles=(Role.ANALYST,))
        unknown = type("Nobody", (), {"id": new_id()})

        answers = [give(office, citizen, one) for one in (gone, elsewhere, analyst, unknown)]

        assert {answer.status_code for answer in answers} == {422}
        assert {str(answer.json["errors"]) for answer in answers} == {
            "{'staff_id': ['Must be an active counsellor of your own unit.']}"
        }

    def test_knows_no_citizen_of_another_unit(
        self, office: Any, make_citizen: Any, make_staff: Any, make_unit: Any
    ) -> None:
        stranger = make_citizen(contact=make_staff(unit=make_unit("krisecenter", "Krisecenter")))
        nobody = type("Nobody", (), {"id": new_id()})

        answers = [give(office, one, make_staff()) for one in (stranger, nobody)]

        said = [{**answer.json, "request_id": ""} for answer in answers]
        assert said[0] == said[1]
        assert said[0]["code"] == "not-found"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("role", "stand-in"), ("role", "boss"), ("reason", ""), ("reason", "x" * 20_001), ("staff_id", 1)],
    )
    def test_refuses_bad_values_by_name(
        self, office: Any, citizen: Any, counsellor: Any, field: str, value: Any
    ) -> None:
        body = {"staff_id": str(counsellor.id), "role": "care-team", "reason": "hjælp", field: value}

        answer = office.post(f"{CITIZENS}/{citizen.id}/care-relations", json=body)

        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])

    def test_is_not_for_counsellors(self, sign_in_staff: Any, counsellor: Any, citizen: Any) -> None:
        assert give(sign_in_staff(counsellor), citizen, counsellor, "care-team").status_code == 403


class TestEndRelation:
    def test_may_end_the_last_contact_person_and_shows_it(
        self, office: Any, citizen: Any, superuser: Any
    ) -> None:
        relation = superuser.execute("SELECT id FROM care_relation").fetchone()[0]

        answer = office.post(f"/api/v1/staff/care-relations/{relation}/end", json={"reason": "flyttet"})

        assert answer.status_code == 200
        assert answer.json["ends_at"] == "2026-11-23T09:00:00Z"
        assert standing(superuser) == set()

    def test_keeps_the_first_end(self, office: Any, citizen: Any, superuser: Any, traveller: Any) -> None:
        relation = superuser.execute("SELECT id FROM care_relation").fetchone()[0]
        address = f"/api/v1/staff/care-relations/{relation}/end"
        office.post(address, json={"reason": "flyttet"})
        traveller.shift(60)

        again = office.post(address, json={"reason": "noget andet"})

        assert again.json["ends_at"] == "2026-11-23T09:00:00Z"
        assert superuser.execute("SELECT end_reason FROM care_relation").fetchone() == ("flyttet",)

    def test_ends_nothing_in_another_unit(
        self, office: Any, make_citizen: Any, make_staff: Any, make_unit: Any, superuser: Any
    ) -> None:
        make_citizen(contact=make_staff(unit=make_unit("krisecenter", "Krisecenter")))
        relation = superuser.execute("SELECT id FROM care_relation").fetchone()[0]

        answer = office.post(f"/api/v1/staff/care-relations/{relation}/end", json={"reason": "flyttet"})

        assert answer.status_code == 404
        assert len(standing(superuser)) == 1


class TestTheDatabaseItself:
    def test_refuses_a_second_open_contact_person(
        self, citizen: Any, make_staff: Any, superuser: Any
    ) -> None:
        with pytest.raises(psycopg.errors.UniqueViolation, match="one_contact_person"):
            self.copy_relation(superuser, staff_id=make_staff().id)

    def test_refuses_another_units_staff_and_another_units_citizen(
        self, citizen: Any, make_staff: Any, make_unit: Any, superuser: Any
    ) -> None:
        elsewhere = make_unit("krisecenter", "Krisecenter")
        stranger = make_staff(unit=elsewhere)

        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="staff_id"):
            self.copy_relation(superuser, staff_id=stranger.id, role="care-team")
        superuser.rollback()
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="citizen_id"):
            self.copy_relation(superuser, staff_id=stranger.id, role="care-team", unit_id=elsewhere.id)

    def copy_relation(self, superuser: Any, **other: Any) -> None:
        """Write the first relation again, by hand, with some columns changed."""
        columns = "citizen_id staff_id unit_id role starts_at reason granted_by".split()
        values = ", ".join(f"%({name})s" if name in other else name for name in columns)
        superuser.execute(
            f"INSERT INTO care_relation (id, {', '.join(columns)})"
            f" SELECT gen_random_uuid(), {values} FROM care_relation LIMIT 1",
            other,
        )
