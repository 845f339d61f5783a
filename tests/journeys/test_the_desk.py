"""The crisis line at work: by keyboard, with the plan beside the talk, and with the server gone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import plans, steps
from tests.journeys.at_the_desk import SIZES, OpenBrowser, at_desk, lea, number, phone, wait_until_saved
from tests.journeys.house import House, Login

__all__ = ["lea", "number", "phone"]

pytestmark = pytest.mark.browser
MOST_KEYS = 25
#: Counts what the worker does from now on: keys that are pressed, and every touch of a pointer.
COUNT = """() => {
  window.pressed = { keys: 0, pointer: 0 }
  const counted = key => !['Shift', 'Control', 'Alt', 'Meta'].includes(key)
  addEventListener('keydown', event => { if (counted(event.key)) window.pressed.keys += 1 }, true)
  addEventListener('pointerdown', () => { window.pressed.pointer += 1 }, true)
}"""
KEPT_IN_BROWSER = """async () => {
  const open = indexedDB.open('overblik-desk')
  const database = await new Promise(done => { open.onsuccess = () => done(open.result) })
  const count = database.transaction('rows').objectStore('rows').count()
  const rows = await new Promise(done => { count.onsuccess = () => done(count.result) })
  database.close()
  return rows
}"""


def share_with_crisis_line(page: Page) -> None:
    """The person's yes in the app."""
    page.goto("/min-plan/deling")
    choice = plans.choice(page, "Akuttelefonen")
    choice.get_by_role("button", name="Ja, del planen").click()
    expect(choice.get_by_role("status")).to_have_text("Nu deles planen.")


def desk_code(page: Page) -> str:
    """What the app shows its owner to say aloud."""
    answer = page.request.get("/api/v1/citizen/desk-code", headers={"X-Requested-With": "overblik"})
    return str(answer.json()["code"])


def expect_focus(page: Page, selector: str) -> None:
    """The keyboard is here now."""
    expect(page.locator(selector)).to_be_focused()


@SIZES
def test_the_plan_is_on_the_screen_two_actions_after_the_code_was_said(
    size: dict[str, Any], lea: Login, phone: Page, open_browser: OpenBrowser
) -> None:
    share_with_crisis_line(phone)
    office = open_browser(**size)
    at_desk(office, lea)

    office.keyboard.type(desk_code(phone).lower())
    expect(office.get_by_label("Kode", exact=True)).to_be_checked()
    office.keyboard.press("Enter")
    expect(office.get_by_role("button", name="Åbn kontakt og plan")).to_be_focused()
    office.keyboard.press("Enter")

    expect(office.locator(".desk-plan .own-words", has_text="Gå en tur langs søen")).to_be_visible()
    assert "Natugle" not in office.url
    phone.goto("/min-plan/deling")
    expect(phone.get_by_text("Akuttelefonen, mens I havde kontakt")).to_be_visible()


def test_a_plain_contact_takes_at_most_twenty_five_keys_and_no_pointer(
    house: House, lea: Login, open_browser: OpenBrowser
) -> None:
    office = open_browser(screen=True)
    at_desk(office, lea)
    office.evaluate(COUNT)

    for _ in range(3):
        office.keyboard.press("Tab")
    office.keyboard.press("Enter")
    expect_focus(office, "#contact-channel-phone")
    office.keyboard.press("1")
    expect_focus(office, "#contact-reason-anxiety")
    office.keyboard.press("1")
    office.keyboard.press("7")
    office.keyboard.press("Enter")
    office.keyboard.press("1")
    office.keyboard.press("Enter")
    office.keyboard.press("1")
    expect_focus(office, "#contact-referral-none")
    office.keyboard.press("1")
    office.keyboard.press("Enter")
    office.keyboard.type("20")
    office.keyboard.press("Enter")
    expect_focus(office, "#contact-gender-not-registered")
    office.keyboard.press("Enter")
    expect_focus(office, "#contact-finish")
    office.keyboard.press("Enter")
    expect(office.get_by_text("Kontakten er afsluttet.")).to_be_visible()

    pressed = office.evaluate("window.pressed")
    assert pressed["keys"] <= MOST_KEYS, pressed
    assert pressed["pointer"] == 0
    stored = house.rows(
        "SELECT channel, reasons, given, referrals, outcome, duration_minutes, gender, citizen_id,"
        " ring_phone_sealed, closed_at IS NOT NULL FROM crisis_contact WHERE opened_by = %s",
        lea.id,
    )
    told = ("phone", ["anxiety", "sleep"], ["talk"], ["none"], "calmer", 20, "not-registered")
    assert stored == [(*told, None, None, True)]


