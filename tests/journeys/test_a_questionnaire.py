"""A counsellor asks, the person answers without a network, and a low score with a yes becomes a call."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys import steps
from tests.journeys.desk import Desk
from tests.journeys.house import House
from tests.journeys.looks import expect_plain, keep_picture, sign_in_at

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
BOTH_SIZES = pytest.mark.parametrize("wide", [True, False], ids=["screen", "phone"])
TITLE = "Sådan har du haft det"
FOR_STAFF = f"{TITLE} (WHO-5)"
ITEMS = 5


def turn_the_rule_on(office: Page, at_most: int) -> None:
    """The manager's page: off at first."""
    office.goto("/staff/colleagues")
    office.get_by_role("link", name="Opkald efter lave tal").click()
    expect(office.get_by_role("heading", name=FOR_STAFF)).to_be_visible()
    field = office.get_by_label("Spørg ved dette tal eller lavere")
    if office.get_by_text("Slået fra", exact=True).is_visible():
        field.fill("100")
        office.get_by_role("button", name="Slå til").click()
        expect(office.get_by_text("Et helt tal fra 0 til 99").first).to_be_visible()
        field.fill(str(at_most))
        office.get_by_role("button", name="Slå til").click()
    expect(office.get_by_text(f"Slået til: ved {at_most} eller lavere")).to_be_visible()
    keep_picture(office, "rules")
    expect_plain(office)


def begin_to_ask(office: Page, citizen_id: str, *, wide: bool) -> None:
    """From the person's page: the first time is today."""
    office.goto(f"/staff/people/{citizen_id}")
    section = office.locator("section", has=office.get_by_role("heading", name="Spørgeskemaer", exact=True))
    section.get_by_role("link", name="Åbn").click()
    expect(office.get_by_text("Personen bliver ikke spurgt om noget lige nu.")).to_be_visible()
    keep_picture(office, "console-none")
    office.get_by_label("Skema").select_option(label=FOR_STAFF)
    office.get_by_role("button", name="Begynd").click()
    expect(office.get_by_role("row", name="Ved start").get_by_text("Åbent, intet er delt")).to_be_visible()
    keep_picture(office, "console-asked")
    expect_plain(office)


def answer_all(phone: Page, answer: str, *, wide: bool) -> None:
    """One question a page, from the first page on."""
    phone.goto("/")
    phone.get_by_role("link", name="Der er nogle spørgsmål til dig").click()
    keep_picture(phone, "list")
    phone.get_by_role("link", name=TITLE).click()
    expect(phone.get_by_role("button", name="Ikke nu")).to_be_visible()
    keep_picture(phone, "intro")
    phone.get_by_role("button", name="Begynd", exact=True).click()
    phone.get_by_role("button", name="Videre").click()
    expect(phone.get_by_text("Vælg et svar for at gå videre.")).to_be_visible()
    for place in range(1, ITEMS + 1):
        expect(phone.get_by_role("heading", name=f"{place} af {ITEMS}")).to_be_visible()
        phone.get_by_label(answer, exact=True).check()
        if place == 1:
            keep_picture(phone, "item")
        phone.get_by_role("button", name="Videre").click()
    keep_picture(phone, "ending")
    phone.get_by_role("button", name="Gem mine svar").click()
    expect(phone.get_by_text("Tak. Dine svar er gemt. Kun du kan se dem.")).to_be_visible()


@pytest.fixture
def manager(desk: Callable[..., Desk]) -> Desk:
    """The unit's manager."""
    return desk("Mette Leder", Role.MANAGER)


