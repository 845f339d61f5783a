"""Joining a rolling course in its third week, taking a missed time another day, and saying how it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import plans
from tests.journeys.browsers import PHONE, SCREEN
from tests.journeys.crawl import Seen
from tests.journeys.house import House
from tests.journeys.looks import keep_picture, look_closely
from tests.journeys.rolling import RollingCourse

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["360", "1280"])
CHILDREN = "Når børn vokser op med vold"
RELATIONSHIP = "Det gode og det svære i et forhold"
NEVER_YOURS = "Volden er aldrig din skyld"
MY_WORDS = "Det hjalp at høre, at jeg ikke er alene"


@pytest.fixture
def course(house: House, open_browser: Callable[..., Page]) -> Iterator[RollingCourse]:
    """Nobody has joined yet."""
    with RollingCourse(house, open_browser) as running:
        yield running


def join(office: Page, course: RollingCourse, run: dict[str, Any], *, only: str | None = None) -> None:
    """The contact person gives Lærke a place: from this week on, or at one theme alone."""
    office.goto(f"/staff/people/{course.citizen_id}/courses/enrol")
    office.get_by_label("Hold", exact=True).select_option(str(run["id"]))
    if only:
        office.get_by_label("Kun nogle").check()
        office.get_by_label(only).check()
    else:
        expect(office.get_by_label("Alle fra og med")).to_be_checked()
    office.get_by_role("button", name="Skriv på holdet").click()
    expect(office.get_by_text("Personen har fået en plads.")).to_be_visible()


def open_courses(phone: Page) -> None:
    """What the phone says of the course, as new as the house can tell it."""
    phone.goto("/")
    phone.wait_for_load_state("networkidle")
    phone.goto("/forloeb")
    expect(phone.get_by_role("heading", name="Kurser og forløb")).to_be_visible()


def expect_covered(phone: Page, been: int) -> None:
    """So many of the five themes."""
    expect(phone.get_by_text(f"Du har været med til {been} af 5 temaer")).to_be_visible()


def theme(phone: Page, title: str) -> Any:
    """One line of the list beside the ring."""
    return phone.locator(".course-themes > li", has_text=title)


@SIZES
def test_a_time_that_was_missed_is_taken_with_another_group_and_nobody_has_failed(
    size: dict[str, Any], course: RollingCourse
) -> None:
    seen = Seen()
    run = course.plan(this_week=3)
    office = course.sit_down(course.karen, screen=True)
    join(office, course, run)
    phone = course.pair(**size)

    # In the third week: what to bring and to read stands on the phone, also without a network.
    expect(phone.get_by_role("heading", name="Kurser og forløb")).to_be_visible()
    expect(phone.get_by_text(RELATIONSHIP)).to_have_count(0)  # somebody may look over a shoulder
    keep_picture(phone, "home")
    open_courses(phone)
    expect_covered(phone, 0)
    keep_picture(phone, "courses-new")
    phone.context.set_offline(True)
    phone.get_by_role("link", name=CHILDREN).first.click()
    expect(phone.get_by_text(NEVER_YOURS)).to_be_visible()
    expect(phone.get_by_text("Kun dig selv.")).to_be_visible()
    expect(phone.get_by_text("Appen viser ikke, hvem der ellers kommer.")).to_be_visible()
    keep_picture(phone, "session")
    phone.context.set_offline(False)
    look_closely(phone, "/forloeb/gang", seen)

    # There in week 3, not in week 4, there in week 5.
    course.take_attendance(run, 3, "present")
    for number, status in ((4, "absent"), (5, "present")):
        course.a_week_goes_by(run)
        course.take_attendance(run, number, status)
    open_courses(phone)
    expect_covered(phone, 2)
    expect(theme(phone, RELATIONSHIP)).to_contain_text("Du har været med")
    expect(theme(phone, CHILDREN)).to_contain_text("Kan tages en anden gang")
    keep_picture(phone, "courses-after")

    # The next group: that theme alone.
    again = course.plan(this_week=4)
    join(office, course, again, only=CHILDREN)
    open_courses(phone)
    expect(theme(phone, CHILDREN)).to_contain_text("Du har en plads")
    course.take_attendance(again, 4, "present")
    open_courses(phone)
    expect_covered(phone, 3)
    expect(theme(phone, CHILDREN)).to_contain_text("Du har været med")
    for word in ("fejl", "mangler", "ikke bestået", "for sent"):
        expect(phone.locator("main")).not_to_contain_text(word)
    look_closely(phone, "/forloeb", seen)

    say_how_it_was(phone, seen)
    plans.wait_until_sent(phone)
    report = course.sit_down(course.leader, screen=True)
    report.goto("/staff/courses/reports/learning")
    # Others may have answered, too; never so many that words are shown.
    expect(report.get_by_text(re.compile(r"^[1-4] har svaret\.")).first).to_be_visible()
    expect(report.get_by_text(MY_WORDS)).to_have_count(0)
    expect(report.get_by_text("60 % i 2015.")).to_be_visible()
    keep_picture(report, "report")
    look_closely(report, "/staff/courses/reports", seen)
    assert seen.violations == []


def say_how_it_was(phone: Page, seen: Seen) -> None:
    """Two questions and own words."""
    phone.get_by_role("link", name="Sig, hvad du synes om Undervisning om vold").click()
    look_closely(phone, "/forloeb/svar", seen)
    keep_picture(phone, "feedback")
    phone.get_by_role("group", name="I hvor høj grad").get_by_label("I høj grad").check()
    phone.get_by_role("group", name="Hvor meget").get_by_label("I nogen grad").check()
    phone.get_by_label("Dine egne ord").fill(MY_WORDS)
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Tak. Dit svar er gemt.")).to_be_visible()


def test_a_no_to_one_time_is_said_without_a_network_and_without_a_reason(course: RollingCourse) -> None:
    run = course.plan(this_week=3)
    course.enrol(run, course.citizen_id, from_number=3)
    phone = course.pair()
    open_courses(phone)

    phone.context.set_offline(True)
    phone.get_by_role("link", name=CHILDREN).first.click()
    phone.get_by_role("button", name="Ikke denne gang").click()
    expect(phone.get_by_text("Tak for at sige det.")).to_be_visible()
    expect(phone.get_by_text("Sendes, når der er net.")).to_be_visible()
    keep_picture(phone, "not-this-time")
    phone.context.set_offline(False)
    plans.wait_until_sent(phone)
    open_courses(phone)
    expect(phone.get_by_text("Sendes, når der er net.")).to_have_count(0)

    [line] = course.lead.get(f"/course-runs/{run['id']}")["roster"]
    assert line["attendance"] == {"4": "excused"}

    # She calls: she will come after all.
    page = course.sit_down(course.leader, screen=True)
    page.goto(f"/staff/courses/runs/{run['id']}")
    page.get_by_label(f"Afbud: {CHILDREN}").click()
    expect(page.get_by_role("heading", name=f"Afbud: {CHILDREN}")).to_be_visible()
    expect(page.get_by_label("Har meldt afbud")).to_be_checked()
    expect(page.get_by_label("Var her")).to_have_count(0)
    seen = Seen()
    look_closely(page, "/staff/courses/excuses", seen)
    keep_picture(page, "excuses")
    page.get_by_label("Vi venter personen").check()
    page.get_by_role("button", name="Gem afbud").click()
    expect(page.get_by_text("Afbuddene er gemt.")).to_be_visible()
    open_courses(phone)
    phone.get_by_role("link", name=CHILDREN).first.click()
    expect(phone.get_by_role("button", name="Ikke denne gang")).to_be_visible()
    assert seen.violations == []
