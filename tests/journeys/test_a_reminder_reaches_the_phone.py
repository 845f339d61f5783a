"""Real Web Push, in Firefox: from a counsellor's booking to the citizen's phone and back."""

import pytest

from tests.journeys.autopush import PushService
from tests.journeys.firefox import Firefox
from tests.journeys.house import House
from tests.journeys.reminded import Person

pytestmark = pytest.mark.browser
TITLE = "Du har en påmindelse"


class TestReminder:
    def test_goes_from_the_booking_to_the_phone_and_back_and_a_tap_opens_it(
        self, house: House, person: Person, firefox: Firefox
    ) -> None:
        appointment = person.desk.book(person.id)
        assert appointment["reminder"] == "planned"

        house.the_hour_of_the_reminder_comes(appointment["id"])
        alert = firefox.wait_for_alert()

        assert alert.title == TITLE
        person.desk.wait_for_reminder(appointment["id"], "reached")
        alert.tap()
        person.page.wait_for(f"location.pathname === '/aftaler/{appointment['id']}'")
        person.page.wait_for_text("Lokale 2")

    def test_waits_for_a_closed_browser_and_opens_after_the_restart(
        self, house: House, person: Person, firefox: Firefox, push_service: PushService
    ) -> None:
        appointment = person.desk.book(person.id)
        before = len(push_service.received)
        firefox.stop()

        house.the_hour_of_the_reminder_comes(appointment["id"])
        push_service.wait_for("received", count=before + 1)
        person.desk.wait_for_reminder(appointment["id"], "sent")
        firefox.start()

        person.desk.wait_for_reminder(appointment["id"], "reached")
        alert = firefox.wait_for_alert()
        assert alert.title == TITLE
        alert.tap()
        opened = firefox.wait_for_page(f"/aftaler/{appointment['id']}")
        opened.wait_for_text("Lokale 2")

    def test_tries_again_when_the_push_service_is_busy(
        self, house: House, person: Person, firefox: Firefox, push_service: PushService
    ) -> None:
        appointment = person.desk.book(person.id)
        push_service.script(person.endpoint, 429, {"Retry-After": "2"})

        house.the_hour_of_the_reminder_comes(appointment["id"])

        assert firefox.wait_for_alert().title == TITLE
        person.desk.wait_for_reminder(appointment["id"], "reached")
        assert [each.status for each in push_service.received_at(person.endpoint)] == [429, 201]

    def test_ends_the_device_when_the_push_service_says_gone(
        self, house: House, person: Person, push_service: PushService
    ) -> None:
        appointment = person.desk.book(person.id)
        push_service.script(person.endpoint, 410)

        house.the_hour_of_the_reminder_comes(appointment["id"])

        person.desk.wait_for_reminder(appointment["id"], "no-device")
        assert person.desk.get(f"/citizens/{person.id}")["reachable"] is False
        states = house.rows("SELECT state FROM push_device WHERE recipient_id = %s", person.id)
        assert states == [("dead",)]

    def test_comes_back_on_when_the_app_is_opened_after_the_push_service_lost_the_phone(
        self, house: House, person: Person, push_service: PushService
    ) -> None:
        appointment = person.desk.book(person.id)
        push_service.script(person.endpoint, 410)
        house.the_hour_of_the_reminder_comes(appointment["id"])
        person.desk.wait_for_reminder(appointment["id"], "no-device")

        push_service.lose_client_of(person.endpoint)
        person.page.goto(house.url)
        # What the page asked for before the browser was greeted anew is gone with the old name.
        push_service.wait_until_back()
        person.page.goto(house.url)

        person.page.wait_for_text("Din kontaktperson")
        person.desk.wait_until_reachable(person.id)
        bound = "SELECT state FROM push_device WHERE recipient_id = %s AND state = 'active'"
        active = house.rows(bound, person.id)
        assert active == [("active",)], "one binding, however often page and service worker mended it"
        appointment = person.desk.book(person.id, days=4)
        house.the_hour_of_the_reminder_comes(appointment["id"])
        person.desk.wait_for_reminder(appointment["id"], "reached")


class TestForgetThisPhone:
    def test_ends_the_push_binding_at_both_ends(
        self, house: House, person: Person, push_service: PushService
    ) -> None:
        page = person.page
        page.click("a", text="Mere")
        page.click("a", text="Indstillinger")
        page.click("button", text="Glem denne telefon")
        page.click("button", text="Ja, glem telefonen")

        page.wait_for_text("Velkommen")
        push_service.wait_for_end_of(person.endpoint)
        assert page.wait_for("navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
        assert person.desk.wait_until_unreachable(person.id)["paired"] is False
