"""Reminders turned off on one phone: an older "on" of another one does not hold, and its owner is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
HELD_BACK = "reminders_held_back"
TOLD = "Påmindelser blev slået fra på en anden telefon."


@pytest.fixture
def phones(desk: Callable[..., Desk], open_browser: OpenBrowser) -> tuple[Page, Page]:
    """Two phones of one person."""
    counsellor = desk("Karen Holm")
    citizen_id = counsellor.take_in("Lærke")
    first, second = open_browser(), open_browser()
    for page in (first, second):
        steps.pair(page, counsellor.pairing(citizen_id)["code"])
        steps.wait_until_it_works_offline(page)
    return first, second


def day_before(page: Page) -> Locator:
    """The choice, on the page of the settings as it is now."""
    page.goto("/indstillinger")
    return page.get_by_label("Dagen før en aftale")


def choose(page: Page, on: bool) -> None:
    """Turn it on or off and wait until the house has heard it."""
    choice = day_before(page)
    with page.expect_response(lambda answer: answer.url.endswith("/sync/push") and answer.ok):
        choice.set_checked(on)
    with page.expect_response(lambda answer: "/sync/pull" in answer.url and answer.ok):
        page.reload()


@pytest.fixture
def held_back(phones: tuple[Page, Page]) -> tuple[Page, Page]:
    """The second phone said "on" without a network; the first one has turned it off again meanwhile."""
    first, second = phones
    choose(first, False)
    expect(day_before(second)).not_to_be_checked()
    second.context.set_offline(True)
    day_before(second).check()
    choose(first, True)
    choose(first, False)
    second.context.set_offline(False)
    expect(second.get_by_text(TOLD)).to_be_visible()
    steps.wait_until_chosen(second, HELD_BACK)
    second.goto("/")
    expect(second.get_by_text(TOLD)).to_be_visible()
    return first, second


def test_one_tap_turns_them_on_again_for_every_phone(held_back: tuple[Page, Page]) -> None:
    first, second = held_back
    second.reload()
    expect(second.get_by_text(TOLD)).to_be_visible()

    with second.expect_response(lambda answer: answer.url.endswith("/sync/push") and answer.ok):
        second.get_by_role("button", name="Slå dem til igen").click()

    expect(second.get_by_text(TOLD)).to_have_count(0)
    expect(day_before(second)).to_be_checked()
    expect(day_before(first)).to_be_checked()


def test_they_can_stay_off_and_nobody_is_asked_twice(held_back: tuple[Page, Page]) -> None:
    _, second = held_back
    expect(day_before(second)).not_to_be_checked()
    expect(second.get_by_text(TOLD)).to_be_visible()

    second.get_by_role("button", name="Nej, lad dem være slået fra").click()

    expect(second.get_by_text(TOLD)).to_have_count(0)
    steps.wait_until_chosen(second, HELD_BACK, is_kept=False)
    second.goto("/")
    expect(second.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
    expect(second.get_by_text(TOLD)).to_have_count(0)
