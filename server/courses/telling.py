"""What everybody is told when a session changes: their phone, and the reminders in the outbox.

Whoever calls holds the people's sequences; everything happens in the transaction that changes the session.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.courses.models import Attendance, CourseSession, Enrollment, EnrollmentStatus
from server.reminders import sessions as reminders

ENTITY = "course_session"


def note_session(session: Session, *, citizen_ids: Iterable[UUID], session_id: UUID, now: datetime) -> None:
    """Let these people's phones fetch a session anew."""
    for citizen_id in sorted(citizen_ids):
        citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=session_id, at=now)


def remind(session: Session, meeting: CourseSession, *, citizen_id: UUID, now: datetime) -> bool:
    """Plan one person's reminder of a session; says whether it comes at once."""
    return reminders.plan(
        session,
        session_id=meeting.id,
        citizen_id=citizen_id,
        starts_at=meeting.starts_at,
        revision=meeting.revision,
        now=now,
    )


def say_changed(
    session: Session, meeting: CourseSession, *, citizen_id: UUID, starts_at: datetime, now: datetime
) -> None:
    """Tell one person at once that something about a session, which was to start then, has changed."""
    reminders.tell_change(
        session,
        session_id=meeting.id,
        citizen_id=citizen_id,
        starts_at=starts_at,
        revision=meeting.revision,
        now=now,
    )


def silence(
    session: Session, meeting: CourseSession, *, citizen_id: UUID, reason: str, now: datetime
) -> None:
    """Withdraw what is still planned about a session for one person."""
    reminders.withdraw(session, session_id=meeting.id, citizen_id=citizen_id, reason=reason, now=now)


def forget_noes(session: Session, meeting: CourseSession, *, citizen_id: UUID | None = None) -> None:
    """Let go what was said beforehand of a session ahead, by everybody or by one person, as if never said."""
    said = delete(Attendance).where(Attendance.session_id == meeting.id)
    if citizen_id is not None:
        said = said.where(Attendance.citizen_id == citizen_id)
    session.execute(said)


def expected_at(
    session: Session, meeting: CourseSession, places: Iterable[Enrollment]
) -> tuple[list[UUID], list[UUID]]:
    """Who is expected at a session, and whom it concerns besides: those who wait, or said no this time."""
    named = [place for place in places if meeting.number in place.numbers]
    said = select(Attendance.citizen_id).where(Attendance.session_id == meeting.id)
    not_expected = set(session.scalars(said))
    expected = [
        place.citizen_id
        for place in named
        if place.status == EnrollmentStatus.ENROLLED and place.citizen_id not in not_expected
    ]
    return expected, [place.citizen_id for place in named if place.citizen_id not in set(expected)]
