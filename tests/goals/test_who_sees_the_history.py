"""Whatever is told, kept, erased, and whoever looks: staff see what was shared, against a plain model."""

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from server.core import db
from server.core.access import Actor
from server.core.ids import new_id
from server.goals import service as goals
from server.goals.models import EventKind, GoalOrigin, Question
from server.goals.service import Closer, Entry
from server.sync import service as sync
from tests.appointments.people import citizen, counsellor, stranger
from tests.conftest import actor_of, citizen_actor

__all__ = ["citizen", "counsellor", "stranger"]

PRIVATE = ("note", "became-hard", "back-after-pause")
TELL = st.tuples(
    st.just("tell"),
    st.sampled_from([*PRIVATE, "answer", "level"]),
    st.sampled_from(["kept", "shared", "staff"]),
)
ERASE = st.tuples(st.just("erase"), st.integers(0, 9), st.just(""))
LIVES = st.lists(st.one_of(TELL, ERASE), max_size=8)


class Told(NamedTuple):
    """One entry as the plain model knows it."""

    id: UUID
    word: str
    by_citizen: bool
    shared: bool


class World:
    """One citizen with a goal, a counsellor who works with the citizen, and one who does not."""

    def __init__(self, person: Actor, helper: Actor, outsider: Actor, now: Any) -> None:
        self.person, self.helper, self.outsider, self.now = person, helper, outsider, now
        self.told: list[Told] = []
        with db.transaction() as session:
            self.goal = goals.create_goal(
                session,
                citizen_id=self.citizen_id,
                title="Ro",
                origin=GoalOrigin.CITIZEN,
                actor=helper,
                now=now,
            ).id

    @property
    def citizen_id(self) -> UUID:
        """Whose goal it is."""
        assert self.person.citizen_id is not None
        return self.person.citizen_id

    def tell(self, session: Session, kind: str, how: str) -> None:
        """Write an entry with a word of its own."""
        word, event_id = f"kanariefugl-{new_id()}", new_id()
        actor = self.helper if how == "staff" else self.person
        shared = how != "kept" or kind not in PRIVATE
        entry = Entry(
            EventKind(kind),
            text=word,
            question=Question.AMOUNT if kind == "answer" else None,
            level=1 if kind == "level" else None,
            shared=shared,
        )
        goals.tell(
            session,
            goal_id=self.goal,
            event_id=event_id,
            entry=entry,
            closer=Closer(),
            holidays=(),
            actor=actor,
            now=self.now,
        )
        self.told.append(Told(event_id, word, actor is self.person, shared))

    def erase(self, session: Session, number: int) -> None:
        """Let the person erase one of the own entries, if there is one."""
        own = [told for told in self.told if told.by_citizen]
        if own:
            gone = own[number % len(own)]
            goals.erase_own(
                session, citizen_id=self.citizen_id, event_id=gone.id, actor=self.person, now=self.now
            )
            self.told.remove(gone)

    def words_for(self, actor: Actor, now: Any) -> set[str]:
        """Every word that the actor is shown, by the history and by the goal page."""
        with db.transaction() as session:
            events = goals.list_events(session, goal_id=self.goal, actor=actor, now=now)
            return {event.text for event in events if event.text}


@pytest.mark.usefixtures("traveller")
@given(life=LIVES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_staff_see_what_was_shared_and_a_stranger_nothing(
    citizen: Any, counsellor: Any, make_staff: Any, now: Any, superuser: Any, life: list[tuple[str, Any, str]]
) -> None:
    world = World(citizen_actor(citizen), actor_of(counsellor), actor_of(make_staff()), now)
    for verb, what, how in life:
        with db.transaction() as session:
            if verb == "tell":
                world.tell(session, what, how)
            else:
                world.erase(session, what)

    kept = {told.word for told in world.told}
    shared = {told.word for told in world.told if told.shared}

    assert world.words_for(world.helper, now) == shared
    assert world.words_for(world.person, now) == kept
    assert world.words_for(world.outsider, now) == set()
    assert world.words_for(world.helper, now - timedelta(days=1)) == set()  # before there was a relation
    with db.transaction() as session:
        page = str(goals.read_goal(session, goal_id=world.goal, actor=world.helper, now=now))
        hidden = kept - shared
        assert [word for word in hidden if word in page] == []
    trail = str(superuser.execute("SELECT array_agg(e::text) FROM audit_event e").fetchone())
    assert "kanariefugl" not in trail


def test_the_phone_of_another_person_is_sent_nothing_of_it(
    citizen: Any, counsellor: Any, stranger: Any, make_staff: Any, now: Any
) -> None:
    world = World(citizen_actor(citizen), actor_of(counsellor), actor_of(make_staff()), now)
    with db.transaction() as session:
        world.tell(session, "note", "shared")

    with db.transaction() as session:
        theirs = sync.pull(session, cursor=None, actor=citizen_actor(stranger), now=now, centre_phones={})
        mine = sync.pull(session, cursor=None, actor=citizen_actor(citizen), now=now, centre_phones={})

    assert {change.entity for change in theirs.changes} == {"profile"}
    assert {"goal", "goal_event"} <= {change.entity for change in mine.changes}
