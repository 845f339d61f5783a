"""A worker at the crisis line's desk, somebody who turns to it, and what they send."""

from collections.abc import Callable
from typing import Any

import pytest

from server.core.access import Role
from server.core.ids import new_id
from tests.appointments.people import seen

DESK = "/api/v1/staff/desk"
SEARCH, CONTACTS = f"{DESK}/search", f"{DESK}/contacts"
CONTACT = CONTACTS + "/{}"
CODE = "/api/v1/citizen/desk-code"
CLAIMS, CONFIRMATION = "/api/v1/citizen/contact-claims", "/api/v1/citizen/contact-claims/confirmation"
LOOKUPS, ERASURES = "/api/v1/public/contact-lookups", "/api/v1/public/contact-erasures"
CPR, NUMBER = "0101709990", "20 30 40 50"
CANARY = "KANARIEFUGL"


class Line:
    """One worker's browser at the desk."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def search(self, by: str, value: str, *, oral_yes: bool = False) -> Any:
        """Look for somebody."""
        said = {"oral_yes": True} if oral_yes else {}
        return self.browser.post(SEARCH, json={"by": by, "value": value, **said})

    def find(self, citizen: Any, phone: Any) -> dict[str, Any]:
        """Find a person by the code that the person reads aloud."""
        found = self.search("code", phone.get(CODE).json["code"]).json["found"]
        assert found["citizen_id"] == str(citizen.id)
        return dict(found)

    def send(self, **said: Any) -> Any:
        """Begin a contact."""
        body = {"id": str(new_id()), "channel": "phone", **said}
        return self.browser.post(CONTACTS, json=body)

    def open(self, citizen: Any = None, phone: Any = None, **said: Any) -> dict[str, Any]:
        """Begin a contact, about a person who was found if one is named."""
        if citizen is not None:
            self.find(citizen, phone)
            said = {"citizen_id": str(citizen.id), "opened_by": "code", **said}
        answer = self.send(**said)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return dict(answer.json)

    def change(self, contact: dict[str, Any], **said: Any) -> Any:
        """Write in a contact."""
        return self.browser.patch(CONTACT.format(contact["id"]), json=said, headers=seen(contact["version"]))

    def read(self, contact: dict[str, Any]) -> Any:
        """Read a contact."""
        return self.browser.get(CONTACT.format(contact["id"]))

    def do(self, contact: dict[str, Any], what: str) -> Any:
        """Close a contact, or open it again."""
        return self.browser.post(CONTACT.format(contact["id"]) + f"/{what}", headers=seen(contact["version"]))

    def plan(self, contact: dict[str, Any], *, oral_yes: bool = False) -> Any:
        """Open the plan."""
        return self.browser.post(CONTACT.format(contact["id"]) + "/plan", json={"oral_yes": oral_yes})

    def code(self, contact: dict[str, Any]) -> str:
        """Make the claim code of a contact."""
        answer = self.browser.post(CONTACT.format(contact["id"]) + "/claim-code")
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return str(answer.json["code"])


@pytest.fixture
def akuttilbud(make_unit: Callable[..., Any]) -> Any:
    """The crisis line's unit."""
    return make_unit("akuttilbud", "Socialt akuttilbud")


@pytest.fixture
def worker(make_staff: Callable[..., Any], akuttilbud: Any) -> Any:
    """Somebody who works at the crisis line."""
    return make_staff(roles=(Role.CRISIS_LINE,), unit=akuttilbud, name="Jonas Riis")


@pytest.fixture
def make_line(sign_in_staff: Callable[..., Any], new_client: Callable[..., Any]) -> Callable[..., Line]:
    """Sign somebody in at the desk."""
    return lambda member: Line(sign_in_staff(member, new_client()))


@pytest.fixture
def line(worker: Any, make_line: Callable[..., Line]) -> Line:
    """The worker's browser."""
    return make_line(worker)


@pytest.fixture
def colleague(make_staff: Callable[..., Any], make_line: Callable[..., Line], akuttilbud: Any) -> Line:
    """Another worker of the same desk."""
    return make_line(make_staff(roles=(Role.CRISIS_LINE,), unit=akuttilbud))


@pytest.fixture
def elsewhere(make_staff: Callable[..., Any], make_line: Callable[..., Line], make_unit: Any) -> Line:
    """Somebody with the same role at a unit that no yes names."""
    other = make_unit("andet-akuttilbud", "Et andet akuttilbud")
    return make_line(make_staff(roles=(Role.CRISIS_LINE,), unit=other))


@pytest.fixture
def trail(superuser: Any) -> Callable[[str], list[Any]]:
    """What the trail says about one kind of event."""
    return lambda event: superuser.execute(
        "SELECT purpose, outcome, citizen_id FROM audit_event WHERE event = %s ORDER BY unit_id, position",
        [event],
    ).fetchall()


@pytest.fixture
def rested(superuser: Any) -> Callable[[], None]:
    """Forget how often was tried, as after a while."""

    def rest() -> None:
        superuser.execute("DELETE FROM rate_counter")
        superuser.commit()

    return rest
