"""Planning a run, changing it, and ending it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import course_relations
from server.core.access import Actor, Role
from server.core.clock import from_wall, wall_exists
from server.core.errors import Conflict, Forbidden, Invalid, NotFound
from server.core.ids import new_id
from server.core.recurrence import walls_on
from server.core.starts import FARTHEST
from server.courses import places as giving
from server.courses import seats, telling, waiting
from server.courses.holding import (
    hold_led_run,
    is_ahead,
    living_places,
    sessions_in,
)
from server.courses.models import (
    CourseRun,
    CourseSession,
    Enrollment,
    EnrollmentStatus,
    RunStatus,
    SessionStatus,
)
from server.courses.settings import Decided, theme_titles
from server.library.course_models import CourseContent

OLDEST = timedelta(days=183)  #: a group that already meets is written down as it has met


class IdTaken(Conflict):
    """The id already stands for another run."""

    code, title = "id-taken", "This id was already used for something else."


class SessionsAhead(Conflict):
    """A run with sessions ahead is cancelled, not ended: the people have to be told."""

    code, title = "sessions-ahead", "There are sessions ahead. Cancel them, or the whole course."


@dataclass(frozen=True)
class Plan:
    """When and with what a run is to be held: Danish days and a Danish clock time."""

    first_on: date
    weekdays: Sequence[int]
    at: time
    minutes: int
    count: int
    seats: int
    place: str | None = None
    themes: Sequence[str] | None = None
    skip: Sequence[date] = ()


def plan_run(
    session: Session,
    *,
    course: CourseContent,
    settings: Decided,
    plan: Plan,
    actor: Actor,
    now: datetime,
    run_id: UUID | None = None,
    leader_id: UUID | None = None,
) -> CourseRun:
    """Plan a run with all its sessions; the same request again plans nothing twice.

    :raises Invalid: if the course is no group, or a date, a theme or the leader cannot be used
    :raises IdTaken: if the id stands for another run
    """
    if actor.unit_id is None or actor.staff_id is None:
        raise Forbidden()
    request = _fingerprint(course.code, plan, leader_id)
    run_id = run_id or new_id()
    known = session.get(CourseRun, run_id)
    if known is not None:
        if (known.unit_id, known.request_hash) != (actor.unit_id, request):
            raise IdTaken()
        return known
    if not course.is_group:
        raise Invalid(errors={"code": ["Talks are not held in sessions."]})
    leader_id = leader_id or actor.staff_id
    _require_leader(session, leader_id=leader_id, actor=actor)
    run = CourseRun(
        id=run_id,
        unit_id=actor.unit_id,
        code=course.code,
        content_version=course.version,
        leader_id=leader_id,
        place=plan.place,
        seats=plan.seats,
        weekdays=sorted(set(plan.weekdays)),
        at_wall=plan.at,
        minutes=plan.minutes,
        status=RunStatus.PLANNED,
        version=1,
        request_hash=request,
        created_by=actor.staff_id,
        created_at=now,
        updated_at=now,
    )
    session.add(run)
    session.flush()
    session.add_all(_sessions(run, plan, settings, course, now))
    session.flush()
    audit.record(session, event="course-run.planned", actor=actor, at=now, subject_id=run.id)
    return run


def change_run(
    session: Session, *, run_id: UUID, version: int, changed: dict[str, Any], actor: Actor, now: datetime
) -> CourseRun:
    """Change a run's place, seats or leader, or end it; more seats go to who waits, in order.

    A manager may hand a run over, and nothing else: when its leader is ill somebody has to be able to cancel.

    :raises RunNotFound: if the actor does not lead it
    :raises Invalid: if the seats are taken, or the leader cannot be used
    :raises SessionsAhead: if it is to end with sessions ahead
    """
    is_handed_over = changed.keys() == {"leader_id"}
    run = hold_led_run(session, run_id=run_id, version=version, actor=actor, only_to_hand_over=is_handed_over)
    meetings, places = sessions_in(session, run_id=run.id), living_places(session, run_id=run.id)
    run.version += 1
    run.updated_at = now
    if "place" in changed and changed["place"] != run.place:
        run.place = changed["place"]
        for meeting in [one for one in meetings if is_ahead(one, now)]:
            people = [place.citizen_id for place in places if meeting.number in place.numbers]
            telling.note_session(session, citizen_ids=people, session_id=meeting.id, now=now)
    if "seats" in changed:
        _change_seats(run, changed["seats"], meetings, places, now)
    if "leader_id" in changed:
        _require_leader(session, leader_id=changed["leader_id"], actor=actor)
        _refuse_own_hand(run, changed["leader_id"], actor)
        run.leader_id = changed["leader_id"]
        giving.renew_relations(session, run)
    session.flush()
    waiting.fill_places(session, run, now=now)
    if changed.get("status") == RunStatus.ENDED:
        _end(session, run, meetings, places, now)
    elif changed.get("status") == RunStatus.CANCELLED:
        _cancel(session, run, meetings, places, now)
    session.flush()
    audit.record(session, event="course-run.changed", actor=actor, at=now, subject_id=run.id)
    return run


def _fingerprint(code: str, plan: Plan, leader_id: UUID | None) -> bytes:
    plain = [code, vars(plan), leader_id]
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).digest()


def _require_leader(session: Session, *, leader_id: UUID, actor: Actor) -> None:
    """Who leads a run is an active course leader of the unit; others are answered alike."""
    try:
        staff = accounts.get_staff_member(session, staff_id=leader_id, actor=actor)
    except NotFound:
        staff = None
    if staff is None or not staff.active or Role.COURSE_LEADER not in staff.role_set:
        raise Invalid(errors={"leader_id": ["Must be an active course leader of your own unit."]})


def _refuse_own_hand(run: CourseRun, leader_id: UUID, actor: Actor) -> None:
    """Nobody gives themself a run that they did not lead: with it come the people in it."""
    if leader_id == actor.staff_id != run.leader_id:
        raise Invalid(errors={"leader_id": ["Nobody hands a run over to themself."]})


def _sessions(
    run: CourseRun, plan: Plan, settings: Decided, course: CourseContent, now: datetime
) -> list[CourseSession]:
    """The sessions of a run, each with the words of its theme as they are now: all in a run read the same.

    :raises Invalid: naming a clock time that does not exist, a day too far away, or a theme that is unknown
    """
    titles = theme_titles(settings)
    words = {theme.id: {**theme.words, "draft": dict(theme.drafts)} for theme in course.themes}
    order = list(plan.themes) if plan.themes else list(titles)
    for at, theme in enumerate(plan.themes or ()):
        if theme not in titles:
            raise Invalid(errors={f"themes.{at}": ["The course has no such theme."]})
    made = []
    walls = walls_on(plan.first_on, plan.weekdays, plan.at, plan.count, plan.skip)
    for number, wall in enumerate(walls, start=1):
        if not wall_exists(wall):
            message = f"Does not exist on {wall.date()}: Danish clocks skip it when summer time begins."
            raise Invalid(errors={"at": [message]})
        starts_at = from_wall(wall)
        if not now - OLDEST <= starts_at <= now + FARTHEST:
            raise Invalid(
                errors={"first_on": ["All sessions must lie within half a year ago and two years."]}
            )
        of_session = order[(number - 1) % len(order)] if order else None
        made.append(
            CourseSession(
                id=new_id(),
                run_id=run.id,
                number=number,
                theme=of_session,
                theme_title=titles[of_session] if of_session else None,
                theme_words=words.get(of_session or ""),
                starts_wall=wall,
                starts_at=starts_at,
                minutes=plan.minutes,
                status=SessionStatus.BOOKED,
                revision=1,
                updated_at=now,
            )
        )
    return made


def _change_seats(
    run: CourseRun,
    wanted: int,
    meetings: Sequence[CourseSession],
    places: Sequence[Enrollment],
    now: datetime,
) -> None:
    ahead = {meeting.number for meeting in meetings if is_ahead(meeting, now)}
    given = seats.taken(
        ahead.intersection(place.numbers) for place in places if place.status == EnrollmentStatus.ENROLLED
    )
    fullest = max(given.values(), default=0)
    if wanted < fullest:
        raise Invalid(errors={"seats": [f"{fullest} seats are taken at one session."]})
    run.seats = wanted


def _end(
    session: Session,
    run: CourseRun,
    meetings: Sequence[CourseSession],
    places: Sequence[Enrollment],
    now: datetime,
) -> None:
    if any(is_ahead(meeting, now) for meeting in meetings):
        raise SessionsAhead()
    run.status = RunStatus.ENDED
    waiting.release(session, run, now=now)
    course_relations.end_for_places(session, place_ids=[place.id for place in places], ends_at=now)


def _cancel(
    session: Session,
    run: CourseRun,
    meetings: Sequence[CourseSession],
    places: Sequence[Enrollment],
    now: datetime,
) -> None:
    """Cancel whatever lies ahead; everybody is told once, of their next session, those who wait as well."""
    run.status = RunStatus.CANCELLED
    told: set[UUID] = set()
    ahead = [one for one in meetings if is_ahead(one, now)]
    for meeting in ahead:
        expected, others = telling.expected_at(session, meeting, places)
        meeting.status = SessionStatus.CANCELLED
        meeting.revision += 1
        meeting.updated_at = now
        session.flush()
        telling.note_session(session, citizen_ids=[*expected, *others], session_id=meeting.id, now=now)
        for citizen_id in expected:
            telling.silence(session, meeting, citizen_id=citizen_id, reason="cancelled", now=now)
            if citizen_id not in told:
                told.add(citizen_id)
                telling.say_changed(
                    session, meeting, citizen_id=citizen_id, starts_at=meeting.starts_at, now=now
                )
    waiting.release(session, run, now=now, cancelled=ahead)
    course_relations.end_for_places(
        session, place_ids=[place.id for place in places], ends_at=now + giving.TOLD_WITHIN
    )
