"""What an actor may see of citizens: the start of every read.

Two circles. *Known*: the citizen's own row, the citizens one works with, and for a manager everybody in
the unit, without their channels. *Cases*: the citizen's own row and the citizens one works with now;
whatever is written about a citizen in any room belongs here, so that a manager who is a counsellor too
does not come to read the whole unit.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from server.citizens.models import CareRelation, CareRole, Citizen, CitizenStatus, DeskRelation, StandIn
from server.core.access import Actor, ActorKind, Role


def citizens(actor: Actor, now: datetime) -> Select[Citizen]:
    """The citizens this actor may know of: own cases, and a manager's whole unit."""
    return select(Citizen).where(known(actor, now))


def citizen_ids(actor: Actor, now: datetime) -> Select[UUID]:
    """The ids of the citizens whose record this actor may open: the citizen's own, and own cases."""
    return select(Citizen.id).where(_not_an_error(), _is_case(actor, now))


def cases(actor: Actor, now: datetime) -> Select[Citizen]:
    """The citizens whose record this actor may open."""
    return select(Citizen).where(_not_an_error(), _is_case(actor, now))


def case_unit(citizen_id: UUID, actor: Actor, now: datetime) -> Select[UUID]:
    """The unit of a citizen whose record this actor may open."""
    return select(Citizen.unit_id).where(Citizen.id == citizen_id, _not_an_error(), _is_case(actor, now))


def known(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Whether this actor may know of a citizen."""
    ways = [_is_case(actor, now)]
    if actor.kind == ActorKind.STAFF and Role.MANAGER in actor.roles:
        ways.append(Citizen.unit_id == actor.unit_id)
    return and_(_not_an_error(), or_(*ways))


def is_living() -> ColumnElement[bool]:
    """Whether a citizen is not marked as deceased."""
    return Citizen.deceased_at.is_(None)


def living_ids() -> Select[UUID]:
    """The ids of all who are not marked as deceased, whoever asks; for jobs, never for a view."""
    return select(Citizen.id).where(_not_an_error(), is_living())


def own_relations(actor: Actor, now: datetime) -> Select[CareRelation]:
    """The relations by which this staff member works with citizens now."""
    return select(CareRelation).where(_own_relation(actor, now))


def contact_relations(actor: Actor, now: datetime) -> Select[CareRelation]:
    """Those of the own relations by which one is turned to: as contact person, or in that person's place."""
    contact = aliased(CareRelation)
    stood_in_for = select(contact.id).where(
        contact.citizen_id == CareRelation.citizen_id,
        contact.staff_id == CareRelation.stand_in_for_id,
        contact.role == CareRole.CONTACT_PERSON,
        in_force(now, contact),
    )
    return own_relations(actor, now).where(
        or_(CareRelation.role == CareRole.CONTACT_PERSON, stood_in_for.exists())
    )


def contact_citizen_ids(actor: Actor, now: datetime) -> Select[UUID]:
    """The ids of the citizens who turn to this staff member now."""
    return contact_relations(actor, now).with_only_columns(CareRelation.citizen_id)


def desk_relations(actor: Actor, now: datetime) -> Select[DeskRelation]:
    """The relations by which this worker of the crisis line is in contact with citizens now."""
    if actor.kind != ActorKind.STAFF or Role.CRISIS_LINE not in actor.roles:
        return select(DeskRelation).where(false())
    return select(DeskRelation).where(
        DeskRelation.staff_id == actor.staff_id,
        DeskRelation.unit_id == actor.unit_id,
        DeskRelation.starts_at <= now,
        DeskRelation.ends_at > now,
    )


def findable() -> Select[Citizen]:
    """The citizens who can be found by something they say: in care, and living."""
    return select(Citizen).where(Citizen.status == CitizenStatus.ACTIVE, is_living())


def unit_relations(actor: Actor) -> Select[CareRelation]:
    """The relations a manager may give and end: those of the own unit."""
    return select(CareRelation).where(_manages(actor, CareRelation.unit_id))


def stand_ins(actor: Actor) -> Select[StandIn]:
    """The arrangements a manager may see and end: those of the own unit."""
    return select(StandIn).where(_manages(actor, StandIn.unit_id))


def in_force(now: datetime, relation: type[CareRelation] = CareRelation) -> ColumnElement[bool]:
    """Whether a care relation holds at this instant: from its start up to, not including, its end."""
    return and_(relation.starts_at <= now, not_over(now, relation))


def not_over(now: datetime, relation: type[CareRelation] = CareRelation) -> ColumnElement[bool]:
    """Whether a care relation holds now or will hold later."""
    return or_(relation.ends_at.is_(None), relation.ends_at > now)


def _not_an_error() -> ColumnElement[bool]:
    return Citizen.status != CitizenStatus.ENTERED_IN_ERROR


def _is_case(actor: Actor, now: datetime) -> ColumnElement[bool]:
    if actor.kind == ActorKind.CITIZEN:
        return Citizen.id == actor.citizen_id
    return Citizen.id.in_(select(CareRelation.citizen_id).where(_own_relation(actor, now)))


def _own_relation(actor: Actor, now: datetime) -> ColumnElement[bool]:
    if actor.kind != ActorKind.STAFF or Role.COUNSELLOR not in actor.roles:
        return false()
    own = and_(CareRelation.staff_id == actor.staff_id, CareRelation.unit_id == actor.unit_id)
    return and_(own, in_force(now))


def _manages(actor: Actor, unit_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    if actor.kind != ActorKind.STAFF or Role.MANAGER not in actor.roles:
        return false()
    return unit_id == actor.unit_id
