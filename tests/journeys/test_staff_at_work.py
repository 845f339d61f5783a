"""What managers and counsellors do at the console, and what the citizen's phone shows of it."""

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys import steps
from tests.journeys.desk import Desk
from tests.journeys.house import PASSWORD, House, Login

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]


def test_a_manager_invites_a_counsellor_who_accepts_with_a_one_time_code(
    house: House, open_browser: OpenBrowser
) -> None:
    office = open_browser(screen=True)
    steps.sign_in(office, house.employ("Lone Leder", Role.MANAGER))
    office.get_by_role("link", name="Kolleger").click()
    office.get_by_role("link", name="Invitér en kollega").click()
    office.get_by_label("Navn").fill("Ny Kollega")
    office.get_by_label("E-mail").fill("ny.kollega@example.dk")
    office.get_by_role("button", name="Lav invitationen").click()
    expect(office.get_by_role("heading", name="Invitationen til Ny Kollega er klar")).to_be_visible()
    link = office.locator("code").first.inner_text()

    home = open_browser(screen=True)
    home.goto(link)
    expect(home.get_by_role("heading", name="Velkommen, Ny Kollega")).to_be_visible()
    assert "#" not in home.url
    secret = home.locator(".secret").inner_text().replace(" ", "")
    home.get_by_label("Ny adgangskode").fill(PASSWORD)
    home.get_by_label("Kode fra appen").fill(pyotp.TOTP(secret).now())
    home.get_by_role("button", name="Gør klar").click()
    expect(home.get_by_role("heading", name="Du er klar")).to_be_visible()

    member = Login("", "Ny Kollega", "ny.kollega@example.dk", PASSWORD, secret)
    house.let_used_codes_pass(member.email)
    steps.sign_in(home, member)
    expect(home.get_by_text("Du har ingen personer endnu.")).to_be_visible()


@pytest.mark.parametrize("screen", [False, True], ids=["at 360 × 800", "at a desk"])
def test_a_person_at_the_door_is_taken_in_by_an_alias_alone_and_gets_a_code_for_the_phone(
    house: House, open_browser: OpenBrowser, screen: bool
) -> None:
    office, phone = open_browser(screen=screen), open_browser()
    steps.sign_in(office, house.employ("Karen Holm"))

    steps.take_in(office, "Blåmejse")
    expect(office.get_by_text("Første kontakt: ")).to_contain_text("ved døren")
    office.get_by_role("button", name="Lav en kode til mobilen").click()
    expect(office.get_by_role("img", name="QR-kode")).to_be_visible()
    steps.pair(phone, office.locator(".pairing-code [aria-hidden]").inner_text())

    expect(phone.get_by_text("Karen Holm")).to_be_visible()
    expect(phone.get_by_text("Du har ingen aftaler lige nu.")).to_be_visible()


def test_the_picture_of_the_code_pairs_a_phone_by_its_own_camera(
    desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    counsellor, phone = desk(), open_browser()
    link = counsellor.pairing(counsellor.take_in("Bogfinke"))["url"]
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))

    phone.goto(link)
    phone.get_by_role("button", name="Forbind telefonen").click()

    expect(phone.get_by_role("heading", name="Din kontaktperson")).to_be_visible()
    code = link.partition("#")[2]
    assert code
    assert not [url for url in asked if code in url.partition("#")[0]]


