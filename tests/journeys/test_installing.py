"""How the app comes to lie on a phone like any other app, when its owner asks for it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys import steps
from tests.journeys.browsers import Profile
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
#: Chromium's own offer, which comes only after half a minute of use; what our page does with it is ours.
OFFER = """() => {
  const offer = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
    prompt: async () => { window.asked += 1 },
    userChoice: Promise.resolve({ outcome: 'accepted' }),
  });
  window.asked = 0;
  dispatchEvent(offer);
  return offer.defaultPrevented;
}"""
BUTTON, LINK = "Læg den på telefonen", "Læg appen på telefonen"


@pytest.fixture
def own_phone(house: House, playwright: Playwright, tmp_path: Path) -> Iterator[Page]:
    """A phone's own browser: a window that forgets may install nothing."""
    kept = Profile(playwright, tmp_path / "profile", base_url=house.url)
    yield kept.open()
    kept.close()


def test_the_browser_finds_nothing_that_stands_against_it(own_phone: Page) -> None:
    own_phone.goto("/")
    steps.wait_until_it_works_offline(own_phone)
    browser = own_phone.context.new_cdp_session(own_phone)

    manifest = browser.send("Page.getAppManifest")
    obstacles = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    assert obstacles == []


def test_is_offered_once_asked_for_by_a_tap_and_not_by_the_page(
    desk: Callable[..., Desk], open_browser: Callable[..., Page]
) -> None:
    counsellor, phone = desk(), open_browser()
    steps.pair(phone, counsellor.pairing(counsellor.take_in("Stær"))["code"])
    expect(phone.get_by_role("button", name=BUTTON)).to_have_count(0)

    assert phone.evaluate(OFFER), "The browser would have asked by itself."
    button = phone.get_by_role("button", name=BUTTON)
    expect(button).to_be_visible()
    assert phone.evaluate("window.asked") == 0
    button.click()

    expect(button).to_have_count(0)
    assert phone.evaluate("window.asked") == 1


def test_is_not_offered_again_on_the_first_page_to_somebody_who_said_not_now(
    desk: Callable[..., Desk], open_browser: Callable[..., Page]
) -> None:
    counsellor, phone = desk(), open_browser()
    steps.pair(phone, counsellor.pairing(counsellor.take_in("Sjagger"))["code"])
    phone.evaluate(OFFER)
    card = phone.locator("section", has=phone.get_by_role("button", name=BUTTON))
    card.get_by_role("button", name="Ikke nu").click()
    expect(phone.get_by_role("button", name=BUTTON)).to_have_count(0)

    phone.goto("/")
    expect(phone.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
    phone.evaluate(OFFER)
    expect(phone.get_by_role("button", name=BUTTON)).to_have_count(0)
    phone.get_by_role("link", name="Mere").click()
    phone.get_by_role("link", name=LINK).click()

    expect(phone.get_by_role("button", name=BUTTON)).to_be_visible()
