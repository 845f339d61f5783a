"""Taking somebody in at the door, and correcting what is known."""

from datetime import timedelta
from typing import Any

import pytest
import structlog

from server.core import crypto, db
from server.core.access import Role
from server.core.ids import new_id

INTAKE = {"alias": "Solsort", "first_contact_channel": "at-the-door"}
CITIZENS = "/api/v1/staff/citizens"


@pytest.fixture
def counsellor(make_staff: Any) -> Any:
    """Somebody who takes people in."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def desk(counsellor: Any, sign_in_staff: Any) -> Any:
    """The counsellor's browser."""
    return sign_in_staff(counsellor)


def rows(superuser: Any, table: str) -> int:
    """How many rows a table holds."""
    return superuser.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


class TestTakeIn:
    def test_needs_an_alias_and_a_channel_alone(self, desk: Any, counsellor: Any, now: Any) -> None:
        answer = desk.post(CITIZENS, json=INTAKE)

        assert answer.status_code == 201
        assert answer.json["alias"] == "Solsort"
        assert answer.json["first_contact_at"] == "2026-11-23T09:00:00Z"
        assert (answer.json["name"], answer.json["cpr"], answer.json["phone"]) == (None, None, None)
        assert [(one["staff_id"], one["role"], one["reason"]) for one in answer.json["relations"]] == [
            (str(counsellor.id), "contact-person", "intake")
        ]

    def test_keeps_the_wall_time_of_the_first_contact(self, desk: Any, superuser: Any) -> None:
        desk.post(CITIZENS, json={**INTAKE, "first_contact_at": "2026-07-01T23:30:00Z"})

        stored = superuser.execute("SELECT first_contact_wall::text FROM citizen").fetchone()
        assert stored[0] == "2026-07-02 01:30:00"

    def test_is_the_same_intake_when_it_is_sent_twice(self, desk: Any, superuser: Any) -> None:
        body = {**INTAKE, "id": str(new_id()), "cpr": "251248-9996"}

        first, second = desk.post(CITIZENS, json=body), desk.post(CITIZENS, json=body)

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json == second.json
        assert rows(superuser, "citizen") == rows(superuser, "care_relation") == 1

    def test_refuses_the_same_id_for_another_person(self, desk: Any, superuser: Any) -> None:
        body = {**INTAKE, "id": str(new_id())}
        desk.post(CITIZENS, json=body)

        answer = desk.post(CITIZENS, json={**body, "alias": "Gråspurv"})

        assert (answer.status_code, answer.json["code"]) == (409, "id-taken")
        assert rows(superuser, "citizen") == 1

    def test_answers_alike_for_a_colleagues_and_for_another_units_id(
        self, desk: Any, make_citizen: Any, make_staff: Any, make_unit: Any
    ) -> None:
        elsewhere = make_citizen(contact=make_staff(unit=make_unit("krisecenter", "Krisecenter")))
        colleague = make_citizen()

        answers = [desk.post(CITIZENS, json={**INTAKE, "id": str(one.id)}) for one in (elsewhere, colleague)]

        assert [answer.status_code for answer in answers] == [409, 409]
        said = [{**answer.json, "request_id": ""} for answer in answers]
        assert said[0] == said[1]

    def test_knows_a_cpr_number_only_within_the_unit(
        self, desk: Any, make_citizen: Any, make_staff: Any, make_unit: Any, superuser: Any
    ) -> None:
        make_citizen(contact=make_staff(unit=make_unit("krisecenter", "Krisecenter")), cpr="020160-9995")
        make_citizen(cpr="2512489996")

        fresh = desk.post(CITIZENS, json={**INTAKE, "cpr": "020160-9995"})
        known = desk.post(CITIZENS, json={**INTAKE, "cpr": "251248-9996"})

        assert fresh.status_code == 201
        assert fresh.json["cpr"] == "020160-••••"
        assert (known.status_code, known.json["code"]) == (409, "cpr-known")
        assert rows(superuser, "citizen") == 3

    def test_leaves_on_the_trail_that_a_cpr_number_turned_out_to_be_known(
        self, desk: Any, counsellor: Any, make_citizen: Any, superuser: Any
    ) -> None:
        citizen = make_citizen(contact=counsellor)
        known = make_citizen(cpr="2512489996")

        desk.post(CITIZENS, json={**INTAKE, "cpr": "251248-9996"})
        desk.patch(f"{CITIZENS}/{citizen.id}", json={"cpr": "251248-9996"}, headers={"If-Match": '"1"'})

        trail = superuser.execute(
            "SELECT actor_id, citizen_id, outcome FROM audit_event WHERE event = 'citizen.cpr-known'"
        ).fetchall()
        assert trail == [(counsellor.id, known.id, "409")] * 2

    def test_lets_nobody_find_out_by_trial_who_is_known(
        self, desk: Any, make_citizen: Any, superuser: Any
    ) -> None:
        known = make_citizen(cpr="2512489996")

        answers = [desk.post(CITIZENS, json={**INTAKE, "cpr": "251248-9996"}) for _ in range(6)]
        unknown = desk.post(CITIZENS, json={**INTAKE, "cpr": "020160-9995"})
        without = desk.post(CITIZENS, json=INTAKE)

        assert [answer.status_code for answer in answers] == [409] * 5 + [429]
        assert (unknown.status_code, without.status_code) == (429, 201)
        assert str(known.id) not in "".join(answer.get_data(as_text=True) for answer in answers)

    def test_forgives_a_clock_that_runs_some_minutes_ahead(self, desk: Any, now: Any) -> None:
        ahead = (now + timedelta(minutes=4)).isoformat()

        answer = desk.post(CITIZENS, json={**INTAKE, "first_contact_at": ahead})

        assert answer.status_code == 201
        assert answer.json["first_contact_at"] == "2026-11-23T09:00:00Z"

    def test_is_on_the_trail_with_the_relation(self, desk: Any, superuser: Any) -> None:
        answer = desk.post(CITIZENS, json=INTAKE)

        trail = superuser.execute(
            "SELECT event, relation_id::text FROM audit_event WHERE citizen_id = %s ORDER BY position",
            (answer.json["id"],),
        ).fetchall()
        relation = answer.json["relations"][0]["id"]
        assert trail == [("care-relation.given", relation), ("citizen.taken-in", relation)]

    def test_is_not_for_managers(self, make_staff: Any, sign_in_staff: Any) -> None:
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)))

        assert manager.post(CITIZENS, json=INTAKE).status_code == 403


