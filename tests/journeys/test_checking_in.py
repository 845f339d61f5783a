"""Checking in: private in a few taps without a network, shared when the person says so, closed by a no."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import plans, steps
from tests.journeys.desk import Desk
from tests.journeys.house import House
from tests.journeys.looks import keep_picture

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
MINE = "Det her er kun mit"
OURS = "Det her må du gerne se"
BEFORE = "Det her skrev jeg inden mit ja"
SHARE = "Del mine check-ins med min kontaktperson"


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Lærke")


@pytest.fixture
def phone(counsellor: Desk, citizen_id: str, open_browser: OpenBrowser) -> Page:
    """A paired phone that works without a network."""
    page = open_browser()
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(page)
    return page


@pytest.fixture
def office(house: House, counsellor: Desk, open_browser: OpenBrowser) -> Page:
    """The contact person's screen."""
    page = open_browser(screen=True)
    house.let_used_codes_pass(counsellor.login.email)
    steps.sign_in(page, counsellor.login)
    return page


def tap(page: Page, scale: str, number: int) -> None:
    """One number of a scale, where a thumb would touch it."""
    steps_of = page.get_by_role("group", name=scale)
    steps_of.locator(".scale-step").nth(number).click()


def check_in(page: Page, *, mood: int, urge: int, words: str = "") -> None:
    """From the first page on: how it is, in as few taps as there are."""
    page.goto("/")
    page.get_by_role("link", name="Hvordan går det lige nu?").click()
    tap(page, "Humør", mood)
    tap(page, "Trang", urge)
    keep_picture(page, "write")
    if words:
        page.get_by_text("Skriv et par ord").click()
        page.get_by_label("Dine ord").fill(words)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_text("Gemt på telefonen.")).to_be_visible()


def open_entry(page: Page, words: str) -> None:
    """The page of one check-in."""
    page.goto("/lige-nu/kurver")
    page.get_by_role("listitem").filter(has_text=words).get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Det, du skrev")).to_be_visible()


def decide(page: Page, button: str, outcome: str) -> None:
    """The yes to all of them, or the no."""
    page.goto("/lige-nu/deling")
    card = plans.choice(page, SHARE)
    card.get_by_role("button", name=button).click()
    expect(card.get_by_role("status")).to_have_text(outcome)


def what_staff_see(office: Page, citizen_id: str) -> Locator:
    """The section on the person's page, opened anew."""
    office.goto(f"/staff/people/{citizen_id}")
    office.get_by_role("button", name="Vis det, der deles").click()
    section = office.locator("section", has=office.get_by_role("heading", name="Check-ins"))
    expect(section.get_by_text("Ikke delt.").or_(section.get_by_role("table"))).to_be_visible()
    return section


class TestCheckingIn:
    def test_is_four_taps_without_a_network_and_nobody_else_sees_it(
        self, phone: Page, office: Page, citizen_id: str
    ) -> None:
        phone.context.set_offline(True)
        check_in(phone, mood=2, urge=9)
        expect(phone.get_by_text("Kun du kan se det.")).to_be_visible()
        check_in(phone, mood=3, urge=8, words=MINE)
        keep_picture(phone, "write-offline")

        phone.goto("/lige-nu/kurver")
        expect(phone.get_by_text(MINE)).to_be_visible()
        expect(phone.locator(".curve canvas")).to_be_visible()
        keep_picture(phone, "curves-offline")
        phone.context.set_offline(False)
        plans.wait_until_sent(phone)

        section = what_staff_see(office, citizen_id)
        expect(section.get_by_text("Ikke delt.")).to_be_visible()
        expect(office.get_by_text(MINE)).to_have_count(0)

    def test_works_on_a_phone_that_was_never_connected(self, open_browser: OpenBrowser) -> None:
        page = open_browser()
        page.goto("/")
        steps.wait_until_it_works_offline(page)
        page.context.set_offline(True)

        check_in(page, mood=5, urge=0, words=MINE)

        expect(page.get_by_label("Del denne med min kontaktperson")).to_have_count(0)
        page.reload()
        page.goto("/lige-nu/kurver")
        expect(page.get_by_text(MINE)).to_be_visible()

    def test_deleted_for_good_is_gone_after_a_reload_too(self, phone: Page) -> None:
        check_in(phone, mood=3, urge=8, words=MINE)
        open_entry(phone, MINE)
        keep_picture(phone, "entry")
        phone.get_by_role("button", name="Slet helt").click()
        phone.get_by_role("button", name="Ja, slet helt").click()

        expect(phone.get_by_text("Det er slettet helt.")).to_be_visible()
        phone.reload()
        expect(phone.get_by_text("Her kommer det, du skriver.")).to_be_visible()


