"""The caseload: own citizens and stand-in work for counsellors, the unit for managers."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from notifications import subscriptions
from server.appointments import service as appointments
from server.citizens import guarantee, stand_ins
from server.core import crypto, db
from server.core.access import Role
from server.core.ids import new_id
from server.overview import caseload
from server.overview.schemas import CaseloadSchema
from tests.appointments.people import TALK
from tests.conftest import actor_of
from tests.declared import as_declared

CASELOAD = "/api/v1/staff/citizens"
#: A receiver's public key and secret, from RFC 8291, appendix A.
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


@pytest.fixture
def counsellor(make_staff: Any) -> Any:
    """Somebody with a caseload."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def desk(counsellor: Any, sign_in_staff: Any) -> Any:
    """The counsellor's browser."""
    return sign_in_staff(counsellor)


def ids(answer: Any) -> list[str]:
    """The citizens on a page."""
    return [item["id"] for item in answer.json["items"]]


@pytest.fixture
def book(now: Any) -> Any:
    """Book a talk some days from now."""

    def make(citizen: Any, counsellor: Any, days: int) -> Any:
        with db.transaction() as session:
            return appointments.book(
                session,
                citizen_id=citizen.id,
                starts_at=now + timedelta(days=days),
                duration_minutes=45,
                kind=appointments.AppointmentKind.TALK,
                mode=appointments.Mode.PHONE,
                actor=actor_of(counsellor),
                now=now,
            )

    return make


