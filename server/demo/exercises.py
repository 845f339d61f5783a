"""Exercises in the demo: what was given to some citizens, what came of it, and what two colleagues wrote."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from server.consents import service as consents
from server.consents.offers import Offer
from server.core import clock
from server.core.access import Actor, ActorKind, Role
from server.demo import people
from server.demo.people import DemoCitizen
from server.exercises import service as exercises
from server.exercises.service import NewAnswer, NewAssignment, Outcome, OwnText, Profession, Repeat
from server.library.exercise_assembly import ALL_CENTRES

EVERY, THAT_SHARES = 5, 10  #: every fifth citizen was given exercises; every other of them shares
DAYS = 6
BREATHING = "breathing"
AUTHOR, READER = "anders@example.dk", "birgit@example.dk"
NOTES = ("Det gik bedre, end jeg troede", None, "Jeg faldt i søvn", None)
SHARED = OwnText(
    title="Et roligt sted i byen",
    lead="Når der er for meget larm.",
    body=(
        "Find et sted, hvor du kan være i fred.\n\n- En bænk i parken\n- Biblioteket\n- En kirke\n\n"
        "Bliv der i ti minutter."
    ),
    method="grounding",
    profession=Profession.PEDAGOGUE,
)
WAITING = OwnText(
    title="Tre ting, der gik godt",
    lead="Om aftenen, inden du sover.",
    body="Skriv tre ting ned, som gik godt i dag.\n\nDe må gerne være små.",
    method="cognitive",
    profession=Profession.PEDAGOGUE,
)


def seed_own(session: Session, actors: Mapping[str, Actor], *, now: datetime) -> None:
    """Let one colleague have written two exercises; another has read the first."""
    author, reader = actors[AUTHOR], actors[READER]
    if exercises.list_own(session, actor=author):
        return
    for number, text in enumerate((SHARED, WAITING)):
        own_id = people.demo_id(f"own-exercise/{number}")
        own = exercises.create(session, exercise_id=own_id, text=text, actor=author, now=now)
        exercises.submit(session, exercise_id=own.id, version=own.version, actor=author, now=now)
    exercises.review(
        session,
        exercise_id=people.demo_id("own-exercise/0"),
        version=1,
        approved=True,
        profession=Profession.NURSE,
        remark=None,
        actor=reader,
        now=now,
    )


def seed(session: Session, citizen: DemoCitizen, actor: Actor, *, now: datetime) -> None:
    """Give a citizen something to do every day, and let some days be answered."""
    if citizen.number % EVERY:
        return
    own = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen.id)
    began = now - timedelta(days=DAYS)
    if citizen.number % THAT_SHARES == 0:
        consents.choose(
            session,
            purpose=consents.Purpose.CONTACT_PERSON,
            item_class=consents.ItemClass.EXERCISES,
            given=True,
            text_version="exercises-1",
            actor=own,
            now=began,
        )
    exercises.give(
        session,
        citizen_id=citizen.id,
        assignment_id=people.demo_id(f"exercise/{citizen.number}"),
        new=NewAssignment({"library": BREATHING}, None, None, Repeat.DAILY, None, "Som vi øvede i går."),
        library={BREATHING: (ALL_CENTRES,)},
        actor=actor,
        now=began,
    )
    for back in range(DAYS, 0, -1):
        if (back + citizen.number) % 3:
            day = clock.to_wall(now).date() - timedelta(days=back)
            at = clock.from_wall(datetime.combine(day, time(20, 15)))
            _answer(session, citizen, own, back, at=at)


def _answer(session: Session, citizen: DemoCitizen, own: Actor, back: int, *, at: datetime) -> None:
    is_done = bool((back + citizen.number) % 4)
    said = NewAnswer(
        ref={"library": BREATHING},
        assignment_id=people.demo_id(f"exercise/{citizen.number}"),
        on=clock.to_wall(at).date(),
        at=at,
        outcome=Outcome.DONE if is_done else Outcome.NOT_NOW,
        how=2 + back % 2 if is_done else None,
        written={},
        note=NOTES[back % len(NOTES)] if is_done else None,
        replaces=None,
        sharing=Offer.AS_CHOSEN,
        seen_no=0,
    )
    exercises.write(
        session,
        citizen_id=citizen.id,
        answer_id=people.demo_id(f"exercise-answer/{citizen.number}/{back}"),
        said=said,
        actor=own,
        now=at,
    )
