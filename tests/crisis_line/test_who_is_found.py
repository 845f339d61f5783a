"""Every world in which the crisis line may or may not learn who is in care, judged by a rule of its own (C7).

A world says how the worker searches, what the person has chosen in the app, whether a yes was said aloud,
what has become of the person, and who else has the same number. `may_find` is written from the rules, not
from the code. Whatever it refuses has to be the answer about nobody: byte for byte, in its headers, on the
trail, in what the limits count, and in what can be done afterwards.
"""

import itertools
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pytest

from server.citizens import deaths
from server.core import db
from server.core.ids import new_id
from tests.appointments.people import without_id
from tests.conftest import NOW, actor_of
from tests.crisis_line.people import CODE, Line
from tests.crisis_plans.people import say

READS = "/api/v1/citizen/plan-reads"


class Way(Enum):
    """By what the worker searches."""

    PHONE = "phone"
    CPR = "cpr"
    CODE = "code"
    ALIAS = "alias"


class Choice(Enum):
    """What the person has said in the app about the crisis line."""

    NEVER = "nothing"
    YES = "yes"
    NO = "yes, and then no"
    OTHER = "yes, but only to the contact person"


class Life(Enum):
    """What has become of the person."""

    HERE = "in care"
    DEAD = "has died"
    LEFT = "is no longer in care"


class Beside(Enum):
    """Who else answers to the same number or alias."""

    NOBODY = "nobody"
    SILENT = "somebody who has said nothing"
    WILLING = "somebody who said yes"


@dataclass(frozen=True)
class World:
    """One of all the worlds."""

    way: Way
    choice: Choice
    aloud: bool
    life: Life
    beside: Beside

    def __str__(self) -> str:
        return f"{self.way.value}, {self.choice.value}, {self.aloud=}, {self.life.value}, {self.beside.value}"


class Told(Enum):
    """What the worker is told."""

    PERSON = "the person"
    OTHER = "whoever else answers to it"
    SEVERAL = "that there are several"
    NOBODY = "nobody"


def may_find(world: World) -> Told:
    """Whom the rules let the worker find."""
    is_here, has_yes = world.life is Life.HERE, world.choice is Choice.YES
    if world.way is Way.CODE:
        return Told.PERSON if is_here else Told.NOBODY
    shares, other_shares = is_here and has_yes, world.beside is Beside.WILLING
    if shares or other_shares:
        return Told.SEVERAL if shares and other_shares else Told.PERSON if shares else Told.OTHER
    if world.aloud and is_here and world.beside is Beside.NOBODY:
        return Told.PERSON
    if world.aloud and not is_here and world.beside is Beside.SILENT:
        return Told.OTHER
    return Told.NOBODY


#: A code is one person's, an alias finds nobody by a yes said aloud, and a CPR number is one person's too.
WORLDS = [
    World(*parts)
    for parts in itertools.product(Way, Choice, (False, True), Life, Beside)
    if (parts[0] in (Way.PHONE, Way.ALIAS) or parts[4] is Beside.NOBODY)
    and not (parts[0] is Way.ALIAS and parts[2])
    and (parts[1] in (Choice.NEVER, Choice.YES) or parts[3] is Life.HERE)
]


class House:
    """Everybody who is needed to build a world."""

    def __init__(
        self, counsellor: Any, make_citizen: Any, pair: Any, new_client: Any, superuser: Any
    ) -> None:
        self.counsellor, self.make_citizen = counsellor, make_citizen
        self.pair, self.new_client, self.superuser = pair, new_client, superuser
        self.count = 0

    def build(self, world: World) -> tuple[Any, Any, Any, str]:
        """Let a world come about: the person, their phone, whoever else has the number, and what is typed."""
        self.count += 1
        known = {"alias": f"Fugl {self.count}", "phone": f"40 {self.count:02} {self.count // 50:02} 17"}
        cpr = f"010170{9000 + self.count}"
        person = self.make_citizen(contact=self.counsellor, cpr=cpr, **known)
        phone = self.pair(person, self.counsellor, self.new_client())
        typed = {Way.PHONE: known["phone"], Way.CPR: cpr, Way.ALIAS: known["alias"]}.get(world.way, "")
        if world.way is Way.CODE:
            typed = phone.get(CODE).json["code"]
        self._choose(person, world.choice)
        is_alone = world.beside is Beside.NOBODY
        other = None if is_alone else self.make_citizen(contact=self.counsellor, **known)
        if world.beside is Beside.WILLING:
            say(other, given=True, purpose="crisis-line", now=NOW)
        self._live(person, world.life)
        return person, phone, other, typed

    def _choose(self, person: Any, choice: Choice) -> None:
        if choice in (Choice.YES, Choice.NO):
            say(person, given=True, purpose="crisis-line", now=NOW)
        if choice is Choice.NO:
            say(person, given=False, purpose="crisis-line", now=NOW)
        if choice is Choice.OTHER:
            say(person, given=True, purpose="contact-person", now=NOW)

    def _live(self, person: Any, life: Life) -> None:
        if life is Life.DEAD:
            with db.transaction() as session:
                deaths.mark(session, citizen_id=person.id, actor=actor_of(self.counsellor), now=NOW)
        if life is Life.LEFT:
            self.superuser.execute("UPDATE citizen SET status = 'finished' WHERE id = %s", [person.id])
            self.superuser.commit()

    def trail(self, *events: str) -> list[Any]:
        """The last searches and yeses on the desk's trail: kind, outcome and whom they were about."""
        rows = self.superuser.execute(
            "SELECT event, purpose, outcome, citizen_id FROM audit_event WHERE event = ANY(%s)"
            " ORDER BY position",
            [list(events)],
        ).fetchall()
        self.superuser.commit()
        return list(rows)

    def counted(self) -> int:
        """How many limits have counted since they were last forgotten; a search in vain is counted twice."""
        found = self.superuser.execute("SELECT count(*) FROM rate_counter").fetchone()
        self.superuser.commit()
        return int(found[0])


