"""A session that is moved, cancelled or given: who it concerns is told, once, and nobody of what is old."""

import json
from datetime import timedelta
from typing import Any

from tests.appointments.people import seen
from tests.conftest import NOW
from tests.courses.people import RUNS, at, fill, planned_notices, week

SESSIONS = "/api/v1/staff/course-sessions"


class TestMovedSession:
    def test_is_told_at_once_and_reminded_of_the_new_time_alone(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, other: Any, superuser: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        enrol(run, other)
        session = run["sessions"][0]

        answer = desk.patch(
            f"{SESSIONS}/{session['id']}", json={"starts_at": "2026-12-03T13:00:00+01:00"}, headers=seen(1)
        )

        assert answer.status_code == 200, answer.json
        told = planned_notices(superuser)
        assert [(kind, due) for kind, _, _, due in told] == [
            ("session-changed", NOW),
            ("session-changed", NOW),
            ("session", at("2026-12-02T16:00")),
            ("session", at("2026-12-02T16:00")),
        ]
        assert {person for _, _, person, _ in told} == {str(citizen.id), str(other.id)}

    def test_is_told_once_where_the_reminder_comes_at_once_anyway(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, superuser: Any, go_to: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        go_to(at("2026-11-23T17:00"))

        desk.patch(
            f"{SESSIONS}/{run['sessions'][0]['id']}",
            json={"starts_at": "2026-11-24T13:00:00+01:00"},
            headers=seen(1),
        )

        assert [kind for kind, *_ in planned_notices(superuser)] == ["session"]

    def test_sends_nothing_of_the_old_time(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, work: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        assert work(NOW + timedelta(minutes=1)) == 0
        desk.patch(
            f"{SESSIONS}/{run['sessions'][0]['id']}",
            json={"starts_at": "2026-12-03T13:00:00+01:00"},
            headers=seen(1),
        )

        assert work(NOW + timedelta(minutes=2)) == 1
        assert work(at("2026-11-30T16:00")) == 1
        assert work(at("2026-12-02T16:00")) == 2

    def test_is_told_to_who_had_said_no_to_the_old_time_alone(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, hand: Any, work: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        session_id = run["sessions"][0]["id"]
        hand.say("enrollment", "leave", session_id, session_id=session_id)

        desk.patch(
            f"{SESSIONS}/{session_id}", json={"starts_at": "2026-12-03T13:00:00+01:00"}, headers=seen(1)
        )

        assert hand.mine()[session_id]["excused"] is False
        assert work(NOW + timedelta(minutes=1)) == 1
        assert work(at("2026-12-02T16:00")) == 2

    def test_is_refused_if_somebody_moved_it_first(self, plan: Any, desk: Any) -> None:
        url = f"{SESSIONS}/{plan()['sessions'][1]['id']}"
        move = {"starts_at": "2026-12-03T13:00:00+01:00"}

        assert desk.patch(url, json=move, headers=seen(1)).status_code == 200
        assert desk.patch(url, json=move, headers=seen(1)).status_code == 412

    def test_cannot_lie_in_the_past_or_in_the_gap_of_spring(self, plan: Any, desk: Any) -> None:
        url = f"{SESSIONS}/{plan()['sessions'][1]['id']}"

        for wrong in ("2026-11-20T10:00:00+01:00", "2027-03-28T02:30:00+01:00"):
            assert desk.patch(url, json={"starts_at": wrong}, headers=seen(1)).status_code == 422


class TestCancelledSession:
    def test_is_told_to_everybody_who_is_expected_and_reminds_nobody(
        self,
        plan: Any,
        enrol: Any,
        desk: Any,
        citizen: Any,
        other: Any,
        counsellor: Any,
        make_citizen: Any,
        superuser: Any,
        hand: Any,
    ) -> None:
        run = plan(first_on="2026-12-01", count=2, seats=2)
        enrol(run, citizen, numbers=[1])
        enrol(run, other, numbers=[1])
        enrol(run, make_citizen(contact=counsellor), numbers=[1, 2])  # waits for more than this
        session_id = run["sessions"][0]["id"]

        answer = desk.post(f"{SESSIONS}/{session_id}/cancel", json={"reason": "Sygdom"}, headers=seen(1))

        assert answer.json["sessions"][0]["status"] == "cancelled"
        assert answer.json["sessions"][0]["reason"] == "Sygdom"
        told = planned_notices(superuser)
        assert [(kind, person) for kind, _, person, _ in told] == [
            ("session-changed", person) for _, _, person, _ in told
        ]
        assert {person for _, _, person, _ in told} == {str(citizen.id), str(other.id)}
        assert hand.mine()[session_id]["status"] == "cancelled"
        assert "Sygdom" not in json.dumps(hand.mine())

    def test_is_told_in_the_morning_if_it_is_cancelled_at_night(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, work: Any, go_to: Any
    ) -> None:
        run = plan(count=1, at="08:15")
        enrol(run, citizen)
        assert work(at("2026-11-23T16:00")) == 1
        go_to(at("2026-11-23T22:00"))
        desk.post(f"{SESSIONS}/{run['sessions'][0]['id']}/cancel", json={"reason": "Sygdom"}, headers=seen(1))

        assert work(at("2026-11-24T07:59")) == 1
        assert work(at("2026-11-24T08:00")) == 2

    def test_is_told_to_who_may_still_be_on_the_way_when_it_has_just_begun(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, work: Any, go_to: Any
    ) -> None:
        run = plan(count=1)
        enrol(run, citizen)
        assert work(at("2026-11-23T16:00")) == 1
        go_to(at("2026-11-24T10:05"))

        desk.post(f"{SESSIONS}/{run['sessions'][0]['id']}/cancel", json={"reason": "Sygdom"}, headers=seen(1))

        assert work(at("2026-11-24T10:06")) == 2

    def test_is_told_to_nobody_when_it_would_be_over(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, work: Any, go_to: Any
    ) -> None:
        run = plan(count=1)
        enrol(run, citizen)
        assert work(at("2026-11-23T16:00")) == 1
        go_to(at("2026-11-24T11:30"))

        desk.post(f"{SESSIONS}/{run['sessions'][0]['id']}/cancel", json={"reason": "Sygdom"}, headers=seen(1))

        assert work(at("2026-11-24T11:31")) == 1

    def test_is_told_to_who_waited_for_nothing_else_and_waits_no_more(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, other: Any, hand: Any, work: Any, read: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=2, seats=1)
        enrol(run, other, numbers=[1])
        enrol(run, citizen, numbers=[1])
        session_id = run["sessions"][0]["id"]

        desk.post(f"{SESSIONS}/{session_id}/cancel", json={"reason": "Sygdom"}, headers=seen(1))

        assert read(run)["waiting_list"] == []
        assert work(NOW + timedelta(minutes=1)) == 1
        assert {key: one["status"] for key, one in hand.mine().items()} == {session_id: "cancelled"}

    def test_says_nothing_to_who_said_no_already(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, hand: Any, superuser: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        session_id = run["sessions"][0]["id"]
        hand.say("enrollment", "leave", session_id, session_id=session_id)

        desk.post(f"{SESSIONS}/{session_id}/cancel", json={"reason": "Sygdom"}, headers=seen(1))

        assert planned_notices(superuser) == []

    def test_needs_a_reason(self, plan: Any, desk: Any) -> None:
        url = f"{SESSIONS}/{plan()['sessions'][0]['id']}/cancel"

        assert desk.post(url, json={"reason": " "}, headers=seen(1)).status_code == 422

    def test_cannot_be_cancelled_twice(self, plan: Any, desk: Any) -> None:
        url = f"{SESSIONS}/{plan()['sessions'][0]['id']}/cancel"
        desk.post(url, json={"reason": "Sygdom"}, headers=seen(1))

        again = desk.post(url, json={"reason": "Sygdom"}, headers=seen(2))

        assert (again.status_code, again.json["code"]) == (409, "session-over")


class TestCancelledRun:
    def test_is_told_to_everybody_once_even_where_the_leader_alone_works_with_them(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, work: Any, superuser: Any
    ) -> None:
        run = plan(first_on="2026-12-01")
        enrol(run, citizen)
        superuser.execute("UPDATE care_relation SET ends_at = starts_at, end_reason = 'væk'")
        superuser.commit()

        answer = desk.patch(f"{RUNS}/{run['id']}", json={"status": "cancelled"}, headers=seen(1))

        assert answer.json["status"] == "cancelled"
        assert [kind for kind, *_ in planned_notices(superuser)] == ["session-changed"]
        assert work(NOW + timedelta(minutes=1)) == 1
        assert work(week(7)) == 1

    def test_is_told_once_to_who_waits_and_waits_no_more(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, other: Any, hand: Any, work: Any, read: Any
    ) -> None:
        run = plan(first_on="2026-12-01", seats=1)
        enrol(run, other)
        enrol(run, citizen)

        desk.patch(f"{RUNS}/{run['id']}", json={"status": "cancelled"}, headers=seen(1))

        assert read(run)["waiting_list"] == []
        assert {one["status"] for one in hand.mine().values()} == {"cancelled"}
        assert work(NOW + timedelta(minutes=1)) == 1
        assert work(week(7)) == 1


class TestEndedRun:
    def test_is_waited_for_by_nobody(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, other: Any, read: Any, go_to: Any, hand: Any
    ) -> None:
        run = plan(count=1, seats=1)
        enrol(run, other)
        enrol(run, citizen)
        go_to(week(1) + timedelta(hours=3))

        ended = desk.patch(f"{RUNS}/{run['id']}", json={"status": "ended"}, headers=seen(1))

        assert ended.status_code == 200, ended.json
        assert read(run)["waiting_list"] == []
        assert hand.mine() == {}

    def test_is_waited_for_by_nobody_when_the_last_session_was_held(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, other: Any, read: Any, go_to: Any
    ) -> None:
        run = plan(count=1, seats=1)
        enrol(run, other)
        enrol(run, citizen)
        go_to(week(1) + timedelta(hours=3))

        attend(run["sessions"][0]["id"], (other, "present"))

        assert read(run)["waiting_list"] == []

    def test_lets_the_worker_end_a_wait_for_what_is_over(
        self, plan: Any, enrol: Any, citizen: Any, other: Any, read: Any, go_to: Any
    ) -> None:
        run = plan(count=2, seats=1)
        enrol(run, other)
        enrol(run, citizen, numbers=[1])
        go_to(week(1) + timedelta(hours=3))

        fill()

        assert read(run)["waiting_list"] == []


class TestEndOfTheRelation:
    def test_takes_the_people_out_of_the_leaders_sight(
        self, plan: Any, enrol: Any, read: Any, citizen: Any, go_to: Any
    ) -> None:
        run = plan()
        enrol(run, citizen)
        go_to(week(5) + timedelta(days=13))
        assert [line["alias"] for line in read(run)["roster"]] == ["Solsort"]

        go_to(week(5) + timedelta(days=15))

        assert read(run)["roster"] == []
        assert read(run)["enrolled"] == 1


class TestDeath:
    def test_stops_what_would_have_been_told(
        self, plan: Any, enrol: Any, office: Any, citizen: Any, work: Any
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        dead = office.put(f"/api/v1/staff/citizens/{citizen.id}/death")
        assert dead.status_code in (200, 201), dead.json

        assert work(at("2026-11-30T16:00")) == 0


def test_a_seat_that_is_given_by_the_worker_is_told_by_the_house(
    plan: Any, enrol: Any, citizen: Any, other: Any, hand: Any, superuser: Any
) -> None:
    run = plan(seats=1, first_on="2026-12-01", count=1)
    enrol(run, citizen)
    enrol(run, other)
    hand.say("enrollment", "leave", run["id"], run_id=run["id"])

    fill()

    told = planned_notices(superuser)
    assert [(kind, person) for kind, _, person, _ in told] == [
        ("session-changed", str(other.id)),
        ("session", str(other.id)),
    ]
