"""Whether somebody is still to be told of a given exercise, and whose exercise comes up today."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Integer, Select, and_, case, func, literal, or_, select, type_coerce
from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core import clock
from server.exercises import visible
from server.exercises.giving import KIND, rhythm_of
from server.exercises.models import Answer, Assignment, AssignmentStatus
from server.exercises.occurrences import Repeat, occurrence_of
from server.reminders import daily
from server.reminders.slots import SlotKey

BATCH = 200
FROM, UNTIL = time(9, 0), time(20, 0)  #: Danish clock times between which a day's exercise is told of


def still_wanted(session: Session, *, citizen_id: UUID, assignment_id: UUID, now: datetime) -> bool:
    """Whether the exercise still goes on and its present day has no answer; for the house that sends.

    What waited for the end of a pause is told of although its day is past: it can be done until the next one.
    """
    row = session.get(Assignment, (citizen_id, assignment_id))
    today = clock.to_wall(now).date()
    if row is None or row.status != AssignmentStatus.ACTIVE:
        return False
    if row.until_on is not None and today > row.until_on:
        return False
    return not _is_answered(session, row, today)


def list_due(session: Session, *, now: datetime, after: UUID | None = None) -> Sequence[UUID]:
    """The next people who chose to be told and whose exercise comes up today; by day alone, else nobody."""
    wall = clock.to_wall(now)
    if not FROM <= wall.time() < UNTIL:
        return []
    people = coming_up(wall.date()).with_only_columns(Assignment.citizen_id).distinct()
    if after is not None:
        people = people.where(Assignment.citizen_id > after)
    return session.scalars(people.order_by(Assignment.citizen_id).limit(BATCH)).all()


def tell(session: Session, *, citizen_id: UUID, now: datetime) -> None:
    """Plan one neutral notice for a person whose exercise comes up today and is not answered."""
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    today = clock.to_wall(now).date()
    own = coming_up(today).where(Assignment.citizen_id == citizen_id).order_by(Assignment.id)
    for row in session.scalars(own).all():
        if not _is_answered(session, row, today):
            daily.tell_once_a_day(
                session,
                kind=KIND,
                slot=SlotKey.EXERCISE,
                subject_id=row.id,
                citizen_id=citizen_id,
                now=now,
                last_on=row.until_on,
            )
            return


def coming_up(today: date) -> Select[Assignment]:
    """What comes up on this very day for who wants to hear of it, on the days of `occurrences`."""
    first_on = func.coalesce(Assignment.due_on, Assignment.given_on)
    days = type_coerce(literal(today) - first_on, Integer)
    of_today = case(
        (Assignment.repeat == Repeat.NONE, days == 0),
        (Assignment.repeat == Repeat.DAILY, days >= 0),
        else_=and_(days >= 0, days % 7 == 0),
    )
    return select(Assignment).where(
        Assignment.status == AssignmentStatus.ACTIVE,
        of_today,
        or_(Assignment.until_on.is_(None), Assignment.until_on >= today),
        daily.wants(Assignment.citizen_id, "exercises"),
    )


def _is_answered(session: Session, row: Assignment, day: date) -> bool:
    rhythm = rhythm_of(row)
    days = visible.own_answers(row.citizen_id).where(Answer.assignment_id == row.id)
    answered = (answer.on for answer in session.scalars(days.where(Answer.erased_at.is_(None))))
    present = occurrence_of(rhythm, day)
    return any(on is not None and occurrence_of(rhythm, on) == present for on in answered)
