"""A person writes without a network; both helpers see who waits; an answer is told only if asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from server.core.ids import new_id
from tests.journeys import phones, plans, steps
from tests.journeys.autopush import PushService
from tests.journeys.browsers import PHONE, SCREEN
from tests.journeys.chromium_push import bind
from tests.journeys.crawl import Seen, examine
from tests.journeys.desk import Desk
from tests.journeys.house import House, Login
from tests.journeys.looks import keep_picture

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
WORDS = "Må jeg ringe i morgen i stedet?\nDet passer bedre."
ANSWER = "Ja, ring klokken ti. Vi finder ud af det."
WAITING = "Sendes, når der er net."


@pytest.fixture
def citizen_id(counsellor: Desk) -> str:
    return counsellor.take_in("Lærke")


@pytest.fixture
def own_phone(house: House, push_service: PushService) -> phones.OpenPhone:
    """What the person's browser would be to a push service."""
    return phones.subscribe(push_service, house.config.vapid_public_key)


@pytest.fixture
def phone(
    house: House,
    counsellor: Desk,
    citizen_id: str,
    own_phone: phones.OpenPhone,
    open_browser: OpenBrowser,
) -> Page:
    """A paired phone that works offline."""
    page = open_browser()
    bind(page, own_phone, house.config.vapid_public_key)
    steps.pair(page, counsellor.pairing(citizen_id)["code"])
    steps.wait_until_it_works_offline(page)
    return page


@pytest.fixture
def stand_in(house: House, desk: Callable[..., Desk], karen: Login) -> Login:
    """Per stands in for Karen for some days."""
    per = house.employ("Per Stand")
    desk("Lone Leder", Role.MANAGER).post(
        "/stand-ins", staff_id=karen.id, stand_in_id=per.id, ends_on=steps.date_in(3), reason="ferie"
    )
    return per


def write_offline(phone: Page) -> None:
    """In flight mode, from the first page: who answers stands above the field, and help beside it."""
    phone.context.set_offline(True)
    phone.get_by_role("link", name="Beskeder", exact=True).click()
    phone.get_by_role("link", name="Skriv en besked").click()
    expect(phone.get_by_text("Du skriver til Karen Holm.")).to_be_visible()
    expect(phone.get_by_text("Der er ingen faste tider for svar.")).to_be_visible()
    expect(phone.get_by_text("Ikke til akut hjælp.")).to_be_visible()
    phone.get_by_label("Din besked").fill(WORDS)
    keep_picture(phone, "phone-write")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("Må jeg ringe i morgen i stedet?")).to_be_visible()
    expect(phone.get_by_text(WAITING)).to_be_visible()
    keep_picture(phone, "phone-waits")


def open_waiting(open_browser: OpenBrowser, login: Login) -> Page:
    """Sign in at a screen and open who waits."""
    office = open_browser(screen=True, notifications=False)
    steps.sign_in(office, login)
    office.get_by_role("link", name="Beskeder", exact=True).click()
    expect(office.get_by_role("heading", name="Beskeder, der venter")).to_be_visible()
    return office


def fetch(phone: Page) -> None:
    """Come back to the app, which then looks for what is new."""
    phone.goto("/")
    phone.wait_for_load_state("networkidle")


def answer_waiting(page: Page) -> None:
    """The stand-in reads what waits, and answers it."""
    page.get_by_role("link", name="Lærke").click()
    expect(page.get_by_text("Har ventet siden")).to_be_visible()
    expect(page.get_by_text("Det passer bedre.")).to_be_visible()
    page.get_by_label("Skriv").fill(ANSWER)
    keep_picture(page, "desk-thread")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Har ventet siden")).to_have_count(0)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    keep_picture(page, "desk-answered")


