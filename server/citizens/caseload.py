"""The rows of a caseload: selected columns, one statement, whatever the number of citizens."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, case, select
from sqlalchemy.orm import Session

from server.citizens import visible
from server.citizens.models import CareRelation, CareRole, Channel, Citizen
from server.core.access import Actor

_CLOSEST_FIRST = case(
    {CareRole.CONTACT_PERSON: 0, CareRole.CARE_TEAM: 1, CareRole.STAND_IN: 2}, value=CareRelation.role
)


class CaseloadRow(NamedTuple):
    """One citizen in a list: no name, no number."""

    id: UUID
    alias: str
    address_protected: bool
    first_contact_at: datetime
    first_contact_wall: datetime
    first_contact_channel: Channel
    my_role: CareRole | None
    contact_person_id: UUID | None


def list_caseload(
    session: Session, *, actor: Actor, now: datetime, limit: int, after: UUID | None = None
) -> list[CaseloadRow]:
    """The citizens this actor may know of, those taken in last first; `after` is the last one seen."""
    rows = (
        select(
            Citizen.id,
            Citizen.alias,
            Citizen.address_protected,
            Citizen.first_contact_at,
            Citizen.first_contact_wall,
            Citizen.first_contact_channel,
            _my_role(actor, now),
            _contact_person(now),
        )
        .where(visible.known(actor, now))
        .order_by(Citizen.id.desc())
        .limit(limit)
    )
    if after is not None:
        rows = rows.where(Citizen.id < after)
    return [CaseloadRow(*row) for row in session.execute(rows)]


def _my_role(actor: Actor, now: datetime) -> ScalarSelect[CareRole]:
    own = visible.own_relations(actor, now).with_only_columns(CareRelation.role)
    return (
        own.where(CareRelation.citizen_id == Citizen.id)
        .order_by(_CLOSEST_FIRST)
        .limit(1)
        .correlate(Citizen)
        .scalar_subquery()
    )


def _contact_person(now: datetime) -> ScalarSelect[UUID]:
    contact = select(CareRelation.staff_id).where(
        CareRelation.citizen_id == Citizen.id,
        CareRelation.role == CareRole.CONTACT_PERSON,
        visible.in_force(now),
    )
    return contact.limit(1).correlate(Citizen).scalar_subquery()
