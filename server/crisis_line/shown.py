"""Contacts on the person's own phone: only those that the person wants to see there."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.citizens import changes
from server.core.access import Actor
from server.core.errors import NotFound
from server.crisis_line import follow_ups, visible
from server.crisis_line.contacts import ENTITY, record
from server.crisis_line.models import Contact
from server.crisis_line.reading import ticks_of


def current_contacts(
    session: Session, *, citizen_id: UUID, contact_ids: Collection[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Those of the ids that the person wants to see, as they stand now; the worker's note stays with us."""
    wanted = visible.shown_contacts(citizen_id).where(Contact.id.in_(contact_ids))
    found = session.scalars(wanted).all()
    units = {unit.id: unit.name for unit in accounts.list_units(session)} if found else {}
    promised = follow_ups.of_contacts(session, contact_ids=[row.id for row in found]) if found else {}
    return {
        row.id: {
            **ticks_of(row),
            "id": row.id,
            "unit_name": units[row.unit_id],
            "goal_id": row.goal_id,
            "follow_ups": promised[row.id],
        }
        for row in found
    }


def hide(session: Session, *, contact_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a contact out of the person's app, on every phone; the crisis line keeps its own.

    :raises NotFound: if it is not the citizen's, or not shown
    """
    if actor.citizen_id is None:
        raise NotFound()
    changes.lock_sequences(session, citizen_ids=[actor.citizen_id])
    own = visible.shown_contacts(actor.citizen_id).where(Contact.id == contact_id)
    contact = session.scalars(own.with_for_update()).one_or_none()
    if contact is None:
        raise NotFound()
    changes.record_change(session, citizen_id=actor.citizen_id, entity=ENTITY, entity_id=contact_id, at=now)
    contact.shown_yes_at, contact.updated_at = None, now
    contact.version += 1
    session.flush()
    record(session, "crisis-contact.hidden", contact, actor, now)
