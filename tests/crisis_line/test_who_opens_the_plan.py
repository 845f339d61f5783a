"""Every world in which the crisis line may or may not open a plan, judged by a rule of its own (C7).

A world says which contact the worker has, what the person has chosen in the app and when, what was said
aloud and when, who asks, and what has become of the person. `may_open` is written from the rules, not from
the code: it knows nothing of tables and relations.
"""

import itertools
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

import pytest

from server.citizens import deaths
from server.core import db
from server.core.ids import new_id
from tests.appointments.people import without_id
from tests.conftest import NOW, actor_of, citizen_actor
from tests.crisis_line.people import CANARY, Line
from tests.crisis_plans.people import Pen, say


class Contact(Enum):
    """What the one who asks has to do with the person."""

    NONE = "a contact about nobody"
    OPEN = "an own contact that is open"
    CLOSED = "an own contact that is closed"
    REOPENED = "an own contact that was closed and opened again"
    DAY_OLD = "an own contact that was opened 24 hours ago"
    COLLEAGUES = "a colleague's open contact"
    CLAIMED = "an own contact about nobody, which the person has claimed"


class Choice(Enum):
    """What the person has said in the app about the crisis line."""

    NEVER = "nothing"
    YES = "yes"
    NO_BEFORE = "yes, and no before the contact"
    NO_SINCE = "yes, and no since the contact began"
    OTHER = "yes, but only to the contact person"


class Aloud(Enum):
    """What the person has said to the worker."""

    NOTHING = "nothing"
    NOW = "yes, just now"
    BEFORE = "yes, at the start of the contact"


class Life(Enum):
    """What has become of the person."""

    HERE = "in care"
    DEAD = "has died since"


@dataclass(frozen=True)
class World:
    """One of all the worlds."""

    contact: Contact
    choice: Choice
    aloud: Aloud
    life: Life

    def __str__(self) -> str:
        return ", ".join(part.value for part in (self.contact, self.choice, self.aloud, self.life))


def may_open(world: World) -> str | None:
    """By which yes the plan opens, `no-yes` if the worker is told to ask, None if there is nothing there."""
    if world.contact not in (Contact.OPEN, Contact.REOPENED) or world.life is Life.DEAD:
        return None
    if world.choice is Choice.YES:
        return "sharing-choice"
    if world.aloud is Aloud.NOW:
        return "oral-yes"
    was_ended = world.contact is Contact.REOPENED or world.choice is Choice.NO_SINCE
    if world.aloud is Aloud.BEFORE and not was_ended:
        return "oral-yes"
    return "no-yes"


#: Where there is no contact to open a plan by, no yes may help: there two of the choices stand for all.
WORLDS = [
    World(*parts)
    for parts in itertools.product(Contact, Choice, Aloud, Life)
    if parts[0] in (Contact.OPEN, Contact.REOPENED)
    or (parts[1] in (Choice.YES, Choice.NEVER) and parts[3] is Life.HERE)
]


class House:
    """Everybody who is needed to build a world."""

    def __init__(self, line: Line, colleague: Line, counsellor: Any, go_to: Any, rested: Any) -> None:
        self.line, self.colleague, self.counsellor = line, colleague, counsellor
        self.go_to, self.rested = go_to, rested
        self.now = NOW

    def build(self, world: World, citizen: Any, phone: Any) -> dict[str, Any]:
        """Let a world come about; the contact by which the worker asks."""
        self.rested()
        if world.choice in (Choice.YES, Choice.NO_BEFORE, Choice.NO_SINCE):
            say(citizen, given=True, purpose="crisis-line", now=self.now)
        if world.choice is Choice.OTHER:
            say(citizen, given=True, purpose="contact-person", now=self.now)
        if world.choice is Choice.NO_BEFORE:
            say(citizen, given=False, purpose="crisis-line", now=self.now)
        contact = self._contact(world, citizen, phone)
        self._since(world, contact, citizen)
        return contact

    def _contact(self, world: World, citizen: Any, phone: Any) -> dict[str, Any]:
        if world.contact in (Contact.NONE, Contact.CLAIMED):
            contact = self.line.open()
            if world.contact is Contact.CLAIMED:
                code = self.line.code(contact)
                assert phone.post("/api/v1/citizen/contact-claims/confirmation", json={"code": code}).json
            return contact
        owner = self.colleague if world.contact is Contact.COLLEAGUES else self.line
        contact = owner.open(citizen, phone)
        if world.aloud is Aloud.BEFORE:
            assert owner.plan(contact, oral_yes=True).status_code == 200
        if world.contact in (Contact.CLOSED, Contact.REOPENED):
            contact = owner.do(contact, "close").json
        if world.contact is Contact.REOPENED:
            contact = owner.do(contact, "reopen").json
        return contact

    def _since(self, world: World, contact: dict[str, Any], citizen: Any) -> None:
        if world.contact is Contact.DAY_OLD:
            self.now += timedelta(hours=24)
            self.go_to(self.now)
        if world.choice is Choice.NO_SINCE:
            say(citizen, given=False, purpose="crisis-line", now=self.now)
        if world.life is Life.DEAD:
            with db.transaction() as session:
                deaths.mark(session, citizen_id=citizen.id, actor=actor_of(self.counsellor), now=self.now)


@pytest.mark.parametrize("contact", list(Contact), ids=lambda contact: contact.name.lower())
def test_the_plan_opens_in_exactly_the_worlds_where_it_may(
    contact: Contact,
    line: Line,
    colleague: Line,
    elsewhere: Line,
    counsellor: Any,
    make_citizen: Any,
    pair: Any,
    new_client: Any,
    go_to: Any,
    rested: Any,
    superuser: Any,
) -> None:
    house = House(line, colleague, counsellor, go_to, rested)
    nobodys = without_id(line.plan({"id": new_id()}))
    for world in [each for each in WORLDS if each.contact is contact]:
        citizen = make_citizen(contact=counsellor)
        Pen(citizen.id, citizen_actor(citizen)).put(new_id(), f"{CANARY} {citizen.id}", now=house.now)
        phone = pair(citizen, counsellor, new_client())
        asked = house.build(world, citizen, phone)

        looks_before = _looks(superuser, citizen)
        answer = line.plan(asked, oral_yes=world.aloud is Aloud.NOW)
        others = [one.plan(asked, oral_yes=True) for one in (elsewhere, _not_the_owner(world, house))]

        expected = may_open(world)
        told = answer.json.get("basis") or answer.json["code"]
        assert told == (expected or "not-found"), world
        is_open = expected in ("sharing-choice", "oral-yes")
        assert (f"{CANARY} {citizen.id}" in answer.get_data(as_text=True)) == is_open, world
        assert _looks(superuser, citizen) - looks_before == int(is_open), world
        assert is_open or expected or without_id(answer) == nobodys, world
        assert {str(without_id(other)) for other in others} == {str(nobodys)}, world


def test_every_kind_of_answer_has_a_world() -> None:
    assert {may_open(world) for world in WORLDS} == {"sharing-choice", "oral-yes", "no-yes", None}
    assert len(WORLDS) == 2 * 5 * 3 * 2 + 5 * 2 * 3


def _not_the_owner(world: World, house: House) -> Line:
    return house.line if world.contact is Contact.COLLEAGUES else house.colleague


def _looks(superuser: Any, citizen: Any) -> int:
    """How many looks the person is told of."""
    found = superuser.execute(
        "SELECT count(*) FROM audit_event"
        " WHERE event = 'crisis-plan.read' AND outcome = 'ok' AND citizen_id = %s",
        [citizen.id],
    ).fetchone()
    superuser.commit()
    return int(found[0])