@SIZES
def test_nobody_learns_from_a_number_that_somebody_is_known_who_has_not_said_yes(
    size: dict[str, Any], lea: Login, phone: Page, number: str, open_browser: OpenBrowser
) -> None:
    office = open_browser(**size)
    at_desk(office, lea)
    shown = []

    for typed in (number, "99 99 99 99"):
        office.get_by_label("Find en person").fill(typed)
        office.keyboard.press("Enter")
        expect(office.get_by_text("Ingen fundet, eller ingen adgang.")).to_be_visible()
        expect(office.get_by_text("Bed personen åbne sin egen plan, eller sige")).to_be_visible()
        shown.append(office.locator(".desk-search").inner_text())

    assert shown[0] == shown[1]
    assert "Natugle" not in shown[0]
    phone.goto("/min-plan/deling")
    expect(phone.get_by_text("Ingen har læst din plan.")).to_be_visible()


@SIZES
def test_a_yes_said_aloud_opens_the_plan_for_as_long_as_the_contact_lasts(
    size: dict[str, Any], lea: Login, phone: Page, number: str, open_browser: OpenBrowser
) -> None:
    office = open_browser(**size)
    at_desk(office, lea)

    office.keyboard.type(number)
    expect(office.get_by_label("Telefon", exact=True)).to_be_checked()
    office.keyboard.press("Enter")
    expect(office.get_by_role("heading", name="Personen er på linjen og siger ja")).to_be_visible()
    expect(office.get_by_text("Må jeg finde den og læse den, mens vi taler sammen?")).to_be_visible()
    expect_focus(office, "#desk-aloud-yes")
    office.keyboard.press("Enter")
    expect(office.get_by_text("Ellers kan vi ikke lede.")).to_be_visible()
    office.keyboard.press("Space")
    office.keyboard.press("Enter")
    expect(office.get_by_text("Gå en tur langs søen")).to_be_visible()
    expect(office.get_by_role("heading", name="Kontakt med Natugle")).to_be_visible()
    address = office.url
    office.get_by_role("button", name="Afslut kontakten").click()
    expect(office.get_by_text("Kontakten er afsluttet.")).to_be_visible()

    contact_id = address.rsplit("/", 1)[1]
    again = office.request.post(
        f"/api/v1/staff/desk/contacts/{contact_id}/plan",
        data={"oral_yes": True},
        headers={"X-Requested-With": "overblik", "Sec-Fetch-Site": "same-origin"},
    )
    assert again.status == 404
    office.goto(address)
    expect(office.get_by_text("Gå en tur langs søen")).to_have_count(0)
    phone.goto("/min-plan/deling")
    expect(phone.get_by_text("Du sagde ja til det, mens I talte sammen.")).to_be_visible()


@SIZES
def test_nothing_is_lost_when_the_server_dies_in_the_middle_of_a_contact(
    size: dict[str, Any], house: House, lea: Login, open_browser: OpenBrowser
) -> None:
    office = open_browser(**size)
    at_desk(office, lea)
    steps.wait_until_it_works_offline(office)
    office.reload()
    office.get_by_role("button", name="Ny kontakt uden navn").click()
    office.get_by_label("Ensomhed").check()
    wait_until_saved(office)

    with house.web_killed():
        office.get_by_label("Nærvær og ro").check()
        office.get_by_text("Mere, hvis der er tid").click()
        office.get_by_label("Note").fill("Sad på trappen, da strømmen gik")
        expect(office.get_by_text("Gemt her. Sendes, når der er forbindelse.")).to_be_visible()
        office.reload()
        expect(office.get_by_text("Der er ikke forbindelse til systemet")).to_be_visible()
        expect(office.get_by_label("Nærvær og ro")).to_be_checked()
        office.get_by_role("button", name="Afslut kontakten").click()
        expect(office.get_by_text("1 kontakt er gemt her")).to_be_visible()
        expect(office.get_by_role("link", name="Alarmcentralen: 112")).to_be_visible()
        office.get_by_role("button", name="Ny kontakt uden navn").click()
        office.get_by_label("Kan ikke sove").check()
        office.get_by_role("button", name="Afslut kontakten").click()
        expect(office.get_by_text("2 kontakter er gemt her")).to_be_visible()

    expect(office.get_by_text("Venter på at blive sendt")).to_have_count(0, timeout=30_000)
    stored = house.rows(
        "SELECT reasons, given, note_sealed IS NOT NULL, closed_at IS NOT NULL FROM crisis_contact"
        " WHERE opened_by = %s ORDER BY opened_at",
        lea.id,
    )
    assert stored == [(["loneliness"], ["presence"], True, True), (["sleep"], [], False, True)]
    assert house.stored_among("Sad på trappen, da strømmen gik") == {"Sad på trappen, da strømmen gik"}


