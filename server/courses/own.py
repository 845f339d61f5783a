"""What a person says on the own phone: I do not come any more, not this time, and what I thought of it.

The phone's push holds the person's sequence; nobody else's is waited for here. A seat that becomes free is
given away by the worker (`jobs.py`).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import own_hand, rejected
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, NotFound
from server.courses import places, telling, visible
from server.courses.holding import is_ahead
from server.courses.models import (
    Attendance,
    CourseFeedback,
    CourseSession,
    Enrollment,
    EnrollmentStatus,
    Presence,
)

FEEDBACK = "course_feedback"
UNCHANGED = 1  #: the revision of a session as it was planned


class OwnPlaceNotFound(NotFound):
    """The person has and had no place in such a run, or at such a session."""


class TimeOver(Conflict):
    """The session has begun, was held or cancelled: there is nothing to say no to."""

    code, title = "session-over", "This session is over or cancelled."


class SessionChanged(Conflict):
    """The person says no to something else than what now stands; nobody gives up an unseen time."""

    code, title = "session-changed", "This session has changed. Look at it again."


class PlaceChanged(Conflict):
    """The person has a newer place in this run than the one they gave up."""

    code, title = "place-changed", "There is a new place in this course. Look at it again."


class SaidElsewhere(Conflict):
    """Another phone has said something else meanwhile, which stands; these words were never beside it."""

    code, title = "said-elsewhere", "This was answered on another phone meanwhile."


class FeedbackGone(NotFound):
    """It was erased for good."""


class Opinion(NamedTuple):
    """What somebody thinks of a run: two scales from 1 (not at all) to 4 (to a high degree), and words."""

    run_id: UUID
    at: datetime
    knowledge: int | None
    useful: int | None
    words: str | None
    seen_at: datetime | None = None  #: the `at` of what the person had before them; None: nothing


def leave_run(
    session: Session,
    *,
    citizen_id: UUID,
    run_id: UUID,
    actor: Actor,
    now: datetime,
    enrollment_id: UUID | None = None,
) -> None:
    """I do not come any more; saying so twice does no harm.

    Without an `enrollment_id` it can only be meant of the one place that the person has ever had there.

    :raises OwnPlaceNotFound: if the person has and had no place there
    :raises PlaceChanged: if the person has another place there by now
    """
    unit_id = own_hand.hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    place = session.scalars(visible.own_living_place(citizen_id, run_id)).one_or_none()
    if place is None:
        if not _was_there(session, citizen_id, run_id):
            raise OwnPlaceNotFound()
        return
    if enrollment_id != place.id and (enrollment_id is not None or _had_another(session, place)):
        raise PlaceChanged()
    places.leave(session, place, now=now)
    _record(session, "course-place.left", citizen_id, run_id, unit_id, actor, now)


def excuse(
    session: Session,
    *,
    citizen_id: UUID,
    session_id: UUID,
    actor: Actor,
    now: datetime,
    revision: int = UNCHANGED,
) -> None:
    """I do not come this time; the place in the run stays, and nothing reminds of this session any more.

    `revision`: as the person saw it. A phone that does not say so can only be believed of a session that
    never changed.

    :raises OwnPlaceNotFound: if the person has no place at it
    :raises TimeOver: if it has begun, was held or cancelled
    :raises SessionChanged: if it has changed since
    """
    unit_id = own_hand.hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    meeting = session.get(CourseSession, session_id)
    place = (
        session.scalars(visible.own_living_place(citizen_id, meeting.run_id)).one_or_none()
        if meeting is not None
        else None
    )
    if meeting is None or place is None or not _has_seat(place, meeting):
        raise OwnPlaceNotFound()
    said = session.get(Attendance, (session_id, citizen_id), populate_existing=True)
    if said is not None and said.status == Presence.EXCUSED:
        return
    if said is not None or not is_ahead(meeting, now):
        raise TimeOver()
    if meeting.revision != revision:
        raise SessionChanged()
    session.add(Attendance(session_id=session_id, citizen_id=citizen_id, status=Presence.EXCUSED, at=now))
    session.flush()
    telling.silence(session, meeting, citizen_id=citizen_id, reason="declined", now=now)
    telling.note_session(session, citizen_ids=[citizen_id], session_id=session_id, now=now)
    _record(session, "course-session.excused", citizen_id, session_id, unit_id, actor, now)


def say_opinion(
    session: Session,
    *,
    citizen_id: UUID,
    feedback_id: UUID,
    said: Opinion,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what somebody thinks of a run they were in; said again in place of what they saw.

    :raises OwnPlaceNotFound: if the person had no place there at a session that was held
    :raises SaidElsewhere: if something else stands than what the person saw; nothing of it is written over
    :raises FeedbackGone: if it was erased for good
    """
    unit_id = own_hand.hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    row = session.get(CourseFeedback, (citizen_id, feedback_id), populate_existing=True)
    if row is not None and row.erased_at is not None:
        raise FeedbackGone()
    if session.scalars(visible.own_part(citizen_id, said.run_id)).first() is None:
        raise OwnPlaceNotFound()
    standing = session.scalars(
        visible.own_feedback(citizen_id).where(CourseFeedback.run_id == said.run_id)
    ).one_or_none()
    if standing is not row or (row is not None and said.seen_at != row.at):
        raise SaidElsewhere()
    if row is None:
        row = CourseFeedback(citizen_id=citizen_id, id=feedback_id)
        session.add(row)
    row.run_id, row.knowledge, row.useful = said.run_id, said.knowledge, said.useful
    row.at, row.received_at = said.at, now
    row.words = said.words
    session.flush()
    citizens.record_change(session, citizen_id=citizen_id, entity=FEEDBACK, entity_id=feedback_id, at=now)
    _record(session, "course-feedback.given", citizen_id, said.run_id, unit_id, actor, now)


