"""A goal's titles: every one it has had, and those that two phones wrote at once, to be chosen between."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from server.goals.models import Goal, GoalTitle


def begin(session: Session, goal: Goal, *, mutation_id: UUID | None) -> None:
    """Keep the title of a goal that was just written down."""
    _add(session, goal, mutation_id=mutation_id)


def reword(session: Session, goal: Goal, *, value: str) -> None:
    """Give a goal a title that replaces only the one that was shown; others go on standing beside it."""
    for row in _standing(session, goal)[:1]:
        row.standing = False
    goal.title = value
    _add(session, goal, mutation_id=None)


def write(
    session: Session,
    goal: Goal,
    *,
    value: str,
    seen_version: int,
    after: Collection[UUID],
    mutation_id: UUID,
) -> bool:
    """Keep a title that was written over what stood at `seen_version` and over the mutations `after`.

    What the writer had not seen stays beside it; returns whether that is so. The goal has its next version
    already.
    """
    standing = _standing(session, goal)
    unseen = [row for row in standing if row.version > seen_version and row.mutation_id not in after]
    for row in standing:
        row.standing = row in unseen
    _add(session, goal, mutation_id=mutation_id, value=value)
    goal.title = unseen[0].value if unseen else value
    session.flush()
    return bool(unseen)


def titles_of(session: Session, goals: Sequence[Goal]) -> dict[UUID, list[str]]:
    """For each goal its title, and after it those that stand beside it, in the order they were written."""
    standing = (
        select(GoalTitle.goal_id, GoalTitle.value)
        .where(GoalTitle.goal_id.in_([goal.id for goal in goals]), GoalTitle.standing)
        .order_by(GoalTitle.goal_id, GoalTitle.version)
    )
    found = {goal.id: [goal.title] for goal in goals}
    for goal_id, value in session.execute(standing):
        if value not in found[goal_id]:
            found[goal_id].append(value)
    return found


def remember(session: Session, goal: Goal) -> None:
    """Give a goal from before titles were kept its row, as written now: nobody can have seen less of it."""
    known = select(GoalTitle.version).where(*_of(goal)).limit(1)
    if session.scalar(known) is None:
        _add(session, goal, mutation_id=None)


def _standing(session: Session, goal: Goal) -> list[GoalTitle]:
    """The titles that stand, the goal's own first."""
    rows = session.scalars(select(GoalTitle).where(*_of(goal), GoalTitle.standing)).all()
    return sorted(rows, key=lambda row: (row.value != goal.title, row.version))


def _add(session: Session, goal: Goal, *, mutation_id: UUID | None, value: str | None = None) -> None:
    session.add(
        GoalTitle(
            citizen_id=goal.citizen_id,
            goal_id=goal.id,
            version=goal.version,
            value=value or goal.title,
            standing=True,
            mutation_id=mutation_id,
        )
    )
    session.flush()


def _of(goal: Goal) -> tuple[ColumnElement[bool], ...]:
    return GoalTitle.citizen_id == goal.citizen_id, GoalTitle.goal_id == goal.id
