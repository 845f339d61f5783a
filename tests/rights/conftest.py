"""A citizen with a marker in everything that a person can write, and a neighbour."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.appointments.people import TALK, book, citizen, counsellor, desk, phone, stranger
from tests.sync.pushing import Sender, version_of

__all__ = ["book", "citizen", "counsellor", "desk", "phone", "stranger"]

MARK = "kanariefugl"
CPR = "251248-9996"
PHONE_NUMBER = "00 00 47 11"


@pytest.fixture
def marked(
    make_citizen: Callable[..., Any],
    counsellor: Any,
    desk: Any,
    pair: Callable[..., Any],
    new_client: Callable[..., Any],
) -> tuple[Any, Any]:
    """Somebody about whom everything that can be written was written; and their phone."""
    person = make_citizen(
        contact=counsellor,
        alias=f"{MARK} alias",
        name=f"{MARK} navn",
        cpr=CPR,
        phone=PHONE_NUMBER,
        home_municipality=f"{MARK} kommune",
    )
    browser = pair(person, counsellor, new_client())
    desk.post(f"/api/v1/staff/citizens/{person.id}/appointments", json=TALK | {"place": f"{MARK} sted"})
    desk.post(
        f"/api/v1/staff/citizens/{person.id}/goals", json={"title": f"{MARK} forslag", "origin": "staff"}
    )
    sender = Sender(browser)
    first = sender.line(f"{MARK} linje", phone={"value": f"{MARK} 70", "parents": []})
    line_id = first["entity_id"]
    parents = (version_of(first),)
    sender.send(first)
    sender.send(
        sender.line(f"{MARK} ny tekst", line_id, parents=parents),
        sender.line(f"{MARK} ved siden af", line_id, parents=parents),
        sender.change("goal", "put", title={"value": f"{MARK} mål", "base_version": 0}),
        sender.change("plan_line", "put", section="nowhere", text={"value": f"{MARK} afvist", "parents": []}),
    )
    return person, browser
