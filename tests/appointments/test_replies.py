"""The citizen's answer: to what was seen, once, and seen by staff."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id

YES = {"revision": 1, "reply": "accepted"}
NO = {"revision": 1, "reply": "declined"}


def url(appointment: dict[str, Any]) -> str:
    return f"/api/v1/citizen/appointments/{appointment['id']}/reply"


def cancel(desk: Any, appointment: dict[str, Any]) -> Any:
    return desk.post(
        f"/api/v1/staff/appointments/{appointment['id']}/cancellation",
        json={"cancellation": "by-service"},
        headers=seen(1),
    )


class TestReply:
    def test_is_kept_and_seen_by_staff(self, phone: Any, desk: Any, book: Any, superuser: Any) -> None:
        booked = book()

        answer = phone.post(url(booked), json=YES)

        assert (answer.status_code, answer.json["reply"], answer.json["revision"]) == (200, "accepted", 1)
        assert desk.get(f"/api/v1/staff/appointments/{booked['id']}").json["reply"] == "accepted"
        stored = superuser.execute(
            "SELECT replied_revision, reply_at IS NOT NULL FROM appointment"
        ).fetchone()
        assert stored == (1, True)

    def test_says_nothing_to_the_citizen_that_is_for_staff(self, phone: Any, book: Any) -> None:
        body = phone.post(url(book()), json=YES).json

        assert not {"citizen_alias", "staff_id", "reminder", "created_at", "reply_at", "request_hash"} & set(
            body
        )

    def test_is_one_answer_when_it_comes_twice(self, phone: Any, book: Any, count: Any) -> None:
        booked = book()
        first = phone.post(url(booked), json=YES)
        before = count("citizen_change"), count("audit_event")

        second = phone.post(url(booked), json=YES)

        assert (second.status_code, second.json) == (200, first.json)
        assert (count("citizen_change"), count("audit_event")) == before

    def test_can_be_changed_until_it_begins(self, phone: Any, book: Any) -> None:
        booked = book()
        phone.post(url(booked), json=NO)

        assert phone.post(url(booked), json=YES).json["reply"] == "accepted"

    def test_never_confirms_a_time_that_was_not_seen(self, phone: Any, book: Any, count: Any) -> None:
        booked = book()

        answer = phone.post(url(booked), json={**YES, "revision": 2})

        assert (answer.status_code, answer.json["code"]) == (409, "appointment-changed")
        assert answer.json["errors"] == {"revision": ["The appointment is now at revision 1."]}
        assert answer.headers["ETag"] == '"1"'

    def test_to_a_moved_appointment_does_not_reach_its_successor(
        self, phone: Any, desk: Any, book: Any
    ) -> None:
        old = book()
        move = f"/api/v1/staff/appointments/{old['id']}/move"
        new = desk.post(move, json={"starts_at": "2026-12-01T13:00:00+01:00"}, headers=seen(1)).json

        answer = phone.post(url(old), json=YES)

        assert (answer.status_code, answer.json["code"]) == (409, "appointment-cancelled")
        assert desk.get(f"/api/v1/staff/appointments/{new['id']}").json["reply"] == "needs-action"

    def test_is_refused_once_it_has_begun(
        self, phone: Any, book: Any, traveller: Any, now: datetime, superuser: Any
    ) -> None:
        booked = book(starts_at=(now + timedelta(hours=1)).isoformat())
        traveller.move_to(now + timedelta(hours=1))

        answer = phone.post(url(booked), json=YES)

        assert (answer.status_code, answer.json["code"]) == (409, "appointment-over")
        assert superuser.execute("SELECT reply FROM appointment").fetchone() == ("needs-action",)

    @pytest.mark.parametrize("marked", [False, True])
    def test_that_is_a_no_and_came_after_the_start_is_kept_for_who_calls(
        self, phone: Any, desk: Any, book: Any, go_to: Any, now: datetime, superuser: Any, marked: bool
    ) -> None:
        booked = book(starts_at=(now + timedelta(hours=1)).isoformat())
        at = f"/api/v1/staff/appointments/{booked['id']}"
        go_to(now + timedelta(hours=2))
        if marked:
            desk.post(f"{at}/no-show", json={"excused": False}, headers=seen(1))

        first = phone.post(url(booked), json=NO)
        go_to(now + timedelta(hours=3))
        again = phone.post(url(booked), json=NO)

        shown = desk.get(at).json
        assert [(one.status_code, one.json["code"]) for one in (first, again)] == [
            (409, "appointment-over")
        ] * 2
        assert (shown["reply"], shown["late_no_at"]) == ("needs-action", "2026-11-23T11:00:00Z")
        talks = [row["talk"] for row in desk.get("/api/v1/staff/missed-talks").json["items"]]
        assert [talk["late_no_at"] for talk in talks] == ["2026-11-23T11:00:00Z"] * marked

    def test_that_is_a_yes_and_came_after_the_start_is_not_kept(
        self, phone: Any, desk: Any, book: Any, go_to: Any, now: datetime
    ) -> None:
        booked = book(starts_at=(now + timedelta(hours=1)).isoformat())
        go_to(now + timedelta(hours=2))
        phone.post(url(booked), json=YES)

        assert desk.get(f"/api/v1/staff/appointments/{booked['id']}").json["late_no_at"] is None

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("revision", "1"),
            ("revision", 0),
            ("revision", 2**63),
            ("revision", None),
            ("reply", "needs-action"),
            ("reply", True),
            ("citizen_id", "01900000-0000-7000-8000-000000000001"),
        ],
    )
    def test_is_refused_by_name(
        self, phone: Any, book: Any, superuser: Any, field: str, value: object
    ) -> None:
        assert refused(phone.post(url(book()), json={**YES, field: value}), field)
        assert superuser.execute("SELECT reply FROM appointment").fetchone() == ("needs-action",)

    def test_to_somebody_elses_appointment_is_answered_like_none(
        self,
        book: Any,
        stranger: Any,
        make_staff: Any,
        pair: Any,
        new_client: Any,
        give_case: Any,
        superuser: Any,
    ) -> None:
        booked, worker = book(), make_staff()
        give_case(stranger, worker)
        theirs = pair(stranger, worker, new_client())

        foreign = theirs.post(url(booked), json=YES)
        unknown = theirs.post(url({"id": new_id()}), json=YES)

        assert foreign.status_code == 404
        assert without_id(foreign) == without_id(unknown)
        assert superuser.execute("SELECT reply FROM appointment").fetchone() == ("needs-action",)

    def test_against_a_cancellation_at_once_leaves_one_true_story(
        self, phone: Any, desk: Any, book: Any, superuser: Any
    ) -> None:
        for _ in range(5):
            booked = book()
            with ThreadPoolExecutor(2) as pool:
                answered = pool.submit(phone.post, url(booked), json=YES)
                cancelled = pool.submit(cancel, desk, booked)
                statuses = answered.result().status_code, cancelled.result().status_code

            stored = superuser.execute(
                "SELECT status, reply, revision FROM appointment WHERE id = %s", [booked["id"]]
            ).fetchone()
            assert statuses in {(200, 200), (409, 200)}
            assert stored == ("cancelled", "accepted" if statuses[0] == 200 else "needs-action", 2)
