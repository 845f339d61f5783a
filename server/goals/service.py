"""Writing down goals and following where they stand."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.goals import titles, visible
from server.goals.models import Goal, GoalOrigin, GoalStatus
from server.goals.own import ENTITY, NewTitle, Outcome, change_own
from server.goals.titles import titles_of

__all__ = [
    "GoalIdTaken",
    "GoalNotFound",
    "GoalStatus",
    "NewTitle",
    "Outcome",
    "change_goal",
    "create_goal",
    "current_goals",
    "get_goal",
    "list_goals",
    "put_own_goal",
    "titles_of",
]


class GoalNotFound(NotFound):
    """There is no such goal for this person."""


class GoalIdTaken(Conflict):
    """The id was already used for another goal."""

    code, title = "id-taken", "This id was already used for something else."


def get_goal(session: Session, *, goal_id: UUID, actor: Actor, now: datetime) -> Goal:
    """One goal that the actor may see.

    :raises GoalNotFound: if there is none, or it belongs to somebody out of sight
    """
    goal = session.scalars(visible.goals(actor, now).where(Goal.id == goal_id)).one_or_none()
    if goal is None:
        raise GoalNotFound()
    return goal


def list_goals(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Sequence[Goal]:
    """A citizen's goals, oldest first; reading them is recorded.

    :raises NotFound: if the actor may not see the citizen
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    wanted = visible.goals(actor, now).where(Goal.citizen_id == citizen_id)
    found = session.scalars(wanted.order_by(Goal.created_at, Goal.id)).all()
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event="goals.listed",
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=own.id if own else None,
    )
    return found


def current_goals(session: Session, *, citizen_id: UUID, goal_ids: Sequence[UUID]) -> dict[UUID, Goal]:
    """The goals among these ids that the citizen's own phone may hold, by id."""
    own = select(Goal).where(
        Goal.citizen_id == citizen_id, Goal.id.in_(goal_ids), Goal.status != GoalStatus.ENTERED_IN_ERROR
    )
    return {goal.id: goal for goal in session.scalars(own)}


def create_goal(
    session: Session,
    *,
    citizen_id: UUID,
    title: str,
    origin: GoalOrigin,
    actor: Actor,
    now: datetime,
    goal_id: UUID | None = None,
    mutation_id: UUID | None = None,
) -> Goal:
    """Write down a goal: a wish of the person's own is active at once, a suggestion waits for a yes.

    The same id with the same content is the same goal, so a repeated request does no harm.

    :raises NotFound: if the actor may not see the citizen
    :raises GoalIdTaken: if the id already stands for another goal
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    goal_id = goal_id or new_id()
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)  # the wait may have ended it
    known = session.get(Goal, goal_id)
    if known is not None:
        if (known.citizen_id, known.title, known.origin) != (citizen_id, title, origin):
            raise GoalIdTaken()
        return known
    citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=goal_id, at=now)
    goal = Goal(
        id=goal_id,
        citizen_id=citizen_id,
        title=title,
        origin=origin,
        status=GoalStatus.ACTIVE if origin == GoalOrigin.CITIZEN else GoalStatus.PROPOSED,
        created_at=now,
        updated_at=now,
        version=1,
    )
    session.add(goal)
    session.flush()
    titles.begin(session, goal, mutation_id=mutation_id)
    audit.record(
        session, event="goal.created", actor=actor, at=now, citizen_id=citizen_id, subject_id=goal.id
    )
    return goal


def change_goal(
    session: Session,
    *,
    goal_id: UUID,
    version: int,
    actor: Actor,
    now: datetime,
    title: str | None = None,
    status: GoalStatus | None = None,
) -> Goal:
    """Give a goal other words or another status.

    :raises GoalNotFound: if the actor may not see it
    :raises PreconditionFailed: if somebody changed it since `version`
    """
    goal = get_goal(session, goal_id=goal_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[goal.citizen_id])
    get_goal(session, goal_id=goal_id, actor=actor, now=now)  # the wait may have ended what one may see
    citizens.record_change(session, citizen_id=goal.citizen_id, entity=ENTITY, entity_id=goal.id, at=now)
    session.refresh(goal, with_for_update=True)
    if goal.version != version:
        raise PreconditionFailed()
    if title is not None:
        titles.remember(session, goal)
    goal.status = status or goal.status
    goal.version += 1
    goal.updated_at = now
    session.flush()
    if title is not None:
        titles.reword(session, goal, value=title)
    audit.record(
        session, event="goal.changed", actor=actor, at=now, citizen_id=goal.citizen_id, subject_id=goal.id
    )
    return goal


def put_own_goal(
    session: Session,
    *,
    citizen_id: UUID,
    goal_id: UUID,
    title: NewTitle | None,
    status: GoalStatus | None,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Write down an own goal, or change one, from a phone that may not have seen the newest version.

    :raises GoalNotFound: if there is none and no title to begin one with, or it is somebody else's
    :raises server.goals.own.NotOwnWords: for another title of a goal that staff wrote
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    mine = visible.goals(actor, now).where(Goal.id == goal_id).with_for_update(of=Goal)
    goal = session.scalars(mine.execution_options(populate_existing=True)).one_or_none()
    if goal is None:
        if title is None or session.get(Goal, goal_id) is not None:
            raise GoalNotFound()
        goal = create_goal(
            session,
            citizen_id=citizen_id,
            goal_id=goal_id,
            title=title.value,
            origin=GoalOrigin.CITIZEN,
            mutation_id=title.mutation_id,
            actor=actor,
            now=now,
        )
        if status in (None, goal.status):
            return Outcome.APPLIED
        title = None
    return change_own(session, goal=goal, title=title, status=status, actor=actor, now=now)
