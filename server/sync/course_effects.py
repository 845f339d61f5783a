"""What a phone's changes about courses do: one call into the room, and no rules of their own."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.core.access import Actor
from server.courses import service as courses
from server.sync.mutations import Mutation


def leave(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """I do not come any more, or not this time."""
    do = courses.leave_run if "run_id" in said.fields else courses.excuse
    do(session, citizen_id=citizen_id, actor=actor, now=now, **said.fields)


def put_opinion(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """What I think of a run."""
    courses.say_opinion(
        session,
        citizen_id=citizen_id,
        feedback_id=said.entity_id,
        said=courses.Opinion(**said.fields),
        actor=actor,
        now=now,
    )


def erase_opinion(session: Session, said: Mutation, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """What I thought of a run is to be gone for good."""
    courses.erase_opinion(session, citizen_id=citizen_id, feedback_id=said.entity_id, actor=actor, now=now)
