"""A citizen's record as staff read it; who does not work with the citizen gets no name and no numbers."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import cpr, relations, visible
from server.citizens.models import CareRelation, CareRole, Channel, Citizen, CitizenStatus, Language
from server.core.access import Actor
from server.core.errors import NotFound


class RelationOnRecord(NamedTuple):
    """A care relation with the colleague's name."""

    id: UUID
    staff_id: UUID
    staff_name: str
    role: CareRole
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    stand_in_for_id: UUID | None


class Record(NamedTuple):
    """What one staff member may read about one citizen."""

    id: UUID
    version: int
    alias: str
    name: str | None
    cpr: str | None
    phone: str | None
    language: Language
    address_protected: bool
    home_municipality: str | None
    first_contact_at: datetime
    first_contact_channel: Channel
    status: CitizenStatus
    deceased_at: datetime | None
    relations: list[RelationOnRecord]


def read_record(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Record:
    """Open a citizen's record; the reading is recorded with the relation that allowed it.

    :raises NotFound: if the actor may not know of the citizen
    """
    found = visible.citizens(actor, now).where(Citizen.id == citizen_id)
    citizen = session.scalars(found).one_or_none()
    if citizen is None:
        raise NotFound()
    record = record_of(session, citizen=citizen, actor=actor, now=now)
    own = find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event="citizen.read",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
        relation_id=own.id if own else None,
        purpose=own.role if own else "management",
    )
    return record


def record_of(session: Session, *, citizen: Citizen, actor: Actor, now: datetime) -> Record:
    """The record of a citizen whom the actor may know of, with channels only for those who work together."""
    opens = find_own_relation(session, citizen_id=citizen.id, actor=actor, now=now) is not None
    return Record(
        id=citizen.id,
        version=citizen.version,
        alias=citizen.alias,
        name=citizen.name if opens else None,
        cpr=cpr.masked(citizen.cpr) if opens else None,
        phone=citizen.phone if opens else None,
        language=citizen.language,
        address_protected=citizen.address_protected,
        home_municipality=citizen.home_municipality,
        first_contact_at=citizen.first_contact_at,
        first_contact_channel=citizen.first_contact_channel,
        status=citizen.status,
        deceased_at=citizen.deceased_at,
        relations=_with_names(session, citizen.id),
    )


def find_own_relation(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime
) -> CareRelation | None:
    """The relation by which this staff member works with the citizen now, if there is one."""
    own = visible.own_relations(actor, now).where(CareRelation.citizen_id == citizen_id)
    return session.scalars(own.order_by(CareRelation.starts_at, CareRelation.id)).first()


def name_relation(session: Session, *, relation: CareRelation) -> RelationOnRecord:
    """A relation with the colleague's name beside it."""
    names = accounts.staff_names(session, staff_ids={relation.staff_id})
    return _named(relation, names[relation.staff_id])


def _named(relation: CareRelation, name: str) -> RelationOnRecord:
    return RelationOnRecord(
        id=relation.id,
        staff_id=relation.staff_id,
        staff_name=name,
        role=relation.role,
        starts_at=relation.starts_at,
        ends_at=relation.ends_at,
        reason=relation.reason,
        stand_in_for_id=relation.stand_in_for_id,
    )


def _with_names(session: Session, citizen_id: UUID) -> list[RelationOnRecord]:
    listed = relations.list_relations(session, citizen_id=citizen_id)
    names = accounts.staff_names(session, staff_ids={relation.staff_id for relation in listed})
    return [_named(relation, names[relation.staff_id]) for relation in listed]
