"""Writing down goals and following where they stand; the parts are in the modules beside this one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict
from server.core.ids import new_id
from server.goals import details, history, steps, titles, visible
from server.goals.details import agree
from server.goals.finding import GoalNotFound, get_goal, hold_goal
from server.goals.history import EVENT, Entry, current_events
from server.goals.lifecycle import start
from server.goals.models import (
    EventKind,
    Goal,
    GoalKind,
    GoalOrigin,
    GoalStatus,
    GoalStep,
    GoalTheme,
    Question,
)
from server.goals.own import NewTitle, Outcome, change_own
from server.goals.reading import (
    Happened,
    Review,
    current_goals,
    goal_titles,
    goals_of_events,
    list_events,
    list_goals,
    read_goal,
    reviews_due,
    show_event,
    show_goal,
    show_goals,
    show_own_goals,
)
from server.goals.report import Report, read_report, set_scaling
from server.goals.steps import (
    STEP,
    NewStep,
    add_step,
    current_steps,
    erase_own_step,
    list_steps,
    put_own_step,
    tick_step,
    withdraw_step,
)
from server.goals.telling import CLOSER_DAYS, Closer, entry_of, erase_own, tell
from server.goals.titles import titles_of
from server.goals.trail import record_event

__all__ = [
    "CLOSER_DAYS",
    "EVENT",
    "STEP",
    "Closer",
    "Entry",
    "EventKind",
    "Goal",
    "GoalIdTaken",
    "GoalKind",
    "GoalNotFound",
    "GoalOrigin",
    "GoalStatus",
    "GoalStep",
    "GoalTheme",
    "Happened",
    "NewStep",
    "NewTitle",
    "Outcome",
    "Question",
    "Report",
    "Review",
    "add_step",
    "agree",
    "change_goal",
    "create_goal",
    "current_events",
    "current_goals",
    "current_steps",
    "entry_of",
    "erase_own",
    "erase_own_step",
    "get_goal",
    "goal_titles",
    "goals_of_events",
    "is_erased",
    "list_events",
    "list_goals",
    "list_steps",
    "put_own_goal",
    "put_own_step",
    "read_goal",
    "read_report",
    "reviews_due",
    "set_scaling",
    "show_event",
    "show_goal",
    "show_goals",
    "show_own_goals",
    "tell",
    "tick_step",
    "titles_of",
    "withdraw_step",
]


class GoalIdTaken(Conflict):
    """The id was already used for another goal."""

    code, title = "id-taken", "This id was already used for something else."


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
    **said: Any,
) -> Goal:
    """Write down a goal: a wish of the person's own is active at once, a suggestion waits for a yes.

    `said` is what `details.change` takes. The same id with the same content is the same goal, so a repeated
    request does no harm.

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
    goal = _begin(session, Goal(id=goal_id, citizen_id=citizen_id, title=title, origin=origin), now=now)
    titles.begin(session, goal, mutation_id=mutation_id)
    if origin == GoalOrigin.STAFF:
        history.add(session, goal, Entry(EventKind.PROPOSED), actor=actor, now=now)
    details.change(session, goal, status=None, said=said, actor=actor, now=now)
    session.flush()
    record_event(
        session, event="goal.created", citizen_id=citizen_id, subject_id=goal.id, actor=actor, now=now
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
    **said: Any,
) -> Goal:
    """Give a goal other words, another status, or other details; `said` is what `details.change` takes.

    :raises GoalNotFound: if the actor may not see it
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises server.goals.lifecycle.MoveNotAllowed: if this side may not take it there
    """
    goal = hold_goal(session, goal_id=goal_id, actor=actor, now=now, version=version)
    if title is not None:
        titles.remember(session, goal)
    details.change(session, goal, status=status, said=said, actor=actor, now=now)
    history.touch(session, goal, now=now)
    if title is not None:
        titles.reword(session, goal, value=title)
    record_event(
        session, event="goal.changed", citizen_id=goal.citizen_id, subject_id=goal.id, actor=actor, now=now
    )
    return goal


def put_own_goal(
    session: Session,
    *,
    citizen_id: UUID,
    goal_id: UUID,
    title: NewTitle | None,
    status: GoalStatus | None,
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Write down an own goal, or change one, from a phone that may not have seen the newest version.

    :raises GoalNotFound: if there is none and no title to begin one with, or it is somebody else's
    :raises server.goals.own.NotOwnWords: for another title of a goal that staff wrote
    :raises server.goals.lifecycle.MoveNotAllowed: for a status that the person cannot give it
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
            **said,
        )
        if status in (None, goal.status):
            return Outcome.APPLIED
        title, said = None, {}
    return change_own(session, goal=goal, title=title, status=status, said=said, actor=actor, now=now)


def is_erased(session: Session, *, citizen_id: UUID, entity: str, entity_id: UUID) -> bool:
    """Whether a step or an entry was erased for good, so that no word for it may be kept anywhere."""
    if entity == STEP:
        return steps.is_erased(session, citizen_id=citizen_id, step_id=entity_id)
    return entity == EVENT and history.is_erased(session, citizen_id=citizen_id, event_id=entity_id)


def _begin(session: Session, goal: Goal, *, now: datetime) -> Goal:
    goal.status, goal.agreed, goal.version = start(goal.origin).status, False, 1
    goal.created_at = goal.updated_at = now
    session.add(goal)
    session.flush()
    history.tell(session, goal, now=now)
    return goal
