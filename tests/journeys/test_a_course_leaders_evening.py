"""A course leader's evening by keyboard alone: who came, who gets a free seat, what is cancelled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys import steps
from tests.journeys.browsers import PHONE, SCREEN
from tests.journeys.crawl import Seen
from tests.journeys.house import House
from tests.journeys.looks import keep_picture, look_closely
from tests.journeys.rolling import UNIT, RollingCourse
from tests.journeys.test_missed_talks import MOST_TABS, press, tab_to

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [SCREEN, PHONE], ids=["1280", "360"])
TONIGHT = "Det gode og det svære i et forhold"
NEXT_WEEK = "Når børn vokser op med vold"
OWN_NAME = "Børnene og os"


#: Whose answers the focus is in.
WHOSE = "document.activeElement.closest('fieldset')?.querySelector('legend')?.textContent"


@pytest.fixture
def course(house: House, open_browser: Callable[..., Page]) -> Iterator[RollingCourse]:
    """Nobody has a place yet."""
    with RollingCourse(house, open_browser) as running:
        yield running


def choose(page: Page, alias: str, answer: str) -> None:
    """Tab into a person's answers and go through them with the arrow keys."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if alias == page.evaluate(WHOSE):
            break
    else:
        raise AssertionError(f"Tab does not come to {alias}")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.closest('label')?.textContent") == answer:
            return
    raise AssertionError(f"the arrows do not come to {answer}")


def marks_of(course: RollingCourse, run_id: str) -> dict[str, str]:
    """What is written about tonight, by alias."""
    roster = course.lead.get(f"/course-runs/{run_id}")["roster"]
    return {line["alias"]: line["attendance"].get("3", "") for line in roster}


