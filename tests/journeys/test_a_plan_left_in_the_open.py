"""After a forgotten code: the plan that its owner wanted to open without one, and who may do what with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import locks, plans, steps
from tests.journeys.desk import Desk
from tests.journeys.lockable import WALK, OpenBrowser, citizen_id, counsellor, phone

__all__ = ["citizen_id", "counsellor", "phone"]
pytestmark = pytest.mark.browser
ONLY_READ = "Planen kan læses, men ikke ændres, før telefonen er forbundet igen."
LOST = "Telefonen har mistet det, den havde gemt."
LOSE_THE_DATABASE = """() => new Promise(resolve => {
  const gone = indexedDB.deleteDatabase('overblik');
  gone.onsuccess = gone.onerror = resolve;
})"""


def connect(page: Page, code: str) -> None:
    """The code typed in, and the button."""
    page.goto("/par")
    page.get_by_label("Koden").fill(code)
    page.get_by_role("button", name="Forbind telefonen").click()


def test_it_is_only_read_until_its_owner_connects_the_phone_again(
    phone: Page, counsellor: Desk, citizen_id: str
) -> None:
    phone.context.set_offline(True)
    plans.write_line(phone, "Ring til Ida")
    locks.turn_on(phone, plan_open=True)
    locks.lose_what_is_locked(phone)
    phone.get_by_role("button", name="Åbn min plan").click()
    expect(phone.get_by_text(ONLY_READ)).to_be_visible()

    for address in ("/min-plan", "/min-plan/own-actions", "/min-plan/deling"):
        phone.goto(address)
        expect(phone.locator(".own-words", has_text=WALK)).to_be_visible()
        expect(phone.get_by_text(ONLY_READ)).to_be_visible()
        expect(phone.get_by_role("textbox")).to_have_count(0)
        expect(phone.get_by_role("link", name="Skriv eller ret")).to_have_count(0)
    for address in ("/maal/nyt", "/oevelser", "/indstillinger/kode"):
        phone.goto(address)
        expect(phone.get_by_role("heading", name="Velkommen")).to_be_visible()

    phone.context.set_offline(False)
    connect(phone, counsellor.pairing(citizen_id)["code"])
    expect(phone.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
    plans.write_line(phone, "Drik en kop te")
    plans.wait_until_sent(phone)
    plans.expect_in_plan(phone, WALK, "Ring til Ida", "Drik en kop te")


@pytest.mark.parametrize(("answer", "stays"), [("Ja, tag den med", 1), ("Nej, slet den", 0)])
def test_on_a_phone_that_was_never_connected_it_joins_nobody_who_was_not_asked(
    counsellor: Desk, open_browser: OpenBrowser, answer: str, stays: int
) -> None:
    page = open_browser()
    plans.write_line(page, WALK)
    locks.turn_on(page, plan_open=True)
    locks.lose_what_is_locked(page)
    page.get_by_role("button", name="Gå til Hjem").click()
    code = counsellor.pairing(counsellor.take_in("Musvit"))["code"]

    connect(page, code)
    expect(page.get_by_role("alert")).to_contain_text("Vælg ja eller nej.")
    page.get_by_label(answer).check()
    page.get_by_role("button", name="Forbind telefonen").click()

    expect(page.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
    page.goto("/min-plan")
    expect(page.get_by_role("heading", name="Min plan")).to_be_visible()
    expect(page.locator(".own-words", has_text=WALK)).to_have_count(stays)


def test_a_phone_that_has_lost_everything_says_so_and_shows_no_empty_plan(
    phone: Page, counsellor: Desk, citizen_id: str
) -> None:
    phone.goto("/hjaelp.html")
    phone.evaluate(LOSE_THE_DATABASE)

    for address in ("/", "/min-plan"):
        phone.goto(address)
        expect(phone.get_by_text(LOST)).to_be_visible()
        expect(phone.get_by_text(WALK)).to_have_count(0)
        expect(phone.get_by_text(re.compile("Her er plads til din plan|Planen findes kun"))).to_have_count(0)

    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    plans.expect_in_plan(phone, WALK)
    expect(phone.get_by_text(LOST)).to_have_count(0)
