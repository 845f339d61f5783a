"""Booking: what is written together, what is refused, and that a repeat does no harm."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from server.core import db
from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import TALK, refused, without_id

TABLES = ("appointment", "citizen_change", "reminder", "occurrence", "audit_event")


@pytest.fixture
def url(citizen: Any) -> str:
    """Where the citizen's appointments are booked."""
    return f"/api/v1/staff/citizens/{citizen.id}/appointments"


class TestBook:
    def test_writes_the_row_the_change_the_reminder_and_the_trail_together(
        self, desk: Any, url: str, citizen: Any, counsellor: Any, superuser: Any
    ) -> None:
        answer = desk.post(url, json=TALK)

        assert answer.status_code == 201
        body = answer.json
        assert body["starts_at"] == "2026-11-30T09:00:00Z"
        assert body["starts_local"] == "2026-11-30T10:00"
        assert (body["status"], body["reply"], body["revision"]) == ("booked", "needs-action", 1)
        assert (body["staff_id"], body["staff_name"]) == (str(counsellor.id), "Karen Kontakt")
        assert (body["citizen_alias"], body["unit_slug"]) == ("Solsort", "rusmiddelcenter")
        assert len(body["occurrence_ids"]) == 2
        change = superuser.execute(
            "SELECT entity_id::text, op FROM citizen_change WHERE entity = 'appointment'"
        ).fetchall()
        assert change == [(body["id"], "put")]
        reminder = superuser.execute("SELECT kind, subject_id::text, recipient_id FROM reminder").fetchall()
        assert reminder == [("appointment", body["id"], citizen.id)]
        slots = superuser.execute("SELECT slot_key, due_at::text FROM occurrence ORDER BY due_at").fetchall()
        assert slots == [("day-before", "2026-11-29 15:00:00+00"), ("two-hours", "2026-11-30 07:00:00+00")]
        trail = superuser.execute(
            "SELECT actor_id, relation_id IS NOT NULL FROM audit_event WHERE event = 'appointment.booked'"
        ).fetchall()
        assert trail == [(counsellor.id, True)]

    def test_books_once_when_the_same_request_comes_twice(self, desk: Any, url: str, count: Any) -> None:
        body = {**TALK, "id": str(new_id())}

        first, second = desk.post(url, json=body), desk.post(url, json=body)

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json == second.json
        assert (count("appointment"), count("reminder")) == (1, 1)

    def test_recognises_a_repeat_even_after_the_time_has_passed(
        self, desk: Any, url: str, traveller: Any, count: Any, now: datetime
    ) -> None:
        body = {**TALK, "id": str(new_id()), "starts_at": (now + timedelta(minutes=10)).isoformat()}
        desk.post(url, json=body)
        traveller.move_to(now + timedelta(minutes=20))

        assert desk.post(url, json=body).status_code == 201
        assert count("appointment") == 1

    def test_refuses_the_same_id_for_another_request(self, desk: Any, url: str, count: Any) -> None:
        body = {**TALK, "id": str(new_id())}
        desk.post(url, json=body)

        answer = desk.post(url, json={**body, "place": "Lokale 3"})

        assert (answer.status_code, answer.json["code"]) == (409, "id-taken")
        assert count("appointment") == 1

    def test_refuses_an_id_that_another_citizens_appointment_has(
        self, desk: Any, book: Any, make_citizen: Any, counsellor: Any
    ) -> None:
        taken = book()["id"]
        other = make_citizen(contact=counsellor)

        answer = desk.post(f"/api/v1/staff/citizens/{other.id}/appointments", json={**TALK, "id": taken})

        assert (answer.status_code, answer.json["code"]) == (409, "id-taken")

    def test_keeps_both_passes_of_the_doubled_hour(self, book: Any) -> None:
        first = book(starts_at="2027-10-31T02:30:00+02:00")
        second = book(starts_at="2027-10-31T02:30:00+01:00")

        assert (first["starts_at"], second["starts_at"]) == ("2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z")
        assert first["starts_local"] == second["starts_local"] == "2027-10-31T02:30"

    def test_answers_a_stranger_and_nobody_alike(self, desk: Any, stranger: Any, count: Any) -> None:
        theirs = desk.post(f"/api/v1/staff/citizens/{stranger.id}/appointments", json=TALK)
        nobodys = desk.post(f"/api/v1/staff/citizens/{new_id()}/appointments", json=TALK)

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)
        assert count("appointment") == 0

    def test_needs_a_session_and_the_role(
        self, url: str, new_client: Any, make_staff: Any, sign_in_staff: Any
    ) -> None:
        manager = sign_in_staff(make_staff(roles=(Role.MANAGER,)), new_client())

        assert new_client().post(url, json=TALK).status_code == 401
        assert manager.post(url, json=TALK).status_code == 403


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("starts_at", "2026-11-23T09:59:00+01:00"),
            ("starts_at", "2026-11-30T10:00:00"),
            ("starts_at", "2029-01-01T10:00:00+01:00"),
            ("starts_at", "2027-03-28T02:30:00+01:00"),
            ("starts_at", "2027-03-28T02:30:00+02:00"),
            ("starts_at", "2026-02-30T10:00:00+01:00"),
            ("starts_at", "10000-01-01T10:00:00+01:00"),
            ("starts_at", 1764493200),
            ("starts_at", None),
            ("duration_minutes", 0),
            ("duration_minutes", -5),
            ("duration_minutes", 481),
            ("duration_minutes", "45"),
            ("duration_minutes", 45.0),
            ("duration_minutes", True),
            ("kind", "diagnosis"),
            ("kind", []),
            ("mode", {}),
            ("place", "Lok\u0000ale"),
            ("place", "x" * 20_001),
            ("place", 7),
            ("goal_id", "not-an-id"),
            ("staff_id", 12),
            ("id", "1"),
            ("is_admin", True),
            ("citizen_id", "01900000-0000-7000-8000-000000000001"),
            ("status", "fulfilled"),
            ("revision", 7),
        ],
    )
    def test_is_refused_by_name_and_leaves_nothing_behind(
        self, desk: Any, url: str, count: Any, field: str, value: object
    ) -> None:
        before = {table: count(table) for table in TABLES}

        assert refused(desk.post(url, json={**TALK, field: value}), field)
        assert {table: count(table) for table in TABLES} == before

    @pytest.mark.parametrize("field", ["starts_at", "duration_minutes", "kind", "mode"])
    def test_names_what_is_missing(self, desk: Any, url: str, count: Any, field: str) -> None:
        body = {key: value for key, value in TALK.items() if key != field}

        assert refused(desk.post(url, json=body), field)
        assert count("appointment") == 0

    @pytest.mark.parametrize("body", ["", "null", "[]", '"x"', "123", '{"starts_at": ', "{} {}", "{,}"])
    def test_is_refused_when_it_is_no_object(self, desk: Any, url: str, count: Any, body: str) -> None:
        answer = desk.post(url, data=body, content_type="application/json")

        assert answer.status_code in (400, 422)
        assert answer.content_type == "application/problem+json"
        assert count("appointment") == 0