def test_signing_out_leaves_nothing_of_a_contact_in_the_browser(
    house: House, lea: Login, open_browser: OpenBrowser
) -> None:
    office = open_browser(screen=True)
    at_desk(office, lea)
    office.get_by_role("button", name="Ny kontakt uden navn").click()
    office.get_by_text("Mere, hvis der er tid").click()
    office.get_by_label("Note").fill("Skal ikke ligge i browseren")
    wait_until_saved(office)
    assert office.evaluate(KEPT_IN_BROWSER) > 0

    with office.expect_event("load"):
        office.get_by_role("button", name="Log ud").click()

    expect(office.get_by_label("E-mail")).to_be_visible()
    assert office.evaluate(KEPT_IN_BROWSER) == 0
    assert house.stored_among("Skal ikke ligge i browseren")


def test_whoever_signs_out_while_the_server_is_down_is_out_then_and_afterwards(
    house: House, lea: Login, open_browser: OpenBrowser
) -> None:
    office = open_browser(screen=True)
    at_desk(office, lea)
    steps.wait_until_it_works_offline(office)

    with house.web_killed():
        office.get_by_role("button", name="Log ud").click()
        expect(office.get_by_role("link", name="Alarmcentralen: 112")).to_be_visible()
        expect(office.get_by_text(lea.name)).to_have_count(0)
        office.reload()
        expect(office.get_by_role("link", name="Alarmcentralen: 112")).to_be_visible()
        expect(office.get_by_text(lea.name)).to_have_count(0)

    office.reload()
    expect(office.get_by_label("Adgangskode")).to_be_visible()
    asked = office.request.get("/api/v1/staff/session", headers={"X-Requested-With": "overblik"})
    assert asked.status == 401


def test_a_contact_that_was_closed_too_early_goes_on(lea: Login, open_browser: OpenBrowser) -> None:
    office = open_browser(screen=True)
    at_desk(office, lea)
    office.get_by_role("button", name="Ny kontakt uden navn").click()
    office.get_by_label("Ensomhed").check()
    office.get_by_role("button", name="Afslut kontakten").click()
    expect(office.get_by_text("Kontakten er afsluttet.")).to_be_visible()

    office.get_by_role("button", name="Åbn igen").click()

    expect(office.get_by_role("heading", name="Kontakt uden navn")).to_be_visible()
    expect(office.get_by_label("Ensomhed")).to_be_checked()
    expect(office.get_by_role("button", name="Afslut kontakten")).to_be_visible()


def test_whoever_stays_without_a_name_gets_a_code_for_what_was_written(
    house: House, lea: Login, open_browser: OpenBrowser
) -> None:
    office = open_browser(screen=True)
    at_desk(office, lea)
    office.get_by_role("button", name="Ny kontakt uden navn").click()
    office.get_by_label("Sorg eller tab").check()
    wait_until_saved(office)

    office.get_by_role("button", name="Lav en kode").click()
    code = office.locator(".pairing-code").inner_text()

    kept = office.request.post(
        "/api/v1/public/contact-lookups",
        data={"code": code},
        headers={"X-Requested-With": "overblik", "Sec-Fetch-Site": "same-origin"},
    )
    assert kept.json()["contact"]["reason"] == ["grief"]
