"""When the phone does not answer: what a counsellor agrees with a person, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk
from tests.journeys.house import Login

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]


def test_a_number_is_agreed_on_together_and_taken_back_on_the_phone(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Vibe")
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("link", name="Ret SMS").click()
    expect(office.get_by_text("Du har en påmindelse. Åbn den, når det passer dig.")).to_be_visible()
    office.get_by_label("Mobilnummer").fill("20 12 34 56")
    office.get_by_label("Ja, men kun mellem to klokkeslæt").check()
    office.get_by_role("button", name="Gem").click()
    expect(office.get_by_text("Spørg personen først.").first).to_be_visible()
    office.get_by_label("Vi har talt om det, og personen siger ja").check()
    office.get_by_role("button", name="Gem").click()
    steps.expect_person_page(office, citizen_id)
    expect(office.get_by_text("Kun mellem kl. 9 og 12")).to_be_visible()

    phone = open_browser()
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    phone.goto("/indstillinger")
    phone.get_by_role("button", name="Vis, hvor I må skrive til mig").click()
    expect(phone.get_by_text("SMS: •••• 56")).to_be_visible()
    phone.get_by_role("button", name="Fjern nummeret").click()

    expect(phone.get_by_text("Fjernet. Vi skriver ikke der mere.")).to_be_visible()
    office.reload()
    expect(office.get_by_text("Nej, skriv ikke").first).to_be_visible()


def test_a_pause_is_seen_on_the_phone_without_its_reason_and_can_be_ended_there(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Musvit")
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("link", name="Sæt på pause").click()
    office.get_by_label("Til og med").fill(steps.date_in(10))
    office.get_by_label("Hvorfor (kun for personalet)").select_option("hospital")
    office.get_by_role("button", name="Sæt på pause").click()
    steps.expect_person_page(office, citizen_id)
    expect(office.get_by_text("(indlagt)")).to_be_visible()

    phone = open_browser()
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    phone.goto("/indstillinger")
    expect(phone.get_by_text("sat på pause af din kontaktperson")).to_be_visible()
    expect(phone.get_by_text("ndlagt")).to_have_count(0)
    phone.get_by_role("button", name="Slå til igen").click()

    expect(phone.get_by_text("sat på pause af din kontaktperson")).to_have_count(0)


def test_a_mark_of_death_made_by_mistake_is_taken_back_with_one_tap(
    karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Lærke")
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("link", name="Personen er død").click()
    office.get_by_role("button", name="Ja, send ikke mere").click()
    steps.expect_person_page(office, citizen_id)
    expect(office.get_by_text("Personen er meldt død")).to_be_visible()

    office.get_by_role("button", name="Det var en fejl").click()

    expect(office.get_by_role("link", name="Personen er død")).to_be_visible()
