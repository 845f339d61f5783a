"""A rolling course at the crisis centre: who leads it, who comes, and the weeks that go by."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Self

from playwright.sync_api import Page

from server.core.access import Role
from tests.journeys import steps
from tests.journeys.desk import DENMARK, Desk
from tests.journeys.house import House

UNIT = "krisecenter"
#: In this time somebody gets a place; a quarter of an hour before it begins, the leader can say who came.
SOON = timedelta(minutes=10)
A_WEEK_ON = (
    "UPDATE course_session SET starts_at = starts_at - interval '7 days',"
    " starts_wall = starts_wall - interval '7 days'"
    " WHERE run_id = %s AND status = 'booked' RETURNING number"
)


class RollingCourse:
    """A leader, a contact person, and one of her people."""

    def __init__(self, house: House, open_browser: Callable[..., Page]) -> None:
        self.house, self.open_browser = house, open_browser
        self.leader = house.employ("Sofie Bak", Role.COURSE_LEADER, unit=UNIT)
        self.karen = house.employ("Karen Holm", unit=UNIT)
        self.lead, self.contact = Desk(house, self.leader), Desk(house, self.karen)
        self.alias = f"Lærke {secrets.token_hex(2)}"  # other journeys have people of that name, too
        self.citizen_id = self.contact.take_in(self.alias)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for desk in (self.lead, self.contact):
            desk.__exit__()

    def plan(self, *, this_week: int, seats: int = 8) -> dict[str, Any]:
        """A run whose session of this week begins in a few minutes; what came before has been."""
        begins = datetime.now(DENMARK) + SOON
        first = begins.date() - timedelta(weeks=this_week - 1)
        wish: dict[str, Any] = {
            "code": "learning",
            "seats": seats,
            "first_on": first.isoformat(),
            "weekdays": [begins.isoweekday()],
            "at": begins.strftime("%H:%M"),
            "minutes": 90,
            "count": 5,
            "place": "Stuen",
        }
        return dict(self.lead.post("/course-runs", **wish))

    def enrol(self, run: dict[str, Any], citizen_id: str, **which: Any) -> dict[str, Any]:
        """A place for one of the contact person's people."""
        wish: dict[str, Any] = {"citizen_id": citizen_id, **which}
        return dict(self.contact.post(f"/course-runs/{run['id']}/enrollments", **wish))

    def take_attendance(
        self, run: dict[str, Any], number: int, status: str, *, citizen_id: str | None = None
    ) -> None:
        """What the leader writes about somebody on the day: about Lærke, unless another is named."""
        meeting = next(each for each in run["sessions"] if each["number"] == number)
        entry = {"citizen_id": citizen_id or self.citizen_id, "status": status}
        self.lead.put(f"/course-sessions/{meeting['id']}/attendance", entries=[entry])

    def a_week_goes_by(self, run: dict[str, Any]) -> None:
        """What was to be next week is today."""
        self.house.rows(A_WEEK_ON, run["id"])

    def pair(self, **size: Any) -> Page:
        """Lærke's phone."""
        page = self.open_browser(**size)
        steps.pair(page, self.contact.pairing(self.citizen_id)["code"])
        steps.wait_until_it_works_offline(page)
        return page

    def sit_down(self, login: Any, **size: Any) -> Page:
        """A colleague's console."""
        page = self.open_browser(**size)
        self.house.let_used_codes_pass(login.email)
        steps.sign_in(page, login)
        return page
