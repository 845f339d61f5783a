"""What was turned off at one phone is not turned on again by an older "on" that comes late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.appointments.people import seen
from tests.sync.pushing import Sender

SETTINGS = "/api/v1/citizen/reminder-settings"
OFF = {"appointments": False}
ON = {"appointments": True}


class Phone(Sender):
    """A phone that says what it has seen of the choices when it changes them."""

    def choose(self, *after: dict[str, Any], version: int | None = None, **fields: Any) -> dict[str, Any]:
        """A choice, made with this version before the person's eyes; not yet sent."""
        at = self.shown()["version"] if version is None else version
        known = [mutation["mutation_id"] for mutation in after]
        return self.change("reminder_settings", "put", **fields, seen={"version": at, "after": known})

    def shown(self) -> dict[str, Any]:
        """What holds now, as every phone of the person is told."""
        return dict(self.browser.get(SETTINGS).json)

    def result(self, *mutations: dict[str, Any]) -> list[str]:
        """Send; what became of each."""
        return [answer["result"] for answer in self.send(*mutations)]


@pytest.fixture
def phones(citizen: Any, counsellor: Any, pair: Callable[..., Any], new_client: Any) -> tuple[Phone, Phone]:
    """Two phones of one person."""
    first, second = (Phone(pair(citizen, counsellor, new_client())) for _ in range(2))
    return first, second


class TestAnOffThatWasNotSeen:
    @pytest.mark.parametrize("choice", ["appointments", "two_hours_before"])
    def test_holds_against_an_on_that_waited_on_another_phone(
        self, phones: tuple[Phone, Phone], choice: str
    ) -> None:
        first, second = phones
        first.send(first.choose(**{choice: True}))
        waiting = second.choose(**{choice: True})
        first.send(first.choose(**{choice: False}))

        assert second.result(waiting) == ["merged"]

        assert first.shown()[choice] is False

    def test_holds_against_every_on_that_waited_and_lets_the_other_choices_through(
        self, phones: tuple[Phone, Phone]
    ) -> None:
        first, second = phones
        one = second.choose(**ON)
        two = second.choose(one, **ON, two_hours_before=True)
        first.send(first.choose(**OFF))

        assert second.result(one, two) == ["merged", "merged"]

        assert (first.shown()["appointments"], first.shown()["two_hours_before"]) == (False, True)

    def test_holds_against_a_pause_that_is_ended_or_made_shorter(
        self, phones: tuple[Phone, Phone], now: datetime
    ) -> None:
        first, second = phones
        shorter = second.choose(paused_until=(now + timedelta(days=1)).isoformat())
        ended = second.choose(shorter, paused_until=None)
        first.send(first.choose(paused_until=(now + timedelta(days=7)).isoformat()))

        assert second.result(shorter, ended) == ["merged", "merged"]

        assert first.shown()["paused_until"] == "2026-11-30T09:00:00Z"

    def test_holds_against_a_phone_that_does_not_say_what_it_saw(self, phones: tuple[Phone, Phone]) -> None:
        first, second = phones
        first.send(first.choose(**OFF))

        assert second.result(second.change("reminder_settings", "put", **ON)) == ["merged"]
        assert first.shown()["appointments"] is False

    def test_holds_when_it_was_chosen_in_another_way_than_through_the_queue(
        self, phones: tuple[Phone, Phone]
    ) -> None:
        first, second = phones
        waiting = second.choose(**ON)
        off = {"appointments": False, "two_hours_before": False, "paused_until": None}
        assert first.browser.put(SETTINGS, json=off, headers=seen(0)).status_code == 200

        assert second.result(waiting) == ["merged"]

    @pytest.mark.parametrize(("hours", "stays"), [(23.9, True), (24.1, False)])
    def test_holds_for_a_day_and_no_longer(
        self, phones: tuple[Phone, Phone], traveller: time_machine.Traveller, hours: float, stays: bool
    ) -> None:
        first, second = phones
        waiting = second.choose(**ON)
        first.send(first.choose(**OFF))
        traveller.shift(timedelta(hours=hours))

        second.send(waiting)

        assert first.shown()["appointments"] is not stays


class TestAnOnThatIsMeant:
    def test_works_at_once_on_a_phone_that_shows_the_off(self, phones: tuple[Phone, Phone]) -> None:
        first, second = phones
        first.send(first.choose(**OFF))

        assert second.result(second.choose(**ON)) == ["applied"]
        assert first.shown()["appointments"] is True

    def test_works_at_once_after_an_own_off_whatever_others_did_meanwhile(
        self, phones: tuple[Phone, Phone], now: datetime
    ) -> None:
        first, second = phones
        off = second.choose(**OFF)
        on = second.choose(off, **ON)
        first.send(first.choose(two_hours_before=True))

        assert second.result(off, on) == ["applied", "applied"]
        assert first.shown()["appointments"] is True

    def test_works_at_once_on_a_phone_that_has_been_told_of_the_off_by_its_own_late_on(
        self, phones: tuple[Phone, Phone]
    ) -> None:
        first, second = phones
        waiting = second.choose(**ON)
        first.send(first.choose(**OFF))
        second.send(waiting)

        assert second.result(second.choose(**ON)) == ["applied"]
        assert first.shown()["appointments"] is True

    def test_is_not_held_up_by_an_off_that_was_taken_back(self, phones: tuple[Phone, Phone]) -> None:
        first, second = phones
        waiting = second.choose(**ON)
        first.send(first.choose(**OFF))
        first.send(first.choose(**ON))

        assert second.result(waiting) == ["applied"]
        assert first.shown()["appointments"] is True


def test_an_off_always_works_whatever_its_phone_has_seen(phones: tuple[Phone, Phone]) -> None:
    first, second = phones
    waiting = second.choose(**OFF)
    first.send(first.choose(two_hours_before=True))

    assert second.result(waiting) == ["applied"]
    assert first.shown()["appointments"] is False


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"version": -1},
        {"version": "1"},
        {"version": 1, "after": "x"},
        {"version": 1, "after": ["x"]},
        {"version": 1, "who": "x"},
    ],
)
def test_what_was_seen_must_be_said_in_full_or_not_at_all(phones: tuple[Phone, Phone], wrong: Any) -> None:
    first, _ = phones

    assert first.result(first.change("reminder_settings", "put", **OFF, seen=wrong)) == [
        "rejected_validation"
    ]
    assert first.result(first.change("reminder_settings", "put", seen={"version": 0})) == [
        "rejected_validation"
    ]
