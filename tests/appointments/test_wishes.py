"""Asking for another time: kept beside the booked one, by the route and from the phone's queue."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from server.core.ids import new_id
from tests.appointments.people import refused, seen
from tests.sync.pushing import Sender

HOUR = {"starts_at": "2026-12-02T13:00:00Z"}
MORNING = {"on": "2026-12-03", "day_part": "morning"}
WISH = {"revision": 1, "reply": "tentative", "wishes": [HOUR, MORNING], "note": "Jeg har KANARIE om mandagen"}


def url(appointment: dict[str, Any]) -> str:
    return f"/api/v1/citizen/appointments/{appointment['id']}/reply"


class TestWish:
    def test_is_seen_by_staff_and_the_booked_time_stands(
        self, phone: Any, desk: Any, book: Any, superuser: Any
    ) -> None:
        booked = book()

        answer = phone.post(url(booked), json=WISH)

        assert answer.status_code == 200
        at_desk = desk.get(f"/api/v1/staff/appointments/{booked['id']}").json
        for body in (answer.json, at_desk):
            assert (body["reply"], body["status"], body["revision"]) == ("tentative", "booked", 1)
            assert body["starts_at"] == booked["starts_at"]
            assert (body["wishes"], body["wish_note"]) == ([HOUR, MORNING], WISH["note"])
        planned = "SELECT count(*) FROM occurrence WHERE state = 'planned'"
        assert superuser.execute(planned).fetchone()[0] == 2
        assert "KANARIE" not in str(superuser.execute("SELECT appointment::text FROM appointment").fetchall())

    def test_can_be_moved_to_as_it_stands(self, phone: Any, desk: Any, book: Any) -> None:
        booked = book()
        phone.post(url(booked), json=WISH)
        at_desk = desk.get(f"/api/v1/staff/appointments/{booked['id']}").json

        moved = desk.post(
            f"/api/v1/staff/appointments/{booked['id']}/move",
            json={"starts_at": at_desk["wishes"][0]["starts_at"]},
            headers=seen(1),
        )

        assert (moved.status_code, moved.json["starts_at"]) == (201, HOUR["starts_at"])
        assert (moved.json["reply"], moved.json["wishes"], moved.json["wish_note"]) == (
            "needs-action",
            [],
            None,
        )

    def test_is_one_wish_when_it_comes_twice_and_another_when_it_differs(
        self, phone: Any, book: Any, count: Any
    ) -> None:
        booked = book()
        phone.post(url(booked), json=WISH)
        before = count("citizen_change")

        phone.post(url(booked), json=WISH)
        same = count("citizen_change")
        phone.post(url(booked), json={**WISH, "wishes": [MORNING]})

        assert (same, count("citizen_change")) == (before, before + 1)

    def test_is_taken_back_by_another_answer(self, phone: Any, book: Any, superuser: Any) -> None:
        booked = book()
        phone.post(url(booked), json=WISH)

        body = phone.post(url(booked), json={"revision": 1, "reply": "accepted"}).json

        assert (body["reply"], body["wishes"], body["wish_note"]) == ("accepted", [], None)
        assert superuser.execute("SELECT wish_note_sealed, wishes FROM appointment").fetchone() == (
            None,
            None,
        )

    @pytest.mark.parametrize("wishes", [[], [MORNING], [{"starts_at": "2026-11-23T08:00:00Z"}]])
    def test_is_kept_without_a_time_and_with_one_that_has_gone_by(
        self, phone: Any, book: Any, wishes: list[Any]
    ) -> None:
        answer = phone.post(url(book()), json={"revision": 1, "reply": "tentative", "wishes": wishes})

        assert (answer.status_code, answer.json["wishes"]) == (200, wishes)

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            ({"reply": "accepted"}, "wishes"),
            ({"reply": "declined", "wishes": []}, "wishes"),
            ({"wishes": [HOUR, HOUR, HOUR]}, "wishes"),
            ({"wishes": None}, "wishes"),
            ({"wishes": [{}]}, "wishes.0"),
            ({"wishes": [{**HOUR, **MORNING}]}, "wishes.0"),
            ({"wishes": [HOUR, {"on": "2026-12-03"}]}, "wishes.1"),
            ({"wishes": [{"on": "2026-02-30", "day_part": "morning"}]}, "wishes.0.on"),
            ({"wishes": [{"on": "2026-12-03", "day_part": "night"}]}, "wishes.0.day_part"),
            ({"wishes": [{"starts_at": "2026-12-02T13:00:00"}]}, "wishes.0.starts_at"),
            ({"wishes": [{**HOUR, "place": "x"}]}, "wishes.0.place"),
            ({"wishes": [{"starts_at": "2029-01-01T10:00:00Z"}]}, "wishes.0"),
            ({"wishes": [HOUR, {"starts_at": "2027-03-28T02:30:00+01:00"}]}, "wishes.1"),
            ({"wishes": [{"starts_at": "2026-12-02T13:00:01Z"}]}, "wishes.0"),
            ({"wishes": [{"on": "2029-01-01", "day_part": "morning"}]}, "wishes.0"),
            ({"note": "x" * 301}, "note"),
            ({"note": ""}, "note"),
            ({"note": "a\x00b"}, "note"),
            ({"note": 7}, "note"),
        ],
    )
    def test_that_cannot_be_used_is_refused_by_name_and_changes_nothing(
        self, phone: Any, book: Any, superuser: Any, said: dict[str, Any], field: str
    ) -> None:
        answer = phone.post(url(book()), json={**WISH, **said})

        assert answer.status_code == 422, answer.json
        assert any(name == field or name.startswith(f"{field}.") for name in answer.json["errors"]), (
            answer.json
        )
        assert superuser.execute("SELECT reply, wishes FROM appointment").fetchone() == ("needs-action", None)

    def test_to_what_was_not_seen_is_refused(self, phone: Any, book: Any) -> None:
        answer = phone.post(url(book()), json={**WISH, "revision": 2})

        assert (answer.status_code, answer.json["code"]) == (409, "appointment-changed")


class TestFromTheQueue:
    def test_happens_once_however_often_it_is_sent(
        self, phone: Any, desk: Any, book: Any, count: Any
    ) -> None:
        booked, queue = book(), Sender(phone)
        said = queue.change("appointment", "reply", booked["id"], **WISH)
        before = count("citizen_change")

        first, again = queue.send(said), queue.send(said)

        assert first[0]["result"] == "applied"
        assert again == first
        assert count("citizen_change") == before + 1
        at_desk = desk.get(f"/api/v1/staff/appointments/{booked['id']}").json
        assert (at_desk["wishes"], at_desk["wish_note"]) == ([HOUR, MORNING], WISH["note"])

    def test_to_a_moved_appointment_is_refused_and_its_words_are_shown_to_their_author(
        self, phone: Any, desk: Any, book: Any
    ) -> None:
        booked, queue = book(), Sender(phone)
        moved = desk.post(
            f"/api/v1/staff/appointments/{booked['id']}/move",
            json={"starts_at": "2026-12-01T13:00:00+01:00"},
            headers=seen(1),
        ).json

        answer = queue.send(queue.change("appointment", "reply", booked["id"], **WISH))[0]

        assert (answer["result"], answer["problem"]["code"]) == (
            "rejected_validation",
            "appointment-cancelled",
        )
        (kept,) = queue.pull("rejected_edit").values()
        assert WISH["note"] in kept["content"]
        assert "2026-12-02T13:00:00Z" in kept["content"]
        assert "2026-12-03" in kept["content"]
        assert desk.get(f"/api/v1/staff/appointments/{moved['id']}").json["reply"] == "needs-action"

    def test_that_cannot_be_read_keeps_its_words_too(self, phone: Any, book: Any) -> None:
        booked, queue = book(), Sender(phone)
        unusable = {**WISH, "wishes": [HOUR, HOUR, HOUR]}

        answer = queue.send(queue.change("appointment", "reply", booked["id"], **unusable))[0]

        assert (answer["result"], list(answer["problem"]["errors"])) == ("rejected_validation", ["wishes"])
        (kept,) = queue.pull("rejected_edit").values()
        assert WISH["note"] in kept["content"]


def test_a_wish_of_somebody_else_is_answered_like_none(
    book: Any, stranger: Any, make_staff: Any, pair: Any, new_client: Any, give_case: Any, superuser: Any
) -> None:
    booked, worker = book(), make_staff()
    give_case(stranger, worker)
    theirs = pair(stranger, worker, new_client())

    foreign, unknown = theirs.post(url(booked), json=WISH), theirs.post(url({"id": new_id()}), json=WISH)

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert superuser.execute("SELECT wishes FROM appointment").fetchone() == (None,)


def test_a_wish_after_it_has_begun_comes_too_late(phone: Any, book: Any, go_to: Any, now: datetime) -> None:
    booked = book(starts_at=(now + timedelta(hours=1)).isoformat())
    go_to(now + timedelta(hours=1))

    answer = phone.post(url(booked), json=WISH)

    assert (answer.status_code, answer.json["code"]) == (409, "appointment-over")


def test_a_wish_is_refused_like_any_field(phone: Any, book: Any) -> None:
    assert refused(phone.post(url(book()), json={**WISH, "wish": HOUR}), "wish")
