"""What belongs to one goal as a line of time: what was given for it, and the shared part of what came of it.

An answer that is not offered to the reader is neither there nor to be told from one that was never given.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.core.access import Actor
from server.core.places import Place, place_columns
from server.exercises import visible
from server.exercises.giving import versions_of
from server.exercises.models import Answer, Assignment, Outcome, Ref


class GivenLine(NamedTuple):
    """That an exercise was given; `title` is of one that a colleague wrote, the app names the library's."""

    at: datetime
    id: UUID
    library_id: str | None
    title: str | None
    line: str | None
    by_name: str


class AnswerLine(NamedTuple):
    """What came of a given exercise, as the person lets somebody see it; `at` as the phone said it."""

    place: Place
    outcome: Outcome
    library_id: str | None
    title: str | None
    note: str | None


def list_given(
    session: Session,
    *,
    citizen_id: UUID,
    goal_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int,
    before: tuple[datetime, UUID] | None = None,
) -> list[GivenLine]:
    """What was given for a goal, newest first; also what was taken back. The caller records the look."""
    place = (Assignment.given_at, Assignment.id)
    wanted = _given_for(citizen_id, goal_id, actor, now)
    if before is not None:
        wanted = wanted.where(tuple_(*place) < tuple_(*before))
    rows = session.scalars(wanted.order_by(*(part.desc() for part in place)).limit(limit)).all()
    titles = _titles(session, [row.ref for row in rows])
    names = accounts.staff_names(session, staff_ids={row.given_by for row in rows})
    return [
        GivenLine(
            row.given_at,
            row.id,
            row.library_id,
            titles.get((row.own_id, row.own_version)),
            row.line,
            names[row.given_by],
        )
        for row in rows
    ]


def list_answers(
    session: Session,
    *,
    citizen_id: UUID,
    goal_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int,
    before: Place | None = None,
    until: datetime | None = None,
) -> list[AnswerLine]:
    """What came of what was given for a goal, as far as it is shared, newest first; the look is the caller's.

    Of several wordings of one answer the newest that is shared stands for them. `until`: only those that had
    come here by then.
    """
    seen = visible.shared_answers(actor, now).where(Answer.citizen_id == citizen_id)
    newer = seen.where(Answer.replaces.is_not(None)).with_only_columns(Answer.replaces).subquery()
    given = _given_for(citizen_id, goal_id, actor, now).with_only_columns(Assignment.id)
    wanted = seen.where(Answer.assignment_id.in_(given), Answer.id.not_in(select(newer.c.replaces)))
    place = place_columns(Answer.at, Answer.received_at, Answer.id)
    if until is not None:
        wanted = wanted.where(Answer.received_at <= until)
    if before is not None:
        wanted = wanted.where(tuple_(*place) < tuple_(*before))
    rows = session.scalars(wanted.order_by(*(part.desc() for part in place)).limit(limit)).all()
    titles = _titles(session, [row.ref for row in rows if row.ref is not None])
    return [
        AnswerLine(
            Place.of(row.at, row.received_at, row.id),
            row.outcome,
            row.library_id,
            titles.get((row.own_id, row.own_version)),
            row.note,
        )
        for row in rows
        if row.at is not None and row.outcome is not None
    ]


def _given_for(citizen_id: UUID, goal_id: UUID, actor: Actor, now: datetime) -> Select[Assignment]:
    theirs = visible.assignments(actor, now)
    return theirs.where(Assignment.citizen_id == citizen_id, Assignment.goal_id == goal_id)


def _titles(session: Session, refs: Sequence[Ref]) -> dict[tuple[UUID | None, int | None], str]:
    """What colleagues called their own exercises, in the versions that are named."""
    return {key: version.title for key, version in versions_of(session, refs).items()}