@BOTH_SIZES
def test_a_low_score_and_a_yes_become_a_call_that_the_stand_in_sees_too(
    house: House,
    counsellor: Desk,
    manager: Desk,
    desk: Callable[..., Desk],
    open_browser: OpenBrowser,
    wide: bool,
) -> None:
    alias = "Gærdesmutte" if wide else "Rødkælk"
    citizen_id = counsellor.take_in(alias)
    turn_the_rule_on(sign_in_at(open_browser(screen=wide), house, manager), 50)
    office = sign_in_at(open_browser(screen=wide), house, counsellor)
    begin_to_ask(office, citizen_id, wide=wide)
    phone = open_browser(screen=wide)
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(phone)

    phone.context.set_offline(True)
    answer_all(phone, "Lidt af tiden", wide=wide)
    expect(phone.get_by_role("heading", name="Skal din kontaktperson ringe?")).to_be_visible()
    keep_picture(phone, "call")
    phone.get_by_role("button", name="Ja, ring til mig").click()
    expect(phone.get_by_text("Det bliver sendt, når telefonen har net.")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Det er sendt. Vi ringer den næste hverdag")).to_be_visible()
    keep_picture(phone, "call-sent")
    expect_plain(phone)

    office.goto("/staff/")
    expect(office.get_by_role("heading", name="Har bedt om at blive ringet op")).to_be_visible()
    office.goto("/staff/missed")
    entry = office.get_by_role("listitem").filter(has_text=alias)
    expect(entry).to_be_visible()
    expect(office.get_by_text("Personen deler:")).to_have_count(0)
    keep_picture(office, "calls")
    expect_plain(office)

    colleague = desk("Per Vikar")
    manager.post(
        "/stand-ins",
        staff_id=counsellor.login.id,
        stand_in_id=colleague.login.id,
        ends_on=steps.date_in(3),
        reason="ferie",
    )
    assert [row["citizen_alias"] for row in colleague.get("/call-wishes")["items"]] == [alias]
    assert "call-wished" in [todo["kind"] for todo in colleague.get("/today")["items"]]

    office.goto(f"/staff/people/{citizen_id}/measures")
    expect(office.get_by_role("row", name="Ved start").get_by_text("Åbent, intet er delt")).to_be_visible()
    expect(office.get_by_text("Personen deler ikke svar.")).to_be_visible()
    phone.get_by_role("button", name="Lad min kontaktperson se det").click()
    expect(phone.get_by_text("Nu kan din kontaktperson se det.")).to_be_visible()
    office.reload()
    expect(office.get_by_role("row", name="Ved start").get_by_text("Delt")).to_be_visible()
    expect(office.get_by_role("cell", name="20", exact=True)).to_be_visible()
    keep_picture(office, "console-shared")
    expect_plain(office)


@BOTH_SIZES
def test_everything_is_the_persons_own_without_a_pairing_and_can_be_deleted(
    open_browser: OpenBrowser, wide: bool
) -> None:
    phone = open_browser(screen=wide)
    phone.goto("/")
    steps.wait_until_it_works_offline(phone)
    phone.context.set_offline(True)

    for answer in ("Det meste af tiden", "Lidt af tiden"):
        phone.goto("/skemaer")
        phone.get_by_role("link", name=TITLE).first.click()
        phone.get_by_role("button", name="Begynd", exact=True).click()
        for _ in range(ITEMS):
            phone.get_by_label(answer, exact=True).check()
            phone.get_by_role("button", name="Videre").click()
        expect(phone.get_by_label("Lad min kontaktperson se disse svar")).to_have_count(0)
        phone.get_by_role("button", name="Gem mine svar").click()
        expect(phone.get_by_text("Tak. Dine svar er gemt. Kun du kan se dem.")).to_be_visible()
        expect(phone.get_by_role("heading", name="Skal din kontaktperson ringe?")).to_have_count(0)
    keep_picture(phone, "result")
    phone.get_by_role("link", name="Mine tal som en kurve").click()
    expect(phone.locator(".curve canvas")).to_be_visible()
    phone.get_by_text("Vis tallene").click()
    expect(phone.get_by_role("cell", name="80", exact=True)).to_be_visible()
    expect(phone.get_by_role("cell", name="20", exact=True)).to_be_visible()
    keep_picture(phone, "numbers")
    phone.context.set_offline(False)
    expect_plain(phone)

    phone.goto("/skemaer")
    phone.get_by_role("main").get_by_role("link", name=TITLE).last.click()
    phone.get_by_role("button", name="Slet helt").click()
    phone.get_by_role("dialog").get_by_role("button", name="Slet helt").click()
    expect(phone.get_by_text("Det er slettet.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("main").get_by_role("link", name=TITLE)).to_have_count(2)


def test_the_own_grid_takes_own_words_and_begun_answers_are_taken_up_again(open_browser: OpenBrowser) -> None:
    phone = open_browser()
    phone.goto("/skemaer")
    phone.get_by_role("link", name="De sidste fire uger").click()
    phone.get_by_role("button", name="Begynd", exact=True).click()
    phone.get_by_role("button", name="Gem mine svar").click()
    expect(phone.get_by_text("Skriv, hvad det handler om.")).to_be_visible()
    phone.get_by_label("Hvad handler det om?").fill("Øl om aftenen")
    phone.get_by_label("Den sidste uge").select_option(label="3 dage")
    keep_picture(phone, "grid")
    phone.get_by_role("button", name="Gem mine svar").click()
    expect(phone.get_by_text("Tak. Dine svar er gemt. Kun du kan se dem.")).to_be_visible()
    phone.get_by_text("Det, jeg svarede").click()
    expect(phone.get_by_text("Øl om aftenen")).to_be_visible()
    expect_plain(phone)

    phone.goto("/skemaer")
    phone.get_by_role("link", name="Om alkohol").click()
    phone.get_by_role("button", name="Begynd", exact=True).click()
    phone.get_by_label("Aldrig", exact=True).check()
    phone.get_by_role("button", name="Videre").click()
    expect(phone.get_by_role("heading", name="Det var det hele")).to_be_visible()
    phone.get_by_role("button", name="Forrige spørgsmål").click()
    phone.get_by_label("2 til 3 gange om ugen").check()
    phone.get_by_role("button", name="Gem, og gør det færdigt senere").click()
    expect(phone.get_by_text("Det er gemt. Du kan gøre det færdigt, når du vil.")).to_be_visible()
    steps.wait_until_no_draft_is_kept(phone)
    phone.reload()
    phone.get_by_role("link", name="begyndt, ikke færdig").click()
    expect(phone.get_by_role("button", name="Slet helt")).to_be_visible()
    phone.get_by_role("link", name="Gør det færdigt").click()
    phone.get_by_role("button", name="Fortsæt, hvor du slap").click()
    expect(phone.get_by_role("heading", name="2 af 3")).to_be_focused()