def raw(answer: Any) -> tuple[Any, ...]:
    """An answer as it went over the wire, but for what every answer has of its own."""
    own = ("Date", "X-Request-Id")
    headers = frozenset((name, value) for name, value in answer.headers.items() if name not in own)
    return answer.status_code, answer.get_data(), headers


@pytest.fixture
def house(counsellor: Any, make_citizen: Any, pair: Any, new_client: Any, superuser: Any) -> House:
    """Where worlds are built."""
    return House(counsellor, make_citizen, pair, new_client, superuser)


@pytest.mark.parametrize("way", list(Way), ids=lambda way: way.name.lower())
def test_the_desk_finds_in_exactly_the_worlds_where_it_may(
    way: Way, line: Line, elsewhere: Line, house: House, rested: Any
) -> None:
    nothing = raw(line.search(way.value, "ZZZZZZ"))
    for world in [each for each in WORLDS if each.way is way]:
        rested()
        person, phone, other, typed = house.build(world)
        counted = house.counted()
        before, heard_before = house.trail("desk.searched"), house.trail("oral-yes.heard")

        answer = line.search(way.value, typed, oral_yes=world.aloud)
        counted = house.counted() - counted
        (searched,) = house.trail("desk.searched")[len(before) :]
        heard = house.trail("oral-yes.heard")[len(heard_before) :]
        begun = line.send(citizen_id=str(person.id), opened_by=way.value)

        told = may_find(world)
        found = {Told.PERSON: person, Told.OTHER: other}.get(told)
        assert (answer.json["found"] or {}).get("citizen_id") == (found and str(found.id)), world
        assert answer.json["ambiguous"] == (told is Told.SEVERAL), world
        assert searched[3] == (found and found.id), world
        assert counted == (2 if found else 4), world
        assert begun.status_code == (201 if told is Told.PERSON else 404), world
        by_yes = world.aloud and found is not None and not answer.json["found"]["sharing"]
        assert [row[3] for row in heard] == ([found.id] if found and by_yes else []), world
        if told is Told.NOBODY:
            assert raw(answer) == nothing, world
            assert searched == ("desk.searched", way.value, "nobody", None), world
            refused = line.send(citizen_id=str(new_id()), opened_by=way.value)
            assert without_id(begun) == without_id(refused), world
        if world.life is Life.HERE:
            assert len(phone.get(READS).json) == (by_yes and found is person), world
        assert raw(elsewhere.search(way.value, typed, oral_yes=world.aloud)) == nothing, world


def test_somebody_silent_with_the_same_number_changes_nothing_unless_a_yes_was_said(
    line: Line, house: House, rested: Any
) -> None:
    """Otherwise a nobody, where somebody is known to share, would tell of the other."""
    for choice, life, way in itertools.product((Choice.NEVER, Choice.YES), Life, (Way.PHONE, Way.ALIAS)):
        told = []
        for beside in (Beside.NOBODY, Beside.SILENT):
            rested()
            world = World(way, choice, aloud=False, life=life, beside=beside)
            person, _phone, _other, typed = house.build(world)
            answer = line.search(way.value, typed)
            text = answer.get_data(as_text=True)
            told.append(text.replace(str(person.id), "id").replace(person.alias, "alias"))

        assert told[0] == told[1], (choice, life, way)


def test_every_kind_of_answer_has_a_world() -> None:
    assert {may_find(world) for world in WORLDS} == set(Told)
    assert {world.way for world in WORLDS} == set(Way)
