"""Somebody at the crisis line's desk, and the person who calls: what the journeys there have in common."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys import plans, steps
from tests.journeys.browsers import PHONE, SCREEN
from tests.journeys.desk import Desk
from tests.journeys.house import House, Login

OpenBrowser = Callable[..., Page]
NUMBERS = itertools.count(1000)
SIZES = pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["1280", "360"])


@pytest.fixture
def lea(house: House) -> Login:
    """Somebody who has the night at the crisis line."""
    return house.employ("Lea Lund", Role.CRISIS_LINE, unit="akuttilbud")


@pytest.fixture
def number() -> str:
    """A number that rings nobody, and that only one person of these journeys has."""
    digits = next(NUMBERS)
    return f"00 00 {digits // 100} {digits % 100:02}"


@pytest.fixture
def phone(counsellor: Desk, number: str, open_browser: OpenBrowser) -> Page:
    """Of somebody with a plan that nobody else can read yet."""
    page = open_browser()
    citizen_id = counsellor.take_in("Natugle", phone=number)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    plans.write_line(page, "Gå en tur langs søen")
    plans.wait_until_sent(page)
    return page


def at_desk(page: Page, login: Login) -> None:
    """Signed in, with the search field ready."""
    steps.sign_in(page, login)
    expect(page.get_by_label("Find en person")).to_be_focused()


def wait_until_saved(page: Page) -> None:
    """The server has everything that was written."""
    expect(page.get_by_text("Gemt.", exact=True)).to_be_visible()
