"""Moving and cancelling: one successor, no reminder of what no longer stands, and only one winner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import TALK, refused, seen, without_id

LATER = {"starts_at": "2026-12-01T13:00:00+01:00"}


def path(appointment: dict[str, Any], what: str) -> str:
    return f"/api/v1/staff/appointments/{appointment['id']}/{what}"


def states(superuser: Any, subject_id: str) -> set[str]:
    """The states of everything planned about an appointment."""
    rows = superuser.execute(
        "SELECT DISTINCT o.state FROM occurrence o JOIN reminder r ON r.id = o.reminder_id"
        " WHERE r.subject_id = %s",
        [subject_id],
    )
    return {row[0] for row in rows.fetchall()}


class TestMove:
    def test_without_a_word_about_the_place_keeps_it_and_with_none_takes_it_away(
        self, desk: Any, book: Any
    ) -> None:
        kept = desk.post(path(book(), "move"), json={**LATER, "id": str(new_id())}, headers=seen(1)).json
        asked = {"starts_at": "2026-12-02T13:00:00+01:00", "place": None, "id": str(new_id())}

        bare = desk.post(path(kept, "move"), json=asked, headers=seen(kept["revision"]))
        again = desk.post(path(kept, "move"), json=asked, headers=seen(kept["revision"]))
        del asked["place"]
        other = desk.post(path(kept, "move"), json=asked, headers=seen(kept["revision"]))

        assert (kept["place"], bare.json["place"]) == ("Lokale 2", None)
        assert (again.status_code, again.json["id"]) == (201, bare.json["id"])
        assert (other.status_code, other.json["code"]) == (409, "id-taken")

    def test_is_refused_from_the_start_on_and_says_what_comes_first(
        self, desk: Any, book: Any, go_to: Any, now: datetime, count: Any
    ) -> None:
        old = book(starts_at=(now + timedelta(hours=1)).isoformat())
        go_to(now + timedelta(hours=1))

        answer = desk.post(path(old, "move"), json=LATER, headers=seen(1))

        assert (answer.status_code, answer.json["code"], count("appointment")) == (
            409,
            "appointment-begun",
            1,
        )

    def test_books_a_successor_and_closes_the_old_one(self, desk: Any, book: Any, superuser: Any) -> None:
        old = book()

        answer = desk.post(path(old, "move"), json=LATER, headers=seen(1))

        assert answer.status_code == 201
        new = answer.json
        assert (new["starts_local"], new["status"], new["place"]) == (
            "2026-12-01T13:00",
            "booked",
            "Lokale 2",
        )
        closed = desk.get(f"/api/v1/staff/appointments/{old['id']}").json
        assert (closed["status"], closed["cancellation"]) == ("cancelled", "moved")
        assert (closed["moved_to_id"], closed["revision"]) == (new["id"], 2)
        assert closed["starts_at"] == old["starts_at"]
        assert states(superuser, old["id"]) == set()
        assert states(superuser, new["id"]) == {"cancelled", "planned"}
        changed = superuser.execute(
            "SELECT entity_id::text FROM citizen_change WHERE entity = 'appointment' ORDER BY seq"
        ).fetchall()
        assert changed == [(old["id"],), (new["id"],), (old["id"],)]

    def test_drops_the_room_when_the_two_meet_by_phone_instead(self, desk: Any, book: Any) -> None:
        new = desk.post(path(book(), "move"), json={**LATER, "mode": "phone"}, headers=seen(1)).json

        assert (new["mode"], new["place"]) == ("phone", None)

    def test_is_done_once_when_the_same_request_comes_twice(self, desk: Any, book: Any, count: Any) -> None:
        old, body = book(), {**LATER, "id": str(new_id())}

        first = desk.post(path(old, "move"), json=body, headers=seen(1))
        second = desk.post(path(old, "move"), json=body, headers=seen(1))

        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json == second.json
        assert count("appointment") == 2

    def test_refuses_the_old_ones_own_id_for_the_successor(self, desk: Any, book: Any, count: Any) -> None:
        old = book()

        answer = desk.post(path(old, "move"), json={**LATER, "id": old["id"]}, headers=seen(1))

        assert (answer.status_code, answer.json["code"]) == (409, "id-taken")
        assert count("appointment") == 1

    @pytest.mark.parametrize(
        "when", ["2027-03-28T02:30:00+01:00", "2026-11-23T09:00:00Z", "2026-12-01T13:00:00"]
    )
    def test_refuses_a_time_that_cannot_be_and_leaves_the_old_one(
        self, desk: Any, book: Any, count: Any, when: str
    ) -> None:
        old = book()

        answer = desk.post(path(old, "move"), json={"starts_at": when}, headers=seen(1))

        assert refused(answer, "starts_at")
        assert desk.get(f"/api/v1/staff/appointments/{old['id']}").json == old
        assert count("appointment") == 1

    def test_needs_the_version_that_was_seen(self, desk: Any, book: Any, count: Any) -> None:
        url = path(book(), "move")

        assert desk.post(url, json=LATER).status_code == 428
        assert desk.post(url, json=LATER, headers=seen(2)).status_code == 412
        assert desk.post(url, json=LATER, headers={"If-Match": "*"}).status_code == 412
        assert count("appointment") == 1

    def test_lets_one_of_two_at_once_win(
        self, book: Any, counsellor: Any, sign_in_staff: Any, new_client: Any, count: Any, traveller: Any
    ) -> None:
        old = book()
        traveller.shift(31)
        first = sign_in_staff(counsellor, new_client())
        traveller.shift(31)
        second = sign_in_staff(counsellor, new_client())

        with ThreadPoolExecutor(2) as pool:
            moves = [
                pool.submit(desk.post, path(old, "move"), json=LATER, headers=seen(1))
                for desk in (first, second)
            ]
            answers = sorted(move.result().status_code for move in moves)

        assert answers == [201, 412]
        assert count("appointment") == 2


class TestCancel:
    def test_keeps_the_reason_and_withdraws_the_reminders(self, desk: Any, book: Any, superuser: Any) -> None:
        booked = book()

        answer = desk.post(path(booked, "cancellation"), json={"cancellation": "by-service"}, headers=seen(1))

        assert answer.status_code == 200
        assert (answer.json["status"], answer.json["cancellation"]) == ("cancelled", "by-service")
        assert answer.json["revision"] == 2
        assert states(superuser, booked["id"]) == {"cancelled"}

    def test_is_refused_when_it_is_cancelled_already(self, desk: Any, book: Any) -> None:
        url = path(book(), "cancellation")
        desk.post(url, json={"cancellation": "by-citizen"}, headers=seen(1))

        stale = desk.post(url, json={"cancellation": "late"}, headers=seen(1))
        closed = desk.post(url, json={"cancellation": "late"}, headers=seen(2))

        assert stale.status_code == 412
        assert (closed.status_code, closed.json["code"]) == (409, "appointment-closed")

    @pytest.mark.parametrize("value", ["moved", "", None, "no-show"])
    def test_takes_only_the_reasons_that_people_give(
        self, desk: Any, book: Any, count: Any, value: object
    ) -> None:
        booked = book()

        answer = desk.post(path(booked, "cancellation"), json={"cancellation": value}, headers=seen(1))

        assert refused(answer, "cancellation")
        assert desk.get(f"/api/v1/staff/appointments/{booked['id']}").json["status"] == "booked"


class TestOutOfSight:
    @pytest.mark.parametrize("what", ["book", "move", "cancellation"])
    def test_begins_at_once_when_the_relation_ends_meanwhile(
        self, desk: Any, book: Any, citizen: Any, count: Any, case_ends_meanwhile: Any, what: str
    ) -> None:
        booked = book()
        case_ends_meanwhile()

        if what == "book":
            answer = desk.post(f"/api/v1/staff/citizens/{citizen.id}/appointments", json=TALK)
        else:
            body = LATER if what == "move" else {"cancellation": "late"}
            answer = desk.post(path(booked, what), json=body, headers=seen(1))

        assert answer.status_code == 404
        assert count("appointment") == 1

    @pytest.mark.parametrize(
        ("what", "body"), [("move", LATER), ("cancellation", {"cancellation": "late"}), ("", None)]
    )
    def test_somebody_elses_appointment_is_answered_like_none(
        self, desk: Any, book: Any, make_staff: Any, sign_in_staff: Any, new_client: Any, what: str, body: Any
    ) -> None:
        booked = book()
        other = sign_in_staff(make_staff(), new_client())

        def ask(appointment_id: str) -> Any:
            url = f"/api/v1/staff/appointments/{appointment_id}"
            return other.get(url) if body is None else other.post(f"{url}/{what}", json=body, headers=seen(1))

        theirs, nobodys = ask(booked["id"]), ask(str(new_id()))

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)
        assert desk.get(f"/api/v1/staff/appointments/{booked['id']}").json == booked
