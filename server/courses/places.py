"""What goes with a place: the leader's relation, the phone, the reminders and the trail."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import course_relations
from server.core.access import Actor
from server.courses import telling
from server.courses.holding import ends_at, is_ahead, living_places, sessions_in
from server.courses.models import CourseRun, CourseSession, Enrollment, EnrollmentStatus

STAYS = timedelta(days=14)  #: how long after the last session the leader can still say who came
TOLD_WITHIN = timedelta(days=2)  #: after something was cancelled: until everybody was told


def leave(session: Session, place: Enrollment, *, now: datetime, known_until: datetime | None = None) -> None:
    """Write that somebody does not come any more; call it with the person's sequence locked.

    `known_until`: how long the house still works with them for the sake of the place, to tell them something.
    """
    place.status, place.left_at = EnrollmentStatus.LEFT, now
    place.version += 1
    session.flush()
    course_relations.end_for_places(session, place_ids=[place.id], ends_at=known_until or now)
    for meeting in sessions_in(session, run_id=place.run_id):
        if meeting.number in place.numbers:
            telling.silence(session, meeting, citizen_id=place.citizen_id, reason="left", now=now)
            telling.note_session(session, citizen_ids=[place.citizen_id], session_id=meeting.id, now=now)


def renew_relations(session: Session, run: CourseRun) -> None:
    """Let the relations of a run's places be its leader's, to its end."""
    course_relations.change_for_places(
        session,
        place_ids=[place.id for place in living_places(session, run_id=run.id)],
        leader_id=run.leader_id,
        ends_at=relation_ends_at(sessions_in(session, run_id=run.id)),
    )


def relation_ends_at(meetings: Sequence[CourseSession]) -> datetime:
    """When a leader's relation to the people in a run ends by itself."""
    return max(ends_at(one) for one in meetings) + STAYS


def begin_relation(
    session: Session, run: CourseRun, place: Enrollment, meetings: Sequence[CourseSession], now: datetime
) -> None:
    """Let the leader know of a place from now on, until two weeks after the last session."""
    course_relations.open_for_place(
        session,
        place_id=place.id,
        citizen_id=place.citizen_id,
        leader_id=run.leader_id,
        unit_id=run.unit_id,
        ends_at=relation_ends_at(meetings),
        now=now,
    )


def tell(
    session: Session,
    place: Enrollment,
    meetings: Sequence[CourseSession],
    now: datetime,
    *,
    say: bool = False,
) -> None:
    """Let the phone fetch the sessions of a place, and plan its reminders; `say` that a seat became free.

    Who comes anew has not said no to anything ahead, whatever was said of an earlier place.
    """
    is_said = not say
    for meeting in meetings:
        if meeting.number not in place.numbers:
            continue
        telling.note_session(session, citizen_ids=[place.citizen_id], session_id=meeting.id, now=now)
        if not is_ahead(meeting, now):
            continue
        telling.forget_noes(session, meeting, citizen_id=place.citizen_id)
        if place.status != EnrollmentStatus.ENROLLED:
            continue
        comes_at_once = telling.remind(session, meeting, citizen_id=place.citizen_id, now=now)
        if not is_said and not comes_at_once:
            telling.say_changed(
                session, meeting, citizen_id=place.citizen_id, starts_at=meeting.starts_at, now=now
            )
        is_said = True


def record(
    session: Session, event: str, place: Enrollment, run: CourseRun, actor: Actor, now: datetime
) -> None:
    """Write on the trail what became of a place."""
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=run.unit_id,
        citizen_id=place.citizen_id,
        subject_id=run.id,
    )
