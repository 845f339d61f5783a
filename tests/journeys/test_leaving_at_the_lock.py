"""The way out is on every screen that the lock shows, and on every page that lies behind it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import locks, plans, steps
from tests.journeys.desk import Desk
from tests.journeys.exits import WATCH, expect_a_way_out, expect_nothing, leave

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
WALK = "Gå en tur rundt om søen"
GOAL = "Sove hele natten"
BEHIND = ["/mine-data", "/min-plan/deling", "/min-plan/trin", "/min-plan/dag"]
OF_THE_CODE = [
    "/indstillinger/kode",
    "/indstillinger/kode/ny",
    "/indstillinger/kode/plan",
    "/indstillinger/kode/fra",
]


@pytest.fixture
def phone(desk: Callable[..., Desk], open_browser: OpenBrowser) -> Page:
    """A paired phone with a goal and a line in the plan."""
    counsellor = desk("Karen Holm")
    page = open_browser()
    page.context.add_init_script(WATCH)
    steps.pair(page, counsellor.pairing(counsellor.take_in("Lærke"))["code"])
    page.goto("/maal/nyt")
    page.get_by_label("Hvad vil du gerne?").fill(GOAL)
    page.get_by_role("button", name="Gem målet").click()
    expect(page.get_by_text(GOAL)).to_be_visible()
    plans.write_line(page, WALK)
    return page


def expect_to_get_away(page: Page, where: str) -> None:
    """The way out is there and works, and Back shows nothing."""
    expect_a_way_out(page, where)
    leave(page)
    page.go_back()
    expect_nothing(page)


def choose_a_code(page: Page) -> None:
    """The first of the two steps of a new code."""
    page.goto("/indstillinger/kode")
    page.get_by_label("Ny kode").fill(locks.PIN)
    page.get_by_label("Skriv den igen").fill(locks.PIN)
    page.get_by_role("button", name="Videre").click()
    expect(page.get_by_role("heading", name="Må din kriseplan åbnes uden kode?")).to_be_visible()


def forget_the_code(page: Page) -> None:
    """The page that says what is lost."""
    page.goto("/")
    page.get_by_role("button", name="Glemt koden?").click()
    expect(page.get_by_role("heading", name="Glemt koden?")).to_be_visible()


class TestEveryScreenOfTheLock:
    def test_can_be_left_where_a_code_is_chosen(self, phone: Page) -> None:
        phone.goto(OF_THE_CODE[0])
        expect(phone.get_by_label("Ny kode")).to_be_visible()
        expect_to_get_away(phone, "a new code")

        choose_a_code(phone)
        expect_to_get_away(phone, "the plan without the code")

    def test_can_be_left_while_it_is_shut(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=True)
        for address in ("/", "/min-plan", "/findes-ikke"):
            phone.goto(address)
            locks.expect_locked(phone)
            expect_to_get_away(phone, f"the lock at {address}")
        phone.goto("/")
        phone.get_by_role("button", name="Åbn min kriseplan").click()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        expect_to_get_away(phone, "the plan at hand")
        forget_the_code(phone)
        expect_to_get_away(phone, "the code was forgotten")
        for button in ("Slet det låste, og begynd igen", "Glem denne telefon"):
            forget_the_code(phone)
            phone.get_by_role("button", name=button).click()
            expect(phone.get_by_role("dialog")).to_be_visible()
            expect_to_get_away(phone, button)

    def test_can_be_left_while_one_waits_and_when_it_is_gone(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=True)
        locks.type_wrong_codes(phone, 5)
        expect(phone.get_by_text("Du kan prøve igen om")).to_be_visible()
        expect_to_get_away(phone, "the wait")
        phone.goto("/")
        phone.evaluate(locks.NO_WAIT)
        locks.lose_what_is_locked(phone)

        expect_to_get_away(phone, "what was locked is gone")
        phone.goto("/min-plan")
        expect(phone.get_by_role("heading", name=locks.GONE)).to_be_visible()
        phone.get_by_role("button", name="Åbn min plan").click()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        expect_to_get_away(phone, "the plan that was left")

    def test_can_be_left_where_the_code_is_changed_or_asked_for_once_more(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        for address in OF_THE_CODE:
            phone.goto(address)
            locks.unlock(phone)
            expect_to_get_away(phone, address)
        phone.goto("/min-plan")
        locks.unlock(phone)
        phone.get_by_role("button", name="Print planen").click()
        expect(phone.get_by_role("dialog")).to_be_visible()
        expect_to_get_away(phone, "the plan on paper")


def test_every_page_behind_the_lock_can_be_left(phone: Page) -> None:
    phone.goto("/maal")
    goal = phone.get_by_role("link", name=GOAL).get_attribute("href") or ""
    plans.open_line(phone, WALK)
    line = phone.url
    locks.turn_on(phone, plan_open=False)

    for address in [*BEHIND, goal, line, f"{line}/historik"]:
        phone.goto(address)
        locks.unlock(phone)
        expect_to_get_away(phone, address)
