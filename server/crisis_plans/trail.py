"""What the trail keeps about a plan: who, which line, on which ground; never a word of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.core.access import Actor
from server.crisis_plans.authors import Author
from server.crisis_plans.models import PlanLine


def record_event(
    session: Session, *, event: str, author: Author, actor: Actor, line: PlanLine, now: datetime
) -> None:
    """Add a step about one line; call it last."""
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=author.unit_id,
        citizen_id=line.citizen_id,
        subject_id=line.id,
        relation_id=author.relation_id,
        purpose=author.purpose,
    )
