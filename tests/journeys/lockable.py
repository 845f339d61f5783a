"""A paired phone with something private on it, and how to see that none of it shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import plans, steps
from tests.journeys.desk import Desk

OpenBrowser = Callable[..., Page]
WALK = "Gå en tur rundt om søen"
GOAL = "Sove hele natten"
PLACE = "Lokale 2"
PRIVATE = (WALK, GOAL, PLACE, "Karen", "kl. 10.00")
LOCK_RECORD = """() => new Promise(resolve => {
  indexedDB.open('overblik').onsuccess = ({ target: { result } }) => {
    result.transaction('keys').objectStore('keys').get('lock').onsuccess = event => {
      resolve({ tries: event.target.result.tries, wrapped: event.target.result.wrapped !== null });
      result.close();
    };
  };
})"""


@pytest.fixture
def counsellor(desk: Callable[..., Desk]) -> Desk:
    return desk("Karen Holm")


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Lærke")


@pytest.fixture
def phone(counsellor: Desk, citizen_id: str, open_browser: OpenBrowser) -> Page:
    """A paired phone with an appointment, a goal and a line in the plan, ready to work offline."""
    counsellor.book(citizen_id)
    page = open_browser()
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(page)
    page.goto("/maal/nyt")
    page.get_by_label("Hvad vil du gerne?").fill(GOAL)
    page.get_by_role("button", name="Gem målet").click()
    expect(page.get_by_text(GOAL)).to_be_visible()
    plans.write_line(page, WALK)
    plans.wait_until_sent(page)
    return page


def expect_nothing_private(page: Page, *, but: str | None = None) -> None:
    """Not on the screen, not in the page, not for a screen reader."""
    whole = page.content() + page.title() + page.locator("body").aria_snapshot()
    assert [each for each in PRIVATE if each != but and each in whole] == []