class TestSharing:
    def test_one_shows_that_one_and_a_no_closes_it(self, phone: Page, office: Page, citizen_id: str) -> None:
        check_in(phone, mood=1, urge=9, words=MINE)
        check_in(phone, mood=6, urge=2, words=OURS)
        open_entry(phone, OURS)
        phone.get_by_role("button", name="Del den med min kontaktperson").click()
        expect(phone.get_by_text("Nu kan din kontaktperson se den.")).to_be_visible()
        expect(phone.get_by_text("Din kontaktperson kan se det.", exact=True)).to_be_visible()

        section = what_staff_see(office, citizen_id)
        expect(section.get_by_text(OURS)).to_be_visible()
        expect(office.get_by_text(MINE)).to_have_count(0)

        decide(phone, "Ja, del dem", "Nu kan din kontaktperson se det, du skriver.")
        decide(phone, "Stop med at dele", "Nu kan kun du se det.")
        expect(what_staff_see(office, citizen_id).get_by_text("Ikke delt.")).to_be_visible()
        open_entry(phone, OURS)
        expect(phone.get_by_text("Kun du kan se det.")).to_be_visible()

    def test_all_of_them_shows_what_comes_from_then_on_but_what_was_kept_back(
        self, phone: Page, office: Page, citizen_id: str
    ) -> None:
        check_in(phone, mood=1, urge=9, words=BEFORE)
        decide(phone, "Ja, del dem", "Nu kan din kontaktperson se det, du skriver.")
        keep_picture(phone, "sharing")
        for number in range(3):
            check_in(phone, mood=4 + number, urge=6 - number, words=f"{OURS} {number}")
        phone.goto("/lige-nu")
        phone.get_by_label("Min kontaktperson må se den").uncheck()
        tap(phone, "Humør", 0)
        phone.get_by_text("Skriv et par ord").click()
        phone.get_by_label("Dine ord").fill(MINE)
        phone.get_by_role("button", name="Gem", exact=True).click()
        expect(phone.get_by_text("Kun du kan se det.")).to_be_visible()
        plans.wait_until_sent(phone)

        section = what_staff_see(office, citizen_id)
        expect(section.get_by_role("row")).to_have_count(4)
        expect(section.locator(".curve canvas")).to_be_visible()
        keep_picture(office, "office")
        for hidden in (MINE, BEFORE):
            expect(office.get_by_text(hidden)).to_have_count(0)


class TestDays:
    def test_take_a_yes_a_no_and_nothing_again_without_a_network(self, phone: Page) -> None:
        phone.context.set_offline(True)
        phone.goto("/lige-nu/dage")
        phone.get_by_text("Følg noget andet").click()
        phone.get_by_role("button", name="Følg det").click()
        expect(phone.get_by_text("Skriv et par ord først.")).to_be_visible()
        phone.get_by_label("Hvad vil du følge? Brug dine egne ord.").fill("øl")
        phone.get_by_role("button", name="Følg det").click()
        today = phone.locator(".day[aria-current=date]")

        for said in ("ja", "nej", "ikke sagt", "ja"):
            today.click()
            expect(today).to_have_attribute("aria-label", re.compile(f": {said}$"))
        keep_picture(phone, "days")
        steps.wait_until_no_draft_is_kept(phone)
        phone.reload()

        expect(phone.get_by_role("button", name="øl")).to_have_attribute("aria-pressed", "true")
        expect(today).to_have_attribute("aria-label", re.compile(": ja$"))
        phone.get_by_role("button", name="Slet alle disse dage").click()
        phone.get_by_role("button", name="Ja, slet dem").click()
        expect(phone.get_by_text("Dagene er slettet.")).to_be_visible()
        expect(phone.get_by_role("button", name="øl")).to_have_count(0)
