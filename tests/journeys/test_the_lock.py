"""A code on the app: whoever holds the phone reads nothing, and help is always there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import locks, plans, steps
from tests.journeys.crawl import Seen, examine
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
WALK = "Gå en tur rundt om søen"
GOAL = "Sove hele natten"
PLACE = "Lokale 2"
PRIVATE = (WALK, GOAL, PLACE, "Karen", "kl. 10.00")
UNKNOWN = "/aftaler/01999999-0000-7000-8000-000000000000"
LEFT_OVER = """async () => ({
  databases: (await indexedDB.databases()).map(each => each.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  kept: Object.keys(localStorage).filter(key => key !== 'farewell'),
})"""
NOTHING: dict[str, Any] = {"databases": [], "caches": [], "workers": 0, "kept": []}
CAN_BE_SEEN = """() => [...document.body.querySelectorAll('*')]
  .filter(each => getComputedStyle(each).visibility !== 'hidden').length"""
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
        phone.goto("/aabningstider")
        expect(phone.get_by_role("heading", name="Åbningstider")).to_be_visible()
        phone.goto("/hurtigt-vaek")
        expect(phone.get_by_role("heading", name="Sådan kommer du hurtigt væk")).to_be_visible()
        expect_nothing_private(phone)

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


class TestWrongCodes:
    def test_make_one_wait_and_the_tenth_takes_away_what_was_locked(
        self, phone: Page, counsellor: Desk, citizen_id: str
    ) -> None:
        locks.turn_on(phone, plan_open=True)
        locks.type_wrong_codes(phone, 5)
        expect(phone.get_by_text("Du kan prøve igen om")).to_be_visible()
        expect(phone.get_by_text("Du har 5 forsøg tilbage.")).to_be_visible()
        expect(phone.get_by_role("button", name="Lås op")).to_have_count(0)
        phone.reload()
        expect(phone.get_by_text("Du kan prøve igen om")).to_be_visible()

        locks.type_wrong_codes(phone, 4)
        phone.evaluate(locks.NO_WAIT)
        phone.reload()
        expect(phone.get_by_label("Din kode til appen")).to_be_visible()
        locks.type_code(phone, locks.WRONG)

        expect(phone.get_by_role("heading", name="Du kan begynde igen")).to_be_visible()
        expect(phone.get_by_text("Intet er gået tabt hos din kontaktperson.")).to_be_visible()
        assert phone.evaluate(LOCK_RECORD)["wrapped"] is False
        phone.wait_for_function("localStorage.getItem('farewell') === null")
        assert counsellor.get(f"/citizens/{citizen_id}")["paired"] is False
        phone.get_by_role("button", name="Åbn min plan").click()
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        phone.goto("/maal")
        expect(phone.get_by_role("heading", name="Mål", exact=True)).to_be_visible()
        expect(phone.get_by_text(GOAL)).to_have_count(0)

    def test_are_forgotten_after_a_right_one(self, phone: Page) -> None:
        locks.turn_on(phone, plan_open=False)
        locks.type_wrong_codes(phone, 2)
        assert phone.evaluate(LOCK_RECORD)["tries"] == 2

        locks.unlock(phone)

        assert phone.evaluate(LOCK_RECORD)["tries"] == 0

    def test_leave_a_plan_that_never_meets_somebody_else(self, phone: Page, counsellor: Desk) -> None:
        locks.turn_on(phone, plan_open=True)
        phone.reload()
        phone.get_by_role("button", name="Glemt koden?").click()
        phone.get_by_role("button", name="Slet det låste, og begynd igen").click()
        phone.get_by_role("button", name="Jeg har en ny kode").click()
        other = counsellor.take_in("Musvit")

        phone.get_by_label("Koden").fill(counsellor.pairing(other)["code"])
        phone.get_by_role("button", name="Forbind telefonen").click()

        expect(phone.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
        phone.goto("/min-plan")
        expect(phone.get_by_role("heading", name="Min plan")).to_be_visible()
        expect(phone.get_by_text(WALK)).to_have_count(0)


class TestAwayFromThePhone:
    def test_leaves_an_empty_screen_at_once_and_a_locked_one_after_a_minute(self, phone: Page) -> None:
        phone.clock.install()
        locks.turn_on(phone, plan_open=False)
        phone.goto("/")
        locks.unlock(phone)
        expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()

        locks.look_away(phone)
        assert phone.evaluate(CAN_BE_SEEN) == 0
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

        phone.clock.fast_forward(3 * 60_000)

        locks.expect_locked(phone)
        expect_nothing_private(phone)
        assert "Hør den rolige pla" not in phone.content()
        locks.unlock(phone)
        expect(phone.get_by_label("Skriv en linje")).to_have_value("Hør den rolige pla")

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
