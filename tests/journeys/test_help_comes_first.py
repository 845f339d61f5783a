"""Help stands before script, login and modern browsers; pairing works in an old one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
OLD = """
  delete Navigator.prototype.serviceWorker;
  delete Navigator.prototype.storage;
  delete window.PushManager;
  delete window.Notification;
  delete window.BarcodeDetector;
  delete window.BroadcastChannel;
  delete Navigator.prototype.mediaDevices;
  delete Navigator.prototype.locks;
"""


@pytest.mark.parametrize("address", ["/", "/hjaelp", "/aftaler", "/r/01999999-0000-7000-8000-000000000000"])
def test_numbers_and_breathing_stand_there_without_javascript(
    open_browser: OpenBrowser, address: str
) -> None:
    page = open_browser(java_script_enabled=False)

    page.goto(address)

    expect(page.get_by_role("heading", name="Hjælp nu").first).to_be_visible()
    for number in ("112", "70 11 31 31", "70 201 201", "1888", "80 200 500", "82 12 12 12"):
        expect(page.get_by_role("link", name=number).first).to_be_visible()


def test_help_is_one_tap_away_before_any_login_at_top_and_bottom(open_browser: OpenBrowser) -> None:
    page = open_browser()
    for address in ("/", "/par", "/mere", "/aabningstider", "/indstillinger", "/installer"):
        page.goto(address)
        links = page.get_by_role("link", name="Hjælp nu")
        expect(links).to_have_count(2)
        tops = [links.nth(at).bounding_box() for at in range(2)]
        assert all(box and 0 <= box["y"] <= 800 - box["height"] for box in tops), address

    links.last.click()

    expect(page.get_by_role("link", name="112").first).to_be_visible()


def test_the_help_page_is_in_english_for_those_who_chose_it(open_browser: OpenBrowser) -> None:
    page = open_browser()
    page.goto("/")
    page.get_by_role("button", name="English").first.click()

    page.get_by_role("link", name="Help now").first.click()

    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    expect(page.get_by_role("link", name="112").first).to_be_visible()


class TestAnOldBrowser:
    def test_pairs_by_a_typed_code_and_shows_the_appointment(
        self, desk: Callable[..., Desk], open_browser: OpenBrowser
    ) -> None:
        counsellor, page = desk(), open_browser()
        page.add_init_script(OLD)
        citizen_id = counsellor.take_in("Krage")
        counsellor.book(citizen_id)

        steps.pair(page, counsellor.pairing(citizen_id)["code"])

        expect(page.get_by_role("link", name="kl. 10.00")).to_be_visible()
        expect(page.get_by_text("Browseren her kan ikke vise påmindelser.")).to_be_visible()

    def test_that_stores_nothing_works_as_long_as_the_page_is_open(
        self, desk: Callable[..., Desk], open_browser: OpenBrowser
    ) -> None:
        counsellor, page = desk(), open_browser()
        page.add_init_script(OLD + "Object.defineProperty(window, 'indexedDB', { value: undefined });")
        citizen_id = counsellor.take_in("Allike")
        counsellor.book(citizen_id)

        steps.pair(page, counsellor.pairing(citizen_id)["code"])

        expect(page.get_by_role("link", name="kl. 10.00")).to_be_visible()
        expect(page.get_by_text("Browseren gemmer ikke noget her.")).to_be_visible()

    def test_without_a_camera_offers_no_scanner(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.add_init_script(OLD)

        page.goto("/par")

        expect(page.get_by_label("Koden")).to_be_visible()
        expect(page.get_by_role("button", name="Scan koden i stedet")).to_have_count(0)
        expect(page.get_by_text("telefonens eget kamera")).to_be_visible()
