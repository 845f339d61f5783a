"""The tasks about one person, and who has called the person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.tasks import visible
from server.tasks.models import OPEN, Call, Task


def list_open_about(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Sequence[Task]:
    """What is still to be done about a person, as far as the actor may know of it, the soonest first.

    The caller records the look.
    """
    found = visible.tasks(actor, now).where(Task.citizen_id == citizen_id, Task.status.in_(OPEN))
    return session.scalars(found.order_by(Task.due_on, Task.id)).all()


def callers(session: Session, *, citizen_id: UUID, since: datetime, until: datetime) -> set[UUID]:
    """The colleagues who wrote down a call to a person in a span; the person must be in sight."""
    called = select(Call.called_by).where(
        Call.citizen_id == citizen_id, Call.called_at >= since, Call.called_at <= until
    )
    return set(session.scalars(called.distinct()))
