"""Somebody did not come: the counsellor calls, by keyboard alone, and the manager reads the figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys import steps
from tests.journeys.browsers import PHONE, SCREEN, make_the_network_slow
from tests.journeys.crawl import Seen, examine
from tests.journeys.desk import PATIENCE_SECONDS, Desk
from tests.journeys.firefox import Firefox
from tests.journeys.house import House, Login
from tests.notifications.gateway import Gateway

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
MOST_TABS = 60
#: On a Saturday the next working day is another one; these journeys are the same on every day.
DUE_TODAY = "UPDATE task SET due_on = %s WHERE subject_id = %s RETURNING id"


@pytest.fixture
def karen(house: House) -> Login:
    return house.employ("Karen Holm")


@pytest.fixture
def counsellor(house: House, karen: Login) -> Iterator[Desk]:
    with Desk(house, karen) as signed_in:
        house.let_used_codes_pass(karen.email)
        yield signed_in


@pytest.fixture
def miss(house: House, counsellor: Desk) -> Callable[..., str]:
    """Somebody who did not come so many days ago; the answer is the citizen's id."""

    def missed(alias: str, *, days: int, excused: bool = False, **known: Any) -> str:
        citizen_id = counsellor.take_in(alias, **known)
        talk = counsellor.book(citizen_id, mode="phone", place=None)
        house.the_talk_was_days_ago(talk["id"], days=days)
        version = talk["revision"]
        counsellor.post(f"/appointments/{talk['id']}/no-show", version=version, excused=excused)
        house.rows(DUE_TODAY, steps.date_in(0), talk["id"])
        return citizen_id

    return missed


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the control with these words has the focus.

    :raises AssertionError: if Tab never gets there
    """
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => {
                const at = document.activeElement
                const label = at.labels?.[0]?.innerText
                return (label ?? at.innerText ?? '').replace(/\\s+/g, ' ').trim()
            }"""
        )
        passed.append(here)
        if here.startswith(words):
            return
    raise AssertionError(f"Tab does not come to {words!r}, only to {passed}")


def press(page: Page, words: str) -> None:
    """Tab to a link or button and press Enter."""
    tab_to(page, words)
    page.keyboard.press("Enter")


