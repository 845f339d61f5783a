"""A walk through every page: accessible, self-contained, and without a word that gives anybody away."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys import locks, phones, plans, scenes, steps
from tests.journeys.autopush import PushService
from tests.journeys.chromium_push import bind
from tests.journeys.crawl import Seen, check, examine, walk, walk_and_examine, watch
from tests.journeys.desk import Desk, at_ten
from tests.journeys.house import House
from tests.journeys.pages import (
    CHECK_IN_PAGES,
    CITIZEN_EXTRA,
    CONSOLE,
    DESK,
    DONE_EXERCISE_PAGES,
    EXERCISE_PAGES,
    GOAL_PAGES,
    NOBODYS,
    PAIRED,
    PAIRED_EXTRA,
    PLAN_PAGES,
    QUESTIONNAIRE_PAGES,
    STAFF_EXTRA,
)
from tests.journeys.two_doors import SHOWN, begin, crisis_line, end, own_code, type_code

__all__ = ["crisis_line"]

pytestmark = pytest.mark.browser
OpenBrowser = Callable[..., Page]


def look_at(page: Page, address: str, seen: Seen) -> None:
    """Examine the page as somebody has left it."""
    page.wait_for_load_state("networkidle")
    examine(page, address, seen)


@dataclass
class Life:
    """A unit's manager with own people, and the one person whose pages are looked at."""

    desk: Desk
    citizen_id: str
    appointment_id: str
    in_a_series: str

    def pairing_code(self) -> str:
        """A code for the person's phone."""
        return self.desk.pairing(self.citizen_id)["code"]


@pytest.fixture
def life(house: House, desk: Callable[..., Desk]) -> Life:
    """A person with a goal, appointments of every kind, missed talks of others, and a stand-in."""
    manager, counsellor = desk("Lone Leder", Role.MANAGER, Role.COUNSELLOR), desk("Karen Holm")
    scenes.somebody_did_not_come(house, manager, "Vibe", days=6, phone="00 00 00 21")
    scenes.somebody_did_not_come(house, manager, "Solsort", days=2, phone="00 00 00 22")
    scenes.nobody_said_how_it_went(house, manager, "Spurv")
    scenes.somebody_was_told_by_no_reminder(house, manager, "Lærke", phone="00 00 00 25")
    citizen_id = manager.take_in("Gøg", name="Gitte Gøg", phone="00 00 00 09")
    goal = manager.post(f"/citizens/{citizen_id}/goals", title="Sove om natten", origin="citizen")
    manager.post(f"/citizens/{citizen_id}/exercises", ref={"library": "five-things"}, goal_id=goal["id"])
    words = {"title": "Et roligt sted", "lead": "Når der er larm.", "body": "Gå et andet sted hen."}
    manager.post("/exercises", **words, method="grounding", profession="pedagogue")
    first = manager.book(citizen_id, goal_id=goal["id"])
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
    weekly = {"duration_minutes": 45, "kind": "group", "mode": "in-person", "rule": "weekly", "count": 3}
    series = manager.post(f"/citizens/{citizen_id}/series", starts_at=at_ten(days=6), **weekly)
    manager.post("/invitations", name="Nye Nina", email=f"{citizen_id}@example.dk", roles=["counsellor"])
    return Life(manager, citizen_id, first["id"], series["items"][0]["id"])


def test_of_an_unpaired_phone(house: House, open_browser: OpenBrowser) -> None:
    seen = walk_and_examine(open_browser(), house.url, ["/", *CITIZEN_EXTRA])

    check(seen, house.url)
    assert {"/", "/par", "/mere", "/henvendelse", "/aabningstider", "/indstillinger", "/hjaelp"} <= set(
        seen.pages
    )
    assert {"/min-plan", "/min-plan/deling", "/min-plan/dag", "/min-plan/own-actions"} <= set(seen.pages)
    assert set(seen.pages) >= EXERCISE_PAGES | QUESTIONNAIRE_PAGES


def test_of_a_paired_phone(house: House, life: Life, open_browser: OpenBrowser) -> None:
    page = open_browser()
    steps.pair(page, life.pairing_code())
    scenes.write_a_plan_and_share_it(page)
    goal = scenes.write_a_goal_with_a_step(page)
    scenes.say_how_it_goes(page)
    scenes.do_what_was_given(page)

    seen = walk_and_examine(page, house.url, ["/", goal, *PAIRED_EXTRA])

    check(seen, house.url)
    assert set(seen.pages) >= PAIRED
    assert set(seen.pages) >= PLAN_PAGES
    assert set(seen.pages) >= GOAL_PAGES
    assert set(seen.pages) >= CHECK_IN_PAGES
    assert set(seen.pages) >= DONE_EXERCISE_PAGES | QUESTIONNAIRE_PAGES
    for address in (f"/aftaler/{NOBODYS}", f"/r/{NOBODYS}"):
        page.goto(address)
        look_at(page, address, seen)
    assert seen.violations == []


