"""Who waits for a seat, and who gets one when it becomes free."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.citizens import deaths
from server.core.access import SYSTEM
from server.courses import places as giving
from server.courses import seats, telling
from server.courses.holding import is_ahead, living_places, sessions_in
from server.courses.models import CourseRun, CourseSession, Enrollment, EnrollmentStatus, RunStatus


def fill_places(session: Session, run: CourseRun, *, now: datetime) -> int:
    """Give free seats to who waits, in order; call it with everybody held. Says how many got a place.

    A place is given at what lies ahead: nobody has one at a session that was over while they waited.
    """
    if run.status in (RunStatus.ENDED, RunStatus.CANCELLED):
        return 0
    meetings, places = sessions_in(session, run_id=run.id), living_places(session, run_id=run.id)
    ids = next_in_line(run, places, meetings, now)
    lucky = [place for place in places if place.id in ids]
    ahead = {meeting.number for meeting in meetings if is_ahead(meeting, now)}
    for place in lucky:
        missed = [one.id for one in meetings if one.number in place.numbers and one.number not in ahead]
        place.numbers = sorted(ahead.intersection(place.numbers))
        place.status = EnrollmentStatus.ENROLLED
        place.version += 1
        session.flush()
        for session_id in missed:
            telling.note_session(session, citizen_ids=[place.citizen_id], session_id=session_id, now=now)
        giving.tell(session, place, meetings, now, say=True)
    for place in lucky:
        giving.record(session, "course-place.enrolled", place, run, SYSTEM, now)
    return len(lucky)


def release(
    session: Session, run: CourseRun, *, now: datetime, cancelled: Sequence[CourseSession] = ()
) -> None:
    """Let those go who wait for nothing that lies ahead; call it with everybody held.

    Who waited for one of those that were `cancelled` just now is told of the first of them.
    """
    meetings = sessions_in(session, run_id=run.id)
    for place in living_places(session, run_id=run.id):
        if not _waits_in_vain(place, meetings, now):
            continue
        off = next((meeting for meeting in cancelled if meeting.number in place.numbers), None)
        giving.leave(session, place, now=now, known_until=now + giving.TOLD_WITHIN if off else None)
        if off is not None:
            telling.say_changed(session, off, citizen_id=place.citizen_id, starts_at=off.starts_at, now=now)
        giving.record(session, "course-place.left", place, run, SYSTEM, now)


def let_the_dead_go(session: Session, run: CourseRun, *, now: datetime) -> None:
    """Let the places go of those whose death can no longer be taken back; call it with everybody held."""
    dead = set(deaths.list_final(session, now=now))
    for place in [one for one in living_places(session, run_id=run.id) if one.citizen_id in dead]:
        giving.leave(session, place, now=now)
        giving.record(session, "course-place.left", place, run, SYSTEM, now)


def list_unfilled(session: Session, *, now: datetime) -> list[UUID]:
    """The runs in which something is to be done about who waits, without holding anybody; never for a view.

    Somebody can get a seat, waits for what is over, or waits where somebody has died.
    """
    waited_for = select(Enrollment.run_id).where(Enrollment.status == EnrollmentStatus.WAITING)
    runs = select(CourseRun).where(
        CourseRun.id.in_(waited_for), CourseRun.status.in_((RunStatus.PLANNED, RunStatus.RUNNING))
    )
    dead = set(deaths.list_final(session, now=now))
    return [
        run.id
        for run in session.scalars(runs.order_by(CourseRun.id))
        if _is_to_do(
            run, living_places(session, run_id=run.id), sessions_in(session, run_id=run.id), dead, now
        )
    ]


def _is_to_do(
    run: CourseRun,
    places: Sequence[Enrollment],
    meetings: Sequence[CourseSession],
    dead: Collection[UUID],
    now: datetime,
) -> bool:
    return (
        bool(next_in_line(run, places, meetings, now))
        or any(_waits_in_vain(place, meetings, now) for place in places)
        or not {place.citizen_id for place in places}.isdisjoint(dead)
    )


def _waits_in_vain(place: Enrollment, meetings: Sequence[CourseSession], now: datetime) -> bool:
    ahead = {meeting.number for meeting in meetings if is_ahead(meeting, now)}
    return place.status == EnrollmentStatus.WAITING and ahead.isdisjoint(place.numbers)


def next_in_line(
    run: CourseRun, places: Sequence[Enrollment], meetings: Sequence[CourseSession], now: datetime
) -> set[UUID]:
    """Who of those who wait gets a place now; only sessions ahead are waited for."""
    ahead = {meeting.number for meeting in meetings if is_ahead(meeting, now)}
    waiting = [
        (place.id, ahead.intersection(place.numbers))
        for place in places
        if place.status == EnrollmentStatus.WAITING
    ]
    return set(seats.next_in_line(waiting, taken(places), run.seats))


def taken(places: Sequence[Enrollment]) -> dict[int, int]:
    """How many seats are taken at each session."""
    return seats.taken(place.numbers for place in places if place.status == EnrollmentStatus.ENROLLED)