def wait_for_text_message(gateway: Gateway) -> dict[str, Any]:
    """The one text message that has left the house.

    :raises AssertionError: if there is none, or another one
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not gateway.received and time.monotonic() < deadline:
        time.sleep(0.2)
    [message] = gateway.received
    return message


def expect_list(page: Page, *aliases: str) -> None:
    """These people stand on the list, from the top."""
    expect(page.locator(".missed-entry h4")).to_have_text(list(aliases))


def open_call(page: Page, alias: str) -> None:
    """Open what is written down about a call, and wait until the number has come."""
    press(page, f"Vis nummer og skriv ned : {alias}")
    expect(page.locator(".missed-form")).to_be_visible()


def agree(office: Page, counsellor: Desk, citizen_id: str) -> None:
    """Call Vibe, make a new appointment on its own page, come back and say that it is agreed."""
    open_call(office, "Vibe")
    expect(office.get_by_role("link", name="00 00 00 21")).to_be_visible()
    tab_to(office, "Vi aftalte en ny tid")
    office.keyboard.press("Space")
    press(office, "Lav en ny aftale")
    expect(office.get_by_role("heading", name="Ny aftale med Vibe")).to_be_visible()
    counsellor.book(citizen_id, days=5)
    office.go_back()
    expect(office.get_by_label("Den nye aftale")).to_be_visible()
    tab_to(office, "Note")
    office.keyboard.type("Glad for at blive ringet op")
    press(office, "Gem")
    expect(office.get_by_text("Gemt. Den nye tid står i kalenderen.")).to_be_visible()


def call_later(office: Page) -> None:
    """Lærke does not answer: another day."""
    open_call(office, "Lærke")
    tab_to(office, "Vi aftalte en ny tid")
    office.keyboard.press("Space")
    office.keyboard.press("ArrowDown")
    press(office, "Gem")
    expect(office.get_by_role("heading", name="De næste dage")).to_be_visible()
    expect(office.get_by_text("1 opkald", exact=True)).to_be_visible()


def close(office: Page) -> None:
    """Solsort wants no appointment now; the reason is forgotten first, and the form says so."""
    open_call(office, "Solsort")
    tab_to(office, "Vi aftalte en ny tid")
    office.keyboard.press("Space")
    office.keyboard.press("ArrowUp")
    press(office, "Gem")
    expect(office.get_by_role("alert")).to_contain_text("Vælg en grund.")
    press(office, "Hvorfor: Vælg en grund.")
    office.keyboard.press("ArrowDown")
    office.keyboard.press("ArrowDown")
    press(office, "Gem")
    expect(office.get_by_text("Gemt. Den er taget af listen.")).to_be_visible()


@pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["1280", "360"])
def test_a_counsellor_calls_everybody_without_touching_the_mouse(
    size: dict[str, Any],
    house: House,
    karen: Login,
    counsellor: Desk,
    miss: Callable[..., str],
    open_browser: OpenBrowser,
) -> None:
    miss("Solsort", days=2)
    vibe = miss("Vibe", days=6, phone="00 00 00 21")
    miss("Lærke", days=4, excused=True)
    office = open_browser(**size)
    steps.sign_in(office, karen)

    press(office, "Opkald")
    expect(office.get_by_role("heading", name="Samtaler, der ikke blev til noget")).to_be_visible()
    expect(office.locator(".missed-entry")).to_have_count(3)
    expect_list(office, "Vibe", "Lærke", "Solsort")
    expect(office.get_by_text("Har ventet 6 dage")).to_be_visible()
    expect(office.get_by_text("Havde en god grund")).to_be_visible()

    agree(office, counsellor, vibe)
    expect_list(office, "Lærke", "Solsort")
    call_later(office)
    expect_list(office, "Solsort", "Lærke")
    close(office)
    expect_list(office, "Lærke")

    stored = house.rows(
        "SELECT c.outcome, c.reason FROM task_call c JOIN citizen z ON z.id = c.citizen_id"
        " WHERE z.unit_id = %s AND c.called_by = %s ORDER BY c.called_at",
        counsellor.me["unit"]["id"],
        karen.id,
    )
    assert stored == [("agreed", None), ("call-later", None), ("closed", "no-wish")]


def test_when_nobody_waits_the_list_says_so(karen: Login, open_browser: OpenBrowser) -> None:
    office = open_browser(screen=True)
    steps.sign_in(office, karen)

    office.goto("/staff/missed")

    expect(office.get_by_text("Ingen venter på et opkald.")).to_be_visible()


def test_a_colleague_who_was_faster_is_seen_and_nothing_typed_is_lost(
    karen: Login, counsellor: Desk, miss: Callable[..., str], open_browser: OpenBrowser
) -> None:
    miss("Stær", days=3)
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto("/staff/missed")
    office.get_by_role("button", name="Vis nummer og skriv ned").click()
    office.get_by_label("Ring igen en anden dag").check()
    office.get_by_label("Note").fill("Optaget")
    row = counsellor.get("/missed-talks")["items"][0]
    counsellor.post(f"/tasks/{row['id']}/owner", version=row["version"])
    make_the_network_slow(office)

    office.get_by_role("button", name="Gem").click()

    expect(office.get_by_text("En kollega har lige skrevet her.")).to_be_visible()
    expect(office.get_by_label("Note")).to_have_value("Optaget")
    office.get_by_role("button", name="Gem").click()
    expect(office.get_by_text("Gemt. Den kommer igen den dag.")).to_be_visible()


def test_a_colleague_who_was_done_first_is_seen_although_the_call_is_off_the_list(
    karen: Login, counsellor: Desk, miss: Callable[..., str], open_browser: OpenBrowser
) -> None:
    miss("Stær", days=3)
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto("/staff/missed")
    office.get_by_role("button", name="Vis nummer og skriv ned").click()
    office.get_by_label("Ring igen en anden dag").check()
    row = counsellor.get("/missed-talks")["items"][0]
    counsellor.post(f"/tasks/{row['id']}/outcome", version=row["version"], outcome="closed", reason="no-wish")

    office.get_by_role("button", name="Gem").click()

    expect(office.get_by_text("Ingen venter på et opkald.")).to_be_visible()
    expect(office.get_by_text("En kollega er allerede færdig med den.")).to_be_visible()


def test_where_nobody_can_be_written_to_that_is_said_before_anybody_relies_on_it(
    karen: Login, miss: Callable[..., str], open_browser: OpenBrowser
) -> None:
    miss("Rørsanger", days=1)
    office = open_browser(screen=True)
    steps.sign_in(office, karen)

    office.goto("/staff/missed")

    expect(office.get_by_text("Personen kan ikke få beskeder. Ring i stedet.")).to_be_visible()
    expect(office.get_by_role("button", name="Send besked")).to_have_count(0)


def test_who_has_no_phone_with_the_app_gets_the_one_message_as_a_text_message(
    karen: Login, counsellor: Desk, miss: Callable[..., str], gateway: Gateway, open_browser: OpenBrowser
) -> None:
    citizen_id = miss("Rørsanger", days=1)
    agreed = {"address": "20123456", "safe": "always", "agreed_together": True}
    counsellor.put(f"/citizens/{citizen_id}/contact-channels/sms", **agreed)
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto("/staff/missed")

    expect(office.get_by_text("Personen får en sms med de ord, I har aftalt, én gang.")).to_be_visible()
    office.get_by_role("button", name="Send besked").click()

    expect(office.get_by_text("Der er sendt en besked.")).to_be_visible()
    message = wait_for_text_message(gateway)
    assert (message["to"], message["text"]) == (
        "+4520123456",
        "Du har en påmindelse. Åbn den, når det passer dig.",
    )


@pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["1280", "360"])
def test_whom_no_reminder_told_is_called_before_the_appointment_without_touching_the_mouse(
    size: dict[str, Any], house: House, karen: Login, counsellor: Desk, open_browser: OpenBrowser
) -> None:
    vibe = counsellor.book(counsellor.take_in("Vibe", phone="00 00 00 21"), days=2)
    laerke = counsellor.book(counsellor.take_in("Lærke"), days=4)
    for talk in (laerke, vibe):
        house.the_hour_of_the_reminder_comes(talk["id"])
    counsellor.wait_until_untold("Vibe", "Lærke")
    office = open_browser(**size)
    steps.sign_in(office, karen)

    press(office, "Opkald")
    expect(office.get_by_role("heading", name="Påmindelser, der ikke nåede frem")).to_be_visible()
    expect(office.locator(".missed-entry h3")).to_have_text(["Vibe", "Lærke"])
    open_call(office, "Vibe")
    expect(office.get_by_role("link", name="00 00 00 21")).to_be_visible()
    seen = Seen()
    examine(office, "a call before an appointment", seen)
    assert seen.violations == []
    tab_to(office, "Vi talte sammen, og personen kommer")
    office.keyboard.press("Space")
    press(office, "Gem")
    expect(office.get_by_text("Gemt. Personen kommer.")).to_be_visible()
    expect(office.locator(".missed-entry h3")).to_have_text(["Lærke"])

    open_call(office, "Lærke")
    tab_to(office, "Vi talte sammen, og personen kommer")
    office.keyboard.press("Space")
    office.keyboard.press("ArrowDown")
    press(office, "Gem")
    expect(office.get_by_text("Gemt. Den bliver stående, så nogen prøver igen.")).to_be_visible()
    expect(office.get_by_text("1 opkald", exact=True)).to_be_visible()

    said = {"cancellation": "by-citizen", "version": laerke["revision"]}
    counsellor.post(f"/appointments/{laerke['id']}/cancellation", **said)
    office.reload()
    expect(office.get_by_text("Ingen venter på et opkald.")).to_be_visible()
    expect(office.get_by_role("heading", name="Påmindelser, der ikke nåede frem")).to_have_count(0)


def test_the_pages_are_accessible_and_the_figures_say_what_they_mean(
    house: House, counsellor: Desk, miss: Callable[..., str], open_browser: OpenBrowser
) -> None:
    miss("Gulspurv", days=2)
    manager = house.employ("Lone Leder", Role.MANAGER, Role.COUNSELLOR)
    office = open_browser(screen=True)
    steps.sign_in(office, counsellor.login)
    office.goto("/staff/missed")
    office.get_by_role("button", name="Vis nummer og skriv ned").click()
    expect(office.get_by_text("Der er ikke skrevet et nummer.")).to_be_visible()
    seen = Seen()
    examine(office, "/staff/missed", seen)
    house_desk = open_browser(screen=True)
    steps.sign_in(house_desk, manager)
    house_desk.get_by_role("link", name="Tal", exact=True).click()

    table = house_desk.get_by_role("table", name="Ikke mødt, måned for måned")
    expect(table.get_by_role("row")).to_have_count(14)
    expect(house_desk.get_by_text("Til historien: 29")).to_be_visible()
    expect(house_desk.get_by_text("Andel = ikke mødt uden grund")).to_be_visible()
    examine(house_desk, "/staff/rates", seen)

    assert seen.violations == []


def test_one_message_reaches_the_phone_and_leads_to_kind_words_and_a_new_time(
    house: House,
    karen: Login,
    counsellor: Desk,
    firefox: Firefox,
    open_browser: OpenBrowser,
) -> None:
    citizen_id = counsellor.take_in("Rørsanger")
    phone = firefox.new_page()
    phone.goto(f"{house.url}/par")
    phone.type("#code", counsellor.pairing(citizen_id)["code"])
    phone.click("button", text="Forbind telefonen")
    phone.wait_for_text("Din kontaktperson")
    phone.click("button", text="Slå påmindelser til")
    phone.wait_for_text("Påmindelser er slået til på denne telefon.")
    talk = counsellor.book(citizen_id, mode="phone", place=None)
    house.the_talk_was_days_ago(talk["id"], days=1)
    counsellor.post(f"/appointments/{talk['id']}/no-show", version=talk["revision"], excused=False)
    office = open_browser(screen=True)
    steps.sign_in(office, karen)
    office.goto("/staff/missed")

    office.get_by_role("button", name="Send besked").click()
    expect(office.get_by_text("Der er sendt en besked.")).to_be_visible()
    alert = firefox.wait_for_alert()

    assert alert.title == "Du har en påmindelse"
    alert.tap()
    phone.wait_for(f"location.pathname === '/aftaler/{talk['id']}'")
    phone.wait_for_text("I fik ikke talt sammen den dag. Det er helt i orden.")
    phone.click("a", text="Bed om en ny tid")
    phone.wait_for_text("Skriv, hvornår det passer dig.")
    phone.click("button", text="Send ønsket")
    phone.wait_for_text("Du har bedt om en ny tid.")
    phone.wait_for_text("Sendt.")
    office.reload()
    expect(office.get_by_text("Vil gerne have en ny tid.")).to_be_visible()
