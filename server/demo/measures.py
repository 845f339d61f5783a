"""Questionnaires of some of the demo's citizens: asked since the first day, shared by every other of them."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from server.consents import service as consents
from server.consents.offers import Offer
from server.core import clock
from server.core.access import Actor, ActorKind, Role
from server.demo import people
from server.demo.people import DemoCitizen
from server.measures import service as measures

EVERY, THAT_SHARES = 4, 8  #: every fourth citizen is asked; every other of them shares the answers
THAT_WISHES_A_CALL = 8
ITEMS = ("cheerful", "calm", "active", "rested", "interested")
TIMES, DAYS_BETWEEN = 4, 14


def seed(session: Session, citizen: DemoCitizen, actor: Actor, *, came_at: datetime, now: datetime) -> None:
    """Ask a citizen from the first day on; the first answers belong to the plan, the others came unasked."""
    if citizen.number % EVERY:
        return
    own = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen.id)
    if citizen.number % THAT_SHARES == 0:
        consents.choose(
            session,
            purpose=consents.Purpose.CONTACT_PERSON,
            item_class=consents.ItemClass.MEASURES,
            given=True,
            text_version="questionnaires-1",
            actor=own,
            now=came_at,
        )
    plan = measures.begin(
        session,
        citizen_id=citizen.id,
        code="who-5",
        start_on=clock.to_wall(came_at).date(),
        end_on=None,
        actor=actor,
        now=came_at,
    )
    for step in range(TIMES):
        at = came_at + timedelta(days=1 + step * DAYS_BETWEEN)
        if at < now:
            _answer(session, citizen, own, step, plan_id=plan.id if step == 0 else None, at=at)
    if citizen.number == THAT_WISHES_A_CALL:
        _wish_call(session, citizen, own, now)


def _answer(
    session: Session, citizen: DemoCitizen, own: Actor, step: int, *, plan_id: UUID | None, at: datetime
) -> None:
    items = {name: min(5, (citizen.number // EVERY + step + place) % 4) for place, name in enumerate(ITEMS)}
    said = measures.NewResult(
        code="who-5",
        definition_version=1,
        plan_id=plan_id,
        window_key="start" if plan_id else None,
        answers=measures.Answers(items, []),
        complete=True,
        at=at,
        sharing=Offer.AS_CHOSEN,
        seen_no=0,
    )
    result_id = people.demo_id(f"measure/{citizen.number}/{step}")
    measures.write(session, citizen_id=citizen.id, result_id=result_id, said=said, actor=own, now=at)


def _wish_call(session: Session, citizen: DemoCitizen, own: Actor, now: datetime) -> None:
    result_id = people.demo_id(f"measure/{citizen.number}/{TIMES - 1}")
    measures.wish_call(
        session,
        citizen_id=citizen.id,
        call_id=people.demo_id(f"measure-call/{citizen.number}"),
        result_id=result_id,
        holidays=(),
        actor=own,
        now=now,
    )
