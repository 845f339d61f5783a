"""One session: who came, another time, or none."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.core.access import Actor
from server.core.errors import Conflict, Invalid, PreconditionFailed
from server.core.fields import instant_text
from server.core.starts import check_start
from server.courses import places, telling, waiting
from server.courses.holding import ends_at, hold_led_session, living_places, sessions_in
from server.courses.models import (
    Attendance,
    CourseRun,
    CourseSession,
    EnrollmentStatus,
    Presence,
    RunStatus,
    SessionStatus,
)

FROM_BEFORE = timedelta(minutes=15)  #: the first people are there before it begins


class SessionOver(Conflict):
    """The session was held or cancelled, so this can no longer be done."""

    code, title = "session-over", "This session was held or cancelled."


class SessionBegun(Conflict):
    """What has begun is not moved any more."""

    code, title = "session-begun", "This session has begun."


class TooEarly(Conflict):
    """Nobody can have come yet."""

    code, title = "session-not-yet", "It is too early to say who came."

    def __init__(self, possible_from: datetime) -> None:
        super().__init__(errors={"starts_at": [f"Possible from {instant_text(possible_from)}."]})


def take_attendance(
    session: Session,
    *,
    session_id: UUID,
    entries: Sequence[tuple[UUID, Presence | None]],
    actor: Actor,
    now: datetime,
) -> CourseRun:
    """Write who came, for the whole screen at once; None takes back what was said. Then it was held.

    Earlier, a leader can write or take back who has said that they do not come; nothing is held by that.

    :raises SessionNotFound: if the actor does not lead the run
    :raises SessionOver: if it was cancelled
    :raises TooEarly: if somebody came or did not, until a quarter of an hour before it begins
    :raises Invalid: naming who has no place at this session; then nothing is written
    """
    run, meeting = hold_led_session(session, session_id=session_id, actor=actor)
    if meeting.status == SessionStatus.CANCELLED:
        raise SessionOver()
    is_early = now < meeting.starts_at - FROM_BEFORE
    if is_early and any(status in (Presence.PRESENT, Presence.ABSENT) for _, status in entries):
        raise TooEarly(meeting.starts_at - FROM_BEFORE)
    said = {row.citizen_id: row for row in session.scalars(_said_of([meeting.id]))}
    _require_places(session, meeting, [citizen_id for citizen_id, _ in entries], said)
    written = [
        citizen_id
        for citizen_id, status in dict(entries).items()
        if _write(session, meeting, citizen_id, status, said.get(citizen_id), actor, now)
    ]
    concerned = {*written}
    if is_early:
        session.flush()
        _remind_again(session, meeting, written, now)
    elif meeting.status == SessionStatus.BOOKED:
        meeting.status, meeting.updated_at = SessionStatus.HELD, now
        concerned |= {place.citizen_id for place in living_places(session, run_id=run.id)}
    session.flush()
    telling.note_session(session, citizen_ids=concerned, session_id=meeting.id, now=now)
    waiting.release(session, run, now=now)
    _move_on(session, run, now)
    for citizen_id in sorted(written):
        audit.record(
            session,
            event="course-session.attendance",
            actor=actor,
            at=now,
            citizen_id=citizen_id,
            subject_id=meeting.id,
        )
    return run


def move(
    session: Session,
    *,
    session_id: UUID,
    revision: int,
    starts_at: datetime,
    actor: Actor,
    now: datetime,
    minutes: int | None = None,
) -> CourseRun:
    """Give a session another time. Everybody with a place is told, and reminded of the new time alone.

    A no to the old time says nothing of the new one, so it falls away.

    :raises SessionNotFound: if the actor does not lead the run
    :raises PreconditionFailed: if it changed since `revision`
    :raises SessionOver: if it was held or cancelled
    :raises SessionBegun: if it has begun
    :raises server.core.starts.BadStart: if the new time cannot be used
    """
    run, meeting = _hold_ahead(session, session_id, revision, actor, now)
    was_at = meeting.starts_at
    meeting.starts_at, meeting.starts_wall = check_start(starts_at, now)
    meeting.minutes = minutes or meeting.minutes
    _changed(meeting, now)
    session.flush()
    telling.forget_noes(session, meeting)
    expected, others = telling.expected_at(session, meeting, living_places(session, run_id=run.id))
    telling.note_session(session, citizen_ids=[*expected, *others], session_id=meeting.id, now=now)
    for citizen_id in expected:
        comes_at_once = telling.remind(session, meeting, citizen_id=citizen_id, now=now)
        if not comes_at_once:
            earlier = min(was_at, meeting.starts_at)
            telling.say_changed(session, meeting, citizen_id=citizen_id, starts_at=earlier, now=now)
    places.renew_relations(session, run)
    audit.record(session, event="course-session.moved", actor=actor, at=now, subject_id=meeting.id)
    return run


def cancel(
    session: Session, *, session_id: UUID, revision: int, reason: str, actor: Actor, now: datetime
) -> CourseRun:
    """Cancel a session. Everybody who is expected is told, and nobody is reminded of it any more.

    Until it would be over: somebody may still be on the way to it. Who waited for nothing else is told too.

    :raises SessionNotFound: if the actor does not lead the run
    :raises PreconditionFailed: if it changed since `revision`
    :raises SessionOver: if it was held or cancelled
    """
    run, meeting = hold_led_session(session, session_id=session_id, actor=actor)
    _require_booked(meeting, revision)
    expected, others = telling.expected_at(session, meeting, living_places(session, run_id=run.id))
    is_over = ends_at(meeting) <= now
    meeting.status, meeting.reason = SessionStatus.CANCELLED, reason
    _changed(meeting, now)
    session.flush()
    telling.note_session(session, citizen_ids=[*expected, *others], session_id=meeting.id, now=now)
    for citizen_id in expected:
        telling.silence(session, meeting, citizen_id=citizen_id, reason="cancelled", now=now)
        if not is_over:
            telling.say_changed(session, meeting, citizen_id=citizen_id, starts_at=meeting.starts_at, now=now)
    waiting.release(session, run, now=now, cancelled=[] if is_over else [meeting])
    _move_on(session, run, now)
    audit.record(session, event="course-session.cancelled", actor=actor, at=now, subject_id=meeting.id)
    return run


def _hold_ahead(
    session: Session, session_id: UUID, revision: int, actor: Actor, now: datetime
) -> tuple[CourseRun, CourseSession]:
    run, meeting = hold_led_session(session, session_id=session_id, actor=actor)
    _require_booked(meeting, revision)
    if meeting.starts_at <= now:
        raise SessionBegun()
    return run, meeting


def _require_booked(meeting: CourseSession, revision: int) -> None:
    if meeting.revision != revision:
        raise PreconditionFailed()
    if meeting.status != SessionStatus.BOOKED:
        raise SessionOver()


def _changed(meeting: CourseSession, now: datetime) -> None:
    meeting.revision += 1
    meeting.updated_at = now


def _said_of(session_ids: Collection[UUID]) -> Select[Attendance]:
    return select(Attendance).where(Attendance.session_id.in_(session_ids))


def _require_places(
    session: Session,
    meeting: CourseSession,
    citizen_ids: Collection[UUID],
    said: Mapping[UUID, Attendance],
) -> None:
    """Only who has a place at this session, or of whom something was said before, can have come."""
    known = {
        place.citizen_id
        for place in living_places(session, run_id=meeting.run_id)
        if place.status == EnrollmentStatus.ENROLLED and meeting.number in place.numbers
    }
    for at, citizen_id in enumerate(citizen_ids):
        if citizen_id not in known and citizen_id not in said:
            raise Invalid(errors={f"entries.{at}.citizen_id": ["Has no place at this session."]})


def _write(
    session: Session,
    meeting: CourseSession,
    citizen_id: UUID,
    status: Presence | None,
    row: Attendance | None,
    actor: Actor,
    now: datetime,
) -> bool:
    """Whether anything became different; what the person said beforehand stays theirs if it is the same."""
    if status is None:
        if row is None:
            return False
        session.delete(row)
        return True
    if row is not None:
        if row.status == status:
            return False
        row.status, row.by, row.at = status, actor.staff_id, now
        return True
    session.add(
        Attendance(session_id=meeting.id, citizen_id=citizen_id, status=status, by=actor.staff_id, at=now)
    )
    return True


def _remind_again(
    session: Session, meeting: CourseSession, citizen_ids: Collection[UUID], now: datetime
) -> None:
    """Who is expected once more is reminded once more, and who is not is not."""
    expected, _ = telling.expected_at(session, meeting, living_places(session, run_id=meeting.run_id))
    for citizen_id in citizen_ids:
        if citizen_id in expected:
            telling.remind(session, meeting, citizen_id=citizen_id, now=now)
        else:
            telling.silence(session, meeting, citizen_id=citizen_id, reason="declined", now=now)


def _move_on(session: Session, run: CourseRun, now: datetime) -> None:
    """A run goes on from its first session that was held, and is over after its last."""
    meetings = sessions_in(session, run_id=run.id)
    was_held = any(meeting.status == SessionStatus.HELD for meeting in meetings)
    is_over = was_held and all(meeting.status != SessionStatus.BOOKED for meeting in meetings)
    wanted = RunStatus.ENDED if is_over else RunStatus.RUNNING if was_held else run.status
    if run.status in (RunStatus.PLANNED, RunStatus.RUNNING) and run.status != wanted:
        run.status, run.updated_at = wanted, now
        run.version += 1
        session.flush()
