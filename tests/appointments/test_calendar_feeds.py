"""A private calendar address opens for its owner's calendar only, says nothing, and ends when it must."""

import contextlib
import io
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from server.appointments import feeds, public_views
from server.core import db
from server.core import logging as log_output
from server.rights import service as rights
from tests.appointments.people import seen

CITIZEN_FEED = "/api/v1/citizen/calendar-feed"
STAFF_FEED = "/api/v1/staff/calendar-feed"
PLACE = "Kanariegade 7"


def path_of(answer: Any) -> str:
    """Where a made address leads on this server."""
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return str(answer.json["address"]).removeprefix("http://localhost")


def events(answer: Any) -> list[Any]:
    """The entries of a calendar."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


@pytest.fixture
def anybody(new_client: Callable[[], Any]) -> Any:
    """A calendar program: no cookies, no sign-in."""
    return new_client()


@pytest.fixture
def unknown(anybody: Any) -> tuple[int, dict[str, Any]]:
    """What an address answers that was never given."""
    return without_id(anybody.get("/api/v1/public/calendars/never-given.ics"))


def without_id(answer: Any) -> tuple[int, dict[str, Any]]:
    """An answer without what is made anew for every request."""
    body = dict(answer.json or {})
    body.pop("request_id", None)
    return answer.status_code, body


@pytest.fixture
def log(app: Any) -> Iterator[io.StringIO]:
    """What the house has written to its log since the test began."""
    written = io.StringIO()
    with contextlib.redirect_stderr(written):
        log_output.configure()
    yield written
    log_output.configure()


class TestTheCitizensAddress:
    def test_is_off_until_asked_for(self, phone: Any) -> None:
        assert phone.get(CITIZEN_FEED).json == {"active": False, "created_at": None}

    def test_shows_booked_ones_under_a_title_that_could_be_anybodys(
        self, phone: Any, anybody: Any, book: Callable[..., Any]
    ) -> None:
        book(place=PLACE, kind="doctor")

        answer = anybody.get(path_of(phone.post(CITIZEN_FEED)))

        (event,) = events(answer)
        assert (event["summary"], event["class"], event["status"]) == ("Aftale", "PRIVATE", "CONFIRMED")
        assert event["dtstart"].to_ical() == b"20261130T090000Z"
        assert event["dtend"].to_ical() == b"20261130T094500Z"
        assert {"location", "description", "organizer", "attendee", "url"}.isdisjoint(
            name.lower() for name in event
        )
        for private in (PLACE, "Karen", "Solsort", "doctor", "rusmiddel", "Viborg"):
            assert private.encode() not in answer.data

    def test_marks_cancelled_ones_and_moves_with_the_revision(
        self, phone: Any, anybody: Any, desk: Any, book: Callable[..., Any]
    ) -> None:
        kept, gone = book(), book(starts_at="2026-12-02T10:00:00+01:00")
        desk.post(
            f"/api/v1/staff/appointments/{gone['id']}/cancellation",
            json={"cancellation": "by-service"},
            headers=seen(gone["revision"]),
        )

        found = {str(event["uid"]): event for event in events(anybody.get(path_of(phone.post(CITIZEN_FEED))))}

        assert found[kept["id"]]["status"] == "CONFIRMED"
        assert (found[gone["id"]]["status"], found[gone["id"]]["sequence"]) == ("CANCELLED", 2)

    def test_keeps_thirty_days_back(
        self, phone: Any, anybody: Any, book: Callable[..., Any], traveller: Any, now: datetime
    ) -> None:
        book(starts_at=(now + timedelta(hours=3)).isoformat())
        path = path_of(phone.post(CITIZEN_FEED))

        traveller.move_to(now + timedelta(days=30))
        assert len(events(anybody.get(path))) == 1
        traveller.move_to(now + timedelta(days=30, hours=4))
        assert events(anybody.get(path)) == []

    def test_is_not_stored_by_anybody_on_the_way_and_sets_no_cookie(self, phone: Any, anybody: Any) -> None:
        path = path_of(phone.post(CITIZEN_FEED))

        answer = anybody.get(path)
        again = anybody.get(path, headers={"If-None-Match": answer.headers["ETag"]})

        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert answer.content_type == "text/calendar; charset=utf-8"
        assert (again.status_code, again.data) == (304, b"")

    def test_a_new_one_ends_the_one_before(
        self, phone: Any, anybody: Any, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        before = path_of(phone.post(CITIZEN_FEED))
        after = path_of(phone.post(CITIZEN_FEED))

        assert without_id(anybody.get(before)) == unknown
        assert anybody.get(after).status_code == 200

    def test_ends_when_the_citizen_says_so(
        self, phone: Any, anybody: Any, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        path = path_of(phone.post(CITIZEN_FEED))

        assert phone.delete(CITIZEN_FEED).status_code == 204
        assert phone.delete(CITIZEN_FEED).status_code == 204
        assert without_id(anybody.get(path)) == unknown
        assert phone.get(CITIZEN_FEED).json["active"] is False

    def test_ends_with_the_phone_that_is_lost(
        self, phone: Any, desk: Any, citizen: Any, anybody: Any, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        path = path_of(phone.post(CITIZEN_FEED))

        assert desk.post(f"/api/v1/staff/citizens/{citizen.id}/lost-phone").status_code == 201
        assert without_id(anybody.get(path)) == unknown

    def test_ends_with_care_and_does_not_come_back_with_it(
        self, phone: Any, citizen: Any, anybody: Any, superuser: Any, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        path = path_of(phone.post(CITIZEN_FEED))
        superuser.execute("UPDATE citizen SET status = 'finished' WHERE id = %s", [citizen.id])
        superuser.commit()
        assert without_id(anybody.get(path)) == unknown

        superuser.execute("UPDATE citizen SET status = 'active' WHERE id = %s", [citizen.id])
        superuser.commit()
        assert without_id(anybody.get(path)) == unknown

    def test_ends_with_erasure(
        self, phone: Any, citizen: Any, anybody: Any, now: datetime, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        path = path_of(phone.post(CITIZEN_FEED))
        with db.transaction() as session:
            rights.erase(session, citizen_id=citizen.id, now=now)

        assert without_id(anybody.get(path)) == unknown
        with db.transaction() as session:
            assert session.scalar(select(func.count()).select_from(feeds.CalendarFeed)) == 0

    def test_is_silent_after_a_death_and_speaks_again_if_that_was_a_mistake(
        self, phone: Any, desk: Any, citizen: Any, anybody: Any, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        path = path_of(phone.post(CITIZEN_FEED))
        mark = f"/api/v1/staff/citizens/{citizen.id}/death"
        assert desk.put(mark).status_code == 200
        assert without_id(anybody.get(path)) == unknown

        assert desk.delete(mark).status_code == 200
        assert anybody.get(path).status_code == 200

    def test_is_not_made_where_others_use_the_device(
        self, citizen: Any, phone: Any, anybody: Any, superuser: Any
    ) -> None:
        superuser.execute("UPDATE device_session SET shared = true WHERE citizen_id = %s", [citizen.id])
        superuser.commit()

        answer = phone.post(CITIZEN_FEED)

        assert (answer.status_code, answer.json["code"]) == (409, "shared-device")

    def test_opens_nothing_for_another_citizen(
        self,
        phone: Any,
        book: Callable[..., Any],
        stranger: Any,
        make_staff: Callable[..., Any],
        pair: Callable[..., Any],
        new_client: Callable[[], Any],
        anybody: Any,
        give_case: Callable[..., Any],
    ) -> None:
        book()
        colleague = make_staff()
        give_case(stranger, colleague)
        other = pair(stranger, colleague, new_client())

        assert events(anybody.get(path_of(other.post(CITIZEN_FEED)))) == []
        assert len(events(anybody.get(path_of(phone.post(CITIZEN_FEED))))) == 1


class TestTheSecret:
    def test_stands_in_no_row_and_no_line_of_the_log(
        self, log: io.StringIO, phone: Any, desk: Any, anybody: Any, superuser: Any
    ) -> None:
        paths = [path_of(phone.post(CITIZEN_FEED)), path_of(desk.post(STAFF_FEED))]
        for path in paths:
            anybody.get(path)
            anybody.get(path.replace(".ics", "x.ics"))
        phone.delete(CITIZEN_FEED)
        anybody.get(paths[0])

        written = log.getvalue()
        tables = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = [superuser.execute(f"SELECT t::text FROM {table} t").fetchall() for (table,) in tables]
        assert written.count("/api/v1/public/calendars/<token>.ics") == 5
        for path in paths:
            secret = path.rsplit("/", 1)[-1].removesuffix(".ics")
            assert len(secret) >= 43
            assert secret not in written
            assert secret not in str(rows)
            assert secret.encode().hex() not in str(rows)

    @pytest.mark.parametrize(
        "made_up",
        [
            "a",
            "A" * 43,
            "x" * 5000,
            "%00",
            "..",
            "æøå",
            "'; DROP TABLE calendar_feed; --",
            "a.ics",
        ],
    )
    def test_made_up_ones_are_all_answered_alike(
        self, anybody: Any, made_up: str, unknown: tuple[int, dict[str, Any]]
    ) -> None:
        assert without_id(anybody.get(f"/api/v1/public/calendars/{made_up}.ics")) == unknown

    def test_too_many_looks_have_to_wait_and_guesses_never_shut_a_good_one_out(
        self, phone: Any, anybody: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(public_views, "LOOKS_AN_HOUR", 2)
        monkeypatch.setattr(public_views, "MISSES_AN_HOUR", 1)
        path = path_of(phone.post(CITIZEN_FEED))

        guesses = [anybody.get("/api/v1/public/calendars/guess.ics").status_code for _ in range(2)]
        looks = [anybody.get(path) for _ in range(3)]

        assert guesses == [404, 429]
        assert [look.status_code for look in looks] == [200, 200, 429]
        assert int(looks[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("way", [CITIZEN_FEED, STAFF_FEED])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_nobody_who_is_not_signed_in_can_touch_an_address(anybody: Any, way: str, method: str) -> None:
    assert getattr(anybody, method)(way).status_code == 401
