"""The one the citizen turns to, and who works in that person's place: whom some choices are about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from server.citizens import visible
from server.citizens.contact_card import contact_card
from server.citizens.models import CareRelation
from server.core.access import Actor


def hold_contact_relation(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime
) -> CareRelation | None:
    """The actor's relation as contact person, or as stand-in for that person, held FOR SHARE; or None.

    Lock the citizen's sequence first: ending a relation locks it too, so neither waits in a circle.
    """
    own = visible.contact_relations(actor, now).where(CareRelation.citizen_id == citizen_id)
    held = own.order_by(CareRelation.starts_at, CareRelation.id).with_for_update(read=True)
    return session.scalars(held.execution_options(populate_existing=True)).first()


def held_contact_relation(*, citizen_id: UUID, actor: Actor, now: datetime) -> Select[UUID]:
    """The same for a larger statement: the id alone."""
    own = visible.contact_relations(actor, now).where(CareRelation.citizen_id == citizen_id)
    ids = own.with_only_columns(CareRelation.id).order_by(CareRelation.starts_at, CareRelation.id)
    return ids.with_for_update(read=True)


def list_contact_names(session: Session, *, citizen_id: UUID, now: datetime) -> list[str]:
    """The names of the contact person and of who stands in now, as long as they work here."""
    card = contact_card(session, citizen_id=citizen_id, now=now, phone="")
    contact = [card.contact_person.name] if card.contact_person else []
    return contact + [one.name for one in card.stand_ins]
