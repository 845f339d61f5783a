"""A library's computer, a friend's phone: the app works, and nothing of it stays there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
TRACES = """async () => ({
  databases: (await indexedDB.databases()).map(each => each.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  kept: Object.keys(localStorage),
})"""
NONE = {"databases": [], "caches": [], "workers": 0, "kept": []}


@pytest.fixture
def counsellor(desk: Callable[..., Desk]) -> Desk:
    return desk("Karen Holm")


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Musvit")


@pytest.fixture
def device(counsellor: Desk, citizen_id: str, open_browser: OpenBrowser) -> Page:
    """A browser that was here before, now paired as somebody else's."""
    counsellor.book(citizen_id)
    page = open_browser()
    page.goto("/")
    steps.wait_until_it_works_offline(page)
    page.goto("/par")
    page.get_by_label("Koden").fill(counsellor.pairing(citizen_id)["code"])
    page.get_by_label("Det er ikke min egen telefon").check()
    page.get_by_role("button", name="Forbind telefonen").click()
    expect(page.get_by_role("link", name="kl. 10.00")).to_be_visible()
    return page


def test_shows_the_appointment_and_keeps_nothing(device: Page) -> None:
    assert device.evaluate(TRACES) == NONE
    [cookie] = [each for each in device.context.cookies() if each["name"].endswith("session")]
    assert cookie["expires"] == -1

    device.reload()

    expect(device.get_by_role("link", name="kl. 10.00")).to_be_visible()
    assert device.evaluate(TRACES) == NONE


def test_offers_neither_reminders_nor_a_place_on_the_home_screen(device: Page) -> None:
    expect(device.get_by_text("Intet bliver gemt her.")).to_be_visible()
    expect(device.get_by_role("heading", name="Påmindelser")).to_have_count(0)

    device.goto("/mere")
    expect(device.get_by_role("link", name="Indstillinger")).to_be_visible()
    expect(device.get_by_role("link", name="Læg appen på telefonen")).to_have_count(0)
    device.goto("/indstillinger")
    expect(device.get_by_role("heading", name="Sprog")).to_be_visible()
    expect(device.get_by_role("heading", name="Påmindelser")).to_have_count(0)


def test_one_tap_ends_it_and_back_shows_nothing(device: Page, counsellor: Desk, citizen_id: str) -> None:
    device.get_by_role("link", name="Aftaler", exact=True).click()
    device.get_by_role("button", name="Jeg er færdig").click()

    expect(device.get_by_role("heading", name="Velkommen")).to_be_visible()
    steps.wait_until_farewell_is_said(device)
    assert counsellor.get(f"/citizens/{citizen_id}")["paired"] is False
    assert steps.ask_who_i_am(device) == 401
    device.go_back()
    expect(device.get_by_role("link", name="kl. 10.00")).to_have_count(0)


def test_ten_minutes_without_a_sign_end_it(
    counsellor: Desk, citizen_id: str, open_browser: OpenBrowser
) -> None:
    page = open_browser()
    page.clock.install()
    page.goto("/par")
    page.get_by_label("Koden").fill(counsellor.pairing(citizen_id)["code"])
    page.get_by_label("Det er ikke min egen telefon").check()
    page.get_by_role("button", name="Forbind telefonen").click()
    expect(page.get_by_text("Intet bliver gemt her.")).to_be_visible()

    page.clock.fast_forward("10:30")

    expect(page.get_by_role("heading", name="Velkommen")).to_be_visible()
    steps.wait_until_farewell_is_said(page)
    assert steps.ask_who_i_am(page) == 401
