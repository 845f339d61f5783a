"""A counsellor gives exercises, sees what is shared of them, and writes one that a second person reads."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.desk import Desk
from tests.journeys.house import House
from tests.journeys.looks import expect_plain, keep_picture, sign_in_at

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
BOTH_SIZES = pytest.mark.parametrize("wide", [True, False], ids=["screen", "phone"])
LINE = "Prøv den, når du kommer hjem."
WORDS = "Det hjalp, da jeg kom ned på jorden."
TITLE, LEAD = "Et roligt sted", "Når der er for meget larm."
BODY = "# Find et sted\n\nBliv der i ti minutter.\n\n- En bænk\n- Biblioteket"


@BOTH_SIZES
def test_what_was_given_is_seen_on_the_phone_and_its_answer_only_when_it_is_shared(
    house: House, counsellor: Desk, open_browser: OpenBrowser, wide: bool
) -> None:
    citizen_id = counsellor.take_in("Vibe" if wide else "Ugle")
    phone = open_browser()
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(phone)
    office = sign_in_at(open_browser(screen=wide), house, counsellor)

    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("link", name="Vis øvelser").click()
    expect(office.get_by_text("Der er ikke givet nogen øvelser endnu.")).to_be_visible()
    keep_picture(office, "given-none")
    office.get_by_role("link", name="Giv en øvelse").click()
    office.get_by_role("button", name="Giv øvelsen").click()
    expect(office.get_by_text("Øvelse: Skal udfyldes.")).to_be_visible()
    office.get_by_label("Øvelse", exact=True).select_option(label="Fem ting omkring dig")
    office.get_by_label("Hver dag").check()
    office.get_by_label("Et par ord til personen").fill(LINE)
    keep_picture(office, "give")
    expect_plain(office)
    office.get_by_role("button", name="Giv øvelsen").click()
    expect(office.get_by_role("heading", name="Fem ting omkring dig")).to_be_visible()
    expect(office.get_by_text("I dag: ikke delt eller ikke svaret")).to_be_visible()

    phone.goto("/oevelser")
    phone.get_by_role("link", name="Fem ting omkring dig", exact=True).first.click()
    expect(phone.get_by_text(LINE)).to_be_visible()
    phone.get_by_role("button", name="Begynd", exact=True).click()
    for _ in range(4):
        phone.get_by_role("button", name="Videre", exact=True).click()
    phone.get_by_role("button", name="Færdig", exact=True).click()
    phone.get_by_label("Meget rart").check()
    phone.get_by_label("Et par ord, hvis du vil").fill(WORDS)
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Kun du kan se det.").first).to_be_visible()

    office.reload()
    expect(office.get_by_text("Ikke delt.", exact=True)).to_be_visible()
    expect(office.get_by_text(WORDS)).to_have_count(0)

    phone.get_by_role("button", name="Del det med min kontaktperson").click()
    expect(phone.get_by_text("Nu kan din kontaktperson se det.")).to_be_visible()
    office.reload()
    expect(office.get_by_text(WORDS)).to_be_visible()
    expect(office.get_by_text("I dag: lavet").first).to_be_visible()
    keep_picture(office, "given")
    expect_plain(office)

    office.get_by_role("link", name="Ret Fem ting omkring dig").click()
    office.get_by_label("Til og med").fill(steps.date_in(7))
    office.get_by_role("button", name="Gem", exact=True).click()
    expect(office.get_by_text(re.compile("^Hver dag fra i dag til og med"))).to_be_visible()
    office.get_by_role("button", name="Tag Fem ting omkring dig tilbage").click()
    expect(office.get_by_text("Taget tilbage").first).to_be_visible()
    expect(office.get_by_text(WORDS)).to_be_visible()


@BOTH_SIZES
def test_an_own_exercise_is_read_by_a_second_profession_before_the_centre_shares_it(
    house: House, counsellor: Desk, desk: Callable[..., Desk], open_browser: OpenBrowser, wide: bool
) -> None:
    colleague = desk("Nanna Nørgaard")
    title = f"{TITLE} {'ude' if wide else 'inde'}"
    office = sign_in_at(open_browser(screen=wide), house, counsellor)
    office.goto("/staff/exercises")
    office.get_by_role("link", name="Skriv en øvelse").click()
    office.get_by_label("Navn").fill(title)
    office.get_by_label("En linje om, hvornår den hjælper").fill(LEAD)
    office.get_by_label("Metode").select_option(label="Jordforbindelse")
    office.get_by_label("Hvad er du selv?").select_option(label="pædagog")
    office.get_by_label("Øvelsen", exact=True).fill("Se [her](https://example.dk)")
    expect(office.get_by_text("Linje 1: et link")).to_be_visible()
    keep_picture(office, "own-fault")
    office.get_by_role("button", name="Gem udkast").click()
    expect(office.get_by_text("Der er noget, som telefonen ikke kan vise.").first).to_be_visible()
    office.get_by_label("Øvelsen", exact=True).fill(BODY)
    preview = office.get_by_role("region", name="Sådan står det på telefonen")
    expect(preview.get_by_role("heading", name="Find et sted")).to_be_visible()
    expect(preview.get_by_role("listitem")).to_have_text(["En bænk", "Biblioteket"])
    keep_picture(office, "own-edit")
    expect_plain(office)
    office.get_by_role("button", name="Gem udkast").click()
    expect(office.get_by_role("heading", name=title)).to_be_visible()
    office.get_by_role("button", name="Bed en anden om at læse").click()
    expect(office.get_by_text("Venter på at blive læst")).to_be_visible()
    keep_picture(office, "own-waits")

    reader = sign_in_at(open_browser(screen=wide), house, colleague)
    reader.goto("/staff/exercises")
    expect(reader.get_by_role("heading", name="Venter på en anden faglighed")).to_be_visible()
    keep_picture(reader, "own-list")
    reader.get_by_role("link", name=title).click()
    reader.get_by_label("Hvad er du selv?").select_option(label="pædagog")
    reader.get_by_label("Centret må bruge den, som den står").check()
    reader.get_by_role("button", name="Gem", exact=True).click()
    expect(reader.get_by_text("En anden skal læse den").first).to_be_visible()
    keep_picture(reader, "own-review")
    expect_plain(reader)
    reader.get_by_label("Hvad er du selv?").select_option(label="sygeplejerske")
    reader.get_by_role("button", name="Gem", exact=True).click()
    expect(reader.get_by_text(re.compile("^Læst af .*, sygeplejerske, i dag"))).to_be_visible()
    keep_picture(reader, "own-shared")

    citizen_id = colleague.take_in("Svale" if wide else "Terne")
    reader.goto(f"/staff/people/{citizen_id}/exercises/new")
    reader.get_by_label("Øvelse", exact=True).select_option(label=f"Centrets: {title}")
    expect(reader.get_by_text(LEAD)).to_be_visible()
    reader.get_by_role("button", name="Giv øvelsen").click()
    expect(reader.get_by_role("heading", name=title)).to_be_visible()


def test_the_console_says_everything_in_english(
    house: House, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Krage")
    counsellor.post(f"/citizens/{citizen_id}/exercises", ref={"library": "body-scan"}, repeat="weekly")
    office = sign_in_at(open_browser(screen=True), house, counsellor)
    office.get_by_role("button", name="English").click()

    office.goto(f"/staff/people/{citizen_id}/exercises")
    expect(office.get_by_text("Today: not shared or not answered")).to_be_visible()
    keep_picture(office, "given-en")
    expect_plain(office)
    office.goto("/staff/exercises/new")
    expect(office.get_by_text("The text comes here when you write.")).to_be_visible()
    keep_picture(office, "own-edit-en")
    expect_plain(office)


def test_the_person_chooses_whether_to_be_told_of_exercises(
    counsellor: Desk, open_browser: OpenBrowser
) -> None:
    citizen_id = counsellor.take_in("Allike")
    phone = open_browser()
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    phone.goto("/indstillinger")
    choice = phone.get_by_label("Når der er en øvelse til dig")
    expect(choice).not_to_be_checked()

    choice.check()
    expect(phone.get_by_text("Gemt.").first).to_be_visible()
    keep_picture(phone, "settings")
    expect_plain(phone)

    steps.wait_until_it_works_offline(phone)
    phone.reload()
    expect(choice).to_be_checked()
    expect(phone.get_by_label(re.compile("^Når dit hold mødes"))).to_be_checked()
