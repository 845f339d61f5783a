"""What people do with exercises on the screen, in the words that they read there."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk

OpenBrowser = Callable[..., Page]
KIND = "Som til en ven"
HARD = "Jeg er for meget"
SOFT = "Du gør det så godt, du kan"
FIRST_QUESTION = "Hvad siger du til dig selv lige nu?"


def unpaired(open_browser: OpenBrowser, *, screen: bool = False, **options: Any) -> Page:
    """A phone that nobody has connected, in flight mode."""
    page = open_browser(screen=screen, **options)
    page.goto("/")
    steps.wait_until_it_works_offline(page)
    page.context.set_offline(True)
    return page


def paired(open_browser: OpenBrowser, counsellor: Desk, citizen_id: str, *, screen: bool = False) -> Page:
    """A connected phone that works without a network."""
    page = open_browser(screen=screen)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(page)
    return page


def press(page: Page, button: str, times: int = 1) -> None:
    """A button, as often as it says."""
    for _ in range(times):
        page.get_by_role("button", name=button, exact=True).click()


def open_from_list(page: Page, name: str) -> None:
    """From the list to one exercise."""
    page.goto("/oevelser")
    page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def write_kindly(page: Page) -> None:
    """The whole exercise with three fields, up to its end."""
    press(page, "Begynd")
    page.get_by_label(FIRST_QUESTION).fill(HARD)
    press(page, "Videre")
    page.get_by_label(re.compile("^Tænk på en, du holder af")).fill(SOFT)
    press(page, "Videre", 2)
    press(page, "Færdig")
    expect(page.get_by_role("heading", name="Du er færdig")).to_be_visible()
