"""In whatever order answers are written, chosen, shared and erased, staff see what a plain model says.

The model is that of the check-ins: one rule says who sees what a person offers (decision 0021).
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from server.consents import service as consents
from server.consents.offers import Offer
from server.core import db
from server.core.ids import new_id
from server.measures import reading, results
from server.measures.models import Answers
from server.measures.visible import CHOICE
from tests.checkins.test_who_sees_one import STEPS, Model
from tests.conftest import NOW, actor_of, citizen_actor
from tests.measures.people import WHO


class House:
    """The real thing, one citizen of it."""

    def __init__(self, citizen: Any, counsellor: Any, superuser: Any) -> None:
        self.citizen_id, self.staff, self.superuser = citizen.id, actor_of(counsellor), superuser
        self.own = citizen_actor(citizen)
        self.written: list[UUID] = []

    def last_no(self) -> int:
        """What a phone that has just pulled knows."""
        with db.transaction() as session:
            return consents.last_no(session, citizen_id=self.citizen_id, **CHOICE._asdict())

    def write(self, sharing: Offer, seen_no: int, now: Any) -> UUID:
        """New answers."""
        entry, answers = new_id(), Answers(dict(WHO), [])
        said = results.NewResult("who-5", 1, None, None, answers, True, now, sharing, seen_no)
        with db.transaction() as session:
            results.write(
                session, citizen_id=self.citizen_id, result_id=entry, said=said, actor=self.own, now=now
            )
        self.written.append(entry)
        return entry

    def choose(self, words: str | None, now: Any) -> None:
        """Yes in these words, or no."""
        with db.transaction() as session:
            consents.choose(
                session,
                **CHOICE._asdict(),
                given=words is not None,
                text_version=words or "questionnaires-1",
                actor=self.own,
                now=now,
            )

    def relate(self, holds: bool) -> None:
        """The case ends, or goes on."""
        ends = None if holds else NOW - timedelta(days=10)
        self.superuser.execute(
            "UPDATE care_relation SET starts_at = %s, ends_at = %s WHERE citizen_id = %s",
            [NOW - timedelta(days=30), ends, self.citizen_id],
        )
        self.superuser.commit()

    def offer(self, entry: UUID, given: bool, now: Any) -> None:
        """Share one, or no longer."""
        with db.transaction() as session:
            results.offer(session, result_id=entry, given=given, actor=self.own, now=now)

    def erase(self, entry: UUID, now: Any) -> None:
        """Delete for good."""
        with db.transaction() as session:
            results.erase(session, citizen_id=self.citizen_id, result_id=entry, actor=self.own, now=now)

    def seen(self) -> set[UUID]:
        """What the contact person gets, one way and the other."""
        with db.transaction() as session:
            shown = reading.list_shared(session, citizen_id=self.citizen_id, actor=self.staff, now=NOW)
            scores = reading.shared_scores(session, result_ids=self.written, actor=self.staff, now=NOW)
        assert scores.keys() == {each.id for each in shown}
        return set(scores)


@pytest.mark.usefixtures("app")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        entry = house.written[said[0]]
        if what == "erase":
            house.erase(entry, now)
            model.open.pop(entry, None)
        elif entry in model.open:
            house.offer(entry, said[1], now)
            model.open[entry] = "itself" if said[1] else None
