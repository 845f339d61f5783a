"""Appointments outside the app: in the phone's own calendar, and in sheets that a counsellor brings along."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.crawl import Seen, examine
from tests.journeys.desk import DENMARK, Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]


@pytest.fixture
def karen(desk: Callable[..., Desk]) -> Desk:
    """A counsellor."""
    return desk("Karen Holm")


@pytest.fixture
def office(house: House, karen: Desk, open_browser: OpenBrowser) -> Page:
    """Her screen."""
    page = open_browser(screen=True)
    house.let_used_codes_pass(karen.login.email)
    steps.sign_in(page, karen.login)
    return page


def test_a_citizen_puts_one_appointment_into_the_calendar_without_a_network(
    karen: Desk, open_browser: OpenBrowser
) -> None:
    phone = open_browser()
    citizen_id = karen.take_in("Nattergal")
    booked = karen.book(citizen_id, place="Lokale 2")
    steps.pair(phone, karen.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(phone)
    phone.context.set_offline(True)

    phone.goto(f"/aftaler/{booked['id']}")
    phone.get_by_role("link", name="Læg i kalender").click()
    expect(phone.get_by_text("Alle, der ser din kalender, kan se det.")).to_be_visible()
    seen = Seen()
    examine(phone, "/aftaler/:id/kalender", seen)
    assert seen.violations == []
    with phone.expect_download() as neutral:
        phone.get_by_role("button", name="Gem til kalenderen").click()
    expect(phone.get_by_text("Filen er gemt på telefonen.")).to_be_visible()
    phone.get_by_label("Vis sted").check()
    with phone.expect_download() as with_place:
        phone.get_by_role("button", name="Gem til kalenderen").click()

    assert neutral.value.suggested_filename == "aftale.ics"
    (event,) = Calendar.from_ical(Path(neutral.value.path()).read_bytes()).walk("VEVENT")
    assert (event["uid"], event["summary"], event.get("location")) == (booked["id"], "Aftale", None)
    starts_at = datetime.fromisoformat(booked["starts_at"])
    assert event["dtstart"].to_ical() == f"{starts_at:%Y%m%dT%H%M%SZ}".encode()
    (event,) = Calendar.from_ical(Path(with_place.value.path()).read_bytes()).walk("VEVENT")
    assert event["location"] == "Lokale 2"


def test_a_citizen_follows_the_appointments_from_a_calendar_until_the_phone_is_lost(
    house: House, karen: Desk, open_browser: OpenBrowser
) -> None:
    phone = open_browser()
    citizen_id = karen.take_in("Nattergal")
    karen.book(citizen_id, place="Lokale 2")
    steps.pair(phone, karen.pairing(citizen_id)["code"])

    phone.goto("/indstillinger")
    phone.get_by_role("link", name="Aftaler i din kalender").click()
    expect(phone.get_by_text("Alle, der har linket, kan se tiderne.")).to_be_visible()
    phone.get_by_role("button", name="Lav et link").click()
    first = phone.locator(".calendar-address").inner_text()
    assert re.fullmatch(rf"{re.escape(house.url)}/api/v1/public/calendars/[\w-]{{43}}\.ics", first)
    expect(phone.get_by_role("button", name="Kopiér linket")).to_be_visible()
    expect(phone.locator("a[href^='webcal']")).to_have_count(0)
    phone.get_by_role("button", name="Lav et nyt link").click()
    expect(phone.locator(".calendar-address")).not_to_have_text(first)
    second = phone.locator(".calendar-address").inner_text()

    assert httpx.get(first).status_code == 404
    seen = httpx.get(second)
    (event,) = Calendar.from_ical(seen.content).walk("VEVENT")
    assert event["summary"] == "Aftale"
    assert "Lokale 2" not in seen.text
    phone.reload()
    expect(phone.get_by_text("Der er et link, som din kalender")).to_be_visible()
    expect(phone.locator(".calendar-address")).to_have_count(0)

    karen.post(f"/citizens/{citizen_id}/lost-phone")
    assert httpx.get(second).status_code == 404
    assert first.rsplit("/", 1)[-1] not in house.log()
    assert second.rsplit("/", 1)[-1] not in house.log()


def test_a_counsellor_sees_every_row_of_a_sheet_before_it_is_booked_and_books_nothing_twice(
    karen: Desk, office: Page
) -> None:
    citizen_id = karen.take_in("Nattergal")
    taken = datetime.fromisoformat(karen.book(citizen_id, days=3)["starts_at"]).astimezone(DENMARK)
    day = (taken + timedelta(days=1)).date().isoformat()
    rows = [
        "dato;klokken;minutter;alias;hvad;hvordan;sted",
        f"{day};13:30;45;Nattergal;samtale;vi mødes;Lokale 5",
        f"{taken.date().isoformat()};{taken:%H:%M};45;Nattergal;samtale;vi mødes;Lokale 2",
        f"{day};14:30;45;Kanariefugl;samtale;telefon;",
        f"{day};kvart i ni;45;Nattergal;samtale;telefon;",
    ]
    sheet = {"name": "aftaler.csv", "mimeType": "text/csv", "buffer": "\r\n".join(rows).encode("cp1252")}

    office.get_by_role("link", name="Kalender").click()
    office.get_by_role("link", name="Kalender og regneark").click()
    office.get_by_label("Vælg en fil").set_input_files(sheet)  # type: ignore[arg-type]
    expect(office.get_by_text("1 linje bliver til en ny aftale.")).to_be_visible()
    for line, said in [
        ("Lokale 5", "Bliver booket"),
        ("Lokale 2", "Er booket i forvejen"),
        ("Kanariefugl", "Du har ingen med det alias"),
        ("kvart i ni", "Forstår ikke »klokken«"),
    ]:
        expect(office.get_by_role("row").filter(has_text=line)).to_contain_text(said)
    assert len(karen.get(f"/citizens/{citizen_id}/appointments")["items"]) == 1

    office.get_by_role("button", name="Lav 1 aftale").click()
    expect(office.get_by_text("1 aftale er lavet")).to_be_visible()
    booked = karen.get(f"/citizens/{citizen_id}/appointments")["items"]
    assert [one["place"] for one in booked] == ["Lokale 2", "Lokale 5"]

    office.get_by_label("Vælg en fil").set_input_files(sheet)  # type: ignore[arg-type]
    expect(office.get_by_text("Der er intet nyt at booke.")).to_be_visible()
    expect(office.get_by_role("button", name=re.compile("^Lav .* aftale"))).to_have_count(0)


def test_a_time_that_was_moved_since_is_booked_again_only_when_the_row_is_chosen(
    karen: Desk, office: Page
) -> None:
    citizen_id = karen.take_in("Nattergal")
    talk = karen.book(citizen_id, days=3)
    was = datetime.fromisoformat(talk["starts_at"]).astimezone(DENMARK)
    later = (was + timedelta(days=1)).isoformat()
    karen.post(f"/appointments/{talk['id']}/move", version=talk["revision"], starts_at=later)
    rows = [
        "dato;klokken;minutter;alias;hvad;hvordan;sted",
        f"{was.date().isoformat()};{was:%H:%M};45;Nattergal;samtale;vi mødes;Lokale 2",
    ]
    sheet = {"name": "aftaler.csv", "mimeType": "text/csv", "buffer": "\r\n".join(rows).encode("cp1252")}
    office.goto("/staff/calendar")
    office.get_by_label("Vælg en fil").set_input_files(sheet)  # type: ignore[arg-type]
    row = office.get_by_role("row").filter(has_text="Nattergal")
    expect(row).to_contain_text("Er flyttet siden. Bliver ikke booket igen")
    expect(office.get_by_text("Du kan vælge at booke den igen.")).to_be_visible()
    expect(office.get_by_role("button", name=re.compile("^Lav .* aftale"))).to_have_count(0)
    seen = Seen()
    examine(office, "/staff/calendar", seen)
    assert seen.violations == []

    office.get_by_label("Book igen").focus()
    office.keyboard.press("Space")
    expect(row).to_contain_text("Bliver booket")
    office.get_by_role("button", name="Lav 1 aftale").click()

    expect(office.get_by_text("1 aftale er lavet")).to_be_visible()
    booked = [
        one for one in karen.get(f"/citizens/{citizen_id}/appointments")["items"] if one["status"] == "booked"
    ]
    starts = [datetime.fromisoformat(one["starts_at"]).astimezone(DENMARK) for one in booked]
    assert starts == [was, was + timedelta(days=1)]


def test_a_sheet_with_wrong_columns_is_refused_as_a_whole_and_the_page_says_which(office: Page) -> None:
    wrong = {
        "name": "fra et andet system.csv",
        "mimeType": "text/csv",
        "buffer": b"dato;navn;CPR\r\n2027-03-01;A;1\r\n",
    }
    office.goto("/staff/calendar")

    office.get_by_label("Vælg en fil").set_input_files(wrong)  # type: ignore[arg-type]

    summary = office.get_by_role("alert")
    expect(summary).to_contain_text("Der mangler kolonner: klokken, minutter, alias, hvad, hvordan, sted.")
    expect(summary).to_contain_text("Kolonner, vi ikke kender: navn, CPR.")


def test_a_counsellor_takes_the_own_appointments_out_and_follows_them_without_a_name(
    karen: Desk, office: Page
) -> None:
    karen.book(karen.take_in("Nattergal"), place="Lokale 2")
    office.goto("/staff/calendar")

    with office.expect_download() as taken:
        office.get_by_role("button", name="Hent regneark").click()
    office.get_by_role("button", name="Lav en adresse").click()
    address = office.locator(".once code").inner_text()

    assert taken.value.suggested_filename == "aftaler.csv"
    assert "Nattergal;samtale;vi mødes;Lokale 2;booket" in Path(taken.value.path()).read_text("utf-8-sig")
    seen = httpx.get(address)
    assert "SUMMARY:Aftale: samtale" in seen.text
    assert "Nattergal" not in seen.text
    office.get_by_role("button", name="Stop adressen").click()
    expect(office.get_by_text("Du har ingen adresse.")).to_be_visible()
    assert httpx.get(address).status_code == 404
