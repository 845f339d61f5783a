"""Goals at the crisis line's desk: the titles that the person shares, during a contact, and nothing else."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import desk_relations
from server.citizens import service as citizens
from server.consents import goal_titles
from server.consents import service as consents
from server.core.access import Actor
from server.core.errors import NotFound
from server.goals.models import Goal, GoalStatus
from server.goals.own import ENTITY
from server.goals.service import get_goal


class SharedTitle(NamedTuple):
    """A goal by its title alone."""

    id: UUID
    title: str


def share_title(session: Session, *, goal_id: UUID, given: bool, actor: Actor, now: datetime) -> None:
    """Let the crisis line see the title of one own goal, or no longer.

    :raises GoalNotFound: if it is not the citizen's
    """
    goal = get_goal(session, goal_id=goal_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[goal.citizen_id])
    unit_id = citizens.get_citizen(session, citizen_id=goal.citizen_id, actor=actor, now=now).unit_id
    if goal_titles.share(session, goal_id=goal_id, given=given, actor=actor, unit_id=unit_id, now=now):
        citizens.record_change(session, citizen_id=goal.citizen_id, entity=ENTITY, entity_id=goal_id, at=now)


def list_titles(session: Session, *, contact_id: UUID, actor: Actor, now: datetime) -> list[SharedTitle]:
    """The titles shared by the person whom the actor's own open contact is about, oldest first.

    :raises NotFound: if there is no such contact of the actor's, or it is over
    """
    relation = desk_relations.hold_for_contact(session, contact_id=contact_id, actor=actor, now=now)
    purpose = consents.Purpose.CRISIS_LINE
    if relation is None or not consents.is_reader(session, purpose=purpose, unit_id=actor.unit_id):
        raise NotFound()
    shared = goal_titles.shared_ids(session, citizen_id=relation.citizen_id, hold=True)
    found = select(Goal.id, Goal.title).where(
        Goal.citizen_id == relation.citizen_id,
        Goal.id.in_(shared),
        Goal.status != GoalStatus.ENTERED_IN_ERROR,
    )
    titles = [SharedTitle(*row) for row in session.execute(found.order_by(Goal.created_at, Goal.id))]
    audit.record(
        session,
        event="goal-titles.read",
        actor=actor,
        at=now,
        citizen_id=relation.citizen_id,
        relation_id=relation.id,
        purpose=purpose,
    )
    return titles
