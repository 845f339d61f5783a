"""What staff find when they look, and that every look is on the trail."""

from datetime import datetime
from typing import Any

import pytest

from server.appointments import service
from server.core import db
from tests.appointments.people import TALK, refused

OWN = "/api/v1/staff/appointments"


class TestListOwn:
    def test_holds_my_own_in_the_span_in_order(
        self, desk: Any, book: Any, citizen: Any, make_staff: Any, give_case: Any, superuser: Any
    ) -> None:
        colleague = make_staff()
        give_case(citizen, colleague)
        late = book(starts_at="2026-11-25T15:00:00+01:00")
        early = book(starts_at="2026-11-25T09:00:00+01:00")
        book(starts_at="2026-11-26T00:00:00+01:00")
        book(starts_at="2026-11-25T12:00:00+01:00", staff_id=str(colleague.id))

        answer = desk.get(
            OWN, query_string={"from": "2026-11-25T00:00:00+01:00", "to": "2026-11-26T00:00:00+01:00"}
        )

        assert answer.status_code == 200
        assert [one["id"] for one in answer.json["items"]] == [early["id"], late["id"]]
        looks = superuser.execute(
            "SELECT count(*) FROM audit_event WHERE event = 'appointments.listed' AND purpose = 'calendar'"
        )
        assert looks.fetchone() == (1,)

    def test_shows_the_coming_week_without_a_span(self, desk: Any, book: Any) -> None:
        within = book(starts_at="2026-11-29T23:00:00+01:00")
        book(starts_at="2026-11-30T00:00:00+01:00")

        assert [one["id"] for one in desk.get(OWN).json["items"]] == [within["id"]]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"from": "2026-11-25"}, "from"),
            ({"from": "2026-11-25T00:00:00"}, "from"),
            ({"from": "2026-11-25T00:00:00Z", "to": "2026-11-24T00:00:00Z"}, "to"),
            ({"from": "2026-01-01T00:00:00Z", "to": "2026-12-31T00:00:00Z"}, "to"),
            ({"sort": "password"}, "sort"),
        ],
    )
    def test_refuses_a_span_that_makes_no_sense(self, desk: Any, query: dict[str, str], field: str) -> None:
        assert refused(desk.get(OWN, query_string=query), field)

    def test_asks_the_database_the_same_number_of_times_for_one_and_for_many(
        self, desk: Any, book: Any, statements: Any
    ) -> None:
        book(starts_at="2026-11-25T09:00:00+01:00")
        with statements() as few:
            desk.get(OWN)
        for hour in range(10, 20):
            book(starts_at=f"2026-11-25T{hour}:00:00+01:00")

        with statements() as many:
            desk.get(OWN)

        assert len(many) == len(few)


class TestListForCitizen:
    def test_holds_everything_of_one_citizen_with_the_reminders_standing(
        self, desk: Any, book: Any, citizen: Any, make_citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        other = make_citizen(contact=counsellor)
        desk.post(f"/api/v1/staff/citizens/{other.id}/appointments", json=TALK)
        booked = book(starts_at="2026-11-30T13:00:00+01:00")

        items = desk.get(f"/api/v1/staff/citizens/{citizen.id}/appointments").json["items"]

        assert items == [booked]
        assert items[0]["reminder"] == "planned"
        looks = superuser.execute(
            "SELECT citizen_id, relation_id IS NOT NULL FROM audit_event WHERE event = 'appointments.listed'"
        )
        assert looks.fetchall() == [(citizen.id, True)]

    def test_is_closed_once_the_relation_has_ended(
        self, desk: Any, book: Any, citizen: Any, superuser: Any
    ) -> None:
        book()
        superuser.execute("UPDATE care_relation SET ends_at = starts_at")

        assert desk.get(f"/api/v1/staff/citizens/{citizen.id}/appointments").status_code == 404
        assert desk.get(OWN).json["items"] == []

    def test_is_not_served_when_the_trail_cannot_be_written(
        self, desk: Any, book: Any, citizen: Any, superuser: Any
    ) -> None:
        book()
        superuser.execute("REVOKE INSERT ON audit_event FROM vedhaanden_app")
        try:
            answer = desk.get(f"/api/v1/staff/citizens/{citizen.id}/appointments")
        finally:
            superuser.execute("GRANT INSERT ON audit_event TO vedhaanden_app")

        assert answer.status_code >= 500
        assert "Lokale 2" not in answer.get_data(as_text=True)


class TestNextFor:
    def test_finds_the_next_booked_one_of_each(
        self, desk: Any, book: Any, citizen: Any, stranger: Any, now: datetime
    ) -> None:
        first = book(starts_at="2026-11-24T10:00:00+01:00")
        second = book(starts_at="2026-11-25T10:00:00+01:00")
        book(starts_at="2026-11-26T10:00:00+01:00")
        desk.post(
            f"{OWN}/{first['id']}/cancellation",
            json={"cancellation": "by-service"},
            headers={"If-Match": '"1"'},
        )

        with db.transaction() as session:
            found = service.next_for(session, citizen_ids=[citizen.id, stranger.id], now=now)

        assert {str(one): str(next_one.id) for one, next_one in found.items()} == {
            str(citizen.id): second["id"]
        }
