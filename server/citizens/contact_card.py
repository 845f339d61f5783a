"""What the phone shows about us: the contact person, who stands in, and the unit's number."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.citizens import visible
from server.citizens.models import CareRelation, CareRole, Citizen, Language
from server.core.errors import NotFound


class ContactPerson(NamedTuple):
    """The one the citizen turns to; the number is the unit's."""

    name: str
    phone: str


class StandInOnCard(NamedTuple):
    """Who works in the contact person's place, and until when."""

    name: str
    until: datetime


class ContactCard(NamedTuple):
    """Whom the citizen can turn to now, and who stands in now."""

    contact_person: ContactPerson | None
    stand_ins: list[StandInOnCard]


class UnitOnCard(NamedTuple):
    """The citizen's centre and its number."""

    slug: str
    name: str
    phone: str


class Profile(NamedTuple):
    """What the citizen's own phone shows about the citizen and about us."""

    id: UUID
    alias: str
    language: Language
    unit: UnitOnCard
    contact_person: ContactPerson | None
    stand_ins: list[StandInOnCard]
    first_contact_at: datetime


def profile(
    session: Session, *, citizen_id: UUID, now: datetime, centre_phones: Mapping[str, str]
) -> Profile:
    """A citizen's profile; `centre_phones` holds each unit's number by its slug.

    :raises NotFound: if there is no such citizen
    """
    citizen = session.get(Citizen, citizen_id)
    if citizen is None:
        raise NotFound()
    unit = accounts.get_unit(session, unit_id=citizen.unit_id)
    phone = centre_phones.get(unit.slug, "")
    card = contact_card(session, citizen_id=citizen_id, now=now, phone=phone)
    return Profile(
        id=citizen.id,
        alias=citizen.alias,
        language=citizen.language,
        unit=UnitOnCard(slug=unit.slug, name=unit.name, phone=phone),
        contact_person=card.contact_person,
        stand_ins=card.stand_ins,
        first_contact_at=citizen.first_contact_at,
    )


def contact_card(session: Session, *, citizen_id: UUID, now: datetime, phone: str) -> ContactCard:
    """The contact person and who stands in for that person now, as long as they work here."""
    found = select(CareRelation).where(CareRelation.citizen_id == citizen_id, visible.in_force(now))
    relations = session.scalars(found.order_by(CareRelation.starts_at, CareRelation.id)).all()
    at_work = accounts.active_staff_ids(session, staff_ids={relation.staff_id for relation in relations})
    names = accounts.staff_names(session, staff_ids=at_work)
    contact = next((one for one in relations if one.role == CareRole.CONTACT_PERSON), None)
    if contact is None:
        return ContactCard(None, [])
    stand_ins = [
        StandInOnCard(name=names[one.staff_id], until=one.ends_at)
        for one in relations
        if one.stand_in_for_id == contact.staff_id and one.staff_id in names and one.ends_at is not None
    ]
    name = names.get(contact.staff_id)
    return ContactCard(ContactPerson(name, phone) if name else None, stand_ins)
