"""Goals at the crisis line's desk: the titles that the person shares, during a contact, and nothing else."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import desk_relations
from server.citizens import service as citizens
from server.consents import goal_titles
from server.consents import service as consents
from server.core.access import Actor
from server.core.errors import NotFound
from server.goals.finding import get_goal
from server.goals.history import GOAL
from server.goals.models import Goal, GoalStatus


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
        citizens.record_change(session, citizen_id=goal.citizen_id, entity=GOAL, entity_id=goal_id, at=now)


def find_title(
    session: Session, *, citizen_id: UUID, goal_id: UUID, actor: Actor, now: datetime
) -> str | None:
    """What one goal is called, for whoever makes a call about it; None if the person does not share it.

    The caller knows that the call was agreed and is the actor's. The look is on the trail either way.
    """
    purpose = consents.Purpose.CRISIS_LINE
    title: str | None = None
    if consents.is_reader(session, purpose=purpose, unit_id=actor.unit_id):
        shared = goal_titles.shared_ids(session, citizen_id=citizen_id, goal_ids=[goal_id], hold=True)
        title = session.scalars(_titled(citizen_id, shared).with_only_columns(Goal.title)).one_or_none()
    audit.record(
        session,
        event="goal-titles.read",
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        subject_id=goal_id,
        purpose=purpose,
        outcome="not-shared" if title is None else "ok",
    )
    return title


def list_titles(session: Session, *, contact_id: UUID, actor: Actor, now: datetime) -> list[SharedTitle]:
    """The titles shared by the person whom the actor's own open contact is about, oldest first.

    :raises NotFound: if there is no such contact of the actor's, or it is over
    """
    relation = desk_relations.hold_for_contact(session, contact_id=contact_id, actor=actor, now=now)
    purpose = consents.Purpose.CRISIS_LINE
    if relation is None or not consents.is_reader(session, purpose=purpose, unit_id=actor.unit_id):
        raise NotFound()
    shared = goal_titles.shared_ids(session, citizen_id=relation.citizen_id, hold=True)
    found = _titled(relation.citizen_id, shared).with_only_columns(Goal.id, Goal.title)
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


def _titled(citizen_id: UUID, shared: Collection[UUID]) -> Select[Goal]:
    return select(Goal).where(
        Goal.citizen_id == citizen_id, Goal.id.in_(shared), Goal.status != GoalStatus.ENTERED_IN_ERROR
    )