BAD = [
    ("is_admin", True),
    ("unit_id", "01936b5c-0000-7000-8000-000000000000"),
    ("version", 1),
    ("alias", None),
    ("alias", 5),
    ("alias", {}),
    ("alias", ["Solsort"]),
    ("alias", ""),
    ("alias", "   "),
    ("alias", "Sol\u0000sort"),
    ("alias", "x" * 81),
    ("alias", "x" * 20_001),
    ("id", "17"),
    ("id", 17),
    ("first_contact_channel", "carrier-pigeon"),
    ("first_contact_channel", None),
    ("first_contact_at", "2026-11-23T09:00:00"),
    ("first_contact_at", "2026-11-23T09:06:00Z"),
    ("first_contact_at", "2026-02-30T09:00:00Z"),
    ("first_contact_at", "0000-00-00T00:00:00Z"),
    ("first_contact_at", "10000-01-01T00:00:00Z"),
    ("first_contact_at", "1999-12-31T22:00:00Z"),
    ("first_contact_at", 1_700_000_000),
    ("name", "Kim\u0000"),
    ("name", "x" * 20_001),
    ("phone", 12345678),
    ("phone", "1" * 41),
    ("alias", "Solsort\nog en til"),
    ("name", "Kim\u202emiK"),
    ("cpr", "310299-1234"),
    ("cpr", "290200-1000"),
    ("cpr", "251248-999"),
    ("cpr", 2512489996),
    ("cpr", "25\u000048-9996"),
    ("language", "fr"),
    ("address_protected", "true"),
    ("address_protected", 1),
    ("home_municipality", "x" * 20_001),
]


class TestBadInput:
    @pytest.mark.parametrize(("field", "value"), BAD)
    def test_is_refused_by_name_and_nothing_is_written(
        self, desk: Any, superuser: Any, field: str, value: Any
    ) -> None:
        answer = desk.post(CITIZENS, json={**INTAKE, field: value})

        assert answer.status_code == 422
        assert answer.content_type == "application/problem+json"
        assert list(answer.json["errors"]) == [field]
        assert rows(superuser, "citizen") == rows(superuser, "citizen_sequence") == 0

    @pytest.mark.parametrize("name", ["O'Brien", "Å", "Bjørn-Åse", "Åse", "{{7*7}}", "<script>", "'; DROP"])
    def test_is_not_what_names_look_like(self, desk: Any, name: str) -> None:
        answer = desk.post(CITIZENS, json={**INTAKE, "alias": name, "name": name})

        assert answer.status_code == 201
        assert answer.json["name"] == answer.json["alias"]

    def test_keeps_decomposed_letters_as_one_form(self, desk: Any) -> None:
        answer = desk.post(CITIZENS, json={**INTAKE, "alias": "A\u030ase"})

        assert answer.json["alias"] == "\u00c5se"


