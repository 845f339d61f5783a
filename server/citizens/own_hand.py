"""What only the person writes (check-ins, answers, results): nobody else's hand is let in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Forbidden


def hold_own(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Lock the person's sequence for the person's own hand; the unit, for the trail.

    :raises Forbidden: if the actor is somebody else
    :raises server.core.errors.NotFound: if the record is no longer there
    """
    if actor.citizen_id != citizen_id:
        raise Forbidden()
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    return citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now).unit_id
