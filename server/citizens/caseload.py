"""Who is in a caseload: selected columns for the staff's page, whatever the number of citizens."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, case, select

from server.citizens import guarantee, visible
from server.citizens.models import CareRelation, CareRole, Citizen
from server.core.access import Actor

_CLOSEST_FIRST = case(
    {CareRole.CONTACT_PERSON: 0, CareRole.CARE_TEAM: 1, CareRole.STAND_IN: 2}, value=CareRelation.role
)


def select_caseload(*, actor: Actor, now: datetime, after: UUID | None = None) -> guarantee.People:
    """The citizens this actor may know of, those taken in last first; `after` is the last one seen.

    No name, no number. With `my_role`, the closest relation of the actor, with `contact_person_id`, and with
    what the clock of the first contact hangs on.
    """
    listed: guarantee.People = select(
        Citizen.id,
        Citizen.alias,
        Citizen.address_protected,
        Citizen.first_contact_at,
        Citizen.first_contact_channel,
        _my_role(actor, now).label("my_role"),
        _contact_person(now).label("contact_person_id"),
    )
    rows = guarantee.add_clock(listed)
    rows = rows.where(visible.known(actor, now)).order_by(Citizen.id.desc())
    return rows if after is None else rows.where(Citizen.id < after)


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
