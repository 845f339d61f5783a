"""The crisis line's relation to a person: made by a contact, ended with it, and 24 hours at most.

Its id is the contact's. It opens no record: what the crisis line may see, it sees by the person's yes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.citizens import changes, visible
from server.citizens.models import Citizen, DeskRelation
from server.core.access import Actor
from server.core.errors import Forbidden, NotFound

LONGEST = timedelta(hours=24)


def open_for_contact(
    session: Session, *, contact_id: UUID, citizen_id: UUID, began_at: datetime, actor: Actor, now: datetime
) -> DeskRelation | None:
    """Begin a relation that ends 24 hours after the contact began; None if that is over already.

    Locks the citizen's sequence.

    :raises NotFound: if the person cannot be found any more
    """
    if actor.staff_id is None or actor.unit_id is None:
        raise Forbidden()
    changes.lock_sequences(session, citizen_ids=[citizen_id])
    if session.scalars(visible.findable().where(Citizen.id == citizen_id)).one_or_none() is None:
        raise NotFound()
    latest_at = min(began_at, now) + LONGEST
    if latest_at <= now:
        return None
    relation = DeskRelation(
        id=contact_id,
        citizen_id=citizen_id,
        staff_id=actor.staff_id,
        unit_id=actor.unit_id,
        starts_at=now,
        latest_at=latest_at,
        ends_at=latest_at,
    )
    session.add(relation)
    session.flush()
    return relation


def find_for_contact(
    session: Session, *, contact_id: UUID, actor: Actor, now: datetime
) -> DeskRelation | None:
    """The actor's own relation by this contact, if it holds now."""
    own = visible.desk_relations(actor, now).where(DeskRelation.id == contact_id)
    return session.scalars(own).one_or_none()


def hold_for_contact(
    session: Session, *, contact_id: UUID, actor: Actor, now: datetime
) -> DeskRelation | None:
    """The same, held so that neither the contact nor the person's yes can end before the commit."""
    found = find_for_contact(session, contact_id=contact_id, actor=actor, now=now)
    if found is None:
        return None
    changes.lock_sequences(session, citizen_ids=[found.citizen_id])
    if session.scalars(visible.findable().where(Citizen.id == found.citizen_id)).one_or_none() is None:
        return None
    own = visible.desk_relations(actor, now).where(DeskRelation.id == contact_id)
    held = own.with_for_update(read=True).execution_options(populate_existing=True)
    return session.scalars(held).one_or_none()


def end_for_contact(session: Session, *, contact_id: UUID, now: datetime) -> None:
    """End the relation with its contact; call it with the citizen's sequence locked."""
    relation = _lock(session, contact_id)
    if relation is not None:
        relation.ends_at = min(relation.ends_at, max(now, relation.starts_at))
        session.flush()


def resume_for_contact(session: Session, *, contact_id: UUID, now: datetime) -> None:
    """Let the relation run again with its contact, to the end that it had from the start."""
    relation = _lock(session, contact_id)
    if relation is not None and relation.latest_at > now:
        relation.ends_at = relation.latest_at
        session.flush()


def _lock(session: Session, contact_id: UUID) -> DeskRelation | None:
    found = select(DeskRelation).where(DeskRelation.id == contact_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one_or_none()