class TestColleague:
    def test_may_be_somebody_else_who_works_with_the_person(
        self, desk: Any, url: str, citizen: Any, make_staff: Any, give_case: Any
    ) -> None:
        colleague = make_staff(name="Kurt Kollega")
        give_case(citizen, colleague)

        answer = desk.post(url, json={**TALK, "staff_id": str(colleague.id)})

        assert (answer.status_code, answer.json["staff_name"]) == (201, "Kurt Kollega")

    def test_is_refused_alike_when_unknown_without_a_relation_inactive_or_from_elsewhere(
        self, desk: Any, url: str, citizen: Any, make_staff: Any, make_unit: Any, give_case: Any, count: Any
    ) -> None:
        gone = make_staff()
        give_case(citizen, gone)
        with db.transaction() as session:
            session.merge(gone).deactivated_at = gone.created_at
        elsewhere = make_staff(unit=make_unit("krisecenter", "Krisecenter"))
        wrong = [new_id(), make_staff().id, gone.id, elsewhere.id]

        answers = [desk.post(url, json={**TALK, "staff_id": str(one)}) for one in wrong]

        assert all(refused(answer, "staff_id") for answer in answers)
        assert len({str(without_id(answer)) for answer in answers}) == 1
        assert count("appointment") == 0


class TestGoal:
    def test_of_the_same_citizen_is_carried(self, desk: Any, url: str, citizen: Any) -> None:
        goal = desk.post(
            f"/api/v1/staff/citizens/{citizen.id}/goals", json={"title": "Sove", "origin": "citizen"}
        ).json

        assert desk.post(url, json={**TALK, "goal_id": goal["id"]}).json["goal_id"] == goal["id"]

    def test_of_another_citizen_is_answered_like_no_goal_at_all(
        self, desk: Any, url: str, make_citizen: Any, counsellor: Any, count: Any
    ) -> None:
        other = make_citizen(contact=counsellor)
        theirs = desk.post(
            f"/api/v1/staff/citizens/{other.id}/goals", json={"title": "Sove", "origin": "citizen"}
        ).json["id"]
        before = {table: count(table) for table in TABLES if table != "audit_event"}

        foreign = desk.post(url, json={**TALK, "goal_id": theirs})
        unknown = desk.post(url, json={**TALK, "goal_id": str(new_id())})

        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)
        assert {table: count(table) for table in before} == before
