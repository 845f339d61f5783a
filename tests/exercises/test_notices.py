"""The neutral notice of an exercise: only for who asked for it, once a day, and only while it matters."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.core import db
from server.core.ids import new_id
from server.exercises import jobs, reminding
from server.exercises.giving import rhythm_of
from server.exercises.models import Assignment
from server.exercises.occurrences import occurrences
from tests.appointments.people import seen
from tests.exercises.people import BREATHING, CANARY, Doer, path_of
from tests.told import PLAIN, SETTINGS, Service, at, worker_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def work(app: Any, phone: Any, service: Service, go_to: Any) -> Callable[[datetime], int]:
    """Let the worker do its rounds and send at a moment; says how many notices have left so far."""
    return worker_of(app, phone, service, go_to, first=jobs.tell_of_the_day)


@pytest.fixture
def wishes(phone: Any) -> Callable[..., None]:
    """Let the person choose."""

    def choose(version: int = 0, **chosen: Any) -> None:
        answer = phone.put(SETTINGS, json={**PLAIN, "exercises": True, **chosen}, headers=seen(version))
        assert answer.status_code == 200, answer.get_data(as_text=True)

    return choose


class TestNoticeOfAnExercise:
    def test_does_not_come_unless_the_person_asked_for_it(self, give: Any, work: Any, count: Any) -> None:
        give(repeat="daily")

        assert work(at("10:05")) == work(at("10:05", 24)) == 0
        assert count("reminder") == 0

    def test_says_nothing_of_what_it_is_about(
        self, give: Any, work: Any, wishes: Any, service: Service
    ) -> None:
        wishes()
        give(line=CANARY)

        assert work(at("10:05")) == 1
        shown = service.taken[0]["notification"]
        assert (shown["title"], shown["body"]) == (
            "Du har en påmindelse",
            "Der er noget, du kan lave i dag. Det haster ikke.",
        )
        assert CANARY not in json.dumps(service.taken)

    def test_comes_once_on_each_day_of_the_exercise_however_many_there_are(
        self, give: Any, work: Any, wishes: Any
    ) -> None:
        wishes()
        give(repeat="daily")
        give(repeat="daily", ref={"library": "body-scan"}, until_on="2026-11-25")
        give(repeat="weekly")

        assert [work(at(clock_time)) for clock_time in ("10:05", "12:00", "19:59")] == [1, 1, 1]
        assert [work(at("09:05", day)) for day in (24, 25, 26)] == [2, 3, 4]

    def test_comes_by_day_alone(self, give: Any, work: Any, wishes: Any) -> None:
        wishes()
        give(due_on="2026-11-24")
        assert work(at("10:05")) == 1

        assert work(at("07:00", 24)) == work(at("08:59", 24)) == 1
        assert work(at("09:00", 24)) == 2
        assert work(at("23:00", 24)) == 2

    def test_does_not_come_for_a_day_that_was_answered_also_with_not_now(
        self, give: Any, work: Any, wishes: Any, sender: Doer, go_to: Any
    ) -> None:
        wishes()
        given = give(repeat="daily")
        assert work(at("10:05")) == 1
        go_to(at("08:30", 24))
        sender.write(assignment_id=given["id"], on="2026-11-24", at="2026-11-24T07:30:00Z", outcome="not-now")

        assert work(at("10:05", 24)) == 1
        assert work(at("10:05", 25)) == 2

    def test_comes_for_the_other_exercise_when_the_first_was_answered(
        self, give: Any, work: Any, wishes: Any, sender: Doer, go_to: Any, superuser: Any
    ) -> None:
        wishes()
        given = [give(repeat="daily"), give(repeat="daily", ref={"library": "body-scan"})]
        first, second = sorted(one["id"] for one in given)
        assert work(at("10:05")) == 1
        go_to(at("08:30", 24))
        refs = {one["id"]: one["ref"] for one in given}
        sender.write(assignment_id=first, ref=refs[first], on="2026-11-24", at="2026-11-24T07:30:00Z")

        assert work(at("10:05", 24)) == 2
        newest = superuser.execute("SELECT subject_id FROM reminder ORDER BY created_at DESC LIMIT 1")
        assert str(newest.fetchone()[0]) == second

    @pytest.mark.parametrize("why", ["turned off", "taken back", "answered", "care ended"])
    def test_is_not_sent_when_it_does_not_matter_any_more(
        self, give: Any, work: Any, wishes: Any, desk: Any, sender: Doer, superuser: Any, why: str
    ) -> None:
        wishes()
        given = give()
        if why == "turned off":
            wishes(1, exercises=False)
        elif why == "taken back":
            path = f"/api/v1/staff/exercise-assignments/{given['id']}"
            assert desk.patch(path, json={"status": "withdrawn"}, headers=seen(1)).status_code == 200
        elif why == "answered":
            sender.write(assignment_id=given["id"])
        else:
            superuser.execute("UPDATE care_relation SET ends_at = starts_at")
            superuser.commit()

        assert work(at("10:05")) == 0

    def test_waits_for_the_end_of_a_pause_and_then_comes_once(
        self, give: Any, work: Any, wishes: Any
    ) -> None:
        wishes(paused_until=at("12:00", 26).isoformat())
        give(repeat="daily")

        assert work(at("10:05", 24)) == work(at("11:59", 26)) == 0
        assert work(at("12:01", 26)) == work(at("18:00", 26)) == 1

    @pytest.mark.parametrize("repeat", ["daily", "weekly"])
    def test_does_not_come_after_a_pause_for_one_that_is_over(
        self, give: Any, work: Any, wishes: Any, repeat: str
    ) -> None:
        wishes(paused_until=at("12:00", 28).isoformat())
        give(repeat=repeat, until_on="2026-11-24")

        assert work(at("10:05", 24)) == work(at("12:01", 28)) == work(at("10:05", 29)) == 0

    def test_that_a_pause_puts_off_beyond_its_last_day_is_not_sent(
        self, give: Any, work: Any, wishes: Any
    ) -> None:
        wishes()
        give(repeat="daily", until_on="2026-11-24")
        wishes(1, paused_until=at("12:00", 28).isoformat())

        assert work(at("10:05", 24)) == work(at("12:01", 28)) == work(at("10:05", 29)) == 0

    def test_of_one_that_is_over_takes_no_day_from_another(
        self, give: Any, work: Any, wishes: Any, count: Any
    ) -> None:
        wishes(paused_until=at("12:00", 28).isoformat())
        give(repeat="daily", until_on="2026-11-24")
        assert count("reminder") == 0

        give(ref={"library": "body-scan"})

        assert work(at("12:01", 28)) == 1

    def test_of_a_week_that_goes_on_comes_after_the_pause(self, give: Any, work: Any, wishes: Any) -> None:
        wishes(paused_until=at("12:00", 26).isoformat())
        give(repeat="weekly", until_on="2026-12-14")

        assert work(at("12:01", 26)) == work(at("10:05", 27)) == 1
        assert work(at("10:05", 30)) == 2

    def test_is_looked_for_on_the_very_days_of_an_exercise(self, give: Any, wishes: Any) -> None:
        wishes()
        for said in (
            {},
            {"due_on": "2026-11-27"},
            {"repeat": "daily"},
            {"repeat": "daily", "due_on": "2026-11-25", "until_on": "2026-11-30"},
            {"repeat": "weekly"},
            {"repeat": "weekly", "due_on": "2026-11-25", "until_on": "2026-12-09"},
        ):
            give(**said)
        with db.transaction() as session:
            rhythms = {row.id: rhythm_of(row) for row in session.scalars(select(Assignment))}

            for day in (TODAY + timedelta(days=n) for n in range(-2, 40)):
                found = {row.id for row in session.scalars(reminding.coming_up(day))}
                assert found == {
                    row_id
                    for row_id, rhythm in rhythms.items()
                    if day in occurrences(rhythm, upto=day, at_most=1)
                }

    def test_of_one_person_that_fails_stands_in_nobodys_way(
        self,
        give: Any,
        work: Any,
        wishes: Any,
        desk: Any,
        make_citizen: Any,
        counsellor: Any,
        pair: Any,
        new_client: Any,
        citizen: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        wishes()
        give(due_on="2026-11-24")
        other = make_citizen(contact=counsellor)
        chosen = {**PLAIN, "exercises": True}
        assert (
            pair(other, counsellor, new_client()).put(SETTINGS, json=chosen, headers=seen(0)).status_code
            == 200
        )
        desk.post(path_of(other), json={"ref": BREATHING, "due_on": "2026-11-24"})
        assert work(at("10:05")) == 1
        monkeypatch.setattr(reminding, "BATCH", 1)
        tell, tried = reminding.tell, []

        def stumble(session: Any, *, citizen_id: Any, **asked: Any) -> None:
            tried.append(citizen_id)
            if citizen_id == other.id:
                raise RuntimeError
            tell(session, citizen_id=citizen_id, **asked)

        monkeypatch.setattr(reminding, "tell", stumble)

        assert work(at("10:05", 24)) == 2
        assert sorted(tried) == sorted([citizen.id, other.id])

    def test_does_not_depend_on_reminders_of_appointments(self, give: Any, work: Any, wishes: Any) -> None:
        wishes(appointments=False)
        give()

        assert work(at("10:05")) == 1

    def test_and_that_of_an_answer_are_one_a_day_together(
        self, give: Any, work: Any, wishes: Any, desk: Any, citizen: Any
    ) -> None:
        wishes(messages=True)
        give(repeat="daily")
        assert work(at("10:05")) == 1

        messages = f"/api/v1/staff/citizens/{citizen.id}/messages"
        body = {"id": str(new_id()), "text": "Hej", "seen": None}
        assert desk.post(messages, json=body).status_code in (200, 201)

        assert work(at("11:00")) == 1

    def test_leads_its_reader_to_the_exercise(
        self, give: Any, work: Any, wishes: Any, phone: Any, superuser: Any
    ) -> None:
        wishes()
        given = give()
        work(at("10:05"))

        (occurrence,) = superuser.execute("SELECT id FROM occurrence").fetchone()
        answer = phone.get(f"/api/v1/citizen/reminders/{occurrence}")
        assert answer.json == {"kind": "exercise", "subject_id": given["id"]}
