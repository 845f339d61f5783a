"""In whatever order things are written, chosen, shared and erased, staff see what a plain model says.

The clocks of the house run wild in it, for nothing may hang on them.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.checkins import service
from server.checkins.service import NewCheckIn, Offer
from server.consents import service as consents
from server.core import db
from server.core.ids import new_id
from tests.conftest import NOW, actor_of, citizen_actor

CHECK_INS: Any = {"purpose": consents.Purpose.CONTACT_PERSON, "item_class": consents.ItemClass.CHECK_INS}
STEP = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(list(Offer)), st.booleans()),
    st.tuples(st.just("choose"), st.sampled_from([None, "check-ins-1", "check-ins-2"])),
    st.tuples(st.just("offer"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("erase"), st.integers(0, 5)),
    st.tuples(st.just("relation"), st.booleans()),
)
STEPS = st.lists(st.tuples(STEP, st.integers(-3600, 3600)), max_size=25)


class Model:
    """What staff may see, in plain words: which entries are open, and by what."""

    def __init__(self) -> None:
        self.yes: str | None = None
        self.open: dict[UUID, str | None] = {}
        self.is_related = True

    def write(self, entry: UUID, sharing: Offer, knows_the_last_no: bool) -> None:
        """A new entry is open under the yes that stands, or by itself if no unknown no came before."""
        by = {Offer.AS_CHOSEN: "yes" if self.yes else None, Offer.PRIVATE: None}
        self.open[entry] = by.get(sharing, "itself" if knows_the_last_no else None)

    def choose(self, words: str | None) -> None:
        """A no closes everything; a yes to other words ends the one before and begins anew."""
        if words != self.yes:
            if self.yes is not None:
                self.open = dict.fromkeys(self.open)
            self.yes = words

    def seen(self) -> set[UUID]:
        """What a contact person gets."""
        return {entry for entry, by in self.open.items() if by} if self.is_related else set()


class House:
    """The real thing, one citizen of it."""

    def __init__(self, citizen: Any, counsellor: Any, superuser: Any) -> None:
        self.citizen, self.staff, self.superuser = citizen, actor_of(counsellor), superuser
        self.own = citizen_actor(citizen)
        self.written: list[UUID] = []

    def last_no(self) -> int:
        """What a phone that has just pulled knows."""
        with db.transaction() as session:
            return consents.last_no(session, citizen_id=self.citizen.id, **CHECK_INS)

    def write(self, sharing: Offer, seen_no: int, now: Any) -> UUID:
        """A new entry."""
        entry = new_id()
        said = NewCheckIn(now, 5, None, "ord", None, sharing, seen_no)
        with db.transaction() as session:
            service.write(
                session,
                citizen_id=self.citizen.id,
                check_in_id=entry,
                said=said,
                actor=self.own,
                now=now,
            )
        self.written.append(entry)
        return entry

    def choose(self, words: str | None, now: Any) -> None:
        """Yes in these words, or no."""
        with db.transaction() as session:
            consents.choose(
                session,
                **CHECK_INS,
                given=words is not None,
                text_version=words or "check-ins-1",
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


def _do(house: House, model: Model, what: str, said: list[Any], now: Any) -> None:
    if what == "write":
        sharing, is_up_to_date = said
        no = house.last_no()
        model.write(house.write(sharing, no if is_up_to_date else 0, now), sharing, is_up_to_date or no == 0)
    elif what == "choose":
        house.choose(said[0], now)
        model.choose(said[0])
    elif what == "relation":
        house.relate(said[0])
        model.is_related = said[0]
    elif said[0] < len(house.written):
        _do_to(house, model, what, house.written[said[0]], said[1:], now)


def _do_to(house: House, model: Model, what: str, entry: UUID, said: list[Any], now: Any) -> None:
    if what == "erase":
        with db.transaction() as session:
            service.erase(session, citizen_id=house.citizen.id, check_in_id=entry, actor=house.own, now=now)
        model.open.pop(entry, None)
    elif entry in model.open:
        with db.transaction() as session:
            service.offer(session, check_in_id=entry, given=said[0], actor=house.own, now=now)
        model.open[entry] = "itself" if said[0] else None
