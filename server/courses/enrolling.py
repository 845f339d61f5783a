"""Places in a run: asked for, and given up again."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.citizens import course_relations
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound
from server.core.ids import new_id
from server.courses import places as giving
from server.courses import seats, telling, visible, waiting
from server.courses.holding import (
    RunOver,
    get_run,
    hold_everybody,
    is_ahead,
    living_places,
    lock_run,
    sessions_in,
)
from server.courses.models import (
    CourseRun,
    CourseSession,
    Enrollment,
    EnrollmentStatus,
    RunStatus,
)

GOAL_KEY = "fk_enrollment_goal"


class PlaceNotFound(NotFound):
    """There is no such place, or its person is out of the actor's sight."""


class NobodyToEnrol(NotFound):
    """There is no such person whom the actor may enrol."""


class GoalNotFound(NotFound):
    """This person has no such goal, or the actor may not know of it."""


class NothingAhead(Conflict):
    """No session that was named lies ahead."""

    code, title = "nothing-ahead", "None of these sessions lies ahead."


class SessionFull(Conflict):
    """Somebody with a place wishes for more sessions, and not all of them have a seat."""

    code, title = "session-full", "There is no free seat at all of these sessions."


def enrol(
    session: Session,
    *,
    run_id: UUID,
    citizen_id: UUID,
    actor: Actor,
    now: datetime,
    place_id: UUID | None = None,
    numbers: Collection[int] | None = None,
    from_number: int | None = None,
    goal_id: UUID | None = None,
) -> Enrollment:
    """Give somebody a place at these sessions, or let them wait in line; without any named at all ahead.

    Who has a place already keeps it, with the new sessions beside the old ones. `goal_id`: what the person
    comes for.

    :raises RunNotFound: if the unit has no such run
    :raises NobodyToEnrol: if the actor neither works with the person nor leads the run
    :raises GoalNotFound: if a goal is named that is not the person's, or by who does not work with them
    :raises RunOver: if the run has ended or was cancelled
    :raises NothingAhead: if no session that was named lies ahead
    :raises SessionFull: if somebody with a place asks for more sessions than have a seat
    """
    if actor.staff_id is None:
        raise Forbidden()
    run = _hold(session, run_id, citizen_id=citizen_id, actor=actor, now=now)
    if goal_id is not None:
        _require_own(session, citizen_id=citizen_id, actor=actor, now=now)
    meetings = sessions_in(session, run_id=run.id)
    wished = _wished(meetings, numbers, from_number, now)
    places = living_places(session, run_id=run.id)
    standing = next((place for place in places if place.citizen_id == citizen_id), None)
    if standing is not None:
        if goal_id not in (None, standing.goal_id):
            _name_goal(session, standing, goal_id, meetings, now)
        return _widen(session, run, standing, wished, meetings, places, actor, now)
    place = Enrollment(
        id=place_id or new_id(),
        citizen_id=citizen_id,
        run_id=run.id,
        goal_id=goal_id,
        numbers=wished,
        status=EnrollmentStatus.WAITING,
        asked_at=_after_all(places, now),
        enrolled_by=actor.staff_id,
        version=1,
    )
    if place.id in waiting.next_in_line(run, [*places, place], meetings, now):
        place.status = EnrollmentStatus.ENROLLED
    session.add(place)
    _flush(session)
    giving.begin_relation(session, run, place, meetings, now)
    giving.tell(session, place, meetings, now)
    giving.record(session, f"course-place.{place.status.value}", place, run, actor, now)
    return place


def end_place(session: Session, *, place_id: UUID, actor: Actor, now: datetime) -> None:
    """Let somebody's place go, and give it to who waits; reminders of it are withdrawn.

    :raises PlaceNotFound: if the actor may not know of it
    """
    place = _get_place(session, place_id=place_id, actor=actor, now=now)
    run = hold_everybody(session, run_id=place.run_id, also=[place.citizen_id])
    place = _get_place(session, place_id=place_id, actor=actor, now=now)
    if place.status == EnrollmentStatus.LEFT:
        return
    giving.leave(session, place, now=now)
    waiting.fill_places(session, run, now=now)
    giving.record(session, "course-place.left", place, run, actor, now)