class TestListCaseload:
    def test_shows_what_is_needed_to_find_somebody(
        self, desk: Any, counsellor: Any, make_citizen: Any, now: Any
    ) -> None:
        citizen = make_citizen(
            contact=counsellor,
            alias="Solsort",
            name="Kim Hansen",
            cpr="251248-9996",
            phone="87654321",
            first_contact_at=now.replace(day=20, hour=23, minute=30),
            address_protected=True,
        )

        answer = desk.get(CASELOAD)

        assert answer.status_code == 200
        assert answer.json == {
            "items": [
                {
                    "id": str(citizen.id),
                    "alias": "Solsort",
                    "my_role": "contact-person",
                    "contact_person": {"id": str(counsellor.id), "name": "Karen Kontakt"},
                    "first_contact_at": "2026-11-20T23:30:00Z",
                    "first_contact_channel": "at-the-door",
                    "days_since_first_contact": 2,
                    "first_contact": {
                        "on": "2026-11-21",
                        "day": 2,
                        "days_limit": 14,
                        "has_clock": True,
                        "stopped_on": None,
                        "waived": None,
                        "seeks": None,
                        "law": None,
                    },
                    "next_appointment": None,
                    "reachable": False,
                    "paired": False,
                    "address_protected": True,
                }
            ],
            "next_cursor": None,
        }

    def test_holds_stand_in_work_and_says_so(
        self, desk: Any, counsellor: Any, make_staff: Any, make_citizen: Any, now: Any
    ) -> None:
        absent = make_staff(name="Frida Fravær")
        case = make_citizen(contact=absent)
        before = ids(desk.get(CASELOAD))
        with db.transaction() as session:
            stand_ins.name_stand_in(
                session,
                staff_id=absent.id,
                stand_in_id=counsellor.id,
                ends_on=date(2026, 11, 27),
                reason="ferie",
                actor=actor_of(make_staff(roles=(Role.MANAGER,))),
                now=now,
            )

        row = desk.get(CASELOAD).json["items"][0]

        assert before == []
        assert (row["id"], row["my_role"]) == (str(case.id), "stand-in")
        assert row["contact_person"]["name"] == "Frida Fravær"

    def test_shows_a_manager_the_unit_alone(
        self, make_staff: Any, make_unit: Any, make_citizen: Any, sign_in_staff: Any
    ) -> None:
        own = {str(make_citizen().id) for _ in range(3)}
        make_citizen(contact=make_staff(unit=make_unit("krisecenter", "Krisecenter")))

        answer = sign_in_staff(make_staff(roles=(Role.MANAGER,))).get(CASELOAD)

        assert set(ids(answer)) == own
        assert {item["my_role"] for item in answer.json["items"]} == {None}

    def test_shows_a_manager_when_but_not_what_for(
        self, make_staff: Any, make_citizen: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        contact = make_staff()
        citizen = make_citizen(contact=contact)
        desk = sign_in_staff(contact, new_client())
        assert desk.post(f"/api/v1/staff/citizens/{citizen.id}/appointments", json=TALK).status_code == 201

        [seen] = sign_in_staff(make_staff(roles=(Role.MANAGER,))).get(CASELOAD).json["items"]

        assert seen["next_appointment"]["starts_at"] == "2026-11-30T09:00:00Z"
        assert seen["next_appointment"]["kind"] is None
        assert desk.get(CASELOAD).json["items"][0]["next_appointment"]["kind"] == "talk"

    def test_is_by_the_schema_that_its_route_declares(
        self,
        desk: Any,
        counsellor: Any,
        make_citizen: Any,
        make_staff: Any,
        book: Any,
        now: Any,
        sign_in_staff: Any,
        new_client: Any,
    ) -> None:
        make_citizen(contact=make_staff())
        book(make_citizen(contact=counsellor), counsellor, days=2)
        with db.transaction() as session:
            guarantee.waive(
                session,
                citizen_id=make_citizen(contact=counsellor).id,
                reason=guarantee.WaiverReason.LATER_WISH,
                actor=actor_of(counsellor),
                now=now,
            )

        pages = [desk.get(CASELOAD, query_string={"limit": 1}).json, desk.get(CASELOAD).json]
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())
        pages.append(manager.get(CASELOAD).json)

        assert [len(page["items"]) for page in pages] == [1, 2, 3]
        for page in pages:
            assert as_declared(CaseloadSchema(), page) == page

    def test_says_when_nobody_is_the_contact_person(
        self, make_staff: Any, make_citizen: Any, sign_in_staff: Any, superuser: Any, now: Any
    ) -> None:
        make_citizen()
        superuser.execute("UPDATE care_relation SET ends_at = starts_at")
        superuser.commit()

        answer = sign_in_staff(make_staff(roles=(Role.MANAGER,))).get(CASELOAD)

        assert [item["contact_person"] for item in answer.json["items"]] == [None]

    def test_says_that_a_phone_is_paired(
        self, desk: Any, counsellor: Any, make_citizen: Any, pair: Any, new_client: Any
    ) -> None:
        pair(make_citizen(contact=counsellor), counsellor, new_client())

        assert desk.get(CASELOAD).json["items"][0]["paired"] is True

    def test_shows_the_next_appointment_alone(
        self, desk: Any, counsellor: Any, make_citizen: Any, book: Any
    ) -> None:
        citizen = make_citizen(contact=counsellor)
        book(citizen, counsellor, days=9)
        sooner = book(citizen, counsellor, days=2)

        row = desk.get(CASELOAD).json["items"][0]

        assert row["next_appointment"] == {
            "id": str(sooner.id),
            "starts_at": "2026-11-25T09:00:00Z",
            "kind": "talk",
            "reminder": "planned",
        }

    def test_says_that_a_phone_can_be_reached(
        self, desk: Any, counsellor: Any, make_citizen: Any, now: Any
    ) -> None:
        citizen = make_citizen(contact=counsellor)
        with db.transaction() as session:
            subscriptions.register(
                session,
                recipient_id=citizen.id,
                session_id=new_id(),
                endpoint="https://updates.push.services.mozilla.com/wpush/v2/abc",
                p256dh=POINT,
                auth=AUTH,
                vapid_key_id="test",
                origins=(),
                now=now,
            )

        assert desk.get(CASELOAD).json["items"][0]["reachable"] is True

    def test_is_on_the_trail_once_with_the_number_of_rows(
        self, desk: Any, counsellor: Any, make_citizen: Any, superuser: Any
    ) -> None:
        for _ in range(3):
            make_citizen(contact=counsellor)

        desk.get(CASELOAD)

        trail = superuser.execute(
            "SELECT purpose, actor_id FROM audit_event WHERE event = 'caseload.read'"
        ).fetchall()
        assert trail == [("caseload of 3", counsellor.id)]

    @pytest.mark.parametrize("role", [Role.COURSE_LEADER, Role.CRISIS_LINE, Role.ANALYST, Role.ADMIN])
    def test_is_closed_to_other_roles(self, make_staff: Any, sign_in_staff: Any, role: Role) -> None:
        assert sign_in_staff(make_staff(roles=(role,))).get(CASELOAD).status_code == 403


