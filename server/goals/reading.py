"""Goals as they are shown: with the present answers, the levels, the steps and the history."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.citizens import service as citizens
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Invalid
from server.goals import history, lifecycle, steps, visible
from server.goals.finding import get_goal
from server.goals.models import EventKind, Goal, GoalEvent, GoalStatus, Question, Side
from server.goals.trail import record_event

PAGE = 50
CURSOR = "goal-history-cursor"


class BadCursor(Invalid):
    """The cursor was not made by this history."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


class Happened(NamedTuple):
    """One entry of a history as an actor may see it."""

    id: UUID
    goal_id: UUID
    kind: EventKind
    by: Side
    staff_name: str | None
    at: datetime
    happened_at: datetime
    text: str | None
    question: Question | None
    level: int | None
    value: str | None
    step_id: UUID | None


class Review(NamedTuple):
    """A goal whose day to be looked at again has come."""

    citizen_id: UUID
    goal_id: UUID
    title: str
    review_on: date


def show_goals(
    session: Session, goals: Sequence[Goal], *, actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """Goals as staff who may see them are shown them, in the given order.

    Until when there is closer contact tells that it became hard, and that is told to the contact person: only
    who may read what was told learns it.
    """
    told = set(session.scalars(visible.told_ids(actor, now)))
    return [
        shown if shown["citizen_id"] in told else {**shown, "closer_until": None}
        for shown in show_own_goals(session, goals)
    ]


def show_goal(session: Session, goal: Goal, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """One goal as staff who may see it are shown it."""
    return show_goals(session, [goal], actor=actor, now=now)[0]


def show_own_goals(session: Session, goals: Sequence[Goal]) -> list[dict[str, Any]]:
    """Goals with their present answers and levels, whole, in the given order: for the person's own phone."""
    answers = history.present_answers(session, [goal.id for goal in goals])
    return [_show(goal, answers[goal.id]) for goal in goals]


def list_goals(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """A citizen's goals, oldest first; reading them is recorded.

    :raises NotFound: if the actor may not see the citizen
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    wanted = visible.goals(actor, now).where(Goal.citizen_id == citizen_id)
    found = session.scalars(wanted.order_by(Goal.created_at, Goal.id)).all()
    shown = show_goals(session, found, actor=actor, now=now)
    record_event(session, event="goals.listed", citizen_id=citizen_id, actor=actor, now=now)
    return shown


def read_goal(
    session: Session, *, goal_id: UUID, actor: Actor, now: datetime, cursor: str | None = None
) -> dict[str, Any]:
    """A goal with its steps and a page of its history, newest first; reading it is recorded.

    :raises GoalNotFound: if the actor may not see it
    :raises BadCursor: if the cursor is not from this history
    """
    goal = get_goal(session, goal_id=goal_id, actor=actor, now=now)
    before = _before(cursor, goal, actor)
    found = list_events(session, goal_id=goal_id, actor=actor, now=now, before=before, limit=PAGE + 1)
    more = len(found) > PAGE
    page = {
        "goal": show_goal(session, goal, actor=actor, now=now),
        "steps": steps.list_steps(session, goal_id=goal_id, actor=actor, now=now),
        "events": found[:PAGE],
        "next_cursor": _cursor(found[PAGE - 1], goal, actor) if more else None,
    }
    record_event(
        session, event="goal.read", citizen_id=goal.citizen_id, subject_id=goal.id, actor=actor, now=now
    )
    return page


def list_events(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    goal_id: UUID | None = None,
    citizen_id: UUID | None = None,
    before: UUID | None = None,
    limit: int | None = None,
) -> list[Happened]:
    """The history of one goal, or of all goals of a citizen, newest first, as far as the actor may see it.

    `before`: only what came before this entry of the same citizen. The caller records the look.

    :raises ValueError: if neither a goal nor a citizen is named
    """
    if goal_id is None and citizen_id is None:
        raise ValueError("Name a goal or a citizen.")
    found = visible.events(actor, now).order_by(GoalEvent.seq.desc()).limit(limit)
    if goal_id is not None:
        found = found.where(GoalEvent.goal_id == goal_id)
    if citizen_id is not None:
        found = found.where(GoalEvent.citizen_id == citizen_id)
    if before is not None:
        last = select(GoalEvent.seq).where(GoalEvent.id == before).scalar_subquery()
        found = found.where(GoalEvent.seq < last)
    events = session.scalars(found).all()
    names = accounts.staff_names(session, staff_ids={one.staff_id for one in events if one.staff_id})
    return [_happened(event, names) for event in events]


def show_event(session: Session, event: GoalEvent) -> Happened:
    """One entry that the caller has just written."""
    staff_ids = {event.staff_id} if event.staff_id else set()
    return _happened(event, accounts.staff_names(session, staff_ids=staff_ids))


def goal_titles(
    session: Session, *, goal_ids: Collection[UUID], actor: Actor, now: datetime
) -> dict[UUID, str]:
    """What those of the goals are called that the actor may see."""
    found = visible.goals(actor, now).where(Goal.id.in_(goal_ids)).with_only_columns(Goal.id, Goal.title)
    return {row.id: row.title for row in session.execute(found)}


def goals_of_events(
    session: Session, *, event_ids: Collection[UUID], actor: Actor, now: datetime
) -> dict[UUID, Goal]:
    """For entries that opened a task, the goal they belong to, as far as the actor may see it.

    An entry that its author has emptied still belongs to its goal.
    """
    found = select(GoalEvent.id, GoalEvent.goal_id).where(GoalEvent.id.in_(event_ids))
    goal_of = {row.id: row.goal_id for row in session.execute(found) if row.goal_id is not None}
    seen = visible.goals(actor, now).where(Goal.id.in_(goal_of.values()))
    goals = {goal.id: goal for goal in session.scalars(seen)}
    return {event_id: goals[goal_id] for event_id, goal_id in goal_of.items() if goal_id in goals}


def reviews_due(session: Session, *, until: date, actor: Actor, now: datetime) -> list[Review]:
    """The goals under way that were to be looked at again by this day, of the people the actor works with.

    Longest overdue first; the caller records the look.
    """
    due = visible.goals(actor, now).where(Goal.review_on <= until, Goal.status.in_(lifecycle.UNDER_WAY))
    found = session.scalars(due.order_by(Goal.review_on, Goal.id))
    return [
        Review(goal.citizen_id, goal.id, goal.title, goal.review_on)
        for goal in found
        if goal.review_on is not None
    ]


def current_goals(session: Session, *, citizen_id: UUID, goal_ids: Collection[UUID]) -> dict[UUID, Goal]:
    """The goals among these ids that the citizen's own phone may hold, by id."""
    own = select(Goal).where(
        Goal.citizen_id == citizen_id, Goal.id.in_(goal_ids), Goal.status != GoalStatus.ENTERED_IN_ERROR
    )
    return {goal.id: goal for goal in session.scalars(own)}


def _show(goal: Goal, answers: dict[Question, str | None]) -> dict[str, Any]:
    scaled = (goal.importance, goal.difficulty, goal.baseline, goal.reached, goal.levels_sealed)
    names = ("importance", "difficulty", "baseline", "reached", "levels")
    return {
        **{column.key: getattr(goal, column.key) for column in goal.__mapper__.column_attrs},
        "answers": {question.replace("-", "_"): answers.get(question) for question in Question},
        "scaling": None
        if all(part is None for part in scaled)
        else {name: getattr(goal, name) for name in names},
    }


def _happened(event: GoalEvent, names: dict[UUID, str]) -> Happened:
    seen = {name: getattr(event, name) for name in Happened._fields if name != "staff_name"}
    return Happened(**seen, staff_name=names.get(event.staff_id) if event.staff_id else None)


def _cursor(last: Happened, goal: Goal, actor: Actor) -> str:
    return crypto.sign({"before": str(last.id), "goal": str(goal.id), "for": str(actor.id)}, purpose=CURSOR)


def _before(cursor: str | None, goal: Goal, actor: Actor) -> UUID | None:
    if cursor is None:
        return None
    try:
        said = crypto.unsign(cursor, purpose=CURSOR)
    except crypto.BadToken as err:
        raise BadCursor() from err
    if (said.get("goal"), said.get("for")) != (str(goal.id), str(actor.id)):
        raise BadCursor()
    return UUID(str(said["before"]))