def test_written_offline_waiting_for_both_answered_and_told_only_if_asked_for(
    house: House,
    karen: Login,
    counsellor: Desk,
    citizen_id: str,
    phone: Page,
    own_phone: phones.OpenPhone,
    stand_in: Login,
    open_browser: OpenBrowser,
    push_service: PushService,
) -> None:
    write_offline(phone)
    assert counsellor.get("/messages/waiting")["items"] == []

    phone.context.set_offline(False)
    expect(phone.get_by_text(WAITING)).to_have_count(0)

    for_karen = open_waiting(open_browser, karen)
    expect(for_karen.get_by_role("link", name="Lærke")).to_be_visible()
    keep_picture(for_karen, "desk-waiting")
    answer_waiting(open_waiting(open_browser, stand_in))
    for_karen.reload()
    expect(for_karen.get_by_text("Ingen venter på svar.")).to_be_visible()

    fetch(phone)
    keep_picture(phone, "phone-home")
    phone.get_by_role("link", name="Der er en besked til dig").click()
    expect(phone.get_by_text(ANSWER)).to_be_visible()
    expect(phone.get_by_text("Per Stand")).to_be_visible()
    assert house.rows("SELECT 1 FROM reminder WHERE kind = 'message' AND recipient_id = %s", citizen_id) == []

    expect(phone.get_by_role("heading", name="Vil du vide, når der er svar?")).to_be_visible()
    keep_picture(phone, "phone-answered")
    with phone.expect_response(lambda answer: "/sync/push" in answer.url and answer.ok):
        phone.get_by_role("button", name="Ja tak").click()
    expect(phone.get_by_text("Gemt. Du kan ændre det under Indstillinger.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Vil du vide, når der er svar?")).to_have_count(0)
    steps.wait_until(phone, "navigator.onLine")
    counsellor.post(
        f"/citizens/{citizen_id}/messages", id=str(new_id()), text="Godt at høre fra dig", seen=None
    )
    house.the_morning_comes(citizen_id)

    shown = phones.wait_for_message(push_service, own_phone)["notification"]
    assert (shown["title"], shown["body"]) == (
        "Du har en påmindelse",
        "Der er noget nyt til dig. Det haster ikke.",
    )
    phone.goto(shown["navigate"].replace(house.url, ""))
    expect(phone.get_by_role("heading", name="Beskeder")).to_be_visible()
    expect(phone.get_by_text("Godt at høre fra dig")).to_be_visible()
    phone.goto("/indstillinger")
    expect(phone.get_by_label("Når der er svar på en besked")).to_be_checked()


def test_deleted_for_good_it_is_gone_for_the_contact_person_too(
    phone: Page, counsellor: Desk, citizen_id: str
) -> None:
    write_offline(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_text(WAITING)).to_have_count(0)
    assert len(counsellor.get(f"/citizens/{citizen_id}/messages")["items"]) == 1

    phone.context.set_offline(True)
    phone.get_by_role("button", name="Slet din besked helt").click()
    keep_picture(phone, "phone-erase")
    phone.get_by_role("button", name="Ja, slet helt").click()
    expect(phone.get_by_text("Må jeg ringe i morgen i stedet?")).to_have_count(0)
    expect(phone.get_by_text("Der er ingen beskeder endnu.")).to_be_visible()
    phone.context.set_offline(False)
    plans.wait_until_sent(phone)

    assert counsellor.get(f"/citizens/{citizen_id}/messages")["items"] == []
    assert counsellor.get("/messages/waiting")["items"] == []


def test_the_pages_are_accessible_at_both_sizes(
    phone: Page, karen: Login, counsellor: Desk, citizen_id: str, open_browser: OpenBrowser
) -> None:
    write_offline(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_text(WAITING)).to_have_count(0)
    counsellor.post(f"/citizens/{citizen_id}/messages", id=str(new_id()), text=ANSWER, seen=None)
    seen = Seen()

    for address in ("/beskeder", "/beskeder/ny"):
        phone.goto(address)
        phone.wait_for_load_state("networkidle")
        examine(phone, address, seen)
        phone.set_viewport_size(SCREEN["viewport"])
        keep_picture(phone, f"wide-{address.rpartition('/')[2]}")
    office = open_waiting(open_browser, karen)
    for address in ("/staff/messages", f"/staff/people/{citizen_id}/messages"):
        office.goto(address)
        office.wait_for_load_state("networkidle")
        examine(office, address, seen)
        office.set_viewport_size(PHONE["viewport"])
        keep_picture(office, f"narrow-{address.rpartition('/')[2]}-{len(address)}")

    assert seen.violations == []
    assert seen.errors == []
