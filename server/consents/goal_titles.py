"""Which goals the crisis line may see the title of: one by one, off at the start, taken back as easily."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.consents.models import GoalYes, Purpose
from server.core.access import Actor
from server.core.errors import Forbidden


def share(
    session: Session, *, goal_id: UUID, given: bool, actor: Actor, unit_id: UUID, now: datetime
) -> bool:
    """Say yes about one own goal, or take it back; whether that changed anything.

    Call it with the citizen's sequence locked, when the goal is known to be the citizen's.

    :raises Forbidden: if the actor is not a citizen
    """
    if actor.citizen_id is None:
        raise Forbidden()
    if given:
        new = insert(GoalYes).values(citizen_id=actor.citizen_id, goal_id=goal_id, given_at=now)
        statement = new.on_conflict_do_nothing().returning(GoalYes.goal_id)
        changed = session.execute(statement).first() is not None
    else:
        own = delete(GoalYes).where(GoalYes.citizen_id == actor.citizen_id, GoalYes.goal_id == goal_id)
        changed = session.execute(own.returning(GoalYes.goal_id)).first() is not None
    if changed:
        audit.record(
            session,
            event="goal.shared" if given else "goal.not-shared",
            actor=actor,
            at=now,
            unit_id=unit_id,
            citizen_id=actor.citizen_id,
            subject_id=goal_id,
            purpose=Purpose.CRISIS_LINE,
        )
    return changed


def shared_ids(
    session: Session, *, citizen_id: UUID, goal_ids: Collection[UUID] | None = None, hold: bool = False
) -> set[UUID]:
    """The goals of a person whose title the crisis line may see; with `hold` until the caller's commit."""
    found = select(GoalYes.goal_id).where(GoalYes.citizen_id == citizen_id)
    if goal_ids is not None:
        found = found.where(GoalYes.goal_id.in_(goal_ids))
    return set(session.scalars(found.with_for_update(read=True) if hold else found))
