"""A goal between its owner and the crisis line: its name alone, while the owner wants it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.at_the_desk import OpenBrowser, at_desk, lea, number, phone, wait_until_saved
from tests.journeys.house import House, Login
from tests.journeys.test_the_desk import desk_code

__all__ = ["lea", "number", "phone"]

pytestmark = pytest.mark.browser
TITLE = "Sove hele natten"
SHARE, STOP = f"Ja, del navnet: {TITLE}", f"Stop med at dele: {TITLE}"


def write_goal(phone: Page) -> None:
    """A goal in the person's own words, opened again."""
    phone.goto("/maal/nyt")
    phone.get_by_label("Hvad vil du gerne?").fill(TITLE)
    phone.get_by_role("button", name="Gem målet").click()
    phone.get_by_role("link", name="Ret målet").click()
    expect(phone.get_by_role("heading", name="Del målets navn med akuttelefonen")).to_be_visible()
    expect(phone.get_by_text("Deles ikke.")).to_be_visible()


def talk_about_it(office: Page, code: str) -> str:
    """A contact about that goal, with a call agreed after 14 days; its id."""
    office.get_by_label("Find en person").fill(code)
    office.keyboard.press("Enter")
    office.get_by_role("button", name="Åbn kontakt").click()
    office.get_by_text("Aftal, om vi må ringe").click()
    office.get_by_label("Vil gerne have, at vi følger op efter 14 dage").check()
    office.get_by_text("Mere, hvis der er tid").click()
    office.get_by_label("Personen vil gerne se kontakten i sin app").check()
    office.get_by_role("button", name="Vis de mål, personen deler").click()
    office.get_by_label("Mål, som kontakten handler om").select_option(label=TITLE)
    wait_until_saved(office)
    contact_id = office.url.rsplit("/", 1)[1]
    office.get_by_role("button", name="Afslut kontakten").click()
    expect(office.get_by_text("Kontakten er afsluttet.")).to_be_visible()
    return contact_id


def test_its_name_is_there_for_the_talk_and_for_the_call_two_weeks_later_while_it_is_shared(
    house: House, lea: Login, phone: Page, open_browser: OpenBrowser
) -> None:
    write_goal(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name=SHARE).click()
    expect(phone.get_by_text("Det kræver forbindelse. Der er ikke ændret noget.")).to_be_visible()
    phone.context.set_offline(False)
    phone.get_by_role("button", name=SHARE).click()
    expect(phone.get_by_role("button", name=STOP)).to_be_visible()
    office = open_browser(screen=True)
    at_desk(office, lea)

    contact_id = talk_about_it(office, desk_code(phone))
    house.the_contact_was_days_ago(contact_id, days=14)
    office.get_by_role("link", name="Opfølgning").click()

    row = office.locator(".missed-entry", has_text="Natugle").filter(has_text="Du ringer")
    expect(row.get_by_text(f"Målet: {TITLE}")).to_be_visible()
    phone.goto("/henvendelser")
    expect(phone.get_by_role("link", name=TITLE)).to_be_visible()
    phone.get_by_role("link", name=TITLE).click()
    phone.get_by_role("link", name="Ret målet").click()
    phone.get_by_role("button", name=STOP).click()
    expect(phone.get_by_role("button", name=SHARE)).to_be_visible()
    office.reload()
    expect(row.get_by_text("Målet deles ikke mere.")).to_be_visible()
    expect(office.get_by_text(TITLE)).to_have_count(0)