def test_of_a_paired_phone_in_english(house: House, life: Life, open_browser: OpenBrowser) -> None:
    page = open_browser()
    steps.pair(page, life.pairing_code())
    page.get_by_role("button", name="English").first.click()

    seen = walk_and_examine(page, house.url, ["/"], schemes=["light"])

    check(seen, house.url)


def test_of_a_phone_with_a_code(house: House, life: Life, open_browser: OpenBrowser) -> None:
    page = open_browser()
    steps.pair(page, life.pairing_code())
    locks.turn_on(page, plan_open=False)

    seen = walk_and_examine(page, house.url, ["/", "/indstillinger", "/min-plan", f"/r/{NOBODYS}"])

    page.goto("/aftaler")
    locks.expect_locked(page)
    check(seen, house.url)
    assert set(seen.pages) >= {"/", "/indstillinger", "/min-plan", "/aabningstider", "/hurtigt-vaek"}


def test_of_what_a_phone_says_about_reminders_and_other_times(
    house: House, life: Life, open_browser: OpenBrowser, push_service: PushService
) -> None:
    page, seen = open_browser(), Seen()
    phone = phones.subscribe(push_service, house.config.vapid_public_key)
    bind(page, phone, house.config.vapid_public_key)
    steps.pair(page, life.pairing_code())
    watch(page, seen)
    steps.turn_reminders_on(page)

    page.goto("/indstillinger")
    page.get_by_label("Svar direkte på påmindelsen").check()
    page.get_by_role("button", name="Send en prøve").click()
    expect(page.get_by_text("Tjenesten tog imod den")).to_be_visible()
    page.get_by_role("button", name="Sæt på pause").click()
    page.get_by_role("button", name="Vis, hvor I må skrive til mig").click()
    expect(page.get_by_text("Vi skriver ikke andre steder nu.")).to_be_visible()
    look_at(page, "settings with everything open", seen)
    scenes.ask_for_another_time(page, life.appointment_id)
    page.goto(f"/aftaler/{life.appointment_id}")
    expect(page.get_by_text("Bussen går først kl. 12")).to_be_visible()
    look_at(page, "an appointment with wishes", seen)
    house.rows("UPDATE push_device SET unanswered = 3 WHERE recipient_id = %s RETURNING id", life.citizen_id)
    page.goto("/")
    expect(page.get_by_role("button", name="Slå til på ny")).to_be_visible()
    look_at(page, "reminders that may not be shown", seen)

    assert seen.violations == []


