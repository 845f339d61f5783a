"""What the trail keeps about goals: who, which one, by which relation; never a word of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor


def record_event(
    session: Session,
    *,
    event: str,
    citizen_id: UUID,
    actor: Actor,
    now: datetime,
    subject_id: UUID | None = None,
    purpose: str | None = None,
) -> None:
    """Add a step about a citizen's goals to the trail of the citizen's unit; call it last.

    :raises NotFound: if the actor may not see the citizen
    """
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
        subject_id=subject_id,
        relation_id=own.id if own else None,
        purpose=purpose,
    )
