"""Nobody is woken between 21 and 8, also when the clocks change."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from notifications.dispatcher.quiet import held_until
from tests.notifications.conftest import House
from tests.notifications.push_service import Script

ZONE = ZoneInfo("Europe/Copenhagen")
FAR = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "morning"),
    [
        ("2026-11-23 20:59", None),
        ("2026-11-23 21:00", "2026-11-24 08:00"),
        ("2026-11-23 23:59", "2026-11-24 08:00"),
        ("2026-11-24 00:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 08:00", None),
        ("2027-03-27 22:00", "2027-03-28 08:00"),
        ("2027-03-28 01:59", "2027-03-28 08:00"),
        ("2027-03-28 03:30", "2027-03-28 08:00"),
        ("2027-10-30 22:00", "2027-10-31 08:00"),
        ("2027-10-31 02:30", "2027-10-31 08:00"),
    ],
)
def test_the_night_ends_at_eight_by_the_danish_clock(wall: str, morning: str | None) -> None:
    now = datetime.fromisoformat(wall).replace(tzinfo=ZONE).astimezone(UTC)

    held = held_until(now, deadline_at=FAR)

    expected = None if morning is None else datetime.fromisoformat(morning).replace(tzinfo=ZONE)
    assert held == expected


@pytest.mark.parametrize(("day", "hours"), [("2027-03-27", 10), ("2027-10-30", 12), ("2026-11-23", 11)])
def test_a_night_is_as_long_as_it_is(day: str, hours: int) -> None:
    evening = datetime.fromisoformat(f"{day} 21:00").replace(tzinfo=ZONE).astimezone(UTC)

    held = held_until(evening, deadline_at=FAR)

    assert held is not None
    assert held - evening == timedelta(hours=hours)


@pytest.mark.parametrize("evening", ["2026-11-23", "2027-03-27", "2027-10-30"])
def test_a_reminder_due_at_night_comes_in_the_morning(house: House, anna: UUID, evening: str) -> None:
    house.now = datetime.fromisoformat(f"{evening} 22:30").replace(tzinfo=ZONE).astimezone(UTC)
    house.add_phone(anna)
    house.remind(anna)

    assert house.dispatcher().run_until_idle() == 0
    held = house.occurrences()[0]
    assert held.state == "held"
    assert held.held_until is not None
    house.now = held.held_until - timedelta(seconds=1)
    assert house.dispatcher().run_until_idle() == 0
    house.now = held.held_until
    assert house.dispatcher().run_until_idle() == 1
    assert held.held_until.astimezone(ZONE).hour == 8


def test_one_that_would_be_useless_by_the_morning_goes_at_once(house: House, anna: UUID) -> None:
    house.now = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    house.add_phone(anna)
    house.remind(anna, lasts=timedelta(minutes=10))

    assert house.dispatcher().run_until_idle() == 1


def shown_silently(house: House) -> list[bool]:
    return [message.content["notification"].get("silent", False) for message in house.push_service.received]


@pytest.mark.parametrize("left_in_the_morning", [-60, 0, 10, 29])
def test_a_late_worker_sends_at_night_without_a_sound_what_the_morning_has_no_time_for(
    house: House, anna: UUID, left_in_the_morning: int
) -> None:
    house.now = datetime(2026, 11, 23, 20, 0, 5, tzinfo=UTC)  # planned for 20.30, the worker comes at 21.00
    house.add_phone(anna)
    house.remind(anna, lasts=timedelta(hours=11, minutes=left_in_the_morning))

    assert house.dispatcher().run_until_idle() == 1

    assert shown_silently(house) == [True]
    assert house.deliveries()[0].state == "accepted"


def test_by_day_it_may_be_heard(house: House, anna: UUID) -> None:
    house.add_phone(anna)
    house.remind(anna)

    house.dispatcher().run_until_idle()

    assert shown_silently(house) == [False]


def test_a_try_that_failed_in_the_evening_comes_again_in_the_night_if_the_morning_is_too_late(
    house: House, anna: UUID
) -> None:
    house.now = datetime(2026, 11, 23, 19, 59, tzinfo=UTC)
    house.push_service.script.append(Script(503))
    house.add_phone(anna)
    house.remind(anna, lasts=timedelta(hours=11, minutes=10))
    house.dispatcher().run_until_idle()

    house.later(minutes=5)
    house.dispatcher().run_until_idle()

    assert shown_silently(house) == [False, True]
    assert house.deliveries()[0].state == "accepted"


def test_half_an_hour_after_the_night_is_enough(house: House, anna: UUID) -> None:
    house.now = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    house.add_phone(anna)
    house.remind(anna, lasts=timedelta(hours=11, minutes=30))

    house.dispatcher().run_until_idle()
    house.now = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

    assert house.dispatcher().run_until_idle() == 1


def test_a_second_try_does_not_wake_anybody_either(house: House, anna: UUID) -> None:
    house.now = datetime(2026, 11, 23, 19, 50, tzinfo=UTC)
    house.push_service.script.append(Script(429, {"Retry-After": "1800"}))
    house.add_phone(anna)
    house.remind(anna)

    house.dispatcher().run_until_idle()

    assert house.deliveries()[0].next_attempt_at == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


def test_what_was_left_lying_into_the_night_waits(house: House, anna: UUID) -> None:
    house.now = datetime(2026, 11, 23, 19, 59, tzinfo=UTC)
    house.add_phone(anna)
    house.remind(anna)
    house.dispatcher().advance()
    house.later(minutes=5)

    assert house.dispatcher().run_until_idle() == 0
    assert house.deliveries()[0].state == "retry-wait"
