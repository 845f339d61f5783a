"""A call to the crisis line, from its desk and from the phone of the person who calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from server.core.access import Role
from tests.journeys.desk import Desk
from tests.journeys.house import House

#: The person wants to see it in the app, and to be asked after 14 days how it goes.
SHOWN: dict[str, Any] = {"wants_shown_in_app": True, "wants_follow_up_14d": True}


@pytest.fixture
def crisis_line(house: House) -> Iterator[Desk]:
    """A colleague of the other unit, at the crisis line's desk."""
    with Desk(house, house.employ("Jonas Nat", Role.CRISIS_LINE, unit="akuttilbud")) as signed_in:
        yield signed_in


def own_code(page: Page) -> str:
    """The code as somebody reads it from the screen, two taps from anywhere."""
    page.get_by_role("link", name="Hjælp nu").first.click()
    page.get_by_role("link", name="Min kode", exact=True).click()
    expect(page.get_by_role("heading", name="Min kode, når jeg ringer")).to_be_visible()
    return page.locator(".desk-code [aria-hidden]").inner_text().replace(" ", "")


def begin(desk: Desk, code: str | None, **wishes: Any) -> dict[str, Any]:
    """A call comes in, from somebody who says the code or from nobody known; wishes are written down."""
    who: dict[str, Any] = {}
    if code is not None:
        found = desk.post("/desk/search", by="code", value=code)["found"]
        who = {"citizen_id": found["citizen_id"], "opened_by": "code"}
    contact = dict(desk.post("/desk/contacts", id=str(uuid4()), channel="phone", **who))
    if wishes:
        contact = desk.patch(f"/desk/contacts/{contact['id']}", version=contact["version"], **wishes)
    return contact


def end(desk: Desk, contact: dict[str, Any]) -> None:
    """The call is over."""
    desk.post(f"/desk/contacts/{contact['id']}/close", version=contact["version"])


def type_code(page: Page, code: str) -> None:
    """The neutral page, and the code that the person was given."""
    page.goto("/henvendelse")
    page.get_by_label("Koden").fill(code)
    page.get_by_role("button", name="Vis det, der er skrevet").click()