@SIZES
def test_an_evening_is_done_by_keyboard_alone(size: dict[str, Any], course: RollingCourse) -> None:
    seen = Seen()
    run = course.plan(this_week=3, seats=3)
    people = {alias: course.contact.take_in(alias) for alias in ("Solsort", "Stær", "Mejse")}
    for citizen_id in people.values():
        course.enrol(run, citizen_id, from_number=3)
    assert course.enrol(run, course.citizen_id, from_number=3)["status"] == "waiting"
    page = course.sit_down(course.leader, **size)

    press(page, "Hold")
    expect(page.get_by_role("heading", name="Hold", exact=True)).to_be_visible()
    keep_picture(page, "runs")
    look_closely(page, "/staff/courses", seen)
    expect(page.get_by_role("link", name="Undervisning om vold").first).to_be_visible()
    press(page, "Undervisning om vold")
    expect(page.get_by_role("region", name="Venteliste").get_by_text(course.alias)).to_be_visible()
    keep_picture(page, "run")
    look_closely(page, "/staff/courses/runs", seen)

    page.goto(f"/staff/courses/runs/{run['id']}")
    expect(page.get_by_role("heading", name="Undervisning om vold")).to_be_focused()
    tab_to_label(page, f"Fremmøde: {TONIGHT}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Fremmøde: {TONIGHT}")).to_be_focused()
    # What comes from elsewhere while the page is open stays.
    course.take_attendance(run, 3, "excused", citizen_id=people["Mejse"])
    choose(page, "Solsort", "Var her")
    choose(page, "Stær", "Var her ikke")
    keep_picture(page, "attendance")
    look_closely(page, "/staff/courses/attendance", seen)
    assert page.evaluate(WHOSE) == "Stær"
    page.keyboard.press("Enter")
    expect(page.get_by_text("Fremmødet er gemt.")).to_be_visible()
    assert marks_of(course, run["id"]) == {"Solsort": "present", "Stær": "absent", "Mejse": "excused"}

    # Stær gives up the seat: Lærke has it at once, and nobody had to move her up.
    tab_to_label(page, "Tag Stær af holdet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    keep_picture(page, "leave")
    press(page, "Ja, tag af holdet")
    expect(page.get_by_role("region", name="Deltagere").get_by_text(course.alias)).to_be_visible()
    expect(page.get_by_text("Ingen venter.")).to_be_visible()

    cancel_next_week(page, seen)

    press(page, "Aftaler i gruppen")
    expect(page.get_by_text("Det, vi hører her, bliver her.")).to_be_visible()
    look_closely(page, "/staff/courses/agreements", seen)
    page.emulate_media(media="print")
    keep_picture(page, "agreements-print")
    expect(page.get_by_text("Plads til det, gruppen selv vil have med:")).to_be_visible()
    assert seen.violations == []


def cancel_next_week(page: Page, seen: Seen) -> None:
    """Cancel a session with its reason, from the page of the run."""
    tab_to_label(page, f"Aflys: {NEXT_WEEK}")
    page.keyboard.press("Enter")
    # The heading takes the focus when the page stands; a Tab before that would be lost again.
    expect(page.get_by_role("heading", name=f"Aflys: {NEXT_WEEK}")).to_be_focused()
    tab_to(page, "Hvorfor")
    page.keyboard.type("Underviseren er syg")
    expect(page.get_by_label("Hvorfor")).to_have_value("Underviseren er syg")
    keep_picture(page, "cancel")
    look_closely(page, "/staff/courses/cancel", seen)
    expect(page.get_by_label("Hvorfor")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Aflyst: Underviseren er syg")).to_be_visible()


def tab_to_label(page: Page, label: str) -> None:
    """Press Tab until the control that is read aloud so has the focus.

    :raises AssertionError: if Tab never gets there
    """
    expect(page.get_by_label(label, exact=True)).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(f"Tab does not come to {label!r}")


@SIZES
def test_a_group_is_planned_and_somebody_gets_a_place_by_alias(
    size: dict[str, Any], course: RollingCourse
) -> None:
    seen = Seen()
    page = course.sit_down(course.leader, **size)

    press(page, "Hold")
    expect(page.get_by_role("heading", name="Hold", exact=True)).to_be_focused()
    press(page, "Planlæg et hold")
    expect(page.get_by_role("heading", name="Planlæg et hold")).to_be_visible()
    look_closely(page, "/staff/courses/new", seen)
    page.get_by_label("Første dag").fill("2027-01-05")
    expect(page.get_by_label("tirsdag")).to_be_checked()
    page.get_by_label("Pladser").fill("41")
    page.get_by_role("button", name="Planlæg", exact=True).click()
    expect(page.get_by_text("Skriv et helt tal.").first).to_be_visible()
    page.get_by_label("Pladser").fill("6")
    page.get_by_label("Sted").fill("Stuen")
    keep_picture(page, "plan")
    page.get_by_role("button", name="Planlæg", exact=True).click()
    expect(page.get_by_role("list").filter(has_text=TONIGHT)).to_be_visible()

    expect(page.get_by_role("heading", name="Undervisning om vold")).to_be_focused()
    press(page, "Skriv en på holdet")
    expect(page.get_by_role("heading", name="Skriv en på holdet")).to_be_focused()
    search(page, course.alias.lower())
    expect(page.get_by_role("radio", name=course.alias)).to_be_checked()
    keep_picture(page, "enrol")
    look_closely(page, "/staff/courses/enrol", seen)
    # Whoever was found before is not on the screen any more, and gets no place.
    search(page, "zzzz")
    expect(
        page.get_by_text("Ingen i enheden hedder netop det. Spørg kontaktpersonen om hele aliasset.")
    ).to_be_visible()
    press(page, "Skriv på holdet")
    expect(page.get_by_text("Hvem: Søg, og vælg en person.")).to_be_visible()
    search(page, course.alias.lower())
    expect(page.get_by_role("radio", name=course.alias)).to_be_checked()
    press(page, "Skriv på holdet")
    expect(page.get_by_role("region", name="Deltagere").get_by_text(course.alias)).to_be_visible()
    assert seen.violations == []


def search(page: Page, part: str) -> None:
    """Look for an alias, by keyboard alone."""
    expect(page.get_by_label("Søg på alias")).to_be_visible()
    tab_to(page, "Søg på alias")
    page.keyboard.press("Control+A")
    page.keyboard.type(part)
    expect(page.get_by_label("Søg på alias")).to_have_value(part)
    page.keyboard.press("Enter")


def test_a_centre_names_a_theme_and_a_time_is_moved(course: RollingCourse) -> None:
    seen = Seen()
    boss = course.house.employ("Mette Krog", Role.MANAGER, unit=UNIT)
    office = course.sit_down(boss, screen=True)
    office.goto("/staff/courses/settings")
    name_the_theme(office, OWN_NAME, seen)
    run = course.plan(this_week=3)
    # An empty field is the content's own name; a group that is planned already keeps its own.
    name_the_theme(office, "", seen)
    course.enrol(run, course.citizen_id, from_number=3)

    page = course.sit_down(course.leader, screen=True)
    page.goto(f"/staff/courses/runs/{run['id']}")
    page.get_by_role("link", name=f"Flyt: {OWN_NAME}").click()
    page.get_by_label("Ny dag").fill("2020-01-01")
    page.get_by_role("button", name="Flyt").click()
    expect(page.get_by_text("Skal være en dag og et klokkeslæt forude.").first).to_be_visible()
    page.get_by_label("Ny dag").fill(steps.date_in(9))
    page.get_by_label("Klokken").fill("14:15")
    look_closely(page, "/staff/courses/move", seen)
    page.get_by_role("button", name="Flyt").click()
    expect(page.locator(".course-sessions > li", has_text=OWN_NAME)).to_contain_text("14.15")
    page.emulate_media(media="print")
    keep_picture(page, "run-print")

    phone = course.pair()
    phone.goto("/forloeb")
    expect(phone.locator(".course-lines > li", has_text=OWN_NAME)).to_contain_text("14.15")
    assert seen.violations == []


def test_a_manager_hands_a_group_over_to_another_leader(course: RollingCourse) -> None:
    seen = Seen()
    run = course.plan(this_week=3)
    course.enrol(run, course.citizen_id, from_number=3)
    ida = course.house.employ("Ida Friis", Role.COURSE_LEADER, unit=UNIT)
    boss = course.house.employ("Mette Krog", Role.MANAGER, unit=UNIT)
    office = course.sit_down(boss, screen=True)

    office.goto(f"/staff/courses/runs/{run['id']}")
    office.get_by_role("link", name="Giv holdet til en anden").click()
    office.get_by_role("button", name="Giv holdet videre").click()
    expect(office.get_by_text("Skal udfyldes").first).to_be_visible()
    office.get_by_label("Hvem skal lede holdet?").select_option(ida.id)
    look_closely(office, "/staff/courses/hand-over", seen)
    keep_picture(office, "hand-over")
    office.get_by_role("button", name="Giv holdet videre").click()
    expect(office.get_by_text("Holdet har fået en ny leder.")).to_be_visible()

    # Who takes part is known to the new leader, and to the old one no longer.
    new = course.sit_down(ida, screen=True)
    new.goto(f"/staff/courses/runs/{run['id']}")
    expect(new.get_by_role("region", name="Deltagere").get_by_text(course.alias)).to_be_visible()
    assert course.lead.get(f"/course-runs/{run['id']}")["roster"] == []
    assert seen.violations == []


def name_the_theme(office: Page, name: str, seen: Seen) -> None:
    """The manager's page: what the centre calls next week's theme."""
    course = office.locator("details", has_text="Undervisning om vold")
    course.locator("summary").click()
    office.get_by_label(NEXT_WEEK).fill(name)
    look_closely(office, "/staff/courses/settings", seen)
    office.get_by_role("button", name="Gem Undervisning om vold").click()
    expect(course).not_to_have_attribute("open", "")
