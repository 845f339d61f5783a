"""Taking one's turn with a run: first everybody in it, then the run itself, always in this order.

A phone holds its own person's sequence before it comes here, so a run is never held while somebody's
sequence is waited for: two people would wait for each other.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, NotFound, PreconditionFailed
from server.courses import visible
from server.courses.models import CourseRun, CourseSession, Enrollment, EnrollmentStatus, RunStatus

TRIES = 20


class RunNotFound(NotFound):
    """There is no such run at the actor's unit, or the actor does not lead it."""


class SessionNotFound(NotFound):
    """There is no such session in a run that the actor leads."""


class RunBusy(Conflict):
    """People came and went faster than one's turn came."""

    code, title = "run-busy", "Somebody else is changing this course right now. Try again."


class RunOver(Conflict):
    """The run has ended or was cancelled."""

    code, title = "run-over", "This course has ended or was cancelled."


def get_run(session: Session, *, run_id: UUID, actor: Actor) -> CourseRun:
    """A run of the own unit.

    :raises RunNotFound: if there is none
    """
    run = session.scalars(visible.runs(actor).where(CourseRun.id == run_id)).one_or_none()
    if run is None:
        raise RunNotFound()
    return run


def code_of(session: Session, *, run_id: UUID, actor: Actor) -> str:
    """Which course a run of the own unit is of.

    :raises RunNotFound: if there is no such run
    """
    return get_run(session, run_id=run_id, actor=actor).code


def exists(session: Session, *, run_id: UUID) -> bool:
    """Whether the house knows a run by this id, whoever asks; for commands, never for a view."""
    return session.get(CourseRun, run_id) is not None


def list_times(session: Session, *, run_id: UUID) -> list[tuple[UUID, datetime]]:
    """The sessions of a run with when they begin, in their order; for commands, never for a view."""
    return [(meeting.id, meeting.starts_at) for meeting in sessions_in(session, run_id=run_id)]


def get_led_run(
    session: Session, *, run_id: UUID, actor: Actor, only_to_hand_over: bool = False
) -> CourseRun:
    """A run that the actor leads; or, only to be handed over, one that the actor manages.

    :raises RunNotFound: if there is none
    """
    found = visible.runs_to_hand_over(actor) if only_to_hand_over else visible.led_runs(actor)
    run = session.scalars(found.where(CourseRun.id == run_id)).one_or_none()
    if run is None:
        raise RunNotFound()
    return run


def lock_run(session: Session, *, run_id: UUID) -> CourseRun:
    """The run itself, until the commit; whoever calls holds the sequences that are needed."""
    held = select(CourseRun).where(CourseRun.id == run_id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def hold_everybody(session: Session, *, run_id: UUID, also: Collection[UUID] = ()) -> CourseRun:
    """The run with everybody who has a place in it or waits, until the commit.

    Who came in between is not waited for while the run is held: all is let go and taken again.

    :raises RunBusy: if that happened too often
    """
    for _ in range(TRIES):
        people = _people(session, run_id) | set(also)
        turn = session.begin_nested()
        citizens.lock_sequences(session, citizen_ids=list(people))
        run = lock_run(session, run_id=run_id)
        if _people(session, run_id) <= people:
            turn.commit()
            return run
        turn.rollback()
    raise RunBusy()


def hold_led_run(
    session: Session, *, run_id: UUID, version: int | None, actor: Actor, only_to_hand_over: bool = False
) -> CourseRun:
    """A run that the actor leads and that goes on, held with everybody in it.

    :raises RunNotFound: if the actor does not lead it, or no longer does
    :raises PreconditionFailed: if it changed since `version`
    :raises RunOver: if it is over
    """
    get_led_run(session, run_id=run_id, actor=actor, only_to_hand_over=only_to_hand_over)
    hold_everybody(session, run_id=run_id)
    run = get_led_run(session, run_id=run_id, actor=actor, only_to_hand_over=only_to_hand_over)
    if version is not None and run.version != version:
        raise PreconditionFailed()
    if run.status in (RunStatus.ENDED, RunStatus.CANCELLED):
        raise RunOver()
    return run


def hold_led_session(session: Session, *, session_id: UUID, actor: Actor) -> tuple[CourseRun, CourseSession]:
    """A session of a run that the actor leads, held with everybody in the run.

    :raises SessionNotFound: if the actor leads no run with such a session
    """
    meeting = session.get(CourseSession, session_id)
    try:
        if meeting is None:
            raise SessionNotFound()
        get_led_run(session, run_id=meeting.run_id, actor=actor)
        hold_everybody(session, run_id=meeting.run_id)
        run = get_led_run(session, run_id=meeting.run_id, actor=actor)
    except RunNotFound:
        raise SessionNotFound() from None
    session.refresh(meeting, with_for_update=True)
    return run, meeting


def living_places(session: Session, *, run_id: UUID) -> list[Enrollment]:
    """Everybody with a place in a run and everybody who waits, in the order in which they asked."""
    living = select(Enrollment).where(Enrollment.run_id == run_id, Enrollment.status != EnrollmentStatus.LEFT)
    in_line = living.order_by(Enrollment.asked_at, Enrollment.id)
    return list(session.scalars(in_line.execution_options(populate_existing=True)))


def sessions_in(session: Session, *, run_id: UUID) -> list[CourseSession]:
    """The sessions of a run in their order."""
    return list(session.scalars(visible.sessions_of([run_id])))


def is_ahead(meeting: CourseSession, now: datetime) -> bool:
    """Whether a session is still to come."""
    return meeting.status == "booked" and meeting.starts_at > now


def ends_at(meeting: CourseSession) -> datetime:
    """When a session is over."""
    return meeting.starts_at + timedelta(minutes=meeting.minutes)


def _people(session: Session, run_id: UUID) -> set[UUID]:
    """Everybody with a place, who waits or has left: something may still be written about each of them."""
    return set(session.scalars(select(Enrollment.citizen_id).where(Enrollment.run_id == run_id)))
