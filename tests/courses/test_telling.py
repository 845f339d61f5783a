"""A session reminds the day before: planned where somebody is enrolled, asked once more when it is sent."""

import json
from typing import Any

import pytest

from server.reminders import service as reminders
from tests.appointments.people import seen
from tests.courses.people import at, in_own_transaction, planned_notices
from tests.told import Service

SETTINGS = "/api/v1/citizen/reminder-settings"
CHOSEN = {"appointments": True, "two_hours_before": False, "paused_until": None}


class TestReminder:
    def test_is_planned_for_the_day_before_at_four_in_the_transaction_that_enrols(
        self, plan: Any, enrol: Any, citizen: Any, superuser: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=2)
        enrol(run, citizen)

        ids = [session["id"] for session in run["sessions"]]
        assert planned_notices(superuser) == [
            ("session", ids[0], str(citizen.id), at("2026-11-30T16:00")),
            ("session", ids[1], str(citizen.id), at("2026-12-07T16:00")),
        ]

    def test_comes_at_once_for_a_session_within_a_day(
        self, plan: Any, enrol: Any, citizen: Any, superuser: Any, go_to: Any
    ) -> None:
        go_to(at("2026-11-23T17:00"))
        enrol(plan(count=1), citizen)

        assert [due for *_, due in planned_notices(superuser)] == [at("2026-11-23T17:00")]

    def test_waits_for_the_morning_at_night(
        self, plan: Any, enrol: Any, citizen: Any, superuser: Any, go_to: Any
    ) -> None:
        go_to(at("2026-11-23T22:00"))
        enrol(plan(count=1), citizen)

        assert [due for *_, due in planned_notices(superuser)] == [at("2026-11-24T08:00")]

    def test_is_not_planned_for_who_waits_until_there_is_a_seat(
        self, plan: Any, enrol: Any, citizen: Any, other: Any, desk: Any, superuser: Any
    ) -> None:
        run = plan(seats=1, first_on="2026-12-01", count=2)
        first = enrol(run, other)
        enrol(run, citizen)
        assert {person for _, _, person, _ in planned_notices(superuser)} == {str(other.id)}

        desk.delete(f"/api/v1/staff/enrollments/{first['id']}")

        told = planned_notices(superuser)
        assert {person for _, _, person, _ in told} == {str(citizen.id)}
        assert [kind for kind, *_ in told] == ["session-changed", "session", "session"]

    def test_reaches_the_phone_with_neutral_words(
        self, plan: Any, enrol: Any, citizen: Any, work: Any, service: Service
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)

        assert work(at("2026-11-30T15:59")) == 0
        assert work(at("2026-11-30T16:00")) == 1
        shown = json.dumps(service.taken, ensure_ascii=False)
        assert "Du har en påmindelse" in shown
        for word in ("vold", "Stuen", "kursus", "forløb", "learning", "Krisecenter"):
            assert word not in shown

    def test_does_not_come_to_who_turned_it_off(
        self, plan: Any, enrol: Any, citizen: Any, phone: Any, work: Any
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        off = phone.put(SETTINGS, json={**CHOSEN, "sessions": False}, headers=seen(0))
        assert off.json["sessions"] is False

        assert work(at("2026-11-30T16:00")) == 0

    def test_comes_although_appointments_are_off(
        self, plan: Any, enrol: Any, citizen: Any, phone: Any, work: Any
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        phone.put(SETTINGS, json={**CHOSEN, "appointments": False}, headers=seen(0))

        assert work(at("2026-11-30T16:00")) == 1

    def test_does_not_come_to_who_left_by_phone(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, work: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        hand.say("enrollment", "leave", run["id"], run_id=run["id"])

        assert work(at("2026-11-30T16:00")) == 0

    def test_does_not_come_to_who_left_a_moment_before_it_was_sent(
        self, plan: Any, enrol: Any, citizen: Any, work: Any, superuser: Any
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        superuser.execute("UPDATE enrollment SET status = 'left', left_at = asked_at")
        superuser.commit()

        assert work(at("2026-11-30T16:00")) == 0

    @pytest.mark.parametrize(
        "change", ["revision = revision + 1", "status = 'cancelled'", "starts_at = '2026-11-30T12:00Z'"]
    )
    def test_does_not_come_for_a_session_that_changed_a_moment_before_it_was_sent(
        self, plan: Any, enrol: Any, citizen: Any, work: Any, superuser: Any, change: str
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        superuser.execute(f"UPDATE course_session SET {change}")
        superuser.commit()

        assert work(at("2026-11-30T16:00")) == 0

    def test_does_not_come_to_who_said_no_a_moment_before_it_was_sent(
        self, plan: Any, enrol: Any, citizen: Any, work: Any, superuser: Any
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        superuser.execute(
            "INSERT INTO attendance (session_id, citizen_id, status, at)"
            " SELECT id, %s, 'excused', now() FROM course_session",
            [citizen.id],
        )
        superuser.commit()

        assert work(at("2026-11-30T16:00")) == 0

    def test_comes_again_to_who_left_and_came_back(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, work: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        desk.delete(f"/api/v1/staff/enrollments/{enrol(run, citizen)['id']}")
        enrol(run, citizen)

        assert work(at("2026-11-30T16:00")) == 1

    def test_comes_again_to_who_came_back_after_a_no(
        self, plan: Any, enrol: Any, desk: Any, citizen: Any, hand: Any, work: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        place, session_id = enrol(run, citizen), run["sessions"][0]["id"]
        hand.say("enrollment", "leave", session_id, session_id=session_id)
        desk.delete(f"/api/v1/staff/enrollments/{place['id']}")
        enrol(run, citizen)

        assert hand.mine()[session_id]["excused"] is False
        assert work(at("2026-11-30T16:00")) == 1

    def test_comes_again_when_the_leader_takes_a_no_back_days_before(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, hand: Any, work: Any, read: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        session_id = run["sessions"][0]["id"]
        hand.say("enrollment", "leave", session_id, session_id=session_id)

        assert attend(session_id, (citizen, None)).status_code == 200

        assert read(run)["sessions"][0]["status"] == "booked"
        assert hand.mine()[session_id]["excused"] is False
        assert work(at("2026-11-30T16:00")) == 1

    def test_does_not_come_to_whose_no_the_leader_wrote_days_before(
        self, plan: Any, enrol: Any, attend: Any, citizen: Any, hand: Any, work: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=1)
        enrol(run, citizen)
        session_id = run["sessions"][0]["id"]

        assert attend(session_id, (citizen, "excused")).status_code == 200

        assert hand.mine()[session_id]["excused"] is True
        assert work(at("2026-11-30T16:00")) == 0

    def test_does_not_come_for_the_one_session_that_was_declined(
        self, plan: Any, enrol: Any, citizen: Any, hand: Any, work: Any
    ) -> None:
        run = plan(first_on="2026-12-01", count=2)
        enrol(run, citizen)
        session_id = run["sessions"][0]["id"]
        assert hand.say("enrollment", "leave", session_id, session_id=session_id)["result"] == "applied"

        assert work(at("2026-11-30T16:00")) == 0
        assert work(at("2026-12-07T16:00")) == 1

    def test_comes_as_long_as_the_leader_alone_works_with_the_person(
        self, plan: Any, enrol: Any, citizen: Any, work: Any, superuser: Any
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        superuser.execute("UPDATE care_relation SET ends_at = starts_at, end_reason = 'væk'")
        superuser.commit()

        assert work(at("2026-11-30T16:00")) == 1

    @pytest.mark.parametrize("slot", ["day-before", "message", "questionnaire", "exercise"])
    def test_opens_the_way_for_nothing_else_once_nobody_else_works_with_the_person(
        self, plan: Any, enrol: Any, citizen: Any, phone: Any, superuser: Any, now: Any, slot: str
    ) -> None:
        enrol(plan(first_on="2026-12-01", count=1), citizen)
        wanted = {**CHOSEN, "messages": True, "exercises": True, "questionnaires": True}
        assert phone.put(SETTINGS, json=wanted, headers=seen(0)).status_code == 200

        def asked(slot: str) -> Any:
            return in_own_transaction(
                reminders.may_notify, citizen_id=citizen.id, slot=slot, device_session_id=None, now=now
            )

        assert asked(slot) is True
        superuser.execute("UPDATE care_relation SET ends_at = starts_at, end_reason = 'væk'")
        superuser.commit()

        assert (asked("session"), asked("session-changed")) == (True, True)
        assert asked(slot) is not True
