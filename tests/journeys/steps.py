"""What people do on the screen, in Chromium, in the words that they read there."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from time import monotonic

from playwright.sync_api import Page, expect

from tests.journeys.browsers import PATIENCE_MS
from tests.journeys.desk import DENMARK
from tests.journeys.house import Login

KEPT = """key => new Promise(resolve => {
  indexedDB.open('overblik').onsuccess = ({ target: { result } }) => {
    result.transaction('rows').objectStore('rows').get(['state', key]).onsuccess = event => {
      resolve(event.target.result !== undefined);
      result.close();
    };
  };
})"""

HAS_NO_DRAFT = """() => new Promise(resolve => {
  indexedDB.open('overblik').onsuccess = ({ target: { result } }) => {
    result.transaction('rows').objectStore('rows').getAllKeys().onsuccess = event => {
      resolve(!event.target.result.some(([table, key]) => table === 'state' && key.startsWith('draft:')));
      result.close();
    };
  };
})"""


def pair(page: Page, code: str, *, language: str = "da") -> None:
    """Type the code from the counsellor and come home, where the app speaks the person's language."""
    page.goto("/")
    page.get_by_role("link", name="Jeg har en kode").click()
    page.get_by_label("Koden").fill(code)
    page.get_by_role("button", name="Forbind telefonen").click()
    heading = {"da": "Din kontaktperson", "en": "Your contact person"}[language]
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def pair_again(page: Page, code: str) -> None:
    """Type a new code on a phone whose old pairing has run out."""
    page.goto("/par")
    page.get_by_label("Koden").fill(code)
    page.get_by_role("button", name="Forbind telefonen").click()
    expect(page.get_by_role("heading", name="Din kontaktperson")).to_be_visible()


def turn_reminders_on(page: Page, *, language: str = "da") -> None:
    """One tap on the first page."""
    button, outcome = {
        "da": ("Slå påmindelser til", "Påmindelser er slået til på denne telefon."),
        "en": ("Turn on reminders", "Reminders are on for this phone."),
    }[language]
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(outcome)).to_be_visible()


def wait_until_it_works_offline(page: Page) -> None:
    """Wait until the service worker holds the app, and this page too."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_until(page, "navigator.serviceWorker.controller !== null")
    expect(page.get_by_text("Resten bliver hentet")).to_have_count(0)


def wait_until_chosen(page: Page, key: str, *, is_kept: bool = True) -> None:
    """What somebody chose is on the phone's disk, or gone from it: it stands on the screen before that."""
    wait_until(page, f"({KEPT})('{key}').then(kept => kept === {str(is_kept).lower()})")


def wait_until_no_draft_is_kept(page: Page) -> None:
    """What was typed is saved or put away, and gone from the phone's disk as well."""
    wait_until(page, HAS_NO_DRAFT)


def wait_until_farewell_is_said(page: Page) -> None:
    """The server knows that this phone was forgotten; "Velkommen" does not wait for that."""
    wait_until(page, "localStorage.getItem('farewell') === null")


def wait_until(page: Page, holds: str) -> None:
    """Ask the page until a script says yes.

    `Page.wait_for_function` looks by `eval` from its second look on, which our pages forbid.

    :raises AssertionError: if it never does
    """
    deadline = monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(holds):
        assert monotonic() < deadline, f"Never so: {holds}"
        page.wait_for_timeout(50)


def forget_this_phone(page: Page) -> None:
    """Indstillinger, Glem denne telefon, ja."""
    page.get_by_role("link", name="Mere").click()
    page.get_by_role("link", name="Indstillinger").click()
    page.get_by_role("button", name="Glem denne telefon").click()
    page.get_by_role("button", name="Ja, glem telefonen").click()
    expect(page.get_by_role("heading", name="Velkommen")).to_be_visible()


def ask_who_i_am(page: Page) -> int:
    """What the server answers to this browser's cookies, as the app would ask."""
    return page.request.get("/api/v1/citizen/me", headers={"X-Requested-With": "overblik"}).status


def sign_in(page: Page, login: Login) -> None:
    """E-mail, password, code."""
    page.goto("/staff/")
    page.get_by_label("E-mail").fill(login.email)
    page.get_by_label("Adgangskode").fill(login.password)
    page.get_by_label("Kode fra din app").fill(login.code())
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()


def take_in(page: Page, alias: str) -> None:
    """A new person at the door, by an alias alone."""
    page.goto("/staff/")
    page.get_by_role("link", name="Ny person").click()
    page.get_by_label("Alias", exact=True).fill(alias)
    page.get_by_role("button", name="Opret").click()
    expect(page.get_by_role("heading", name=alias)).to_be_visible()


def book(page: Page, citizen_id: str, *, days: int, time: str, place: str) -> None:
    """A new appointment from the person's page, and back to it."""
    page.get_by_role("link", name="Ny aftale").click()
    page.get_by_label("Dato").fill(date_in(days))
    page.get_by_label("Klokken").fill(time)
    page.get_by_label("Sted").fill(place)
    page.get_by_role("button", name="Lav aftalen").click()
    expect_person_page(page, citizen_id)


def expect_person_page(page: Page, citizen_id: str) -> None:
    """The console is back at the person."""
    expect(page).to_have_url(re.compile(f"/staff/people/{citizen_id}$"))


def date_in(days: int) -> str:
    """The date so many days from today in Denmark, as a date field takes it."""
    return (datetime.now(DENMARK).date() + timedelta(days=days)).isoformat()
