"""What the demo's citizens want to reach: own wishes and suggestions, steps, levels, and how it went."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor, ActorKind, Role
from server.demo import people
from server.demo.people import DemoCitizen
from server.goals import service as goals
from server.goals.service import (
    Closer,
    Entry,
    EventKind,
    GoalKind,
    GoalOrigin,
    GoalStatus,
    GoalTheme,
    NewStep,
)

WITHOUT = 3  #: of three citizens the last has no goal
STILL_WAITS, SCALED, HARD = 6, 5, 12  #: every so many citizens: a suggestion waits, levels, it became hard
DAYS_IN, REVIEW_DAYS = 20, 21


class Wish(NamedTuple):
    """A goal in somebody's words, with two steps towards it."""

    title: str
    kind: GoalKind
    theme: GoalTheme
    steps: tuple[str, str]
    levels: tuple[str, str]  #: a little less than expected, and as expected


WISHES = (
    Wish(
        people.GOALS[0],
        GoalKind.OTHER,
        GoalTheme.MASTERY,
        ("Slukke telefonen kl. 23", "Gå en tur efter aftensmaden"),
        ("Sover fire timer", "Sover seks timer"),
    ),
    Wish(
        people.GOALS[1],
        GoalKind.CUT_DOWN,
        GoalTheme.MASTERY,
        ("Købe sodavand i stedet for øl om mandagen", "Ringe til en ven om onsdagen"),
        ("Drikker fire hverdage", "Drikker to hverdage"),
    ),
    Wish(
        people.GOALS[2],
        GoalKind.OTHER,
        GoalTheme.NETWORK,
        ("Aftale en dag med hans mor", "Finde noget, vi kan lave sammen"),
        ("Ser ham en gang om måneden", "Ser ham hver anden weekend"),
    ),
    Wish(
        people.GOALS[3],
        GoalKind.OTHER,
        GoalTheme.MASTERY,
        ("Lave en fast overførsel i banken", "Åbne posten sammen om torsdagen"),
        ("Betaler for sent", "Betaler til tiden"),
    ),
    Wish(
        people.GOALS[4],
        GoalKind.STOP,
        GoalTheme.MASTERY,
        ("Tale med lægen om en plan", "Sige det til min bror"),
        ("Ryger hver aften", "Ryger kun i weekenden"),
    ),
    Wish(
        people.GOALS[5],
        GoalKind.KEEP_STABLE,
        GoalTheme.OCCUPATION,
        ("Stille skoene frem om aftenen", "Spørge naboen, om hun vil med"),
        ("Går en tur om ugen", "Går en tur hver dag"),
    ),
    Wish(
        people.GOALS[6],
        GoalKind.OTHER,
        GoalTheme.MEETING,
        ("Øve den korte åndedrætsøvelse", "Skrive ned, hvad der hjælper"),
        ("Uro de fleste aftener", "Ro de fleste aftener"),
    ),
)


def seed(session: Session, citizen: DemoCitizen, actor: Actor, *, came_at: datetime, now: datetime) -> None:
    """Give a citizen a goal, if it is one who has one, and what has happened with it since."""
    if citizen.number % WITHOUT == WITHOUT - 1:
        return
    wish = WISHES[citizen.number % len(WISHES)]
    goal_id = people.demo_id(f"goal/{citizen.number}")
    is_own = citizen.number % 2 == 1
    goals.create_goal(
        session,
        citizen_id=citizen.id,
        goal_id=goal_id,
        title=wish.title,
        origin=GoalOrigin.CITIZEN if is_own else GoalOrigin.STAFF,
        kind=wish.kind,
        theme=wish.theme,
        review_on=clock.to_wall(now).date() + timedelta(days=REVIEW_DAYS + citizen.number % 7),
        actor=actor,
        now=came_at,
    )
    if not is_own and citizen.number % STILL_WAITS == 0:
        return
    own = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen.id)
    _say_yes(session, goal_id, own if not is_own else actor, came_at + timedelta(days=2))
    _take_steps(session, citizen, goal_id, wish, own, came_at + timedelta(days=DAYS_IN))
    _tell(session, citizen, goal_id, own, came_at + timedelta(days=DAYS_IN + 9))
    if citizen.number % SCALED == 0:
        _scale(session, goal_id, wish, actor, came_at + timedelta(days=DAYS_IN + 12))
    if citizen.number % HARD == 1:
        _tell_that_it_became_hard(session, citizen, goal_id, own, now - timedelta(hours=4))


def _say_yes(session: Session, goal_id: UUID, other: Actor, at: datetime) -> None:
    """The side that did not write it is with the other on it."""
    if other.kind == ActorKind.STAFF:
        goals.agree(session, goal_id=goal_id, actor=other, now=at)
        return
    goal = goals.get_goal(session, goal_id=goal_id, actor=other, now=at)
    goals.change_goal(
        session, goal_id=goal_id, version=goal.version, status=GoalStatus.ACTIVE, actor=other, now=at
    )


def _take_steps(
    session: Session, citizen: DemoCitizen, goal_id: UUID, wish: Wish, own: Actor, at: datetime
) -> None:
    for place, text in enumerate(wish.steps, start=1):
        goals.put_own_step(
            session,
            citizen_id=citizen.id,
            step_id=people.demo_id(f"step/{citizen.number}/{place}"),
            new=NewStep(goal_id, text, place),
            done=place == 1,
            actor=own,
            now=at + timedelta(days=place),
        )


def _tell(session: Session, citizen: DemoCitizen, goal_id: UUID, own: Actor, at: datetime) -> None:
    entry = Entry(
        EventKind.NOTE, text="Det går lidt bedre, end jeg havde troet.", happened_at=at, shared=True
    )
    _write(session, citizen, goal_id, "note", entry, own, at)


def _tell_that_it_became_hard(
    session: Session, citizen: DemoCitizen, goal_id: UUID, own: Actor, at: datetime
) -> None:
    entry = Entry(EventKind.BECAME_HARD, text="Weekenden var svær.", happened_at=at, shared=True)
    _write(session, citizen, goal_id, "hard", entry, own, at)


def _write(
    session: Session, citizen: DemoCitizen, goal_id: UUID, name: str, entry: Entry, own: Actor, at: datetime
) -> None:
    goals.tell(
        session,
        goal_id=goal_id,
        event_id=people.demo_id(f"goal-event/{name}/{citizen.number}"),
        entry=entry,
        closer=Closer(wants_talk=True),
        holidays=(),
        actor=own,
        now=at,
    )


def _scale(session: Session, goal_id: UUID, wish: Wish, actor: Actor, at: datetime) -> None:
    """Levels that were put into words together."""
    goal = goals.get_goal(session, goal_id=goal_id, actor=actor, now=at)
    less, expected = wish.levels
    scaling = {
        "importance": 3,
        "difficulty": 2,
        "baseline": -1,
        "reached": 0,
        "levels": [None, less, expected, None, None],
    }
    goals.set_scaling(session, goal_id=goal_id, version=goal.version, scaling=scaling, actor=actor, now=at)
