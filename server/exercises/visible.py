"""Which exercises, and which answers, are the start of a read.

What was given is seen by who works with the person. Answers are the person's: of them staff see what was
offered to them (`server.consents.offers`). A draft is its author's alone.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, or_, select

from server.citizens import visible as citizens
from server.consents import offers
from server.consents import service as consents
from server.core.access import Actor
from server.exercises.models import Answer, Assignment, OwnExercise, OwnStatus

CHOICE = offers.Choice(consents.Purpose.CONTACT_PERSON, consents.ItemClass.EXERCISES)


def own_assignments(citizen_id: UUID) -> Select[Assignment]:
    """What one person was given, also what was taken back; for the person's own phone."""
    return select(Assignment).where(Assignment.citizen_id == citizen_id)


def assignments(actor: Actor, now: datetime) -> Select[Assignment]:
    """What the people with whom this staff member works were given."""
    return select(Assignment).where(Assignment.citizen_id.in_(citizens.citizen_ids(actor, now)))


def own_answers(citizen_id: UUID) -> Select[Answer]:
    """Every answer of one person, tombstones too; for the person's own phone."""
    return select(Answer).where(Answer.citizen_id == citizen_id)


def shared_answers(actor: Actor, now: datetime) -> Select[Answer]:
    """The answers of others that this staff member may see now."""
    return select(Answer).where(Answer.erased_at.is_(None), offers.is_seen(Answer, CHOICE, actor, now))


def own_exercises(actor: Actor) -> Select[OwnExercise]:
    """The actor's own exercises, and those of the unit that wait for a second reader or are shared."""
    theirs = or_(
        OwnExercise.author_id == actor.staff_id,
        OwnExercise.status.in_((OwnStatus.SUBMITTED, OwnStatus.SHARED)),
    )
    return select(OwnExercise).where(OwnExercise.unit_id == actor.unit_id, theirs)
