"""A counsellor's day: what there is to do, by keyboard alone, and a stand-in who sees the same at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from server.core.ids import new_id
from tests.journeys import steps
from tests.journeys.browsers import PHONE, SCREEN
from tests.journeys.crawl import Seen, examine
from tests.journeys.desk import DENMARK, PATIENCE_SECONDS, Desk
from tests.journeys.house import House, Login
from tests.journeys.looks import keep_picture
from tests.journeys.test_missed_talks import DUE_TODAY, MOST_TABS, press, tab_to

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
SIZES = pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["1280", "360"])
WORDS = "Må jeg ringe i morgen i stedet?"
LATE_TODAY = "UPDATE appointment SET starts_at = %s, starts_local = %s WHERE id = %s RETURNING id"


def days_ago(days: int) -> str:
    """This instant so many days ago, as the API takes it."""
    return (datetime.now(DENMARK) - timedelta(days=days)).isoformat()


class Day:
    """Four people of one counsellor: who waits for an answer, a first talk, a call, and who comes today."""

    def __init__(self, house: House, counsellor: Desk, open_browser: OpenBrowser) -> None:
        self.house, self.counsellor, self.open_browser = house, counsellor, open_browser
        self.waits = counsellor.take_in("Lærke", first_contact_at=days_ago(12), seeks="drug-talks")
        self.comes = counsellor.take_in("Solsort", first_contact_at=days_ago(2))
        self.writes = counsellor.take_in("Stær", phone="00 00 00 31")
        self._miss(counsellor.take_in("Vibe"))
        self._come_late_today(self.comes)

    def _miss(self, citizen_id: str) -> None:
        talk = self.counsellor.book(citizen_id, mode="phone", place=None)
        self.house.the_talk_was_days_ago(talk["id"], days=2)
        self.counsellor.post(f"/appointments/{talk['id']}/no-show", version=talk["revision"], excused=False)
        self.house.rows(DUE_TODAY, steps.date_in(0), talk["id"])

    def _come_late_today(self, citizen_id: str) -> None:
        talk = self.counsellor.book(citizen_id)
        at = datetime.now(DENMARK).replace(hour=23, minute=10, second=0, microsecond=0)
        local = at.replace(tzinfo=None)
        self.house.rows(LATE_TODAY, at, local, talk["id"])

    def write(self) -> Page:
        """Stær writes to the contact person."""
        phone = self.open_browser()
        steps.pair(phone, self.counsellor.pairing(self.writes)["code"])
        phone.goto("/beskeder")
        phone.get_by_role("link", name="Skriv en besked").click()
        phone.get_by_label("Din besked").fill(WORDS)
        phone.get_by_role("button", name="Send").click()
        self._wait_for_the_message()
        return phone

    def _wait_for_the_message(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.counsellor.get("/messages/waiting")["items"]:
            assert time.monotonic() < deadline, "the message did not arrive"
            time.sleep(0.2)


@pytest.fixture
def day(house: House, counsellor: Desk, open_browser: OpenBrowser) -> Day:
    """Karen's people."""
    return Day(house, counsellor, open_browser)


def expect_today(page: Page, *lines: tuple[str, str]) -> None:
    """These kinds with these people stand on the list, from the top."""
    expect(page.locator(".today h2")).to_have_text([kind for kind, _ in lines])
    expect(page.locator(".todo .row-link")).to_have_text([alias for _, alias in lines])