def test_a_code_works_once_and_a_wrong_one_says_what_to_do(
    desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    counsellor, phone, other = desk(), open_browser(), open_browser()
    code = counsellor.pairing(counsellor.take_in("Gråspurv"))["code"]
    steps.pair(phone, code.lower().replace("-", " "))

    other.goto("/par")
    other.get_by_label("Koden").fill(code)
    other.get_by_role("button", name="Forbind telefonen").click()

    expect(other.get_by_role("alert")).to_contain_text("brugt eller for gammel")


def test_booking_moving_and_cancelling_show_on_the_phone(
    house: House, open_browser: OpenBrowser, desk: Callable[..., Desk]
) -> None:
    counsellor, office, phone = desk("Karen Holm"), open_browser(screen=True), open_browser()
    citizen_id = counsellor.take_in("Nattergal")
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    house.let_used_codes_pass(counsellor.login.email)
    steps.sign_in(office, counsellor.login)
    office.goto(f"/staff/people/{citizen_id}")

    steps.book(office, citizen_id, days=5, time="10:15", place="Lokale 2")
    expect(office.get_by_text("kl. 10.15").first).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("link", name="kl. 10.15")).to_be_visible()

    office.get_by_role("link", name="Flyt").click()
    office.get_by_label("Klokken").fill("13:30")
    office.get_by_role("button", name="Flyt aftalen").click()
    steps.expect_person_page(office, citizen_id)
    expect(office.get_by_text("kl. 13.30").first).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("link", name="kl. 13.30")).to_be_visible()
    expect(phone.get_by_role("link", name="kl. 10.15")).to_have_count(0)

    office.get_by_role("link", name=re.compile("^Aflys")).click()
    office.get_by_label("Os", exact=True).check()
    office.get_by_label("Hvorfor?").select_option("service-ill")
    office.get_by_role("button", name="Aflys aftalen").click()
    expect(office.get_by_text("Ingen kommende aftaler")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Du har ingen aftaler lige nu.")).to_be_visible()


def test_a_card_to_take_along_shows_when_and_where_and_nothing_that_says_what_for(
    house: House, desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    counsellor, office = desk("Karen Holm"), open_browser(screen=True)
    citizen_id = counsellor.take_in("Vagtel", name="Vera Vagtel")
    appointment = counsellor.book(citizen_id, place="Lokale 7")
    house.let_used_codes_pass(counsellor.login.email)
    steps.sign_in(office, counsellor.login)

    office.goto(f"/staff/people/{citizen_id}/appointments/{appointment['id']}/card")
    expect(office.locator(".print-card").get_by_text("kl. 10.00")).to_be_visible()
    office.emulate_media(media="print")

    card = office.locator("body").inner_text()
    assert "kl. 10.00" in card
    assert "Lokale 7" in card
    for word in ("Vagtel", "Samtale", "Karen Holm", "Rusmiddel", "Log ud"):
        assert word not in card


def test_a_stand_in_sees_the_people_at_once_and_no_longer_when_it_ends(
    house: House, desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    counsellor, office, helper = desk("Bente Bruun"), open_browser(screen=True), open_browser(screen=True)
    stand_in = house.employ("Sune Stand")
    counsellor.take_in("Rødkælk")
    steps.sign_in(helper, stand_in)
    expect(helper.get_by_text("Du har ingen personer endnu.")).to_be_visible()
    steps.sign_in(office, house.employ("Lone Leder", Role.MANAGER))

    office.goto("/staff/stand-ins/new")
    office.get_by_label("Hvem er væk?").select_option(counsellor.login.id)
    office.get_by_label("Hvem træder til?").select_option(stand_in.id)
    office.get_by_label("Til og med").fill(steps.date_in(7))
    office.get_by_label("Begrundelse").fill("ferie")
    office.get_by_role("button", name="Gem").click()
    expect(office.get_by_text("Sune Stand i stedet for Bente Bruun")).to_be_visible()
    helper.reload()
    expect(helper.get_by_role("link", name="Rødkælk")).to_be_visible()

    line = office.get_by_role("listitem").filter(has_text="Sune Stand i stedet for Bente Bruun")
    line.get_by_role("link", name="Afslut nu").click()
    office.get_by_role("button", name="Ja, afslut nu").click()
    expect(office).to_have_url(f"{house.url}/staff/stand-ins")
    expect(line).to_have_count(0)
    helper.reload()
    expect(helper.get_by_text("Du har ingen personer endnu.")).to_be_visible()


def test_a_lost_phone_is_wiped_at_its_next_contact_and_a_new_code_is_ready(
    house: House, desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    counsellor, office, phone, new = desk(), open_browser(screen=True), open_browser(), open_browser()
    citizen_id = counsellor.take_in("Musvit")
    counsellor.book(citizen_id)
    steps.pair(phone, counsellor.pairing(citizen_id)["code"])
    expect(phone.get_by_role("link", name="kl. 10.00")).to_be_visible()
    house.let_used_codes_pass(counsellor.login.email)
    steps.sign_in(office, counsellor.login)
    office.goto(f"/staff/people/{citizen_id}")

    office.get_by_role("link", name="Mobilen er væk").click()
    office.get_by_role("button", name="Ja, luk adgangen, og lav en ny kode").click()
    expect(office.get_by_text("Adgangen er lukket på 1 mobil.")).to_be_visible()
    phone.reload()

    expect(phone.get_by_text("Denne telefon er ikke forbundet længere.")).to_be_visible()
    assert phone.evaluate(LEFT_OVER) == {"databases": [], "caches": [], "cookies": ""}
    steps.pair(new, office.locator(".pairing-code [aria-hidden]").inner_text())
    expect(new.get_by_role("link", name="kl. 10.00")).to_be_visible()


LEFT_OVER = """async () => ({
  databases: (await indexedDB.databases()).map(each => each.name),
  caches: await caches.keys(),
  cookies: document.cookie,
})"""