class TestUpdate:
    @pytest.fixture
    def citizen(self, make_citizen: Any, counsellor: Any) -> Any:
        """Somebody whose phone number is known."""
        return make_citizen(contact=counsellor, phone="12 34 56 78", name="Kim Hansen")

    def change(self, desk: Any, citizen: Any, body: Any, version: str | None = '"1"') -> Any:
        headers = {} if version is None else {"If-Match": version}
        return desk.patch(f"{CITIZENS}/{citizen.id}", json=body, headers=headers)

    def test_changes_the_named_fields_alone(self, desk: Any, citizen: Any) -> None:
        answer = self.change(desk, citizen, {"name": None, "cpr": "251248-9996", "language": "en"})

        assert answer.status_code == 200
        assert (answer.json["name"], answer.json["cpr"]) == (None, "251248-••••")
        assert (answer.json["phone"], answer.json["language"]) == ("12 34 56 78", "en")
        assert answer.json["version"] == 2

    def test_tells_the_phone(self, desk: Any, citizen: Any, superuser: Any) -> None:
        self.change(desk, citizen, {"alias": "Stær"})

        seen = superuser.execute("SELECT seq, entity, op FROM citizen_change ORDER BY seq").fetchall()
        assert seen == [(1, "profile", "put"), (2, "profile", "put")]

    @pytest.mark.parametrize(("version", "status"), [(None, 428), ('"7"', 412), ("*", 412), ("1", 412)])
    def test_needs_the_version_that_was_seen(
        self, desk: Any, citizen: Any, superuser: Any, version: str | None, status: int
    ) -> None:
        answer = self.change(desk, citizen, {"alias": "Stær"}, version)

        assert answer.status_code == status
        assert superuser.execute("SELECT alias, version FROM citizen").fetchone() == (citizen.alias, 1)
        assert rows(superuser, "citizen_change") == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("alias", None),
            ("language", None),
            ("address_protected", None),
            ("version", 3),
            ("id", "01936b5c-0000-7000-8000-000000000000"),
            ("first_contact_at", "2026-11-24T09:00:00Z"),
            ("cpr", "311399-1234"),
        ],
    )
    def test_refuses_bad_values_by_name(self, desk: Any, citizen: Any, field: str, value: Any) -> None:
        answer = self.change(desk, citizen, {field: value})

        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])

    def test_refuses_an_empty_change(self, desk: Any, citizen: Any) -> None:
        assert self.change(desk, citizen, {}).status_code == 422

    def test_refuses_a_cpr_number_that_a_colleague_has_written_down(
        self, desk: Any, citizen: Any, make_citizen: Any
    ) -> None:
        make_citizen(cpr="251248-9996")

        answer = self.change(desk, citizen, {"cpr": "2512489996"})

        assert (answer.status_code, answer.json["code"]) == (409, "cpr-known")

    def test_keeps_its_own_cpr_number(self, desk: Any, citizen: Any) -> None:
        self.change(desk, citizen, {"cpr": "2512489996"})

        again = self.change(desk, citizen, {"cpr": "251248-9996"}, '"2"')

        assert again.status_code == 200


class TestSealing:
    def test_leaves_no_name_cpr_or_number_readable_in_the_database(self, desk: Any, superuser: Any) -> None:
        canaries = {"name": "KANARINAVN", "cpr": "251248-9996", "phone": "KANARI-87654321"}

        with structlog.testing.capture_logs() as lines:
            desk.post(CITIZENS, json={**INTAKE, **canaries, "alias": "KANARIALIAS"})

        stored = superuser.execute("SELECT row_to_json(citizen)::text FROM citizen").fetchone()[0]
        raw = superuser.execute(
            "SELECT name_sealed || cpr_sealed || phone_sealed || cpr_index FROM citizen"
        ).fetchone()[0]
        trail = superuser.execute(
            "SELECT string_agg(row_to_json(a)::text, '') FROM audit_event a"
        ).fetchone()[0]
        logged = str(lines)
        assert "/api/v1/staff/citizens" in logged
        for canary in ("KANARINAVN", "251248", "87654321"):
            assert canary not in stored
            assert canary.encode() not in raw
            assert canary not in trail + logged
        assert "KANARIALIAS" not in trail + logged

    def test_ties_a_sealed_name_to_its_row(self, make_citizen: Any, superuser: Any) -> None:
        one, other = make_citizen(name="Kim"), make_citizen(name="Bo")
        superuser.execute(
            "UPDATE citizen SET name_sealed = (SELECT name_sealed FROM citizen WHERE id = %s) WHERE id = %s",
            (one.id, other.id),
        )
        superuser.commit()

        with db.transaction() as session, pytest.raises(crypto.Unreadable):
            _ = session.get(type(other), other.id).name