def test_of_the_words_to_somebody_who_did_not_come(
    house: House, desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    page, seen, counsellor = open_browser(), Seen(), desk()
    talk = scenes.somebody_did_not_come(house, counsellor, "Stær", days=1, phone="00 00 00 23")
    steps.pair(page, counsellor.pairing(scenes.citizen_named(counsellor, "Stær"))["code"])

    page.goto(f"/aftaler/{talk}")
    expect(page.get_by_text("I fik ikke talt sammen den dag.")).to_be_visible()
    look_at(page, "a talk that was missed", seen)
    page.get_by_role("link", name="Bed om en ny tid").click()
    expect(page.get_by_text("Skriv, hvornår det passer dig.")).to_be_visible()
    look_at(page, "asking for a new time", seen)

    assert seen.violations == []


def test_of_what_the_crisis_line_wrote_down(
    house: House, life: Life, crisis_line: Desk, open_browser: OpenBrowser
) -> None:
    page, seen = open_browser(), Seen()
    steps.pair(page, life.pairing_code())
    plans.write_line(page, "Gå en tur")
    end(crisis_line, begin(crisis_line, own_code(page), given=["talk"], **SHOWN))
    nobodys = begin(crisis_line, None, reason=["anxiety"], note="Talte om natten", safety_before=3)
    code = crisis_line.post(f"/desk/contacts/{nobodys['id']}/claim-code")["code"]
    watch(page, seen)

    page.goto("/henvendelser")
    expect(page.locator(".card")).to_have_count(1)
    look_at(page, "contacts that the person wants to have here", seen)
    page.goto("/min-plan")
    expect(page.get_by_role("button", name="Spørg ikke mere")).to_be_visible()
    look_at(page, "the offer to look at the plan again", seen)
    type_code(page, code)
    expect(page.locator(".kept")).to_be_visible()
    look_at(page, "what is kept of a contact", seen)
    page.get_by_role("button", name="Slet det helt").click()
    look_at(page, "the question before it is erased", seen)
    page.get_by_role("button", name="Nej, behold det").click()
    page.get_by_role("button", name="Se først, hvad de kan se").click()
    expect(page.get_by_text("men ikke hvem")).to_be_visible()
    look_at(page, "what staff would see", seen)

    assert seen.violations == []
    assert seen.strangers(house.url) == []


def test_of_the_console_as_a_manager(house: House, life: Life, open_browser: OpenBrowser) -> None:
    phone, page = open_browser(), open_browser(screen=True)
    steps.pair(phone, life.pairing_code())
    scenes.write_a_plan_and_share_it(phone)
    scenes.ask_for_another_time(phone, life.appointment_id)
    house.let_used_codes_pass(life.desk.login.email)
    steps.sign_in(page, life.desk.login)
    scenes.agree_on_a_number(page, life.citizen_id)
    scenes.pause_reminders(page, life.citizen_id)
    day = f"/staff/day/{steps.date_in(3)}"
    person = f"/staff/people/{life.citizen_id}"
    series = f"{person}/appointments/{life.in_a_series}/end-series"
    starts = [day, day.replace("day", "week"), person, f"{person}/pause", series, "/staff/", *STAFF_EXTRA]

    seen = walk_and_examine(page, house.url, starts)
    page.goto("/staff/missed")
    page.get_by_role("button", name="Vis nummer og skriv ned").first.click()
    look_at(page, "what came of a call", seen)
    page.goto(f"{person}/death")
    page.get_by_role("button", name="Ja, send ikke mere").click()
    expect(page.get_by_text("Personen er meldt død")).to_be_visible()
    look_at(page, "a person who has died", seen)

    check(seen, house.url)
    assert set(seen.pages) >= CONSOLE


def test_of_the_crisis_line_s_desk(
    house: House, desk: Callable[..., Desk], open_browser: OpenBrowser
) -> None:
    phone, page = open_browser(), open_browser(screen=True)
    counsellor, login = desk(), house.employ("Lea Lund", Role.CRISIS_LINE, unit="akuttilbud")
    steps.pair(phone, counsellor.pairing(counsellor.take_in("Natravn", phone="00 00 00 41"))["code"])
    scenes.write_a_plan_and_share_it(phone)
    with Desk(house, login) as line:
        scenes.somebody_wants_to_be_called(house, line, days=14)
        house.let_used_codes_pass(login.email)
    steps.sign_in(page, login)
    seen = Seen()

    scenes.open_a_plan_at_the_desk(page, "00 00 00 41")
    look_at(page, "a contact with the plan open", seen)
    page.goto("/staff/desk")
    page.get_by_role("button", name="Ny kontakt uden navn").click()
    page.get_by_role("button", name="Lav en kode").click()
    expect(page.locator(".pairing-code")).to_be_visible()
    page.get_by_text("Aftal, om vi må ringe").click()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_text("Mere, hvis der er tid").click()
    look_at(page, "a contact with everything open", seen)
    page.goto("/staff/desk/shift")
    page.get_by_role("button", name="Begynd vagten").click()
    expect(page.get_by_label("Til næste vagt")).to_be_visible()
    look_at(page, "a shift", seen)
    page.goto("/staff/desk/follow-ups")
    page.get_by_role("button", name="Skriv ned, hvordan det gik").first.click()
    page.get_by_label("Vi talte sammen").check()
    look_at(page, "what came of a follow-up", seen)
    walked = walk_and_examine(page, house.url, ["/staff/", "/staff/desk"])

    check(walked, house.url)
    assert seen.violations == []
    assert set(walked.pages) >= DESK


def test_of_the_console_before_anybody_has_signed_in(house: House, open_browser: OpenBrowser) -> None:
    page = open_browser(screen=True)
    seen = Seen()
    watch(page, seen)
    for address in walk(page, house.url, ["/staff/", "/staff/invitation"], seen):
        examine(page, address, seen)

    assert seen.violations == []
    assert seen.strangers(house.url) == []
    assert set(seen.titles.values()) == {"Overblik"}
