"""A trial notice: the citizen sees every step of it, the counsellor whether it came."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import phones, steps
from tests.journeys.autopush import PushService
from tests.journeys.chromium_push import ServiceWorkerInbox, bind
from tests.journeys.desk import Desk
from tests.journeys.house import House, Login

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]


def test_is_followed_to_the_screen_by_the_citizen_alone_and_by_both_together(
    house: House, karen: Login, counsellor: Desk, open_browser: OpenBrowser, push_service: PushService
) -> None:
    citizen_id = counsellor.take_in("Vipstjert")
    phone = phones.subscribe(push_service, house.config.vapid_public_key)
    page, office = open_browser(), open_browser(screen=True)
    bind(page, phone, house.config.vapid_public_key)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.turn_reminders_on(page)
    page.goto("/indstillinger")
    inbox = ServiceWorkerInbox(page, house.url)

    page.get_by_role("button", name="Send en prøve").click()
    for step in ("Prøven er klar", "Sendt til telefonens beskedtjeneste", "Tjenesten tog imod den"):
        expect(page.get_by_text(step)).to_be_visible()
    expect(page.get_by_text("Ikke vist endnu")).to_be_visible()
    inbox.deliver(json.dumps(phones.wait_for_message(push_service, phone)))
    expect(page.get_by_text("Vist på denne telefon")).to_be_visible()

    steps.sign_in(office, karen)
    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("button", name="Send en prøve").click()
    expect(office.get_by_text("Prøven er på vej.")).to_be_visible()
    inbox.deliver(json.dumps(phones.wait_for_message(push_service, phone, number=2)))
    expect(office.get_by_text("Prøven nåede frem.")).to_be_visible()
