"""A walk through every page: accessible, self-contained, and without a word that gives anybody away."""

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys import plans, steps
from tests.journeys.crawl import SCHEMES, Seen, examine, walk, watch
from tests.journeys.desk import Desk
from tests.journeys.house import House

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]
CITIZEN_EXTRA = ["/hjaelp", "/hjaelp.html", "/par", "/installer", "/findes-ikke"]
PAIRED_EXTRA = ["/aftaler", "/maal", "/indstillinger", "/aftaler/01999999-0000-7000-8000-000000000000"]
PLAN_PAGES = {
    "/min-plan",
    "/min-plan/trin",
    "/min-plan/deling",
    "/min-plan/dag",
    "/min-plan/warning-signs",
    "/min-plan/people-to-ask",
    "/min-plan/linje/:id",
    "/min-plan/linje/:id/historik",
}
STAFF_EXTRA = ["/staff/invitation", "/staff/findes-ikke"]
PERSON = "/staff/people/:id"
CONSOLE = {
    "/staff",
    "/staff/new",
    "/staff/missed",
    "/staff/rates",
    "/staff/invitation",
    "/staff/colleagues",
    "/staff/colleagues/new",
    "/staff/colleagues/:id/close",
    "/staff/stand-ins",
    "/staff/stand-ins/new",
    "/staff/stand-ins/:id/end",
    "/staff/calendar",
    PERSON,
    f"{PERSON}/edit",
    f"{PERSON}/lost-phone",
    f"{PERSON}/channels/sms",
    f"{PERSON}/channels/email",
    f"{PERSON}/pause",
    f"{PERSON}/death",
    f"{PERSON}/plan",
    f"{PERSON}/goals/new",
    f"{PERSON}/relations/new",
    f"{PERSON}/relations/:id/end",
    f"{PERSON}/appointments/new",
    f"{PERSON}/appointments/:id/move",
    f"{PERSON}/appointments/:id/cancel",
    f"{PERSON}/appointments/:id/card",
}


def check(seen: Seen, origin: str) -> None:
    """Nothing that a walk must not find was found."""
    assert seen.violations == []
    assert seen.strangers(origin) == []
    assert set(seen.titles.values()) == {"Overblik"}
    assert seen.open_links == []
    assert seen.errors == []


def pairing_code_of(manager: Desk) -> str:
    """A code for the phone of the manager's own person."""
    mine = [each for each in manager.get("/citizens")["items"] if each["my_role"] == "contact-person"]
    return manager.pairing(mine[0]["id"])["code"]


def walk_and_examine(page: Page, origin: str, starts: list[str], schemes: Sequence[str] = SCHEMES) -> Seen:
    seen = Seen()
    watch(page, seen)
    for address in walk(page, origin, starts, seen):
        examine(page, address, seen, schemes=schemes)
    return seen


@pytest.fixture
def manager_with_people(house: House, desk: Callable[..., Desk]) -> Desk:
    """A unit with a person, a phone, a goal, appointments of every kind and a stand-in."""
    manager, counsellor = desk("Lone Leder", Role.MANAGER, Role.COUNSELLOR), desk("Karen Holm")
    citizen_id = manager.take_in("Gøg", name="Gitte Gøg", phone="00 00 00 09")
    goal = manager.post(f"/citizens/{citizen_id}/goals", title="Sove om natten", origin="citizen")
    manager.book(citizen_id, goal_id=goal["id"])
    late = manager.book(citizen_id, days=4, mode="phone", place=None)
    manager.post(
        f"/appointments/{late['id']}/cancellation", version=late["revision"], cancellation="by-citizen"
    )
    manager.post(
        "/stand-ins",
        staff_id=counsellor.login.id,
        stand_in_id=house.employ("Sune Stand").id,
        ends_on=steps.date_in(3),
        reason="ferie",
    )
    manager.post("/invitations", name="Nye Nina", email=f"{citizen_id}@example.dk", roles=["counsellor"])
    return manager


def write_a_plan_and_share_it(phone: Page) -> None:
    """A sign, something to do, somebody to call, and a yes."""
    plans.write_line(phone, "Jeg sover dårligt", section="warning-signs")
    plans.write_line(phone, "Gå en tur", section="own-actions")
    plans.write_line(phone, "Min søster", section="people-to-ask")
    plans.open_line(phone, "Min søster", section="people-to-ask")
    phone.get_by_label("Telefonnummer").fill("00 00 00 07")
    phone.get_by_role("button", name="Gem nummeret").click()
    expect(phone.get_by_role("link", name="Ring 00 00 00 07")).to_be_visible()
    plans.wait_until_sent(phone)
    plans.share_with_contact_person(phone)


def test_of_an_unpaired_phone(house: House, open_browser: OpenBrowser) -> None:
    seen = walk_and_examine(open_browser(), house.url, ["/", *CITIZEN_EXTRA])

    check(seen, house.url)
    assert {"/", "/par", "/mere", "/aabningstider", "/indstillinger", "/hjaelp"} <= set(seen.pages)
    assert {"/min-plan", "/min-plan/deling", "/min-plan/dag", "/min-plan/own-actions"} <= set(seen.pages)


def test_of_a_paired_phone(house: House, manager_with_people: Desk, open_browser: OpenBrowser) -> None:
    page = open_browser()
    steps.pair(page, pairing_code_of(manager_with_people))
    write_a_plan_and_share_it(page)

    seen = walk_and_examine(page, house.url, ["/", *PAIRED_EXTRA])

    check(seen, house.url)
    assert {"/", "/aftaler", "/aftaler/:id", "/maal", "/indstillinger", "/kalender", "/mine-data"} <= set(
        seen.pages
    )
    assert set(seen.pages) >= PLAN_PAGES


def test_of_a_paired_phone_in_english(
    house: House, manager_with_people: Desk, open_browser: OpenBrowser
) -> None:
    page = open_browser()
    steps.pair(page, pairing_code_of(manager_with_people))
    page.get_by_role("button", name="English").first.click()

    seen = walk_and_examine(page, house.url, ["/"], schemes=["light"])

    check(seen, house.url)


def test_of_the_console_as_a_manager(
    house: House, manager_with_people: Desk, open_browser: OpenBrowser
) -> None:
    phone, page = open_browser(), open_browser(screen=True)
    steps.pair(phone, pairing_code_of(manager_with_people))
    write_a_plan_and_share_it(phone)
    house.let_used_codes_pass(manager_with_people.login.email)
    steps.sign_in(page, manager_with_people.login)

    seen = walk_and_examine(page, house.url, ["/staff/", *STAFF_EXTRA])

    check(seen, house.url)
    assert set(seen.pages) >= CONSOLE


def test_of_the_console_before_anybody_has_signed_in(house: House, open_browser: OpenBrowser) -> None:
    page = open_browser(screen=True)
    seen = Seen()
    watch(page, seen)
    for address in walk(page, house.url, ["/staff/", "/staff/invitation"], seen):
        examine(page, address, seen)

    assert seen.violations == []
    assert seen.strangers(house.url) == []
    assert set(seen.titles.values()) == {"Overblik"}
