"""In whatever order answers are written, chosen, shared and erased, staff see what a plain model says.

The clocks of the house run wild in it, for nothing may hang on them.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.consents import service as consents
from server.consents.offers import Offer
from server.core import db
from server.core.ids import new_id
from server.exercises import line, service
from server.exercises.service import NewAnswer, NewAssignment, Outcome, Repeat
from server.goals import service as goals
from server.goals.service import GoalOrigin
from tests.conftest import NOW, actor_of, citizen_actor

EXERCISES: Any = {"purpose": consents.Purpose.CONTACT_PERSON, "item_class": consents.ItemClass.EXERCISES}
#: A yes to something else of the same person must open and close nothing here.
ELSEWHERE: Any = {**EXERCISES, "item_class": consents.ItemClass.MEASURES}
STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(list(Offer)), st.booleans(), st.integers(-1, 5)),
    st.tuples(st.just("choose"), st.sampled_from([None, "exercises-1", "exercises-2"])),
    st.tuples(st.just("elsewhere"), st.booleans()),
    st.tuples(st.just("offer"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("erase"), st.integers(0, 5)),
    st.tuples(st.just("relation"), st.booleans()),
)
STEPS = st.lists(st.tuples(STEP, st.integers(-3600, 3600)), max_size=25)


class Model:
    """What staff may see, in plain words: which answers are open, and by what."""

    def __init__(self) -> None:
        self.yes: str | None = None
        self.open: dict[UUID, str | None] = {}
        self.earlier: dict[UUID, UUID | None] = {}
        self.is_related = True

    def write(self, answer: UUID, sharing: Offer, knows_the_last_no: bool, replaces: UUID | None) -> None:
        """A new answer is open under the yes that stands, or by itself if no unknown no came before."""
        by = {Offer.AS_CHOSEN: "yes" if self.yes else None, Offer.PRIVATE: None}
        self.open[answer] = by.get(sharing, "itself" if knows_the_last_no else None)
        self.earlier[answer] = replaces

    def choose(self, words: str | None) -> None:
        """A no closes everything; a yes to other words ends the one before and begins anew."""
        if words != self.yes:
            if self.yes is not None:
                self.open = dict.fromkeys(self.open)
            self.yes = words

    def seen(self) -> set[UUID]:
        """What a contact person gets."""
        return {answer for answer, by in self.open.items() if by} if self.is_related else set()

    def in_line(self) -> set[UUID]:
        """What stands in the line of the goal: of several wordings the newest that is seen."""
        return self.seen() - {self.earlier[answer] for answer in self.seen()}


class House:
    """The real thing, one citizen of it."""

    def __init__(self, citizen: Any, counsellor: Any, superuser: Any) -> None:
        self.citizen, self.staff, self.superuser = citizen, actor_of(counsellor), superuser
        self.own = citizen_actor(citizen)
        self.written: list[UUID] = []
        with db.transaction() as session:
            known: Any = {"citizen_id": citizen.id, "actor": self.staff, "now": NOW}
            self.goal_id = goals.create_goal(session, title="Sove", origin=GoalOrigin.CITIZEN, **known).id
            new = NewAssignment({"library": "breathing"}, self.goal_id, None, Repeat.NONE, None, None)
            library = {"breathing": ("all",)}
            given_one = service.give(session, assignment_id=None, new=new, library=library, **known)
            self.given_id = given_one.id

    def last_no(self) -> int:
        """What a phone that has just pulled knows."""
        with db.transaction() as session:
            return consents.last_no(session, citizen_id=self.citizen.id, **EXERCISES)

    def write(self, sharing: Offer, seen_no: int, replaces: UUID | None, now: Any) -> UUID:
        """A new answer."""
        answer = new_id()
        said = NewAnswer(
            ref={"library": "breathing"},
            assignment_id=self.given_id,
            on=date(2026, 11, 23),
            at=now,
            outcome=Outcome.DONE,
            how=2,
            written={"tanke": "ord"},
            note=None,
            replaces=replaces,
            sharing=sharing,
            seen_no=seen_no,
        )
        with db.transaction() as session:
            service.write(
                session, citizen_id=self.citizen.id, answer_id=answer, said=said, actor=self.own, now=now
            )
        self.written.append(answer)
        return answer

    def choose(self, words: str | None, now: Any, about: Any = EXERCISES) -> None:
        """Yes in these words, or no."""
        with db.transaction() as session:
            consents.choose(
                session,
                **about,
                given=words is not None,
                text_version=words or "exercises-1",
                actor=self.own,
                now=now,
            )

    def relate(self, holds: bool) -> None:
        """The case ends, or goes on."""
        ends = None if holds else NOW - timedelta(days=10)
        self.superuser.execute(
            "UPDATE care_relation SET starts_at = %s, ends_at = %s WHERE citizen_id = %s",
            [NOW - timedelta(days=30), ends, self.citizen.id],
        )
        self.superuser.commit()

    def seen(self) -> set[UUID]:
        """What the contact person gets."""
        with db.transaction() as session:
            shown = service.shared_with(
                session, citizen_id=self.citizen.id, actor=self.staff, now=NOW, limit=100
            )
            return {each.id for each in shown}

    def in_line(self) -> set[UUID]:
        """What the contact person gets in the line of the goal, page by page."""
        found: list[UUID] = []
        before = None
        with db.transaction() as session:
            while page := line.list_answers(
                session,
                citizen_id=self.citizen.id,
                goal_id=self.goal_id,
                actor=self.staff,
                now=NOW,
                limit=2,
                before=before,
            ):
                found += [each.place.id for each in page]
                before = page[-1].place
        assert len(found) == len(set(found))
        return set(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_staff_see_exactly_what_the_model_says(
    make_citizen: Any, counsellor: Any, superuser: Any, steps: list[Any]
) -> None:
    house, model = House(make_citizen(contact=counsellor), counsellor, superuser), Model()
    house.relate(True)
    for (what, *said), seconds in steps:
        _do(house, model, what, said, NOW + timedelta(seconds=seconds))

        assert house.seen() == model.seen(), (what, said)
        assert house.in_line() == model.in_line(), (what, said)


def _do(house: House, model: Model, what: str, said: list[Any], now: Any) -> None:
    if what == "write":
        _write(house, model, said, now)
    elif what == "choose":
        house.choose(said[0], now)
        model.choose(said[0])
    elif what == "elsewhere":
        house.choose("questionnaires-1" if said[0] else None, now, about=ELSEWHERE)
    elif what == "relation":
        house.relate(said[0])
        model.is_related = said[0]
    elif said[0] < len(house.written):
        _do_to(house, model, what, house.written[said[0]], said[1:], now)


def _write(house: House, model: Model, said: list[Any], now: Any) -> None:
    sharing, is_up_to_date, index = said
    earlier = house.written[index] if 0 <= index < len(house.written) else None
    replaces = earlier if earlier in model.open else None
    no = house.last_no()
    answer = house.write(sharing, no if is_up_to_date else 0, replaces, now)
    model.write(answer, sharing, is_up_to_date or no == 0, replaces)
    model.earlier[answer] = replaces


def _do_to(house: House, model: Model, what: str, answer: UUID, said: list[Any], now: Any) -> None:
    if what == "erase":
        with db.transaction() as session:
            service.erase(session, citizen_id=house.citizen.id, answer_id=answer, actor=house.own, now=now)
        model.open.pop(answer, None)
    elif answer in model.open:
        with db.transaction() as session:
            service.offer(session, answer_id=answer, given=said[0], actor=house.own, now=now)
        model.open[answer] = "itself" if said[0] else None
