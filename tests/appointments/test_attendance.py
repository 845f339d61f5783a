"""Came, held, did not come, taken back: when each is possible, what it silences, and that nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.appointments import service
from server.core import db
from server.core.ids import new_id
from tests.appointments.people import refused, seen, without_id
from tests.appointments.test_moving import states
from tests.conftest import actor_of

START = timedelta(hours=5)


@pytest.fixture
def today(book: Any, now: datetime) -> dict[str, Any]:
    """A talk at 15.00 today; it is 10.00."""
    return dict(book(starts_at=(now + START).isoformat()))


@pytest.fixture
def do(desk: Any) -> Any:
    """Take a step at the desk."""

    def step(appointment: dict[str, Any], what: str, version: int = 1, **body: Any) -> Any:
        url = f"/api/v1/staff/appointments/{appointment['id']}/{what}"
        return desk.post(url, json=body or None, headers=seen(version))

    return step


def open_slots(superuser: Any, appointment: dict[str, Any]) -> dict[str, str]:
    """What is still planned about an appointment, and when it is due."""
    rows = superuser.execute(
        "SELECT o.slot_key, o.due_at FROM occurrence o JOIN reminder r ON r.id = o.reminder_id"
        " WHERE r.subject_id = %s AND o.state = 'planned' AND r.revision ="
        " (SELECT revision FROM appointment WHERE id = r.subject_id)",
        [appointment["id"]],
    )
    return dict(rows.fetchall())


class TestArrival:
    def test_before_the_start_silences_the_two_hour_reminder(
        self, do: Any, today: dict[str, Any], superuser: Any
    ) -> None:
        assert "two-hours" in open_slots(superuser, today)

        answer = do(today, "arrival")

        assert (answer.status_code, answer.json["status"]) == (200, "arrived")
        assert answer.json["arrived_at"] == "2026-11-23T09:00:00Z"
        assert states(superuser, today["id"]) == {"cancelled"}

    def test_is_refused_before_the_day_so_that_no_reminder_is_silenced_by_a_slip(
        self, do: Any, book: Any, superuser: Any
    ) -> None:
        next_week = book()
        before = open_slots(superuser, next_week)

        answer = do(next_week, "arrival")

        assert (answer.status_code, answer.json["code"]) == (409, "appointment-not-yet")
        assert answer.json["errors"] == {"starts_at": ["Possible from 2026-11-29T23:00:00Z."]}
        assert open_slots(superuser, next_week) == before

    def test_reaches_the_phone(self, do: Any, today: dict[str, Any], phone: Any) -> None:
        do(today, "arrival")

        changes = phone.get("/api/v1/citizen/sync/pull").json["changes"]
        (pulled,) = [one["data"] for one in changes if one["entity"] == "appointment"]
        assert (pulled["status"], pulled["revision"]) == ("arrived", 2)
        assert not {"arrived_at", "reason_code", "override", "overlaps", "series_id"} & set(pulled)


class TestHeld:
    def test_is_possible_a_quarter_of_an_hour_early_and_not_before(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime
    ) -> None:
        go_to(now + START - timedelta(minutes=15, seconds=1))
        early = do(today, "held")
        go_to(now + START - timedelta(minutes=15))

        answer = do(today, "held")

        assert (early.status_code, early.json["code"]) == (409, "appointment-not-yet")
        assert (answer.status_code, answer.json["status"]) == (200, "fulfilled")


class TestNoShow:
    @pytest.mark.parametrize("excused", [True, False])
    def test_says_whether_it_was_excused(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime, excused: bool
    ) -> None:
        go_to(now + START + timedelta(seconds=1))

        answer = do(today, "no-show", excused=excused)

        assert (answer.json["status"], answer.json["noshow_excused"]) == ("noshow", excused)

    def test_is_refused_at_the_very_start(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime
    ) -> None:
        go_to(now + START)

        assert do(today, "no-show", excused=False).json["code"] == "appointment-not-yet"

    @pytest.mark.parametrize(
        ("field", "value"), [("excused", None), ("excused", "true"), ("excused", 1), ("reason", "x")]
    )
    def test_is_refused_by_name(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime, field: str, value: Any
    ) -> None:
        go_to(now + START + timedelta(hours=1))

        assert refused(do(today, "no-show", **({"excused": True} | {field: value})), field)

    def test_is_refused_after_a_no_which_is_cancelled_instead(
        self, do: Any, today: dict[str, Any], phone: Any, go_to: Any, now: datetime, count: Any
    ) -> None:
        url = f"/api/v1/citizen/appointments/{today['id']}/reply"
        assert phone.post(url, json={"revision": 1, "reply": "declined"}).status_code == 200
        go_to(now + START + timedelta(hours=1))

        answer = do(today, "no-show", excused=False)
        cancelled = do(today, "cancellation", cancellation="by-citizen", reason_code="ill")

        assert (answer.status_code, answer.json["code"], count("task")) == (409, "was-declined", 0)
        assert (cancelled.status_code, cancelled.json["status"]) == (200, "cancelled")

    def test_can_be_said_of_somebody_who_was_noted_as_come_by_mistake(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime
    ) -> None:
        do(today, "arrival")
        go_to(now + START + timedelta(minutes=20))

        missed = do(today, "no-show", 2, excused=False)

        assert (missed.status_code, missed.json["status"], missed.json["arrived_at"]) == (200, "noshow", None)
        assert do(today, "undo", 3).json["status"] == "booked"


class TestUndo:
    def test_of_an_arrival_is_possible_until_it_is_said_what_became_of_it(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime
    ) -> None:
        do(today, "arrival")
        go_to(now + START + timedelta(days=9))

        answer = do(today, "undo", 2)

        assert (answer.status_code, answer.json["status"]) == (200, "booked")

    def test_of_an_arrival_before_the_start_brings_the_reminders_back(
        self, do: Any, today: dict[str, Any], superuser: Any
    ) -> None:
        due = open_slots(superuser, today)["two-hours"]
        do(today, "arrival")

        answer = do(today, "undo", 2)

        assert (answer.status_code, answer.json["status"], answer.json["revision"]) == (200, "booked", 3)
        assert answer.json["arrived_at"] is None
        assert open_slots(superuser, today)["two-hours"] == due

    def test_can_be_done_again_and_again_without_losing_a_reminder(
        self, do: Any, today: dict[str, Any], superuser: Any
    ) -> None:
        for version in (1, 3, 5):
            do(today, "arrival", version)
            do(today, "undo", version + 1)

        assert "two-hours" in open_slots(superuser, today)

    def test_of_a_held_talk_leads_back_to_the_arrival(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime
    ) -> None:
        do(today, "arrival")
        go_to(now + START)
        do(today, "held", 2)

        answer = do(today, "undo", 3)

        assert (answer.json["status"], answer.json["closed_at"]) == ("arrived", None)
        assert do(today, "undo", 4).json["status"] == "booked"

    def test_of_a_no_show_takes_the_excuse_back_too_and_the_trail_keeps_both(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime, superuser: Any
    ) -> None:
        go_to(now + START + timedelta(hours=1))
        do(today, "no-show", excused=True)

        answer = do(today, "undo", 2)

        assert (answer.json["status"], answer.json["noshow_excused"]) == ("booked", None)
        trail = superuser.execute(
            "SELECT event FROM audit_event WHERE subject_id = %s ORDER BY position", [today["id"]]
        ).fetchall()
        assert [row[0] for row in trail][-2:] == ["appointment.missed", "appointment.undone"]

    def test_is_refused_a_day_later_and_not_before(
        self, do: Any, today: dict[str, Any], go_to: Any, now: datetime
    ) -> None:
        go_to(now + START)
        do(today, "held")
        go_to(now + START + timedelta(hours=24, seconds=1))
        late = do(today, "undo", 2)
        go_to(now + START + timedelta(hours=24))

        in_time = do(today, "undo", 2)

        assert (late.status_code, late.json["code"]) == (409, "undo-too-late")
        assert (in_time.status_code, in_time.json["status"]) == (200, "booked")

    def test_keeps_both_when_the_time_was_given_away_meanwhile(
        self, desk: Any, do: Any, today: dict[str, Any], book: Any, go_to: Any, now: datetime
    ) -> None:
        go_to(now + START + timedelta(minutes=5))
        do(today, "no-show", excused=False)
        book(starts_at=(now + START + timedelta(minutes=10)).isoformat())

        answer = do(today, "undo", 2)

        assert (answer.status_code, answer.json["status"], answer.json["override"]) == (200, "booked", True)


class TestError:
    def test_takes_it_off_every_list_and_off_the_phone(
        self, do: Any, today: dict[str, Any], desk: Any, phone: Any, superuser: Any
    ) -> None:
        answer = do(today, "error")

        assert (answer.status_code, answer.json["status"]) == (200, "entered-in-error")
        assert desk.get("/api/v1/staff/appointments").json["items"] == []
        assert desk.get(f"/api/v1/staff/appointments/{today['id']}").status_code == 404
        changes = phone.get("/api/v1/citizen/sync/pull").json["changes"]
        assert [(one["op"], one["data"]) for one in changes if one["entity"] == "appointment"] == [
            ("forget", None)
        ]
        assert states(superuser, today["id"]) == {"cancelled"}
        kept = superuser.execute("SELECT status FROM appointment").fetchone()
        assert kept == ("entered-in-error",)

    @pytest.mark.parametrize(
        ("first", "body"),
        [
            ("arrival", {}),
            ("held", {}),
            ("no-show", {"excused": False}),
            ("cancellation", {"cancellation": "by-service"}),
        ],
    )
    def test_after_something_else_was_said_takes_it_off_the_phone_too_and_the_call_with_it(
        self,
        do: Any,
        today: dict[str, Any],
        phone: Any,
        desk: Any,
        go_to: Any,
        now: datetime,
        first: str,
        body: dict[str, Any],
    ) -> None:
        go_to(now + START + timedelta(minutes=5))
        assert do(today, first, **body).status_code == 200

        answer = do(today, "error", 2)

        assert (answer.status_code, answer.json["status"]) == (200, "entered-in-error")
        changes = phone.get("/api/v1/citizen/sync/pull").json["changes"]
        assert [(one["op"], one["data"]) for one in changes if one["entity"] == "appointment"] == [
            ("forget", None)
        ]
        assert desk.get("/api/v1/staff/missed-talks").json["items"] == []

    def test_frees_the_time(self, do: Any, today: dict[str, Any], book: Any) -> None:
        do(today, "error")

        assert book(starts_at=today["starts_at"])["override"] is False


class TestAtOnce:
    def test_one_of_two_colleagues_wins(
        self,
        today: dict[str, Any],
        counsellor: Any,
        citizen: Any,
        make_staff: Any,
        give_case: Any,
        sign_in_staff: Any,
        new_client: Any,
        superuser: Any,
        go_to: Any,
        now: datetime,
    ) -> None:
        colleague = make_staff()
        give_case(citizen, colleague)
        go_to(now + START + timedelta(minutes=30))
        desks = [sign_in_staff(each, new_client()) for each in (counsellor, colleague)]
        url = f"/api/v1/staff/appointments/{today['id']}"

        with ThreadPoolExecutor(2) as pool:
            held = pool.submit(desks[0].post, f"{url}/held", headers=seen(1))
            missed = pool.submit(desks[1].post, f"{url}/no-show", json={"excused": False}, headers=seen(1))
            answers = held.result().status_code, missed.result().status_code

        assert sorted(answers) == [200, 412]
        stored = superuser.execute("SELECT status, revision FROM appointment").fetchone()
        assert stored == ("fulfilled" if answers[0] == 200 else "noshow", 2)


class TestOutOfSight:
    @pytest.mark.parametrize("what", ["arrival", "held", "no-show", "undo", "error"])
    def test_somebody_elses_appointment_is_answered_like_none(
        self,
        today: dict[str, Any],
        make_staff: Any,
        sign_in_staff: Any,
        new_client: Any,
        superuser: Any,
        what: str,
    ) -> None:
        other = sign_in_staff(make_staff(), new_client())
        body = {"excused": False} if what == "no-show" else None

        def ask(appointment_id: Any) -> Any:
            url = f"/api/v1/staff/appointments/{appointment_id}/{what}"
            return other.post(url, json=body, headers=seen(1))

        theirs, nobodys = ask(today["id"]), ask(new_id())

        assert theirs.status_code == 404
        assert without_id(theirs) == without_id(nobodys)
        assert superuser.execute("SELECT status, revision FROM appointment").fetchone() == ("booked", 1)

    @pytest.mark.parametrize("what", ["arrival", "held", "no-show", "undo", "error"])
    def test_a_citizen_has_no_say_here(self, today: dict[str, Any], phone: Any, what: str) -> None:
        url = f"/api/v1/staff/appointments/{today['id']}/{what}"

        assert phone.post(url, json={"excused": False}, headers=seen(1)).status_code in (401, 403)


def test_the_missed_ones_are_listed_the_oldest_first(
    do: Any, today: dict[str, Any], book: Any, go_to: Any, now: datetime, counsellor: Any, make_staff: Any
) -> None:

    later = book(starts_at=(now + START + timedelta(hours=1)).isoformat())
    go_to(now + START + timedelta(hours=2))
    for each in (later, today):
        do(each, "no-show", excused=False)

    with db.transaction() as session:
        own = service.list_missed(session, actor=actor_of(counsellor), now=now + START)
        others = service.list_missed(session, actor=actor_of(make_staff()), now=now + START)

    assert [str(one.id) for one in own] == [today["id"], later["id"]]
    assert others == []