class TestPages:
    def test_together_hold_everybody_once(self, desk: Any, counsellor: Any, make_citizen: Any) -> None:
        everybody = {str(make_citizen(contact=counsellor).id) for _ in range(7)}
        seen: list[str] = []
        address = f"{CASELOAD}?limit=3"

        for _ in range(3):
            answer = desk.get(address)
            seen += ids(answer)
            address = f"{CASELOAD}?limit=3&cursor={answer.json['next_cursor']}"

        assert answer.json["next_cursor"] is None
        assert (len(seen), set(seen)) == (7, everybody)

    @pytest.mark.parametrize("limit", ["0", "-1", "101", "1000000000", "abc", "", "1.0", " 5", "5_0", "٣"])
    def test_refuse_an_odd_limit(self, desk: Any, limit: str) -> None:
        answer = desk.get(CASELOAD, query_string={"limit": limit})

        assert (answer.status_code, list(answer.json["errors"])) == (422, ["limit"])

    @pytest.mark.parametrize("query", [{"sort": "password"}, {"q": "Solsort"}])
    def test_take_no_other_parameter_so_that_no_alias_stands_in_an_address(
        self, desk: Any, query: dict[str, str]
    ) -> None:
        answer = desk.get(CASELOAD, query_string=query)

        assert (answer.status_code, list(answer.json["errors"])) == (422, list(query))

    def test_refuse_a_cursor_that_was_changed_or_made_for_somebody_else(
        self, desk: Any, counsellor: Any, make_staff: Any, make_citizen: Any, now: Any
    ) -> None:
        colleague = actor_of(make_staff(roles=(Role.MANAGER,)))
        for _ in range(2):
            make_citizen(contact=counsellor)
        with db.glance() as session:
            foreign = caseload.list_caseload(session, actor=colleague, now=now, limit=1)["next_cursor"]
        other_list = crypto.sign({"after": "x", "for": str(counsellor.id)}, purpose="something-else")

        for cursor in (foreign, other_list, "abc", foreign[:-1]):
            answer = desk.get(CASELOAD, query_string={"cursor": cursor})
            assert (answer.status_code, list(answer.json["errors"])) == (422, ["cursor"])


class TestCost:
    def test_is_the_same_number_of_statements_for_one_and_for_a_hundred(
        self, counsellor: Any, make_citizen: Any, book: Any, now: Any
    ) -> None:
        book(make_citizen(contact=counsellor), counsellor, days=3)
        for_one = self.statements(counsellor, now)
        for number in range(99):
            citizen = make_citizen(contact=counsellor)
            if number % 10 == 0:
                book(citizen, counsellor, days=4 + number)

        for_a_hundred = self.statements(counsellor, now)

        assert for_a_hundred == for_one
        assert for_one[1] <= 2

    def statements(self, counsellor: Any, now: Any) -> tuple[bool, int]:
        """How many statements one page needs."""
        count = 0

        def note(*_: Any) -> None:
            nonlocal count
            count += 1

        event.listen(db.engine(), "before_cursor_execute", note)
        try:
            with db.glance() as session:
                page = caseload.list_caseload(session, actor=actor_of(counsellor), now=now, limit=100)
        finally:
            event.remove(db.engine(), "before_cursor_execute", note)
        return page["next_cursor"] is None and len(page["items"]) in (1, 100), count
