"""What a citizen chooses about reminders: kept by version, and on every phone of the person."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.appointments.people import refused, seen

URL = "/api/v1/citizen/reminder-settings"
CHOSEN = {
    "appointments": True,
    "week_before": False,
    "two_hours_before": True,
    "messages": True,
    "exercises": True,
    "sessions": False,
    "questionnaires": True,
    "paused_until": None,
}
KEPT = {**CHOSEN, "version": 1, "staff_paused_until": None}


class TestChoices:
    def test_are_appointments_alone_until_something_is_chosen(self, phone: Any) -> None:
        assert phone.get(URL).json == {
            "appointments": True,
            "week_before": True,
            "two_hours_before": False,
            "messages": False,
            "exercises": False,
            "sessions": True,
            "questionnaires": False,
            "paused_until": None,
            "version": 0,
            "staff_paused_until": None,
        }

    def test_are_kept_and_told_to_the_persons_other_phones(
        self, phone: Any, citizen: Any, count: Any, superuser: Any
    ) -> None:
        before = count("citizen_change")

        answer = phone.put(URL, json=CHOSEN, headers=seen(0))

        assert (answer.status_code, answer.json) == (200, KEPT)
        assert phone.get(URL).json == answer.json
        assert count("citizen_change") == before + 1
        newest = superuser.execute("SELECT entity, entity_id FROM citizen_change ORDER BY seq DESC LIMIT 1")
        assert newest.fetchone() == ("profile", citizen.id)
        trail = superuser.execute("SELECT citizen_id FROM audit_event WHERE event = 'reminders.chosen'")
        assert trail.fetchall() == [(citizen.id,)]

    def test_of_a_phone_that_is_behind_are_not_kept(self, phone: Any, count: Any) -> None:
        phone.put(URL, json=CHOSEN, headers=seen(0))

        stale = phone.put(URL, json={**CHOSEN, "two_hours_before": False}, headers=seen(0))

        assert stale.status_code == 412
        assert phone.put(URL, json=CHOSEN).status_code == 428
        assert phone.get(URL).json == KEPT

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("appointments", "true"),
            ("appointments", 1),
            ("week_before", "true"),
            ("two_hours_before", None),
            ("messages", "true"),
            ("exercises", "true"),
            ("sessions", 1),
            ("questionnaires", 1),
            ("staff_paused_until", None),
            ("paused_until", "2026-11-30"),
            ("paused_until", "2026-11-30T10:00:00"),
            ("paused_until", "2026-11-23T09:00:00Z"),
            ("paused_until", "2028-01-01T10:00:00Z"),
            ("version", 4),
            ("citizen_id", "x"),
        ],
    )
    def test_are_refused_by_name(self, phone: Any, count: Any, field: str, value: object) -> None:
        assert refused(phone.put(URL, json={**CHOSEN, field: value}, headers=seen(0)), field)
        assert count("reminder_settings") == 0

    def test_must_be_given_whole(self, phone: Any, count: Any) -> None:
        answer = phone.put(URL, json={"appointments": False}, headers=seen(0))

        assert refused(answer, "two_hours_before")
        assert refused(answer, "paused_until")

    def test_of_an_older_phone_leave_the_week_before_as_it_is(self, phone: Any) -> None:
        phone.put(URL, json=CHOSEN, headers=seen(0))
        older = {name: value for name, value in CHOSEN.items() if name != "week_before"}

        assert phone.put(URL, json=older, headers=seen(1)).json["week_before"] is False

    def test_can_pause_reminders_for_a_while(self, phone: Any, now: datetime) -> None:
        ends = (now + timedelta(days=14)).isoformat().replace("+00:00", "Z")

        assert (
            phone.put(URL, json={**CHOSEN, "paused_until": ends}, headers=seen(0)).json["paused_until"]
            == ends
        )

    def test_are_for_citizens_alone(self, desk: Any, new_client: Any) -> None:
        assert new_client().get(URL).status_code == 401
        assert desk.get(URL).status_code == 401
