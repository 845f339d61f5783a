"""Stand-ins: the caseload is open at once, for as long as the arrangement runs, and no longer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from server.citizens import service as citizens
from server.citizens import stand_ins, visible
from server.core import clock, db
from server.core.access import Role
from tests.conftest import actor_of

STAND_INS = "/api/v1/staff/stand-ins"


@pytest.fixture
def absent(make_staff: Any) -> Any:
    """The counsellor who is away."""
    return make_staff(name="Frida Fravær")


@pytest.fixture
def stand_in(make_staff: Any) -> Any:
    """The counsellor who helps."""
    return make_staff(name="Viggo Vikar")


@pytest.fixture
def office(make_staff: Any, sign_in_staff: Any) -> Any:
    """The manager's browser."""
    return sign_in_staff(make_staff(roles=(Role.MANAGER,)))


def name_stand_in(office: Any, absent: Any, stand_in: Any, **other: Any) -> Any:
    """Let the manager name a stand-in until Friday."""
    body = {
        "staff_id": str(absent.id),
        "stand_in_id": str(stand_in.id),
        "ends_on": "2026-11-27",
        "reason": "ferie",
        **other,
    }
    return office.post(STAND_INS, json=body)


def caseload(member: Any) -> set[Any]:
    """Whose record this colleague may open now."""
    with db.transaction() as session:
        return set(session.scalars(visible.citizen_ids(actor_of(member), clock.now())))


class TestNameStandIn:
    def test_opens_the_whole_caseload_at_once(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any
    ) -> None:
        cases = {make_citizen(contact=absent).id for _ in range(3)}
        make_citizen()
        before = caseload(stand_in)

        answer = name_stand_in(office, absent, stand_in)

        assert answer.status_code == 201
        assert (answer.json["staff_name"], answer.json["stand_in_name"]) == ("Frida Fravær", "Viggo Vikar")
        assert (answer.json["starts_on"], answer.json["ends_on"]) == ("2026-11-23", "2026-11-27")
        assert (before, caseload(stand_in)) == (set(), cases)

    def test_closes_it_by_itself_after_the_last_day(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any, traveller: Any
    ) -> None:
        case = make_citizen(contact=absent).id
        name_stand_in(office, absent, stand_in)

        traveller.move_to("2026-11-27T22:59:59Z")
        late_on_friday = caseload(stand_in)
        traveller.move_to("2026-11-27T23:00:00Z")

        assert late_on_friday == {case}
        assert caseload(stand_in) == set()
        assert caseload(absent) == {case}

    def test_opens_nothing_before_the_first_day(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any, traveller: Any
    ) -> None:
        case = make_citizen(contact=absent).id
        name_stand_in(office, absent, stand_in, starts_on="2026-11-25")

        before = caseload(stand_in)
        traveller.move_to("2026-11-24T23:00:00Z")

        assert (before, caseload(stand_in)) == (set(), {case})

    def test_reaches_those_whom_the_absent_colleague_takes_in_later(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any
    ) -> None:
        name_stand_in(office, absent, stand_in)

        later = make_citizen(contact=absent)

        assert caseload(stand_in) == {later.id}

    def test_reaches_those_who_are_given_to_the_absent_colleague_later(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any
    ) -> None:
        name_stand_in(office, absent, stand_in)
        citizen = make_citizen()

        office.post(
            f"/api/v1/staff/citizens/{citizen.id}/care-relations",
            json={"staff_id": str(absent.id), "role": "contact-person", "reason": "bytter"},
        )

        assert caseload(stand_in) == {citizen.id}

    def test_gives_one_relation_a_citizen(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any, superuser: Any
    ) -> None:
        citizen = make_citizen(contact=absent)
        office.post(
            f"/api/v1/staff/citizens/{citizen.id}/care-relations",
            json={"staff_id": str(absent.id), "role": "care-team", "reason": "også"},
        )

        name_stand_in(office, absent, stand_in)

        derived = superuser.execute(
            "SELECT staff_id, stand_in_for_id FROM care_relation WHERE role = 'stand-in'"
        ).fetchall()
        assert derived == [(stand_in.id, absent.id)]

    def test_does_not_pass_on_what_is_itself_stand_in_work(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any, make_staff: Any
    ) -> None:
        make_citizen(contact=absent)
        name_stand_in(office, absent, stand_in)
        third = make_staff()

        name_stand_in(office, stand_in, third)

        assert caseload(third) == set()

    def test_tells_the_phone_of_each_citizen(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any, superuser: Any
    ) -> None:
        for _ in range(2):
            make_citizen(contact=absent)

        name_stand_in(office, absent, stand_in)

        told = superuser.execute("SELECT max(seq) FROM citizen_change GROUP BY citizen_id").fetchall()
        assert told == [(2,), (2,)]

    def test_refuses_the_same_arrangement_twice(self, office: Any, absent: Any, stand_in: Any) -> None:
        name_stand_in(office, absent, stand_in)

        again = name_stand_in(office, absent, stand_in, ends_on="2026-12-01")

        assert (again.status_code, again.json["code"]) == (409, "stand-in-exists")

    def test_is_never_the_manager_who_asks(
        self, make_staff: Any, sign_in_staff: Any, absent: Any, superuser: Any
    ) -> None:
        both = make_staff(roles=(Role.MANAGER, Role.COUNSELLOR))

        answer = name_stand_in(sign_in_staff(both), absent, both)

        assert (answer.status_code, answer.json["code"]) == (403, "own-case")
        assert superuser.execute("SELECT count(*) FROM stand_in").fetchone() == (0,)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("ends_on", "2026-11-22"),
            ("ends_on", "2028-11-22"),
            ("ends_on", "2026-02-30"),
            ("ends_on", None),
            ("starts_on", "2026-11-22"),
            ("reason", ""),
            ("ends_at", "2026-11-27T00:00:00Z"),
        ],
    )
    def test_refuses_bad_days_by_name(
        self, office: Any, absent: Any, stand_in: Any, superuser: Any, field: str, value: Any
    ) -> None:
        answer = name_stand_in(office, absent, stand_in, **{field: value})

        assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
        assert superuser.execute("SELECT count(*) FROM stand_in").fetchone() == (0,)

    def test_takes_nobody_from_another_unit(
        self, office: Any, absent: Any, stand_in: Any, make_staff: Any, make_unit: Any
    ) -> None:
        stranger = make_staff(unit=make_unit("krisecenter", "Krisecenter"))

        answers = [name_stand_in(office, absent, stranger), name_stand_in(office, stranger, stand_in)]

        assert [list(answer.json["errors"]) for answer in answers] == [["stand_in_id"], ["staff_id"]]

    def test_is_another_person_than_the_absent_one(self, office: Any, absent: Any) -> None:
        answer = name_stand_in(office, absent, absent)

        assert (answer.status_code, list(answer.json["errors"])) == (422, ["stand_in_id"])


