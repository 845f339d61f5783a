"""The sessions that somebody comes to for one goal, as a line of time."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select, tuple_
from sqlalchemy.orm import Session

from server.core.access import Actor
from server.courses import visible
from server.courses.models import (
    Attendance,
    CourseRun,
    CourseSession,
    Enrollment,
    EnrollmentStatus,
    Presence,
    SessionStatus,
)


class SessionStands(StrEnum):
    """How a session stands for one person."""

    BOOKED = SessionStatus.BOOKED.value
    CANCELLED = SessionStatus.CANCELLED.value
    HELD = SessionStatus.HELD.value  #: nobody has said yet whether the person was there
    PRESENT = Presence.PRESENT.value
    ABSENT = Presence.ABSENT.value
    EXCUSED = Presence.EXCUSED.value


class SessionLine(NamedTuple):
    """One session of somebody; without a `theme_title` the content's title of the theme holds."""

    at: datetime
    id: UUID
    code: str
    theme: str | None
    theme_title: str | None
    stands: SessionStands


def list_line(
    session: Session,
    *,
    citizen_id: UUID,
    goal_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int,
    before: tuple[datetime, UUID] | None = None,
) -> Sequence[SessionLine]:
    """The sessions at which the person has a place for a goal, latest first, those ahead among them.

    Of a place that was let go, the sessions at which the person was. The caller records the look. `before`:
    only those that stand after this one in the list.
    """
    place = (CourseSession.starts_at, CourseSession.id)
    theirs = visible.places(actor, now).where(
        Enrollment.citizen_id == citizen_id,
        Enrollment.goal_id == goal_id,
        Enrollment.run_id == CourseSession.run_id,
        CourseSession.number == Enrollment.numbers.any_(),
        or_(
            Enrollment.status == EnrollmentStatus.ENROLLED,
            and_(Enrollment.status == EnrollmentStatus.LEFT, Attendance.status == Presence.PRESENT),
        ),
    )
    said = and_(Attendance.session_id == CourseSession.id, Attendance.citizen_id == citizen_id)
    wanted = (
        select(CourseSession, CourseRun.code, Attendance.status)
        .join(CourseRun, CourseRun.id == CourseSession.run_id)
        .outerjoin(Attendance, said)
        .where(CourseSession.run_id.in_(visible.runs(actor).with_only_columns(CourseRun.id)))
        .where(theirs.correlate(CourseSession, Attendance).exists())
    )
    if before is not None:
        wanted = wanted.where(tuple_(*place) < tuple_(*before))
    rows = session.execute(wanted.order_by(*(part.desc() for part in place)).limit(limit))
    return [
        SessionLine(one.starts_at, one.id, code, one.theme, one.theme_title, _stands(one, presence))
        for one, code, presence in rows
    ]


def _stands(meeting: CourseSession, presence: Presence | None) -> SessionStands:
    """A cancelled session stays one, whatever somebody had said of it."""
    if meeting.status == SessionStatus.CANCELLED or presence is None:
        return SessionStands(meeting.status.value)
    return SessionStands(presence.value)
