"""An answer from the notice itself: only where the person asked for it and has seen the time."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import phones, steps
from tests.journeys.autopush import PushService
from tests.journeys.chromium_push import ServiceWorkerInbox, bind
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
ANSWERS = ["Jeg kommer", "Jeg kan ikke"]


def go_home(page: Page) -> None:
    """By the app's own link: what was just chosen is stored while the page lives on."""
    page.get_by_role("link", name="Hjem").click()
    expect(page.get_by_role("heading", name="Din kontaktperson")).to_be_visible()


@dataclass
class Reminded:
    """A phone in Chromium for which a real reminder lies ready."""

    page: Page
    inbox: ServiceWorkerInbox
    desk: Desk
    appointment_id: str
    message: str

    def deliver(self) -> None:
        """Hand the reminder over and wait until it stands on the screen."""
        self.inbox.deliver(self.message)
        self.inbox.wait_until_shown(1)

    def look_at_the_time(self, *, counts: bool = True) -> None:
        """Open the appointment in the app; what was seen counts only for who asked for buttons."""
        self.page.goto(f"/aftaler/{self.appointment_id}")
        expect(self.page.get_by_text("Lokale 2")).to_be_visible()
        if counts:
            steps.wait_until_chosen(self.page, f"seen:{self.appointment_id}")
        else:
            self.page.wait_for_timeout(1_500)  # so long would it take
        go_home(self.page)


@pytest.fixture
def reminded(
    house: House, desk: Callable[..., Desk], open_browser: OpenBrowser, push_service: PushService
) -> Reminded:
    """Reminders on, and the hour of the first one has come."""
    counsellor, page = desk(), open_browser()
    citizen_id = counsellor.take_in("Stær")
    appointment = counsellor.book(citizen_id)
    phone = phones.subscribe(push_service, house.config.vapid_public_key)
    bind(page, phone, house.config.vapid_public_key)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.turn_reminders_on(page)
    inbox = ServiceWorkerInbox(page, house.url)
    house.the_hour_of_the_reminder_comes(appointment["id"])
    counsellor.wait_for_reminder(appointment["id"], "sent")
    message = json.dumps(phones.wait_for_message(push_service, phone))
    return Reminded(page, inbox, counsellor, appointment["id"], message)


def ask_for_buttons(page: Page) -> None:
    """Indstillinger, Svar direkte på påmindelsen."""
    page.goto("/indstillinger")
    page.get_by_label("Svar direkte på påmindelsen").check()
    go_home(page)


def test_a_tap_on_the_notice_reaches_the_counsellor_once_the_time_was_seen(reminded: Reminded) -> None:
    ask_for_buttons(reminded.page)
    reminded.deliver()
    assert reminded.inbox.buttons() == [], "nobody confirms a time that was never on the screen"

    reminded.look_at_the_time()
    reminded.deliver()
    reminded.inbox.wait_for_buttons(ANSWERS)
    reminded.inbox.tap("Jeg kommer")

    reminded.desk.wait_for_reply(reminded.appointment_id, "accepted")
    reminded.page.goto(f"/aftaler/{reminded.appointment_id}")
    expect(reminded.page.get_by_text("Sendt.")).to_be_visible()


def test_a_tap_without_a_network_is_sent_when_there_is_one(reminded: Reminded) -> None:
    ask_for_buttons(reminded.page)
    reminded.look_at_the_time()
    reminded.page.context.set_offline(True)
    reminded.deliver()

    reminded.inbox.tap("Jeg kan ikke")
    assert reminded.desk.get(f"/appointments/{reminded.appointment_id}")["reply"] == "needs-action"
    reminded.page.context.set_offline(False)
    reminded.page.evaluate("dispatchEvent(new Event('online'))")

    reminded.desk.wait_for_reply(reminded.appointment_id, "declined")


def test_who_did_not_ask_for_buttons_has_none(reminded: Reminded) -> None:
    reminded.look_at_the_time(counts=False)

    reminded.deliver()

    assert reminded.inbox.buttons() == []
