"""What the crisis line's staff do together: follow up, hand over shift and places, read the figures."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys.at_the_desk import SIZES, OpenBrowser, at_desk, lea, number, phone, wait_until_saved
from tests.journeys.browsers import make_the_network_slow
from tests.journeys.house import House, Login

__all__ = ["lea", "number", "phone"]

pytestmark = pytest.mark.browser


@SIZES
def test_two_weeks_later_the_follow_up_is_there_and_done_and_the_number_is_gone(
    size: dict[str, Any], house: House, lea: Login, number: str, open_browser: OpenBrowser
) -> None:
    office = open_browser(**size)
    at_desk(office, lea)
    office.get_by_role("button", name="Ny kontakt uden navn").click()
    office.get_by_text("Aftal, om vi må ringe").click()
    office.get_by_label("Vil gerne have, at vi følger op efter 14 dage").check()
    office.get_by_label("Ja", exact=True).check()
    office.get_by_label("Nummer", exact=True).fill(number)
    office.get_by_label("Hvornår passer det?").fill("efter kl. 17")
    office.get_by_label("Kodeord").fill("havblik")
    contact_id = office.url.rsplit("/", 1)[1]
    office.get_by_role("button", name="Afslut kontakten").click()
    expect(office.get_by_text("Kontakten er afsluttet.")).to_be_visible()
    office.get_by_role("link", name="Opfølgning").click()
    row = office.locator(".missed-entry", has_text="Du ringer")
    expect(office.get_by_role("heading", name="De næste dage")).to_be_visible()
    expect(office.get_by_text(number)).to_have_count(0)

    house.the_contact_was_days_ago(contact_id, days=14)
    office.reload()

    expect(row.get_by_role("link", name=number)).to_be_visible()
    expect(row.get_by_text("Sig først kodeordet: havblik")).to_be_visible()
    expect(row.get_by_text("Læg aldrig en besked på telefonsvareren.")).to_be_visible()
    row.get_by_role("button", name="Skriv ned, hvordan det gik").click()
    row.get_by_label("Vi talte sammen").check()
    row.get_by_label("Lidt").check()
    row.get_by_role("button", name="Gem").click()
    expect(office.get_by_text("Gemt.", exact=True)).to_be_visible()
    expect(office.get_by_text(number)).to_have_count(0)
    stored = house.rows(
        "SELECT f.result, f.changed, c.ring_phone_sealed FROM crisis_follow_up f"
        " JOIN crisis_contact c ON c.id = f.contact_id WHERE c.id = %s",
        contact_id,
    )
    assert stored == [("done", "some", None)]


def test_the_shift_and_the_night_are_handed_over_without_a_word_being_lost(
    house: House, lea: Login, open_browser: OpenBrowser
) -> None:
    office, jonas = open_browser(screen=True), house.employ("Jonas Juhl", Role.CRISIS_LINE, unit="akuttilbud")
    at_desk(office, lea)
    office.get_by_role("link", name="Vagt", exact=True).click()
    office.get_by_role("button", name="Begynd vagten").click()
    expect(office.get_by_text("Din vagt begyndte")).to_be_visible()
    make_the_network_slow(office)
    with office.expect_request(
        lambda asked: asked.method == "GET" and asked.url.endswith("/desk/shifts/current")
    ):
        office.get_by_label("Jeg er på farten").check()  # kept by now, and looked at again
    assert office.get_by_label("Jeg er på farten").is_checked(), "what was ticked fell back"
    office.get_by_label("Til næste vagt").fill("Der er lagt rent sengetøj på plads 1")
    office.get_by_role("button", name="Gem", exact=True).click()
    expect(office.get_by_role("status").filter(has_text="Gemt.")).to_be_visible()
    office.get_by_role("link", name="Pladser").click()
    tonight = office.locator(".desk-nights li").filter(has_text="I nat").first
    tonight.get_by_role("button", name="Hold en plads").click()
    expect(tonight.get_by_role("button", name="Giv plads 1 fri: I nat")).to_be_visible()

    other = open_browser(screen=True)
    at_desk(other, jonas)
    other.get_by_role("link", name="Vagt", exact=True).click()
    expect(other.get_by_text("Lea Lund er på farten")).to_be_visible()
    expect(other.get_by_text("Der er lagt rent sengetøj på plads 1")).to_be_visible()
    other.get_by_role("link", name="Pladser").click()
    tonight = other.locator(".desk-nights li").filter(has_text="I nat").first
    tonight.get_by_role("button", name="Giv plads 1 fri: I nat").click()
    expect(tonight.get_by_role("button", name="Giv plads 1 fri: I nat")).to_have_count(0)


def test_the_figures_add_up_to_the_last_contact(lea: Login, open_browser: OpenBrowser) -> None:
    office = open_browser(screen=True)
    at_desk(office, lea)
    for _ in range(2):
        office.get_by_role("button", name="Ny kontakt uden navn").click()
        office.get_by_label("Tungt humør").check()
        with office.expect_response(lambda answer: answer.url.endswith("/close") and answer.ok):
            office.get_by_role("button", name="Afslut kontakten").click()
        expect(office.get_by_text("Kontakten er afsluttet.")).to_be_visible()

    office.get_by_role("link", name="Henvendelser").click()
    office.get_by_label("Fordelt på").select_option("reason")

    table = office.get_by_role("table", name="Henvendelser i tal: Grund")
    expect(table.get_by_role("row", name="Tungt humør")).to_be_visible()
    total = int(table.locator("tfoot td").first.inner_text())
    parts = [int(text) for text in table.locator("tbody tr td:nth-of-type(1)").all_inner_texts()]
    assert total >= 2
    assert sum(parts) == total


def test_a_colleague_sees_who_is_with_whom_and_goes_on_with_the_form_but_not_with_the_plan(
    house: House, lea: Login, phone: Page, number: str, open_browser: OpenBrowser
) -> None:
    office, jonas = open_browser(screen=True), house.employ("Jonas Juhl", Role.CRISIS_LINE, unit="akuttilbud")
    at_desk(office, lea)
    office.keyboard.type(number)
    office.keyboard.press("Enter")
    office.get_by_label("Personen sagde ja").check()
    office.get_by_role("button", name="Find, og åbn planen").click()
    office.get_by_label("Ensomhed").check()
    wait_until_saved(office)
    contact_id = office.url.rsplit("/", 1)[1]

    other = open_browser(screen=True)
    at_desk(other, jonas)
    row = other.locator(f'.desk-rows li:has(a[href$="{contact_id}"])')
    expect(row).to_contain_text("Natugle")
    expect(row).to_contain_text("Hos Lea Lund")
    row.get_by_role("link").click()

    expect(other.get_by_role("heading", name="Kontakt med Natugle")).to_be_visible()
    expect(other.get_by_text("Det er en kollegas kontakt.")).to_be_visible()
    expect(other.get_by_label("Personen sagde ja")).to_have_count(0)
    expect(other.get_by_label("Ensomhed")).to_be_checked()
    other.get_by_label("Kan ikke sove").check()
    wait_until_saved(other)
    office.get_by_role("checkbox", name="Samtale", exact=True).check()
    wait_until_saved(office)
    stored = house.rows("SELECT reasons, given FROM crisis_contact WHERE id = %s", contact_id)
    assert stored == [(["loneliness", "sleep"], ["talk"])]
