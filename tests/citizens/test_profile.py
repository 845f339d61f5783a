"""What the phone shows: who the contact person is, who stands in, and the unit's number."""

from datetime import date, timedelta
from typing import Any

import pytest

from server.citizens import service as citizens
from server.citizens import stand_ins
from server.core import clock, db
from server.core.access import Role
from tests.conftest import actor_of


@pytest.fixture
def counsellor(make_staff: Any) -> Any:
    """The contact person."""
    return make_staff(name="Karen Kontakt")


@pytest.fixture
def citizen(make_citizen: Any, counsellor: Any) -> Any:
    """Somebody with a phone."""
    return make_citizen(contact=counsellor, alias="Solsort", name="Kim Hansen", cpr="251248-9996", phone="87")


@pytest.fixture
def arrange(make_staff: Any, counsellor: Any) -> Any:
    """Let Viggo stand in for the contact person."""
    manager, stand_in = make_staff(roles=(Role.MANAGER,)), make_staff(name="Viggo Vikar")

    def name(**days: Any) -> None:
        with db.transaction() as session:
            stand_ins.name_stand_in(
                session,
                staff_id=counsellor.id,
                stand_in_id=stand_in.id,
                reason="ferie",
                actor=actor_of(manager),
                now=clock.now(),
                **days,
            )

    return name


class TestReadProfile:
    def test_shows_the_person_the_unit_and_the_contact_person(
        self, app: Any, citizen: Any, counsellor: Any, pair: Any
    ) -> None:
        phone = pair(citizen, counsellor)

        answer = phone.get("/api/v1/citizen/me")

        number = app.config["CENTRE_PHONES"]["rusmiddelcenter"]
        assert answer.status_code == 200
        assert answer.json == {
            "id": str(citizen.id),
            "alias": "Solsort",
            "language": "da",
            "unit": {"slug": "rusmiddelcenter", "name": "Rusmiddelcenter Viborg", "phone": number},
            "contact_person": {"name": "Karen Kontakt", "phone": number},
            "stand_ins": [],
            "first_contact_at": "2026-11-23T09:00:00Z",
        }

    def test_shows_who_stands_in_and_until_when(
        self, app: Any, citizen: Any, counsellor: Any, pair: Any, arrange: Any
    ) -> None:
        arrange(ends_on=date(2026, 11, 27))

        shown = pair(citizen, counsellor).get("/api/v1/citizen/me").json

        assert shown["contact_person"]["name"] == "Karen Kontakt"
        assert shown["stand_ins"] == [{"name": "Viggo Vikar", "until": "2026-11-27T23:00:00Z"}]

    def test_shows_a_stand_in_from_the_first_day_on(
        self, app: Any, citizen: Any, counsellor: Any, pair: Any, arrange: Any, traveller: Any
    ) -> None:
        arrange(starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 25))
        phone = pair(citizen, counsellor)

        before = phone.get("/api/v1/citizen/me").json["stand_ins"]
        traveller.move_to("2026-11-24T23:00:00Z")

        assert before == []
        assert phone.get("/api/v1/citizen/me").json["stand_ins"] == [
            {"name": "Viggo Vikar", "until": "2026-11-25T23:00:00Z"}
        ]

    def test_shows_nobody_who_has_left(
        self, app: Any, citizen: Any, counsellor: Any, pair: Any, superuser: Any
    ) -> None:
        phone = pair(citizen, counsellor)
        superuser.execute("UPDATE staff_member SET deactivated_at = now() WHERE id = %s", (counsellor.id,))
        superuser.commit()

        assert phone.get("/api/v1/citizen/me").json["contact_person"] is None

    def test_shows_no_stand_in_whose_time_is_over(
        self, app: Any, citizen: Any, counsellor: Any, pair: Any, arrange: Any, traveller: Any
    ) -> None:
        arrange(ends_on=date(2026, 11, 23))
        phone = pair(citizen, counsellor)
        traveller.shift(timedelta(days=1))

        assert phone.get("/api/v1/citizen/me").json["stand_ins"] == []

    def test_needs_a_paired_phone(self, client: Any) -> None:
        assert client.get("/api/v1/citizen/me").status_code == 401

    def test_is_not_opened_by_a_staff_session(self, sign_in_staff: Any, counsellor: Any) -> None:
        assert sign_in_staff(counsellor).get("/api/v1/citizen/me").status_code == 401


class TestIsInCare:
    def test_ends_with_a_record_that_was_an_error(self, citizen: Any, superuser: Any, now: Any) -> None:
        with db.transaction() as session:
            before = citizens.is_in_care(session, citizen_id=citizen.id, now=now)
        superuser.execute("UPDATE citizen SET status = 'entered-in-error'")
        superuser.commit()
        with db.transaction() as session:
            after = citizens.is_in_care(session, citizen_id=citizen.id, now=now)

        assert (before, after) == (True, False)
