"""Cancelling: whose it was, why, and whether it came late by the centre's own rule."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.appointments.people import refused, seen
from tests.appointments.test_moving import states

ILL = {"cancellation": "by-citizen", "reason_code": "ill"}


@pytest.fixture
def cancel(desk: Any) -> Any:
    """Cancel at the desk."""

    def post(appointment: dict[str, Any], **body: Any) -> Any:
        url = f"/api/v1/staff/appointments/{appointment['id']}/cancellation"
        return desk.post(url, json=body, headers=seen(appointment["revision"]))

    return post


def hours_ahead(now: datetime, **span: float) -> dict[str, str]:
    return {"starts_at": (now + timedelta(**span)).isoformat()}


class TestTheRule:
    @pytest.mark.parametrize(
        ("kind", "minutes", "counts_as"),
        [
            ("talk", 24 * 60 + 1, "by-citizen"),
            ("talk", 24 * 60, "by-citizen"),
            ("talk", 24 * 60 - 1, "late"),
            ("group", 4 * 60, "by-citizen"),
            ("group", 4 * 60 - 1, "late"),
        ],
    )
    def test_of_the_centre_and_the_kind_decides(
        self, book: Any, cancel: Any, now: datetime, superuser: Any, kind: str, minutes: int, counts_as: str
    ) -> None:
        booked = book(kind=kind, **hours_ahead(now, minutes=minutes))

        answer = cancel(booked, **ILL)

        assert (answer.status_code, answer.json["cancellation"]) == (200, counts_as)
        assert (answer.json["reason_code"], answer.json["closed_at"]) == ("ill", "2026-11-23T09:00:00Z")
        assert states(superuser, booked["id"]) == {"cancelled"}

    def test_counts_from_the_persons_own_no_in_the_app(
        self, book: Any, cancel: Any, phone: Any, now: datetime, go_to: Any
    ) -> None:
        booked = book(**hours_ahead(now, hours=30))
        said = {"revision": 1, "reply": "declined"}
        assert phone.post(f"/api/v1/citizen/appointments/{booked['id']}/reply", json=said).status_code == 200
        go_to(now + timedelta(hours=29))

        assert cancel(booked, **ILL).json["cancellation"] == "by-citizen"

    def test_never_makes_our_own_cancellation_late(self, book: Any, cancel: Any, now: datetime) -> None:
        booked = book(**hours_ahead(now, hours=1))

        answer = cancel(booked, cancellation="by-service", reason_code="service-ill")

        assert answer.json["cancellation"] == "by-service"

    def test_is_a_day_where_nothing_more_is_said(self, book: Any, cancel: Any) -> None:
        answer = cancel(book(), cancellation="by-citizen")

        assert (answer.json["cancellation"], answer.json["reason_code"]) == ("by-citizen", "unknown")


class TestAJudgementOtherwise:
    @pytest.mark.parametrize(("hours", "late", "counts_as"), [(1, False, "by-citizen"), (48, True, "late")])
    def test_needs_a_reason_in_words_which_is_kept_sealed(
        self,
        book: Any,
        cancel: Any,
        now: datetime,
        superuser: Any,
        hours: int,
        late: bool,
        counts_as: str,
    ) -> None:
        booked = book(**hours_ahead(now, hours=hours))

        bare = cancel(booked, **ILL, late=late)
        answer = cancel(booked, **ILL, late=late, reason_text="KANARIE ringede i går")

        assert refused(bare, "reason_text")
        assert answer.json["cancellation"] == counts_as
        assert answer.json["reason_text"] == "KANARIE ringede i går"
        assert "KANARIE" not in str(superuser.execute("SELECT appointment::text FROM appointment").fetchall())
        assert b"KANARIE" not in superuser.execute("SELECT reason_sealed FROM appointment").fetchone()[0]

    def test_needs_none_when_it_is_what_the_rule_says(self, book: Any, cancel: Any, now: datetime) -> None:
        first, second = (book(**hours_ahead(now, hours=hours)) for hours in (1, 3))

        assert cancel(first, **ILL, late=True).json["cancellation"] == "late"
        assert cancel(second, cancellation="late", reason_code="work").json["cancellation"] == "late"

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"cancellation": "by-service", "late": True}, "late"),
            ({"cancellation": "late", "late": False}, "late"),
            ({"cancellation": "by-service", "reason_code": "ill"}, "reason_code"),
            ({"cancellation": "by-citizen", "reason_code": "service-ill"}, "reason_code"),
            ({"cancellation": "late", "reason_code": "service-planning"}, "reason_code"),
            ({"cancellation": "by-citizen", "reason_code": "lazy"}, "reason_code"),
            ({"cancellation": "by-citizen", "reason_text": "x" * 301}, "reason_text"),
            ({"cancellation": "by-citizen", "reason_text": " "}, "reason_text"),
            ({"cancellation": "by-citizen", "late": "true"}, "late"),
            ({"cancellation": "late"}, "reason_text"),
        ],
    )
    def test_that_makes_no_sense_is_refused_by_name(
        self, book: Any, cancel: Any, desk: Any, body: dict[str, Any], field: str
    ) -> None:
        booked = book()

        assert refused(cancel(booked, **body), field)
        assert desk.get(f"/api/v1/staff/appointments/{booked['id']}").json == booked


class TestReasons:
    def test_are_offered_in_both_languages_with_the_centres_rule(self, desk: Any) -> None:
        answer = desk.get("/api/v1/staff/appointment-reasons")

        assert answer.status_code == 200
        by_code = {each["code"]: each for each in answer.json["items"]}
        assert by_code["ill"] == {"code": "ill", "cancellations": ["by-citizen"], "da": "Syg", "en": "Ill"}
        assert by_code["unknown"]["cancellations"] == ["by-citizen", "by-service"]
        assert len(by_code) == 8
        assert (answer.json["late_hours"], answer.json["late_hours_by_kind"]) == (24, {"group": 4})

    def test_are_those_of_the_own_centre(
        self, make_staff: Any, make_unit: Any, sign_in_staff: Any, new_client: Any
    ) -> None:
        elsewhere = sign_in_staff(make_staff(unit=make_unit("krisecenter", "Krisecenter")), new_client())

        assert elsewhere.get("/api/v1/staff/appointment-reasons").json["late_hours_by_kind"] == {}

    def test_are_for_staff_alone(self, phone: Any, new_client: Any) -> None:
        assert phone.get("/api/v1/staff/appointment-reasons").status_code in (401, 403)
        assert new_client().get("/api/v1/staff/appointment-reasons").status_code == 401

    def test_never_reach_the_phone(self, book: Any, cancel: Any, phone: Any) -> None:
        cancel(book(), **ILL, reason_text="KANARIE")

        pulled = phone.get("/api/v1/citizen/sync/pull").get_data(as_text=True)

        assert '"cancellation":"by-citizen"' in pulled
        assert "KANARIE" not in pulled
        assert "reason_code" not in pulled
