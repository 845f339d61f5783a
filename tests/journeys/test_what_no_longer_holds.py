"""In Firefox: what was moved, cancelled, too late in the evening, or for a phone that is gone."""

from __future__ import annotations

import pytest

from tests.journeys.autopush import PushService
from tests.journeys.desk import at_ten
from tests.journeys.firefox import Firefox
from tests.journeys.house import House
from tests.journeys.reminded import Person

pytestmark = pytest.mark.browser
SHOWN = """navigator.serviceWorker.ready.then(found => found.getNotifications())
  .then(all => all.map(({ tag, data }) => ({ tag, path: data.path })))"""


def shown_instead_of(person: Person, path: str) -> dict[str, str]:
    """The one notice on the phone, as soon as it is another one than this."""
    found = person.page.wait_for(
        f"({SHOWN}).then(all => all.length === 1 && all[0].path !== {path!r} && all[0])"
    )
    return dict(found)


def test_the_notice_of_a_moved_appointment_takes_the_place_of_the_old_one_and_opens_the_new_time(
    house: House, person: Person, firefox: Firefox
) -> None:
    old = person.desk.book(person.id)
    house.the_hour_of_the_reminder_comes(old["id"])
    firefox.wait_for_alert()
    before = shown_instead_of(person, "")

    new = person.desk.post(
        f"/appointments/{old['id']}/move", version=old["revision"], starts_at=at_ten(days=4)
    )
    house.the_hour_of_the_reminder_comes(new["id"])

    after = shown_instead_of(person, before["path"])
    assert after["tag"] == before["tag"]
    person.desk.wait_for_reminder(new["id"], "reached")
    firefox.wait_for_alert().tap()
    person.page.wait_for(f"location.pathname === '/aftaler/{new['id']}'")


def test_the_notice_of_a_cancelled_appointment_never_comes(
    house: House, person: Person, firefox: Firefox, push_service: PushService
) -> None:
    gone, kept = person.desk.book(person.id), person.desk.book(person.id, days=4)
    person.desk.post(
        f"/appointments/{gone['id']}/cancellation", version=gone["revision"], cancellation="by-service"
    )

    house.the_hour_of_the_reminder_comes(gone["id"])
    house.the_hour_of_the_reminder_comes(kept["id"])

    person.desk.wait_for_reminder(kept["id"], "reached")
    assert len(push_service.received_at(person.endpoint)) == 1
    firefox.wait_for_alert().tap()
    person.page.wait_for(f"location.pathname === '/aftaler/{kept['id']}'")


def test_nobody_is_woken_at_night_and_the_notice_comes_in_the_morning(
    house: House, person: Person, firefox: Firefox, push_service: PushService
) -> None:
    appointment = person.desk.book(person.id)

    with house.night():
        house.the_hour_of_the_reminder_comes(appointment["id"])
        house.wait_until_held(appointment["id"])
        assert push_service.received_at(person.endpoint) == []
        assert firefox.alerts() == []

    person.desk.wait_for_reminder(appointment["id"], "reached")
    firefox.wait_for_alert()


def test_a_phone_that_was_reported_lost_gets_nothing(
    house: House, person: Person, push_service: PushService
) -> None:
    appointment = person.desk.book(person.id)
    lost = person.endpoint
    person.desk.post(f"/citizens/{person.id}/lost-phone")

    house.the_hour_of_the_reminder_comes(appointment["id"])

    person.desk.wait_for_reminder(appointment["id"], "no-device")
    assert push_service.received_at(lost) == []
    assert person.desk.get(f"/citizens/{person.id}")["reachable"] is False
