"""The neutral notice of an answer: only for who asked for it, once a day, and only while it matters."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.appointments.people import seen
from tests.told import PLAIN, SETTINGS, Service, at


@pytest.fixture
def wishes(phone: Any) -> Callable[..., None]:
    """Let the person choose."""

    def choose(version: int = 0, **chosen: Any) -> None:
        answer = phone.put(SETTINGS, json={**PLAIN, "messages": True, **chosen}, headers=seen(version))
        assert answer.status_code == 200, answer.get_data(as_text=True)

    return choose


class TestNoticeOfAnAnswer:
    def test_does_not_come_unless_the_person_asked_for_it(
        self, says: Any, answers: Any, work: Any, count: Any
    ) -> None:
        answers(says())

        assert work(at("10:05")) == 0
        assert count("reminder") == 0

    def test_comes_once_a_day_and_says_nothing_of_what_it_is_about(
        self, says: Any, answers: Any, work: Any, wishes: Any, service: Service, go_to: Any
    ) -> None:
        wishes()
        answers(says(), "Kanariefugl")
        assert work(at("10:05")) == 1
        answers(None, "Og en til")
        assert work(at("11:00")) == 1

        go_to(at("09:30", 24))
        answers(None, "Dagen efter")

        assert work(at("09:35", 24)) == 2
        shown = service.taken[0]["notification"]
        assert (shown["title"], shown["body"]) == (
            "Du har en påmindelse",
            "Der er noget nyt til dig. Det haster ikke.",
        )
        assert "Kanariefugl" not in json.dumps(service.taken)

    def test_does_not_depend_on_reminders_of_appointments(self, answers: Any, work: Any, wishes: Any) -> None:
        wishes(appointments=False)
        answers(None)

        assert work(at("10:05")) == 1

    def test_waits_for_the_morning(self, answers: Any, work: Any, wishes: Any, go_to: Any) -> None:
        wishes()
        go_to(at("21:30"))
        answers(None)

        assert work(at("21:31")) == work(at("07:59", 24)) == 0
        assert work(at("08:01", 24)) == 1

    def test_waits_for_the_end_of_a_pause_and_then_comes_once(
        self, answers: Any, work: Any, wishes: Any, go_to: Any
    ) -> None:
        wishes(paused_until=at("12:00", 26).isoformat())
        answers(None, "Første")
        go_to(at("10:00", 25))
        answers(None, "Anden")

        assert work(at("11:59", 26)) == 0
        assert work(at("12:01", 26)) == 1

    @pytest.mark.parametrize("whose", ["own", "staff"])
    def test_comes_when_a_pause_is_lifted_and_once(
        self,
        answers: Any,
        work: Any,
        wishes: Any,
        go_to: Any,
        desk: Any,
        citizen: Any,
        count: Any,
        whose: str,
    ) -> None:
        pause = f"/api/v1/staff/citizens/{citizen.id}/reminder-pause"
        until = at("12:00", 28).isoformat()
        wishes(paused_until=until if whose == "own" else None)
        if whose == "staff":
            assert desk.put(pause, json={"until": until, "reason": "hospital"}).status_code == 200
        answers(None)
        assert work(at("18:00")) == 0

        go_to(at("22:00"))
        if whose == "own":
            wishes(1)
        else:
            assert desk.delete(pause).status_code == 200

        assert work(at("07:59", 24)) == 0
        assert work(at("08:01", 24)) == 1
        assert work(at("12:01", 28)) == work(at("12:01", 30)) == 1
        assert count("occurrence") == 2

    def test_is_put_off_by_a_pause_that_begins_before_it_was_due(
        self, answers: Any, work: Any, wishes: Any, go_to: Any
    ) -> None:
        wishes()
        go_to(at("21:30"))
        answers(None)
        wishes(1, paused_until=at("12:00", 26).isoformat())
        go_to(at("07:00", 24))
        wishes(2)
        wishes(3, paused_until=at("12:00", 26).isoformat())

        assert work(at("08:01", 24)) == work(at("11:59", 26)) == 0
        assert work(at("12:01", 26)) == 1

    def test_is_put_off_by_a_pause_also_when_its_time_had_come_and_nobody_could_be_told(
        self, answers: Any, work: Any, wishes: Any, superuser: Any
    ) -> None:
        wishes()
        answers(None)
        superuser.execute("UPDATE care_relation SET starts_at = '2027-01-01'")
        superuser.commit()
        assert work(at("10:05")) == 0
        superuser.execute("UPDATE care_relation SET starts_at = '2026-11-01'")
        superuser.commit()
        wishes(1, paused_until=at("12:00", 26).isoformat())

        assert work(at("11:59", 26)) == 0
        assert work(at("12:01", 26)) == work(at("12:01", 28)) == 1

    def test_of_a_newer_answer_takes_the_place_of_one_that_waits_for_a_later_day(
        self, answers: Any, work: Any, wishes: Any, go_to: Any
    ) -> None:
        wishes(paused_until=at("12:00", 25).isoformat())
        answers(None, "Første")
        wishes(1, paused_until=at("12:00", 28).isoformat())
        go_to(at("10:00", 24))
        answers(None, "Anden")
        wishes(2, paused_until=at("12:00", 26).isoformat())

        assert work(at("12:01", 25)) == 0
        assert work(at("12:01", 26)) == work(at("12:01", 28)) == 1

    def test_does_not_come_twice_a_day_when_a_pause_is_lifted(
        self, answers: Any, work: Any, wishes: Any, go_to: Any
    ) -> None:
        wishes()
        answers(None, "Første")
        assert work(at("10:05")) == 1
        wishes(1, paused_until=at("12:00", 28).isoformat())
        go_to(at("11:00"))
        answers(None, "Anden")
        wishes(2)

        assert work(at("20:00")) == 1
        assert work(at("08:01", 24)) == work(at("12:01", 28)) == 2

    def test_of_the_day_before_that_has_not_left_gives_way_to_that_of_today(
        self, answers: Any, work: Any, wishes: Any, go_to: Any
    ) -> None:
        wishes()
        answers(None, "I går")
        go_to(at("09:00", 24))
        answers(None, "I dag")

        assert work(at("09:05", 24)) == 1

    @pytest.mark.parametrize("why", ["turned off", "taken back", "care ended"])
    def test_is_not_sent_when_it_does_not_matter_any_more(
        self, answers: Any, work: Any, wishes: Any, desk: Any, url: str, superuser: Any, why: str
    ) -> None:
        wishes()
        written = answers(None)
        if why == "turned off":
            wishes(1, messages=False)
        elif why == "taken back":
            desk.post(f"{url}/{written['id']}/withdrawal")
        else:
            superuser.execute("UPDATE care_relation SET ends_at = starts_at")
            superuser.commit()

        assert work(at("10:05")) == 0

    def test_is_still_sent_for_a_later_answer_when_the_first_was_taken_back(
        self, answers: Any, work: Any, wishes: Any, desk: Any, url: str
    ) -> None:
        wishes()
        first = answers(None, "Forkert")
        answers(None, "Rigtig")
        desk.post(f"{url}/{first['id']}/withdrawal")

        assert work(at("10:05")) == 1

    def test_leads_its_reader_to_the_messages(
        self, answers: Any, work: Any, wishes: Any, phone: Any, superuser: Any
    ) -> None:
        wishes()
        written = answers(None)
        work(at("10:05"))

        (occurrence,) = superuser.execute("SELECT id FROM occurrence").fetchone()
        answer = phone.get(f"/api/v1/citizen/reminders/{occurrence}")
        assert answer.json == {"kind": "message", "subject_id": written["id"]}

    def test_chosen_by_an_older_phone_that_does_not_know_it_stays_as_it_was(
        self, phone: Any, wishes: Any
    ) -> None:
        wishes()

        phone.put(SETTINGS, json=PLAIN, headers=seen(1))

        assert phone.get(SETTINGS).json["messages"] is True
