"""What a person's phone keeps of sessions: only the own ones, and never who else comes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.courses import visible
from server.courses.models import (
    Attendance,
    CoursePath,
    CourseRun,
    CourseSession,
    Enrollment,
    EnrollmentStatus,
    Presence,
    SessionStatus,
)
from server.reminders import sessions as reminders


class OwnSession(NamedTuple):
    """One session as the person it concerns sees it."""

    id: UUID
    run_id: UUID
    enrollment_id: UUID
    goal_id: UUID | None
    code: str
    number: int
    theme: str | None
    theme_title: str | None
    theme_words: dict[str, Any] | None
    starts_at: datetime
    starts_local: datetime
    minutes: int
    place: str | None
    status: SessionStatus
    my: EnrollmentStatus
    attended: bool | None
    excused: bool
    occurrence_ids: list[UUID]
    revision: int


def current_sessions(session: Session, *, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, OwnSession]:
    """Those of the ids that are sessions the person has a place at, waits for, or was at before leaving.

    One that was cancelled while they waited for it stays as well: they were told, and look.
    """
    rows = session.execute(
        select(CourseSession, CourseRun)
        .join(CourseRun, CourseRun.id == CourseSession.run_id)
        .where(CourseSession.id.in_(ids))
    ).all()
    theirs = visible.own_places(citizen_id).where(Enrollment.run_id.in_([run.id for _, run in rows]))
    by_run: dict[UUID, list[Enrollment]] = {}
    for place in session.scalars(theirs.order_by(Enrollment.asked_at)):
        by_run.setdefault(place.run_id, []).append(place)
    own_said = select(Attendance).where(Attendance.citizen_id == citizen_id, Attendance.session_id.in_(ids))
    said = {row.session_id: row.status for row in session.scalars(own_said)}
    notices = reminders.occurrence_ids(session, session_ids=list(ids), citizen_id=citizen_id)
    found = {}
    for meeting, run in rows:
        presence = said.get(meeting.id)
        my = _standing(meeting, by_run.get(run.id, []), presence)
        if my is not None:
            found[meeting.id] = _shown(meeting, run, my, presence, notices[meeting.id])
    return found


def current_paths(session: Session, *, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, CoursePath]:
    """Those of the ids that are the person's talks by kind; for the person's own phone."""
    own = select(CoursePath).where(CoursePath.citizen_id == citizen_id, CoursePath.id.in_(ids))
    return {row.id: row for row in session.scalars(own)}


def _standing(
    meeting: CourseSession, places: Sequence[Enrollment], said: Presence | None
) -> Enrollment | None:
    """The place that the person has or had at a session; None if it is no longer theirs to see."""
    named = {place.status: place for place in places if meeting.number in place.numbers}
    for status in (EnrollmentStatus.ENROLLED, EnrollmentStatus.WAITING):
        if status in named:
            return named[status]
    left = named.get(EnrollmentStatus.LEFT)
    if left is None or said is Presence.PRESENT:
        return left
    ended_with_it = meeting.status == SessionStatus.CANCELLED and left.left_at == meeting.updated_at
    return left if ended_with_it else None


def _shown(
    meeting: CourseSession,
    run: CourseRun,
    my: Enrollment,
    said: Presence | None,
    notices: list[UUID],
) -> OwnSession:
    attended = {Presence.PRESENT: True, Presence.ABSENT: False}
    return OwnSession(
        id=meeting.id,
        run_id=run.id,
        enrollment_id=my.id,
        goal_id=my.goal_id,
        code=run.code,
        number=meeting.number,
        theme=meeting.theme,
        theme_title=meeting.theme_title,
        theme_words=meeting.theme_words,
        starts_at=meeting.starts_at,
        starts_local=meeting.starts_wall,
        minutes=meeting.minutes,
        place=run.place,
        status=meeting.status,
        my=my.status,
        attended=None if said is None else attended.get(said),
        excused=said is Presence.EXCUSED,
        occurrence_ids=notices,
        revision=meeting.revision,
    )
