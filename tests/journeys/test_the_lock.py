"""A code on the app: whoever holds the phone reads nothing, and help is always there."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import locks, plans
from tests.journeys.crawl import Seen, examine
from tests.journeys.lockable import GOAL, WALK, citizen_id, counsellor, expect_nothing_private, phone

__all__ = ["citizen_id", "counsellor", "phone"]
pytestmark = pytest.mark.browser
UNKNOWN = "/aftaler/01999999-0000-7000-8000-000000000000"
LEFT_OVER = """async () => ({
  databases: (await indexedDB.databases()).map(each => each.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  kept: Object.keys(localStorage).filter(key => key !== 'farewell'),
})"""
NOTHING: dict[str, Any] = {"databases": [], "caches": [], "workers": 0, "kept": []}
HIDES_DIGITS = "field => getComputedStyle(field).webkitTextSecurity"


class TestChoosingACode:
    def test_is_asked_once_on_the_first_page_and_can_wait(self, phone: Page) -> None:
        phone.goto("/")
        expect(phone.get_by_role("heading", name="Vil du have en kode på appen?")).to_be_visible()

        card = phone.locator(".card", has_text="Vil du have en kode på appen?")
        card.get_by_role("button", name="Ikke nu").click()

        expect(phone.get_by_role("heading", name="Vil du have en kode på appen?")).to_have_count(0)
        phone.reload()
        expect(phone.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
        expect(phone.get_by_role("heading", name="Vil du have en kode på appen?")).to_have_count(0)

    def test_refuses_what_others_guess_and_what_does_not_match(self, phone: Page) -> None:
        phone.goto("/indstillinger/kode")
        code, again = phone.get_by_label("Ny kode"), phone.get_by_label("Skriv den igen")
        expect(phone.get_by_text("Også hvis det er en anden, der skriver.")).to_be_visible()
        for field in (code, again):
            # A password field would be offered to a store that others may open.
            expect(field).to_have_attribute("type", "text")
            assert field.evaluate(HIDES_DIGITS) == "disc"

        for pin, repeated, answer in (
            ("12345", "12345", "Koden skal have mindst 6 cifre."),
            ("123456", "123456", "Den kode er let at gætte."),
            (locks.PIN, locks.WRONG, "De to koder er ikke ens."),
        ):
            code.fill(pin)
            again.fill(repeated)
            phone.get_by_role("button", name="Videre").click()
            expect(phone.get_by_text(answer)).to_be_visible()

    def test_does_not_answer_for_the_person_whether_the_plan_opens_without_it(self, phone: Page) -> None:
        phone.goto("/indstillinger/kode")
        phone.get_by_label("Ny kode").fill(locks.PIN)
        phone.get_by_label("Skriv den igen").fill(locks.PIN)
        phone.get_by_role("button", name="Videre").click()
        expect(phone.get_by_label("Ja", exact=True)).not_to_be_checked()
        expect(phone.get_by_label("Nej", exact=True)).not_to_be_checked()

        phone.get_by_role("button", name="Slå koden til").click()

        expect(phone.get_by_text("Vælg ja eller nej.")).to_be_visible()
        phone.reload()
        expect(phone.get_by_role("heading", name="Vælg en kode til appen")).to_be_visible()


class TestLocked:
    def test_shows_help_and_opening_hours_and_nothing_else_without_a_network(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.context.set_offline(True)

        phone.goto("/min-plan")

        locks.expect_locked(phone)
        expect_nothing_private(phone)
        expect(phone.get_by_role("button", name="Åbn min kriseplan")).to_have_count(0)
        for address in ("/", "/maal", "/aftaler", "/indstillinger", "/mine-data", "/par", "/min-plan/deling"):
            phone.goto(address)
            locks.expect_locked(phone)
            expect_nothing_private(phone)
        phone.get_by_role("link", name="Hjælp nu").first.click()
        expect(phone.get_by_role("link", name="112").first).to_be_visible()
        for address, heading in (
            ("/aabningstider", "Åbningstider"),
            ("/hurtigt-vaek", "Sådan kommer du hurtigt væk"),
        ):
            phone.goto(address)
            expect(phone.get_by_role("heading", name=heading)).to_be_visible()
            expect_nothing_private(phone)
            phone.get_by_role("link", name="Tilbage", exact=True).click()
            locks.expect_locked(phone)

    def test_opens_the_page_that_was_asked_for_with_the_code_alone(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.context.set_offline(True)
        phone.goto("/min-plan")

        locks.unlock(phone)

        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        assert phone.url.endswith("/min-plan")

    def test_of_an_unknown_thing_shows_the_lock_and_then_that_it_is_not_there(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)

        phone.goto(UNKNOWN)
        locks.expect_locked(phone)
        locks.unlock(phone)

        expect(phone.get_by_role("heading", name="Vi kan ikke finde aftalen")).to_be_visible()

    def test_lets_the_plan_be_read_where_its_owner_wants_it_so_and_nothing_else(self, phone: Page) -> None:
        phone.context.set_offline(True)
        plans.write_line(phone, "Ring til Ida")
        phone.context.set_offline(False)
        locks.turn_on(phone, plan_open=True)
        phone.context.set_offline(True)
        phone.goto("/aftaler")
        expect_nothing_private(phone)

        phone.get_by_role("button", name="Åbn min kriseplan").click()

        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        expect(phone.locator(".own-words", has_text="Ring til Ida")).to_be_visible()
        expect(phone.get_by_role("textbox")).to_have_count(0)
        expect(phone.get_by_role("link", name="Hvem kan læse min plan")).to_have_count(0)
        expect_nothing_private(phone, but=WALK)
        phone.get_by_role("link", name="Ét skridt ad gangen").click()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        phone.get_by_role("button", name="Tilbage til låsen").click()
        locks.expect_locked(phone)
        expect_nothing_private(phone)
        assert phone.url.endswith("/aftaler")
        phone.goto("/min-plan")
        locks.expect_locked(phone)
        expect_nothing_private(phone)

    def test_looks_right_and_reads_right_in_light_and_dark(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=True)
        phone.goto("/")
        seen = Seen()

        locks.expect_locked(phone)
        examine(phone, "the lock", seen)
        phone.get_by_role("button", name="Glemt koden?").click()
        examine(phone, "the code was forgotten", seen)
        phone.goto("/")
        phone.get_by_role("button", name="Åbn min kriseplan").click()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        examine(phone, "the plan at hand", seen)

        assert seen.violations == []


class TestChangingTheCode:
    def test_in_one_tab_locks_the_others_and_the_old_code_is_wrong(self, phone: Page) -> None:
        second = phone.context.new_page()
        second.goto("/maal")
        expect(second.get_by_text(GOAL)).to_be_visible()
        locks.turn_on(phone, plan_open=False)
        locks.expect_locked(second)
        locks.unlock(second)
        expect(second.get_by_text(GOAL)).to_be_visible()

        phone.get_by_role("link", name="Skift koden").click()
        phone.get_by_label("Din kode nu").fill(locks.PIN)
        phone.get_by_role("button", name="Videre").click()
        phone.get_by_label("Ny kode").fill(locks.WRONG)
        phone.get_by_label("Skriv den igen").fill(locks.WRONG)
        phone.get_by_role("button", name="Gem den nye kode").click()

        expect(phone.get_by_text("Koden er skiftet.")).to_be_visible()
        locks.expect_locked(second)
        locks.type_code(second, locks.PIN)
        expect(second.get_by_text("Koden passer ikke.")).to_be_visible()
        locks.unlock(second, locks.WRONG)
        expect(second.get_by_text(GOAL)).to_be_visible()

    def test_the_answer_about_the_plan_and_the_code_itself_can_be_taken_back(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.get_by_role("link", name="Kriseplanen uden kode: Nej").click()
        phone.get_by_label("Din kode nu").fill(locks.PIN)
        phone.get_by_role("button", name="Videre").click()
        phone.get_by_label("Ja", exact=True).check()
        phone.get_by_role("button", name="Gem", exact=True).click()
        expect(phone.get_by_role("link", name="Kriseplanen uden kode: Ja")).to_be_visible()
        phone.reload()
        phone.get_by_role("button", name="Åbn min kriseplan").click()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()

        phone.goto("/indstillinger/kode/fra")
        locks.unlock(phone)
        phone.get_by_label("Din kode nu").fill(locks.PIN)
        phone.get_by_role("button", name="Slå koden fra").click()

        expect(phone.get_by_text("Koden er slået fra.")).to_be_visible()
        phone.goto("/maal")
        expect(phone.get_by_text(GOAL)).to_be_visible()

    def test_is_asked_for_again_before_everything_is_carried_out_of_the_app(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.goto("/mine-data")
        locks.unlock(phone)
        expect(phone.get_by_role("heading", name="Mine data")).to_be_visible()
        expect(phone.get_by_role("button", name="Hent som PDF til at læse")).to_have_count(0)

        phone.get_by_label("Din kode til appen").fill(locks.PIN)
        phone.get_by_role("button", name="Videre").click()

        expect(phone.get_by_role("button", name="Hent som PDF til at læse")).to_be_visible()

    @pytest.mark.parametrize(("ask", "do"), [("Print planen", "Print"), ("Hent som fil (PDF)", "Hent filen")])
    def test_is_asked_for_again_before_the_plan_is(self, phone: Page, ask: str, do: str) -> None:
        locks.turn_on(phone, plan_open=False)
        phone.goto("/min-plan")
        locks.unlock(phone)

        phone.get_by_role("button", name=ask).click()
        yes = phone.get_by_role("dialog").get_by_role("button", name=do, exact=True)
        expect(phone.get_by_label("Din kode til appen")).to_be_visible()
        expect(yes).to_have_count(0)
        phone.get_by_label("Din kode til appen").fill(locks.PIN)
        phone.get_by_role("button", name="Videre").click()

        expect(yes).to_be_visible()


def test_the_phone_can_be_forgotten_at_the_lock_in_flight_mode(phone: Page) -> None:
    locks.turn_on(phone, plan_open=True)
    phone.reload()
    locks.expect_locked(phone)
    phone.context.set_offline(True)

    phone.get_by_role("button", name="Glemt koden?").click()
    phone.get_by_role("button", name="Glem denne telefon").click()
    phone.get_by_role("button", name="Ja, glem telefonen").click()

    expect(phone.get_by_role("heading", name="Velkommen")).to_be_visible()
    assert phone.evaluate(LEFT_OVER) == NOTHING
