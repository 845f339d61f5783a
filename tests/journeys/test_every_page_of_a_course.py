"""A walk through every page of a course: on the phone of somebody who is in it, and at its leader's desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from server.core.access import Role
from tests.journeys.crawl import check, walk_and_examine
from tests.journeys.house import House
from tests.journeys.rolling import UNIT, RollingCourse

pytestmark = pytest.mark.browser
RUN = "/staff/courses/runs/:id"
LEADERS = {
    "/staff/courses",
    "/staff/courses/new",
    "/staff/courses/agreements",
    "/staff/courses/reports",
    "/staff/courses/reports/learning",
    RUN,
    f"{RUN}/enrol",
    f"{RUN}/change",
    f"{RUN}/sessions/:id",
    f"{RUN}/sessions/:id/move",
    f"{RUN}/sessions/:id/cancel",
}


@pytest.fixture
def course(house: House, open_browser: Callable[..., Page]) -> Iterator[RollingCourse]:
    """Nobody has a place yet."""
    with RollingCourse(house, open_browser) as running:
        yield running


def two_weeks_later(course: RollingCourse) -> dict[str, Any]:
    """She was there in week 3 and not in week 4; somebody else waits for her place."""
    run = course.plan(this_week=3, seats=1)
    course.enrol(run, course.citizen_id, from_number=3)
    course.enrol(run, course.contact.take_in("Mejse"), from_number=3)
    course.take_attendance(run, 3, "present")
    course.a_week_goes_by(run)
    course.take_attendance(run, 4, "absent")
    return run


def test_of_somebody_s_phone(house: House, course: RollingCourse) -> None:
    run = two_weeks_later(course)
    course.a_week_goes_by(run)
    course.take_attendance(run, 5, "present")
    course.enrol(course.plan(this_week=2), course.citizen_id, from_number=4)

    seen = walk_and_examine(course.pair(), house.url, ["/forloeb"])

    check(seen, house.url)
    assert set(seen.pages) >= {"/forloeb", "/forloeb/gang/:id", "/forloeb/svar/:id"}


def test_of_a_leader_s_desk(house: House, course: RollingCourse) -> None:
    two_weeks_later(course)

    seen = walk_and_examine(course.sit_down(course.leader, screen=True), house.url, ["/staff/courses"])

    check(seen, house.url)
    assert set(seen.pages) >= LEADERS


def test_of_what_a_manager_sets(house: House, course: RollingCourse) -> None:
    manager = house.employ("Lone Leder", Role.MANAGER, unit=UNIT)
    page = course.sit_down(manager, screen=True)
    seen = walk_and_examine(page, house.url, ["/staff/courses/settings"])

    check(seen, house.url)
    assert set(seen.pages) >= {"/staff/courses/settings"}