def skip_to_content(page: Page) -> None:
    """Press Tab until the way past the menu and the list has the focus, and take it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('skip')"):
            page.keyboard.press("Enter")
            return
    raise AssertionError("Tab does not come to the way past the menu")


EVERYTHING = (
    ("Venter på svar", "Stær"),
    ("Ring efter en samtale, der ikke blev til noget", "Vibe"),
    ("Venter på den første samtale", "Lærke"),
    ("Samtaler i dag", "Solsort"),
)


@SIZES
def test_the_day_begins_with_what_cannot_wait_and_goes_on_by_keyboard_alone(
    size: dict[str, Any], day: Day, karen: Login, open_browser: OpenBrowser
) -> None:
    day.write()
    office = open_browser(**size)
    seen = Seen()
    steps.sign_in(office, karen)

    expect(office.get_by_role("heading", name="I dag", exact=True)).to_be_visible()
    expect_today(office, *EVERYTHING)
    expect(office.locator(".todo", has_text="Lærke")).to_contain_text("Dag 12")
    keep_picture(office, "today")

    skip_to_content(office)
    press(office, "Stær")
    expect(office.get_by_text(WORDS)).to_be_visible()
    tab_to(office, "Skriv")
    office.keyboard.type("Ja, ring klokken ti.")
    press(office, "Send")
    expect(office.get_by_text("Ja, ring klokken ti.").last).to_be_visible()

    press(office, "I dag")
    expect_today(office, *EVERYTHING[1:])
    examine(office, "/staff/", seen)
    assert seen.violations == []


@SIZES
def test_a_stand_in_sees_the_same_list_at_once_and_none_of_it_afterwards(
    size: dict[str, Any],
    house: House,
    day: Day,
    karen: Login,
    desk: Callable[..., Desk],
    open_browser: OpenBrowser,
) -> None:
    day.write()
    per = house.employ("Per Stand")
    manager = desk("Lone Leder", Role.MANAGER)
    office = open_browser(**size)
    steps.sign_in(office, per)
    expect(office.get_by_text("Der er ikke noget, der venter på dig lige nu.")).to_be_visible()
    keep_picture(office, "today-empty")

    named = manager.post(
        "/stand-ins", staff_id=karen.id, stand_in_id=per.id, ends_on=steps.date_in(3), reason="ferie"
    )
    office.reload()

    expect_today(office, *EVERYTHING)
    expect(office.get_by_text("I stedet for Karen Holm")).to_have_count(len(EVERYTHING))
    keep_picture(office, "today-stand-in")

    manager.post(f"/stand-ins/{named['id']}/end")
    office.reload()
    expect(office.get_by_text("Der er ikke noget, der venter på dig lige nu.")).to_be_visible()


@SIZES
def test_a_persons_page_shows_what_comes_next_the_days_and_the_line_of_time(
    size: dict[str, Any], day: Day, karen: Login, open_browser: OpenBrowser
) -> None:
    phone = open_browser()
    steps.pair(phone, day.counsellor.pairing(day.waits)["code"])
    day.counsellor.post(
        f"/citizens/{day.waits}/goals", id=str(new_id()), title="Sove hele natten", origin="citizen"
    )
    expect(
        phone.get_by_text("Du har ret til at komme i gang inden 14 dage. I dag er det dag 12.")
    ).to_be_visible()
    keep_picture(phone, "phone-days")
    office = open_browser(**size)
    seen = Seen()
    steps.sign_in(office, karen)

    office.goto(f"/staff/people/{day.waits}")
    expect(office.get_by_text("Dag 12 af 14 fra første kontakt.")).to_be_visible()
    expect(office.get_by_text("Retten står i SEL § 101.")).to_be_visible()
    expect(office.get_by_text("Forskellige medarbejdere på 90 dage: 0")).to_be_visible()
    office.get_by_role("button", name="Vis tidslinjen").click()
    expect(office.locator("ol.line > li")).not_to_have_count(0)
    expect(office.get_by_text("Kontaktperson begyndte")).to_be_visible()
    keep_picture(office, "person")

    office.get_by_role("link", name="Ret : Fra første kontakt").click()
    office.get_by_label("Nej. Personen læser: Du har selv ønsket at begynde senere").check()
    keep_picture(office, "first-contact")
    office.get_by_role("button", name="Gem").click()
    expect(
        office.get_by_text("De 14 dage gælder ikke her: Du har selv ønsket at begynde senere.")
    ).to_be_visible()

    phone.reload()
    expect(
        phone.get_by_text("De 14 dage gælder ikke lige nu. Du har selv ønsket at begynde senere.")
    ).to_be_visible()
    keep_picture(phone, "phone-days-waived")
    office.get_by_role("button", name="Vis tidslinjen").click()
    examine(office, "a person with the line of time", seen)
    office.goto(f"/staff/people/{day.waits}/first-contact")
    expect(office.get_by_text("Hvad kom personen for?")).to_be_visible()
    examine(office, "the days of a person", seen)
    assert seen.violations == []


@SIZES
def test_somebody_is_found_by_the_whole_number_and_only_among_the_own_people(
    size: dict[str, Any], day: Day, karen: Login, house: House, open_browser: OpenBrowser
) -> None:
    with Desk(house, house.employ("Bo Anden")) as other:
        other.take_in("Fremmed", phone="00 00 00 32")
    office = open_browser(**size)
    steps.sign_in(office, karen)
    office.goto("/staff/people")

    office.get_by_label("Søg på alias").fill("00000031")
    office.get_by_role("button", name="Søg også på navn og telefon").click()
    expect(office.get_by_role("link", name="Stær")).to_be_visible()
    keep_picture(office, "find")
    office.get_by_label("Søg på alias").fill("00000032")
    office.get_by_role("button", name="Søg også på navn og telefon").click()

    expect(office.get_by_text("Ingen af dine personer passer.")).to_be_visible()
    assert "0000003" not in office.url


@SIZES
def test_the_centre_sets_its_own_figure_and_it_stops_nobody(
    size: dict[str, Any], day: Day, karen: Login, house: House, open_browser: OpenBrowser
) -> None:
    office, lead = open_browser(**size), open_browser(**size)
    steps.sign_in(office, karen)
    office.goto("/staff/people")
    expect(office.get_by_role("link", name="Lærke")).to_be_visible()
    expect(office.locator(".gauge-line")).to_have_count(0)
    steps.sign_in(lead, house.employ("Lone Leder", Role.MANAGER))

    lead.goto("/staff/caseload-figure")
    lead.get_by_label("Personer på en fuld stilling").fill("4")
    lead.get_by_role("button", name="Gem", exact=True).click()
    # Other colleagues at this centre may have the same name.
    hers = lead.get_by_role("region", name="Karen Holm").filter(has_text="4 af 4 personer")
    expect(hers.first).to_be_visible()
    keep_picture(lead, "gauge")
    office.reload()
    expect(office.locator(".gauge-line")).to_contain_text("4 af 4 personer")
    keep_picture(office, "people")

    lead.goto(f"/staff/people/{day.comes}/relations/new")
    lead.get_by_label("Kollega").select_option(karen.id)
    expect(
        lead.get_by_text("Karen Holm er kontaktperson for 4 af 4 personer. Du kan godt gå videre.")
    ).to_be_visible()
    keep_picture(lead, "above-the-figure")
    lead.goto("/staff/caseload-figure")
    lead.get_by_label("Personer på en fuld stilling").fill("")
    lead.get_by_role("button", name="Gem", exact=True).click()
    expect(lead.get_by_text("Skriv et tal først.")).to_be_visible()


@SIZES
def test_whoever_lets_us_know_that_it_is_hard_is_called_and_leaves_the_list(
    size: dict[str, Any], counsellor: Desk, karen: Login, open_browser: OpenBrowser
) -> None:
    citizen_id, goal_id = counsellor.take_in("Rødstjert", phone="00 00 00 33"), str(new_id())
    counsellor.post(f"/citizens/{citizen_id}/goals", id=goal_id, title="Sove hele natten", origin="citizen")
    counsellor.post(f"/goals/{goal_id}/events", id=str(new_id()), kind="became-hard", closer_days=14)
    office, seen = open_browser(**size), Seen()
    steps.sign_in(office, karen)

    expect_today(office, ("Det er blevet svært", "Rødstjert"))
    office.locator(".todo").get_by_role("link", name="Rødstjert").click()
    expect(office.get_by_role("heading", name="Det er blevet svært")).to_be_visible()
    office.get_by_role("button", name="Vis nummer og skriv ned").click()
    expect(office.get_by_role("link", name="00 00 00 33")).to_be_visible()
    keep_picture(office, "closer")
    office.get_by_label("Slut for nu").check()
    office.get_by_label("Hvorfor").select_option("came-since")
    office.get_by_role("button", name="Gem").click()
    expect(office.get_by_text("Gemt. Den er taget af listen.")).to_be_visible()

    office.get_by_role("link", name="I dag", exact=True).click()
    expect(office.get_by_text("Der er ikke noget, der venter på dig lige nu.")).to_be_visible()
    office.goto("/staff/missed")
    expect(office.get_by_text("Ingen venter på et opkald.")).to_be_visible()
    examine(office, "calls", seen)
    assert seen.violations == []
