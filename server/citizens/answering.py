"""Who answers for a citizen now: whose work it is when something has to be done.

First the contact person and who works in that person's place. If nobody of them is at work, everybody who
works with the citizen; if there is nobody at all, the manager is told. A colleague whose access is closed
answers for nobody, whatever relation still stands.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from server.accounts import visible as accounts
from server.citizens import visible
from server.citizens.models import CareRelation, CareRole, Citizen
from server.core.access import Actor, ActorKind, Role

_CLOSEST_FIRST = case(
    {CareRole.CONTACT_PERSON: 0, CareRole.STAND_IN: 1, CareRole.CARE_TEAM: 2}, value=CareRelation.role
)


class Helper(NamedTuple):
    """Somebody at work who works with the citizen; `answers` for the contact person and the stand-in."""

    staff_id: UUID
    role: CareRole
    answers: bool


def answered_ids(actor: Actor, now: datetime) -> Select[UUID]:
    """The ids of the citizens whom this staff member answers for now."""
    own = visible.own_relations(actor, now).with_only_columns(CareRelation.citizen_id)
    return own.where(or_(_answers(CareRelation, now), ~_is_answered(CareRelation.citizen_id, now)))


def stood_in(actor: Actor, now: datetime) -> Select[UUID, UUID | None]:
    """For whom this staff member stands in now: pairs of a citizen and the colleague who is away."""
    own = visible.own_relations(actor, now).where(CareRelation.stand_in_for_id.is_not(None))
    return own.with_only_columns(CareRelation.citizen_id, CareRelation.stand_in_for_id)


def unanswered_ids(actor: Actor, now: datetime) -> Select[UUID]:
    """For a manager: the ids of the unit's citizens without a contact person or stand-in at work."""
    if actor.kind != ActorKind.STAFF or Role.MANAGER not in actor.roles:
        return select(Citizen.id).where(false())
    found = select(Citizen.id).where(visible.known(actor, now), Citizen.unit_id == actor.unit_id)
    return found.where(~_is_answered(Citizen.id, now))


def list_helpers(
    session: Session, *, citizen_ids: Collection[UUID], now: datetime
) -> dict[UUID, list[Helper]]:
    """Who is at work and works with each of these citizens; who answers for the citizen stands first."""
    found: dict[UUID, list[Helper]] = {citizen_id: [] for citizen_id in citizen_ids}
    first = _answers(CareRelation, now)
    rows = session.execute(
        select(CareRelation.citizen_id, CareRelation.staff_id, CareRelation.role, first)
        .where(CareRelation.citizen_id.in_(citizen_ids), _runs(CareRelation, now), _is_at_work(CareRelation))
        .order_by(first.desc(), _CLOSEST_FIRST, CareRelation.starts_at, CareRelation.id)
    )
    for citizen_id, staff_id, role, answers in rows:
        found[citizen_id].append(Helper(staff_id, role, answers))
    return found


def _answers(one: type[CareRelation], now: datetime) -> ColumnElement[bool]:
    """Whether this relation is the contact person's, or that of who works in the contact person's place."""
    contact = aliased(CareRelation)
    in_place = exists().where(
        contact.citizen_id == one.citizen_id,
        contact.role == CareRole.CONTACT_PERSON,
        contact.staff_id == one.stand_in_for_id,
        _runs(contact, now),
    )
    return or_(one.role == CareRole.CONTACT_PERSON, in_place)


def _is_answered(
    citizen_id: ColumnElement[UUID] | InstrumentedAttribute[UUID], now: datetime
) -> ColumnElement[bool]:
    other = aliased(CareRelation)
    return exists().where(
        other.citizen_id == citizen_id, _runs(other, now), _is_at_work(other), _answers(other, now)
    )


def _runs(one: type[CareRelation], now: datetime) -> ColumnElement[bool]:
    return and_(one.starts_at <= now, or_(one.ends_at.is_(None), one.ends_at > now))


def _is_at_work(one: type[CareRelation]) -> ColumnElement[bool]:
    return one.staff_id.in_(accounts.at_work())
