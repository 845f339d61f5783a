"""Which tasks somebody may see, and which of them somebody may work on."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select

from server.citizens import answering
from server.citizens import visible as citizens
from server.core.access import Actor
from server.tasks.models import Task


def tasks(actor: Actor, now: datetime) -> Select[Task]:
    """The tasks this actor may know of: those to work on, and for a manager those nobody answers for."""
    return select(Task).where(
        Task.unit_id == actor.unit_id,
        or_(_theirs(actor, now), Task.citizen_id.in_(answering.unanswered_ids(actor, now))),
    )


def own_tasks(actor: Actor, now: datetime) -> Select[Task]:
    """The tasks this actor may work on.

    Those of the people whom the actor answers for, and those the actor has taken, as long as the actor
    works with the person. Nothing hangs on the owner alone: who has left, or has no relation any more,
    keeps nobody's task out of sight.
    """
    return select(Task).where(Task.unit_id == actor.unit_id, _theirs(actor, now))


def _theirs(actor: Actor, now: datetime) -> ColumnElement[bool]:
    taken = and_(Task.owner_id == actor.staff_id, Task.citizen_id.in_(citizens.citizen_ids(actor, now)))
    return or_(Task.citizen_id.in_(answering.answered_ids(actor, now)), taken)