class TestEndStandIn:
    def test_closes_the_caseload_at_once(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any
    ) -> None:
        case = make_citizen(contact=absent).id
        arrangement = name_stand_in(office, absent, stand_in).json["id"]

        answer = office.post(f"{STAND_INS}/{arrangement}/end", json={})

        assert answer.status_code == 200
        assert answer.json["ended_at"] == "2026-11-23T09:00:00Z"
        assert (caseload(stand_in), caseload(absent)) == (set(), {case})

    def test_takes_the_arrangement_off_the_list(self, office: Any, absent: Any, stand_in: Any) -> None:
        arrangement = name_stand_in(office, absent, stand_in).json
        before = office.get(STAND_INS).json

        office.post(f"{STAND_INS}/{arrangement['id']}/end", json={})

        assert (before, office.get(STAND_INS).json) == ({"items": [arrangement]}, {"items": []})

    def test_reaches_nobody_who_is_taken_in_afterwards(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any
    ) -> None:
        arrangement = name_stand_in(office, absent, stand_in).json["id"]
        office.post(f"{STAND_INS}/{arrangement}/end", json={"reason": "tilbage igen"})

        make_citizen(contact=absent)

        assert caseload(stand_in) == set()

    def test_ends_with_the_absent_colleagues_own_relation(
        self, office: Any, absent: Any, stand_in: Any, make_citizen: Any, make_staff: Any
    ) -> None:
        citizen = make_citizen(contact=absent)
        name_stand_in(office, absent, stand_in)

        office.post(
            f"/api/v1/staff/citizens/{citizen.id}/care-relations",
            json={"staff_id": str(make_staff().id), "role": "contact-person", "reason": "bytter"},
        )

        assert caseload(stand_in) == set()

    def test_is_out_of_sight_for_another_units_manager(
        self,
        office: Any,
        absent: Any,
        stand_in: Any,
        make_staff: Any,
        make_unit: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        arrangement = name_stand_in(office, absent, stand_in).json["id"]
        stranger = make_staff(unit=make_unit("krisecenter", "Krisecenter"), roles=(Role.MANAGER,))
        other_office = sign_in_staff(stranger, new_client())

        assert other_office.post(f"{STAND_INS}/{arrangement}/end", json={}).status_code == 404
        assert other_office.get(STAND_INS).json == {"items": []}
        assert len(office.get(STAND_INS).json["items"]) == 1


class TestRace:
    def test_an_intake_during_the_naming_is_seen_by_one_of_the_two(
        self, absent: Any, stand_in: Any, make_staff: Any, traveller: Any, now: Any
    ) -> None:
        manager = actor_of(make_staff(roles=(Role.MANAGER,)))

        def take_in() -> Any:
            with db.transaction() as session:
                return citizens.take_in(
                    session, alias="Ny", first_contact_channel="phone", actor=actor_of(absent), now=now
                ).id

        def name() -> None:
            with db.transaction() as session:
                stand_ins.name_stand_in(
                    session,
                    staff_id=absent.id,
                    stand_in_id=stand_in.id,
                    ends_on=now.date() + timedelta(days=3),
                    reason="ferie",
                    actor=manager,
                    now=now,
                )

        with ThreadPoolExecutor(9) as pool:
            taken = [pool.submit(take_in) for _ in range(8)]
            pool.submit(name).result()
            expected = {future.result() for future in taken}

        assert caseload(stand_in) == expected
