"""From the booking to the phone and back: what the worker sends, what it leaves, what staff see."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from notifications import outbox
from notifications.dispatcher import Dispatcher, Message
from server.app import MAY_SEND
from server.core import db
from tests.appointments.people import seen
from tests.reminders.test_phones import URL as SUBSCRIPTION
from tests.reminders.test_phones import keys
from tests.told import Service, service

__all__ = ["service"]

DAY_BEFORE = datetime.fromisoformat("2026-11-29T16:00:00+01:00")
TWO_HOURS = datetime.fromisoformat("2026-11-30T08:00:00+01:00")


@pytest.fixture
def worker(app: Any, phone: Any, service: Service, traveller: Any) -> Callable[[datetime], int]:
    """A worker at a given moment, and a phone with reminders turned on."""
    body = {
        "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/x",
        "keys": keys(),
        "vapid_public_key": app.config["VAPID_PUBLIC_KEY"],
    }
    assert phone.put(SUBSCRIPTION, json=body).status_code == 200

    def work(at: datetime) -> int:
        traveller.move_to(at)
        return Dispatcher(
            session_factory=db.transaction,
            render=lambda *_, **__: Message(title="Du har en påmindelse", body="", lang="da"),
            may_send=lambda session, *, kind, **asked: MAY_SEND[kind](session, **asked),
            public_url="http://localhost",
            push=service,
            clock=lambda: at,
        ).run_until_idle()

    return work


def reminder_of(superuser: Any, booked: dict[str, Any], slot: str) -> str:
    row = superuser.execute(
        "SELECT o.state FROM occurrence o JOIN reminder r ON r.id = o.reminder_id"
        " WHERE r.subject_id = %s AND o.slot_key = %s",
        [booked["id"], slot],
    ).fetchone()
    return str(row[0])


def reply(phone: Any, booked: dict[str, Any], answer: str) -> None:
    """Answer as the citizen."""
    url = f"/api/v1/citizen/appointments/{booked['id']}/reply"
    assert phone.post(url, json={"revision": booked["revision"], "reply": answer}).status_code == 200


class TestReminder:
    def test_reaches_the_phone_which_says_so_and_staff_see_it(
        self, worker: Any, service: Service, book: Any, superuser: Any, new_client: Any, phone: Any
    ) -> None:
        booked = book()

        assert worker(DAY_BEFORE - timedelta(minutes=1)) == 0
        assert worker(DAY_BEFORE) == 1
        notice = service.taken[0]
        assert notice["occurrence"] in booked["occurrence_ids"]
        said = {"delivery_id": notice["id"], "secret": notice["ack"]}
        assert new_client().post("/api/v1/public/acknowledgements", json=said).status_code == 204

        assert reminder_of(superuser, booked, "day-before") == "confirmed"
        found = phone.get(f"/api/v1/citizen/reminders/{notice['occurrence']}").json
        assert found == {"kind": "appointment", "subject_id": booked["id"]}

    def test_waits_for_the_end_of_a_pause(
        self, worker: Any, service: Service, book: Any, superuser: Any, phone: Any
    ) -> None:
        booked, ends = book(), DAY_BEFORE + timedelta(hours=17)
        chosen = {"appointments": True, "two_hours_before": False, "paused_until": ends.isoformat()}
        phone.put("/api/v1/citizen/reminder-settings", json=chosen, headers=seen(0))

        assert worker(DAY_BEFORE) == 0
        with db.transaction() as session:
            subject = UUID(booked["id"])
            assert outbox.standing(session, [subject]) == {subject: outbox.Standing.PLANNED}
        assert worker(ends - timedelta(minutes=1)) == 0
        assert worker(ends) == 1
        assert reminder_of(superuser, booked, "day-before") == "fanned-out"

    def test_outlives_the_moment_between_two_colleagues(
        self, worker: Any, service: Service, book: Any, superuser: Any
    ) -> None:
        booked = book()
        superuser.execute("UPDATE care_relation SET ends_at = %s", [DAY_BEFORE - timedelta(hours=1)])
        assert worker(DAY_BEFORE) == 0

        superuser.execute("UPDATE care_relation SET ends_at = NULL")

        assert worker(DAY_BEFORE + timedelta(minutes=10)) == 1
        assert reminder_of(superuser, booked, "day-before") == "fanned-out"

    def test_never_leaves_when_nobody_works_with_the_person(
        self, worker: Any, service: Service, book: Any, superuser: Any
    ) -> None:
        booked = book()
        superuser.execute("UPDATE care_relation SET ends_at = %s", [DAY_BEFORE - timedelta(hours=1)])

        sent = [worker(TWO_HOURS + timedelta(minutes=minutes)) for minutes in range(0, 121, 10)]

        assert sum(sent) == 0
        assert reminder_of(superuser, booked, "day-before") in ("cancelled", "expired")

    def test_two_hours_before_comes_only_to_those_who_chose_it(
        self, worker: Any, service: Service, book: Any, superuser: Any
    ) -> None:
        booked = book()

        worker(DAY_BEFORE)
        worker(TWO_HOURS)

        assert len(service.taken) == 1
        assert reminder_of(superuser, booked, "two-hours") == "cancelled"

    def test_two_hours_before_comes_when_chosen_after_the_booking(
        self, worker: Any, service: Service, book: Any, phone: Any
    ) -> None:
        book()
        chosen = {"appointments": True, "two_hours_before": True, "paused_until": None}
        phone.put("/api/v1/citizen/reminder-settings", json=chosen, headers=seen(0))

        worker(DAY_BEFORE)
        worker(TWO_HOURS)

        assert len(service.taken) == 2

    @pytest.mark.parametrize("answer", ["accepted", "tentative"])
    def test_comes_again_when_a_no_is_taken_back_after_its_moment(
        self, worker: Any, service: Service, book: Any, phone: Any, answer: str
    ) -> None:
        booked = book()
        reply(phone, booked, "declined")
        assert worker(DAY_BEFORE) == 0

        reply(phone, booked, answer)

        assert worker(DAY_BEFORE + timedelta(minutes=1)) == 1
        assert service.taken[0]["occurrence"] not in booked["occurrence_ids"]

    def test_comes_once_when_a_no_is_taken_back_in_time(
        self, worker: Any, service: Service, book: Any, phone: Any, count: Any
    ) -> None:
        booked = book()
        for answer in ("declined", "accepted", "declined", "accepted"):
            reply(phone, booked, answer)

        assert worker(DAY_BEFORE) == 1
        assert (worker(DAY_BEFORE + timedelta(hours=1)), count("reminder")) == (0, 1)

    def test_comes_again_however_often_a_no_is_taken_back(
        self, worker: Any, service: Service, book: Any, phone: Any
    ) -> None:
        booked = book()
        for hours in (0, 2):
            reply(phone, booked, "declined")
            worker(DAY_BEFORE + timedelta(hours=hours))
            reply(phone, booked, "accepted")
            reply(phone, booked, "declined")
            worker(DAY_BEFORE + timedelta(hours=hours + 1))
            reply(phone, booked, "accepted")

        assert service.taken == []
        assert worker(DAY_BEFORE + timedelta(hours=3, minutes=1)) == 1

    def test_of_a_moved_appointment_takes_the_place_of_the_old_one_on_the_phone(
        self,
        worker: Any,
        service: Service,
        book: Any,
        desk: Any,
        phone: Any,
        counsellor: Any,
        sign_in_staff: Any,
    ) -> None:
        old = book()
        worker(DAY_BEFORE)
        sign_in_staff(counsellor, desk)
        first = desk.post(
            f"/api/v1/staff/appointments/{old['id']}/move",
            json={"starts_at": "2026-11-30T15:00:00+01:00"},
            headers=seen(1),
        ).json
        worker(DAY_BEFORE + timedelta(minutes=5))
        second = desk.post(
            f"/api/v1/staff/appointments/{first['id']}/move",
            json={"starts_at": "2026-11-30T16:00:00+01:00"},
            headers=seen(first["revision"]),
        ).json
        worker(DAY_BEFORE + timedelta(minutes=10))

        assert len(service.taken) == 3
        assert len({notice["notification"]["tag"] for notice in service.taken}) == 1
        revisions = [notice["revision"] for notice in service.taken]
        assert revisions == sorted(set(revisions))
        tapped = phone.get(f"/api/v1/citizen/reminders/{service.taken[0]['occurrence']}").json
        assert tapped == {"kind": "appointment", "subject_id": second["id"]}

    @pytest.mark.parametrize(
        ("booked_at", "starts_at", "left_out", "standing"),
        [
            (
                "2026-11-23T22:00:00+01:00",
                "2026-11-24T08:20:00+01:00",
                {"day-before", "two-hours"},
                "not-reached",
            ),
            ("2026-11-23T12:01:00+01:00", "2026-11-23T14:00:00+01:00", {"two-hours"}, "planned"),
        ],
    )
    def test_that_cannot_be_sent_is_kept_with_its_reason(
        self,
        book: Any,
        superuser: Any,
        traveller: Any,
        counsellor: Any,
        desk: Any,
        sign_in_staff: Any,
        booked_at: str,
        starts_at: str,
        left_out: set[str],
        standing: str,
    ) -> None:
        traveller.move_to(datetime.fromisoformat(booked_at))
        sign_in_staff(counsellor, desk)

        booked = book(starts_at=starts_at)

        rows = superuser.execute("SELECT slot_key, state, reason FROM occurrence").fetchall()
        assert {key for key, _, _ in rows} == {"day-before", "two-hours"}
        assert {key for key, state, reason in rows if state == "expired" and reason} == left_out
        assert booked["reminder"] == standing

    def test_of_a_cancelled_appointment_never_leaves(
        self, worker: Any, service: Service, book: Any, desk: Any
    ) -> None:
        where = f"/api/v1/staff/appointments/{book()['id']}/cancellation"
        desk.post(where, json={"cancellation": "by-service"}, headers=seen(1))

        worker(DAY_BEFORE)
        worker(TWO_HOURS)

        assert service.taken == []

    def test_to_a_forgotten_phone_never_leaves(
        self, worker: Any, service: Service, book: Any, phone: Any
    ) -> None:
        book()
        phone.delete("/api/v1/citizen/session")

        worker(DAY_BEFORE)

        assert service.taken == []

    def test_tries_itself_out_on_the_phone_that_asked(
        self, worker: Any, service: Service, phone: Any, now: datetime
    ) -> None:
        assert phone.post("/api/v1/citizen/test-reminder").status_code == 202

        assert worker(now) == 1
        assert service.taken[0]["notification"]["title"] == "Du har en påmindelse"
