"""The person looks away, or nobody is there: the screen is empty, then locked, never in the way of help."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import locks
from tests.journeys.lockable import WALK, citizen_id, counsellor, expect_nothing_private, phone

__all__ = ["citizen_id", "counsellor", "phone"]
pytestmark = pytest.mark.browser
# Help and the way out hold nothing of anybody.
CAN_BE_SEEN = """() => [...document.body.querySelectorAll('*')]
  .filter(each => !each.closest('a.leave, a.help-link-top, a.help-link-bottom'))
  .filter(each => getComputedStyle(each).visibility !== 'hidden').length"""
TYPED = "() => [...document.querySelectorAll('input, textarea')].map(each => each.value).join('|')"
COME_BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
LOSE_SIGHT = """hasFocus => {
  document.hasFocus = () => hasFocus;
  dispatchEvent(new Event('pagehide'));
}"""


class TestAPhone:
    def test_leaves_an_empty_screen_at_once_and_a_locked_one_after_a_minute(self, phone: Page) -> None:
        phone.clock.install()
        locks.turn_on(phone, plan_open=False)
        phone.goto("/")
        locks.unlock(phone)
        expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()

        locks.look_away(phone)
        assert phone.evaluate(CAN_BE_SEEN) == 0
        expect(phone.get_by_role("link", name="Hjælp nu").first).to_be_visible()
        expect(phone.get_by_role("link", name="Hurtigt væk")).to_be_visible()
        phone.clock.fast_forward(50_000)
        locks.look_away(phone, False)
        expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()
        locks.look_away(phone)
        phone.clock.fast_forward(60_000)

        expect_nothing_private(phone)
        locks.look_away(phone, False)
        locks.expect_locked(phone)

    def test_locks_after_three_minutes_without_a_touch_and_keeps_what_was_being_typed(
        self, phone: Page
    ) -> None:
        phone.clock.install()
        locks.turn_on(phone, plan_open=False)
        phone.goto("/min-plan/own-actions")
        locks.unlock(phone)
        phone.get_by_label("Skriv en linje").fill("Hør den rolige pla")
        assert "Hør den rolige pla" in phone.evaluate(TYPED)

        phone.clock.fast_forward(3 * 60_000)

        locks.expect_locked(phone)
        expect_nothing_private(phone)
        assert "Hør den rolige pla" not in phone.evaluate(TYPED)
        locks.unlock(phone)
        expect(phone.get_by_label("Skriv en linje")).to_have_value("Hør den rolige pla")

    def test_says_so_before_it_locks_and_stays_open_for_somebody_who_is_there(self, phone: Page) -> None:
        phone.clock.install()
        locks.turn_on(phone, plan_open=False)
        phone.goto("/min-plan")
        locks.unlock(phone)
        soon = phone.get_by_text("Appen låser om lidt.")

        phone.clock.fast_forward(2 * 60_000 + 45_000)
        expect(soon).to_be_visible()
        phone.get_by_role("button", name="Bliv her").click()
        expect(soon).to_have_count(0)
        phone.wait_for_timeout(500)  # the page moves when the notice goes, and that is a sign, too
        phone.clock.fast_forward(2 * 60_000 + 45_000)
        expect(soon).to_be_visible()
        phone.evaluate("document.querySelector('main').dispatchEvent(new Event('scroll'))")
        expect(soon).to_have_count(0)

        phone.clock.fast_forward(3 * 60_000)
        locks.expect_locked(phone)
        expect(soon).to_have_count(0)

    def test_locks_when_the_browser_brings_back_a_page_that_it_had_kept(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.goto("/min-plan")
        locks.unlock(phone)
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()

        phone.evaluate(COME_BACK)

        locks.expect_locked(phone)
        expect_nothing_private(phone)

    def test_gives_the_page_back_to_whoever_touches_it_or_has_it_in_front(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.goto("/min-plan")
        locks.unlock(phone)
        walk = phone.locator(".own-words", has_text=WALK)

        phone.evaluate(LOSE_SIGHT, False)
        expect(walk).to_be_hidden()
        phone.keyboard.press("Tab")
        expect(walk).to_be_visible()

        phone.evaluate(LOSE_SIGHT, False)
        expect(walk).to_be_hidden()
        phone.evaluate("document.hasFocus = () => true")
        expect(walk).to_be_visible()

    def test_locks_by_hand_in_every_tab_and_keeps_a_change_that_was_just_made(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        second = phone.context.new_page()
        second.goto("/min-plan")
        locks.unlock(second)
        phone.get_by_role("link", name="Min plan").click()
        phone.get_by_role("link", name="Skriv eller ret: Det kan jeg selv gøre").click()
        phone.get_by_label("Skriv en linje").fill("Tag en kop te")

        phone.get_by_role("button", name="Gem linjen").click()
        phone.get_by_role("link", name="Mere").click()
        phone.get_by_role("button", name="Lås nu").click()

        locks.expect_locked(phone)
        locks.expect_locked(second)
        expect_nothing_private(second)
        locks.unlock(second)
        expect(second.locator(".own-words", has_text="Tag en kop te")).to_be_visible()