def erase_opinion(
    session: Session, *, citizen_id: UUID, feedback_id: UUID, actor: Actor, now: datetime
) -> None:
    """Make it gone for good, out of every figure too; an empty tombstone beats whatever comes later."""
    unit_id = own_hand.hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    rejected.blank(session, citizen_id=citizen_id, entity=FEEDBACK, entity_id=feedback_id, now=now)
    row = session.get(CourseFeedback, (citizen_id, feedback_id), populate_existing=True)
    if row is not None and row.erased_at is not None:
        return
    if row is None:
        row = CourseFeedback(citizen_id=citizen_id, id=feedback_id, received_at=now)
        session.add(row)
    row.run_id = row.knowledge = row.useful = row.at = row.words = None
    row.erased_at = now
    session.flush()
    citizens.record_change(session, citizen_id=citizen_id, entity=FEEDBACK, entity_id=feedback_id, at=now)
    _record(session, "course-feedback.erased", citizen_id, feedback_id, unit_id, actor, now)


def is_erased(session: Session, *, citizen_id: UUID, feedback_id: UUID) -> bool:
    """Whether the person has erased it for good: then no word for it is kept anywhere."""
    row = session.get(CourseFeedback, (citizen_id, feedback_id))
    return row is not None and row.erased_at is not None


def current_feedback(
    session: Session, *, citizen_id: UUID, ids: Sequence[UUID]
) -> Mapping[UUID, CourseFeedback]:
    """Those of the ids that are the person's feedback, tombstones too; for the person's own phone."""
    found = visible.own_feedback(citizen_id).where(CourseFeedback.id.in_(ids))
    return {row.id: row for row in session.scalars(found)}


def _has_seat(place: Enrollment, meeting: CourseSession) -> bool:
    return place.status == EnrollmentStatus.ENROLLED and meeting.number in place.numbers


def _had_another(session: Session, place: Enrollment) -> bool:
    """Whether the person has had an earlier place in the same run."""
    earlier = visible.own_places(place.citizen_id).where(
        Enrollment.run_id == place.run_id, Enrollment.id != place.id
    )
    return session.scalars(earlier.limit(1)).first() is not None


def _was_there(session: Session, citizen_id: UUID, run_id: UUID) -> bool:
    """Whether the person has or had a place in the run, or waits for one."""
    found = visible.own_places(citizen_id).where(Enrollment.run_id == run_id)
    return session.scalars(found.limit(1)).first() is not None


def _record(
    session: Session,
    event: str,
    citizen_id: UUID,
    subject_id: UUID,
    unit_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=citizen_id,
        subject_id=subject_id,
    )
