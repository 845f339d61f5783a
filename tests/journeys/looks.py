"""Looking at a page: pictures for whoever wants them (`LOOK_AT=folder`), and what holds at every size."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys import steps
from tests.journeys.crawl import SCHEMES, Seen, examine
from tests.journeys.desk import Desk
from tests.journeys.house import House

PICTURES = os.environ.get("LOOK_AT")


def keep_picture(page: Page, name: str) -> None:
    """The whole page, light and dark, as `<name>-<width>-<scheme>.png`."""
    if PICTURES:
        width = page.evaluate("innerWidth")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme=None)


def look_closely(page: Page, address: str, seen: Seen) -> None:
    """Small and large, light and dark; then the page is as large as it was."""
    before = page.viewport_size
    assert before is not None
    examine(page, address, seen)
    page.emulate_media(color_scheme=None, reduced_motion=None)
    page.set_viewport_size(before)


def expect_plain(page: Page) -> None:
    """Axe finds nothing, and nothing is wider than the screen."""
    seen = Seen()
    look_closely(page, page.url, seen)
    assert seen.violations == []


def sign_in_at(page: Page, house: House, login: Desk) -> Page:
    """The console's page of a colleague who has signed in."""
    house.let_used_codes_pass(login.login.email)
    steps.sign_in(page, login.login)
    return page