def _hold(session: Session, run_id: UUID, *, citizen_id: UUID, actor: Actor, now: datetime) -> CourseRun:
    """The run and the person, held; the wait may have ended what allowed it."""
    run = get_run(session, run_id=run_id, actor=actor)
    _require_person(session, run, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    run = lock_run(session, run_id=run.id)
    _require_person(session, run, citizen_id=citizen_id, actor=actor, now=now)
    if run.status in (RunStatus.ENDED, RunStatus.CANCELLED):
        raise RunOver()
    return run


def _require_person(
    session: Session, run: CourseRun, *, citizen_id: UUID, actor: Actor, now: datetime
) -> None:
    """A leader enrols the unit's people, a counsellor the own ones; the run's unit works with them both."""
    leads = session.scalars(visible.led_runs(actor).where(CourseRun.id == run.id)).one_or_none() is not None
    if not course_relations.may_be_enrolled(session, citizen_id=citizen_id, unit_id=run.unit_id):
        raise NobodyToEnrol()
    if not leads:
        try:
            citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
        except NotFound:
            raise NobodyToEnrol() from None


def _wished(
    meetings: Sequence[CourseSession],
    numbers: Collection[int] | None,
    from_number: int | None,
    now: datetime,
) -> list[int]:
    known = {meeting.number for meeting in meetings}
    if numbers is not None and not known.issuperset(numbers):
        raise Invalid(errors={"numbers": ["The course has no such session."]})
    ahead = [meeting.number for meeting in meetings if is_ahead(meeting, now)]
    wished = [
        number for number in ahead if (numbers is None or number in numbers) and number >= (from_number or 1)
    ]
    if not wished:
        raise NothingAhead()
    return wished


def _widen(
    session: Session,
    run: CourseRun,
    place: Enrollment,
    wished: Sequence[int],
    meetings: Sequence[CourseSession],
    places: Sequence[Enrollment],
    actor: Actor,
    now: datetime,
) -> Enrollment:
    """Add sessions to what somebody has or waits for; nothing new is the same request once more.

    Who waits and now wishes for a session that others asked for meanwhile stands behind them: nobody is
    overtaken by a wish that came later.
    """
    fresh = sorted(set(wished) - set(place.numbers))
    if not fresh:
        return place
    if place.status == EnrollmentStatus.ENROLLED:
        awaited = {n for one in places if one.status == EnrollmentStatus.WAITING for n in one.numbers}
        if awaited & set(fresh) or not seats.has_room(fresh, waiting.taken(places), run.seats):
            raise SessionFull()
    elif _overtakes(place, fresh, places):
        place.asked_at = _after_all(places, now)
    place.numbers = sorted({*place.numbers, *fresh})
    place.version += 1
    session.flush()
    giving.tell(session, place, [one for one in meetings if one.number in fresh], now)
    giving.record(session, "course-place.widened", place, run, actor, now)
    return place


def _overtakes(place: Enrollment, fresh: Collection[int], places: Sequence[Enrollment]) -> bool:
    """Whether somebody who asked later waits for one of these sessions already."""
    return any(
        one.status == EnrollmentStatus.WAITING
        and (one.asked_at, one.id) > (place.asked_at, place.id)
        and not set(fresh).isdisjoint(one.numbers)
        for one in places
    )


def _after_all(places: Sequence[Enrollment], now: datetime) -> datetime:
    """Now, but after everybody who has asked before, whatever the clock of that process said."""
    latest = max((place.asked_at for place in places), default=None)
    return now if latest is None or now > latest else latest + timedelta(microseconds=1)


def _require_own(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """Goals are known to who works with the person, not to who leads a course."""
    try:
        citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    except NotFound:
        raise GoalNotFound() from None


def _name_goal(
    session: Session,
    place: Enrollment,
    goal_id: UUID | None,
    meetings: Sequence[CourseSession],
    now: datetime,
) -> None:
    """Say what somebody comes for who has a place already, and let the phone know."""
    place.goal_id = goal_id
    place.version += 1
    _flush(session)
    for meeting in meetings:
        if meeting.number in place.numbers:
            telling.note_session(session, citizen_ids=[place.citizen_id], session_id=meeting.id, now=now)


def _flush(session: Session) -> None:
    """Write the row and let the database judge it now, while the cause can still be named."""
    try:
        with session.begin_nested():
            session.flush()
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} IMMEDIATE"))
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} DEFERRED"))
    except IntegrityError as err:
        raise (GoalNotFound() if GOAL_KEY in str(err.orig) else Conflict()) from None


def _get_place(session: Session, *, place_id: UUID, actor: Actor, now: datetime) -> Enrollment:
    found = visible.places(actor, now).where(Enrollment.id == place_id)
    place = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if place is None:
        raise PlaceNotFound()
    return place
