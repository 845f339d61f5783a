"""Whether what is told of a session still matters to one person, as things stand when it is sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, any_, select
from sqlalchemy.orm import Session

from server.courses.models import (
    Attendance,
    CourseSession,
    Enrollment,
    EnrollmentStatus,
    SessionStatus,
)


def still_matters(
    session: Session, *, session_id: UUID, citizen_id: UUID, revision: int, now: datetime
) -> bool:
    """Whether the person is still expected at the session, which lies ahead and is as it was planned."""
    expected = _concerns(session_id, citizen_id, revision).where(
        CourseSession.status == SessionStatus.BOOKED, CourseSession.starts_at > now
    )
    return session.scalars(expected).first() is not None


def change_still_matters(session: Session, *, session_id: UUID, citizen_id: UUID, revision: int) -> bool:
    """Whether the person would still have come, or waited for it, and nothing has changed once more since."""
    concerned = _concerns(session_id, citizen_id, revision).where(CourseSession.status != SessionStatus.HELD)
    waited = _waited(session_id, citizen_id, revision)
    return session.scalars(concerned.union(waited)).first() is not None


def _waited(session_id: UUID, citizen_id: UUID, revision: int) -> Select[UUID]:
    """The session, if the person's wait for it ended in the very moment in which it was cancelled."""
    return _named(session_id, citizen_id, revision).where(
        CourseSession.status == SessionStatus.CANCELLED,
        Enrollment.status == EnrollmentStatus.LEFT,
        Enrollment.left_at == CourseSession.updated_at,
    )


def _named(session_id: UUID, citizen_id: UUID, revision: int) -> Select[UUID]:
    """The session as it was then, with the places of one person that name it."""
    return (
        select(CourseSession.id)
        .join(Enrollment, Enrollment.run_id == CourseSession.run_id)
        .where(
            CourseSession.id == session_id,
            CourseSession.revision == revision,
            Enrollment.citizen_id == citizen_id,
            CourseSession.number == any_(Enrollment.numbers),
        )
    )


def _concerns(session_id: UUID, citizen_id: UUID, revision: int) -> Select[UUID]:
    said = select(Attendance.session_id).where(
        Attendance.session_id == session_id, Attendance.citizen_id == citizen_id
    )
    return _named(session_id, citizen_id, revision).where(
        Enrollment.status == EnrollmentStatus.ENROLLED, ~said.exists()
    )
