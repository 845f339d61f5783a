"""Runs, their rosters and a person's courses, as far as the reader may know of the people."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import course_relations
from server.citizens import service as citizens
from server.core.access import Actor
from server.courses import seats, visible
from server.courses.coverage import covered
from server.courses.holding import get_led_run, get_run, is_ahead
from server.courses.models import (
    Attendance,
    CourseRun,
    CourseSession,
    Enrollment,
    EnrollmentStatus,
    Presence,
    RunStatus,
    SessionStatus,
)
from server.courses.settings import Decided, theme_titles

PAGE = 20  #: so many runs that are over are shown at a time
_OVER = (RunStatus.ENDED, RunStatus.CANCELLED)
Versions = Mapping[str, str]


def list_runs(
    session: Session, *, versions: Versions, actor: Actor, now: datetime, after: UUID | None = None
) -> dict[str, Any]:
    """The unit's runs that go on or lie ahead, by their next session; then those that are over, the newest
    first, a page of them at a time.

    `versions`: the version of each course's content today. `after`: the last run of the page before.

    :raises RunNotFound: if the unit has no such run as `after`
    """
    going_on = visible.runs(actor).where(CourseRun.status.not_in(_OVER))
    runs = [] if after is not None else session.scalars(going_on).all()
    over = session.scalars(_over(session, actor, after).limit(PAGE + 1)).all()
    shown = _show_runs(session, [*runs, *over[:PAGE]], versions, actor, now)

    def order(one: dict[str, Any]) -> datetime:
        found: datetime = one["next"]["starts_at"] if one["next"] else one["first_at"]
        return found

    return {
        "items": [*sorted(shown[: len(runs)], key=order), *shown[len(runs) :]],
        "next_after": over[PAGE - 1].id if len(over) > PAGE else None,
    }


def _over(session: Session, actor: Actor, after: UUID | None) -> Select[CourseRun]:
    """The runs that are over, the newest first; those behind `after`."""
    first_at = (
        select(func.min(CourseSession.starts_at))
        .where(CourseSession.run_id == CourseRun.id)
        .scalar_subquery()
    )
    found = visible.runs(actor).where(CourseRun.status.in_(_OVER))
    if after is not None:
        last = get_run(session, run_id=after, actor=actor)
        last_at = min(one.starts_at for one in session.scalars(visible.sessions_of([last.id])))
        found = found.where(tuple_(first_at, CourseRun.id) < (last_at, last.id))
    return found.order_by(first_at.desc(), CourseRun.id.desc())


def show_run(
    session: Session, *, run_id: UUID, decided: Decided, versions: Versions, actor: Actor, now: datetime
) -> dict[str, Any]:
    """One run with its sessions, and with those of its people whom the reader may know; the look is recorded.

    :raises RunNotFound: if the unit has no such run
    """
    run = get_run(session, run_id=run_id, actor=actor)
    [shown] = _show_runs(session, [run], versions, actor, now)
    meetings = list(session.scalars(visible.sessions_of([run.id])))
    living = visible.places(actor, now).where(
        Enrollment.run_id == run.id, Enrollment.status != EnrollmentStatus.LEFT
    )
    places = session.scalars(living.order_by(Enrollment.asked_at, Enrollment.id)).all()
    lines = _lines(session, run, meetings, places, decided, actor, now)
    is_leader = run.leader_id == actor.staff_id
    audit.record(
        session,
        event="course-run.read",
        actor=actor,
        at=now,
        subject_id=run.id,
        purpose=f"people: {len(places)}",
    )
    return {
        **shown,
        "sessions": _show_sessions(session, meetings, _places_in(session, [run.id]), with_reason=is_leader),
        "roster": sorted(
            (line for line in lines if line["status"] == EnrollmentStatus.ENROLLED),
            key=lambda line: (str(line["alias"]).casefold(), line["citizen_id"]),
        ),
        "waiting_list": [line for line in lines if line["status"] == EnrollmentStatus.WAITING],
    }


def find_people(
    session: Session, *, run_id: UUID, alias: str, actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """The unit's people who are called just this, for who leads the run; what was typed is not recorded.

    :raises RunNotFound: if the actor does not lead it
    """
    run = get_led_run(session, run_id=run_id, actor=actor)
    found = course_relations.find_people(session, alias=alias, unit_id=run.unit_id)
    living = select(Enrollment.citizen_id).where(
        Enrollment.run_id == run.id, Enrollment.status != EnrollmentStatus.LEFT
    )
    placed = set(session.scalars(living))
    audit.record(
        session,
        event="course-people.searched",
        actor=actor,
        at=now,
        subject_id=run.id,
        purpose=f"found: {len(found)}",
    )
    return [{"citizen_id": one.id, "alias": one.alias, "enrolled": one.id in placed} for one in found]


def show_courses_of(
    session: Session,
    *,
    citizen_id: UUID,
    decided: Mapping[str, Decided],
    actor: Actor,
    now: datetime,
) -> dict[str, Any]:
    """A person's courses and the themes they have been to, for who works with the person.

    :raises NotFound: if the actor may not open the record
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    places = session.scalars(
        visible.own_places(citizen_id).order_by(Enrollment.asked_at.desc(), Enrollment.id.desc())
    ).all()
    found = select(CourseRun).where(
        CourseRun.id.in_([place.run_id for place in places]), CourseRun.unit_id == actor.unit_id
    )
    runs = {run.id: run for run in session.scalars(found)}
    names = accounts.staff_names(session, staff_ids={run.leader_id for run in runs.values()})
    meetings, everybody = _by_run(session, runs.keys()), _places_in(session, runs.keys())
    said = _attendance(session, citizen_ids=[citizen_id], run_ids=runs.keys())[citizen_id]
    been = _been(session, [citizen_id], {run.code for run in runs.values()}, actor.unit_id)[citizen_id]
    audit.record(session, event="courses.read", actor=actor, at=now, citizen_id=citizen_id)
    return {
        "items": [
            {
                "enrollment_id": place.id,
                "run_id": place.run_id,
                "goal_id": place.goal_id,
                "code": runs[place.run_id].code,
                "status": place.status,
                "run_status": runs[place.run_id].status,
                "numbers": place.numbers,
                "sessions": _show_sessions(session, meetings[place.run_id], everybody),
                "attendance": said[place.run_id],
                "leader_name": names.get(runs[place.run_id].leader_id, ""),
            }
            for place in places
            if place.run_id in runs
        ],
        "coverage": [
            {"code": code, "coverage": _coverage(decided[code], been[code])}
            for code in dict.fromkeys(run.code for run in runs.values())
            if code in decided and decided[code].themes
        ],
    }


def _show_runs(
    session: Session, runs: Sequence[CourseRun], versions: Versions, actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """As many statements for many runs as for one."""
    ids = [run.id for run in runs]
    meetings = _by_run(session, ids)
    places = _places_in(session, ids)
    names = accounts.staff_names(session, staff_ids={run.leader_id for run in runs})
    ahead = {
        run_id: sorted((one for one in found if is_ahead(one, now)), key=lambda one: one.starts_at)
        for run_id, found in meetings.items()
    }
    coming = _show_sessions(session, [found[0] for found in ahead.values() if found], places)
    return [
        {
            "id": run.id,
            "code": run.code,
            "place": run.place,
            "seats": run.seats,
            "weekdays": run.weekdays,
            "at": run.at_wall.strftime("%H:%M"),
            "minutes": run.minutes,
            "status": run.status,
            "leader_id": run.leader_id,
            "leader_name": names.get(run.leader_id, ""),
            "mine": run.leader_id == actor.staff_id,
            "content_version": run.content_version,
            "content_changed": versions.get(run.code) != run.content_version,
            "version": run.version,
            "next": next((one for one in coming if one["run_id"] == run.id), None),
            **_counts(run, meetings[run.id], places[run.id], ahead[run.id]),
        }
        for run in runs
    ]


def _counts(
    run: CourseRun,
    meetings: Sequence[CourseSession],
    places: Sequence[Enrollment],
    ahead: Sequence[CourseSession],
) -> dict[str, Any]:
    """How many, never who."""
    enrolled = [place for place in places if place.status == EnrollmentStatus.ENROLLED]
    taken = seats.taken(place.numbers for place in enrolled)
    return {
        "enrolled": len(enrolled),
        "waiting": sum(place.status == EnrollmentStatus.WAITING for place in places),
        "free": max(0, min(run.seats - taken[one.number] for one in ahead)) if ahead else None,
        "sessions_total": sum(one.status != SessionStatus.CANCELLED for one in meetings),
        "sessions_held": sum(one.status == SessionStatus.HELD for one in meetings),
        "first_at": min(one.starts_at for one in meetings),
    }


def _show_sessions(
    session: Session,
    meetings: Sequence[CourseSession],
    places: Mapping[UUID, Sequence[Enrollment]],
    *,
    with_reason: bool = False,
) -> list[dict[str, Any]]:
    counts = {
        run_id: seats.taken(place.numbers for place in found if place.status == EnrollmentStatus.ENROLLED)
        for run_id, found in places.items()
    }
    by_staff = select(Attendance.session_id).where(
        Attendance.session_id.in_([meeting.id for meeting in meetings]), Attendance.by.is_not(None)
    )
    said = set(session.scalars(by_staff.distinct()))
    return [
        {
            "id": meeting.id,
            "run_id": meeting.run_id,
            "number": meeting.number,
            "theme": meeting.theme,
            "theme_title": meeting.theme_title,
            "starts_at": meeting.starts_at,
            "starts_local": meeting.starts_wall,
            "minutes": meeting.minutes,
            "status": meeting.status,
            "enrolled": counts[meeting.run_id][meeting.number],
            "attendance_taken": meeting.id in said or meeting.status == SessionStatus.HELD,
            "reason": meeting.reason if with_reason else None,
            "revision": meeting.revision,
        }
        for meeting in meetings
    ]


def _lines(
    session: Session,
    run: CourseRun,
    meetings: Sequence[CourseSession],
    places: Sequence[Enrollment],
    decided: Decided,
    actor: Actor,
    now: datetime,
) -> list[dict[str, Any]]:
    people = [place.citizen_id for place in places]
    aliases = course_relations.aliases_of(session, citizen_ids=people)
    said = _attendance(session, citizen_ids=people, run_ids=[run.id])
    own = set(
        session.scalars(visible.own_people(actor, now).where(Enrollment.id.in_([one.id for one in places])))
    )
    been = _been(session, people, {run.code}, run.unit_id, led_by=actor.staff_id, unless=own)
    return [
        {
            "enrollment_id": place.id,
            "citizen_id": place.citizen_id,
            "alias": aliases[place.citizen_id],
            "numbers": place.numbers,
            "status": place.status,
            "asked_at": place.asked_at,
            "coverage": _coverage(decided, been[place.citizen_id][run.code]),
            "attendance": said[place.citizen_id][run.id],
            "mine": place.citizen_id in own,
        }
        for place in places
    ]


def _coverage(decided: Decided, been: Sequence[tuple[str | None, Presence]]) -> list[dict[str, Any]]:
    titles = theme_titles(decided)
    return [
        {"theme": theme, "title": titles[theme], "covered": is_covered}
        for theme, is_covered in covered(list(titles), been).items()
    ]


def _by_run(session: Session, run_ids: Collection[UUID]) -> dict[UUID, list[CourseSession]]:
    found: dict[UUID, list[CourseSession]] = {run_id: [] for run_id in run_ids}
    for meeting in session.scalars(visible.sessions_of(list(run_ids))):
        found[meeting.run_id].append(meeting)
    return found


def _places_in(session: Session, run_ids: Collection[UUID]) -> dict[UUID, list[Enrollment]]:
    """Every place in these runs, to be counted; who may be shown is another question."""
    found: dict[UUID, list[Enrollment]] = {run_id: [] for run_id in run_ids}
    for place in session.scalars(select(Enrollment).where(Enrollment.run_id.in_(list(run_ids)))):
        found[place.run_id].append(place)
    return found


def _attendance(
    session: Session, *, citizen_ids: Collection[UUID], run_ids: Collection[UUID]
) -> dict[UUID, dict[UUID, dict[str, Presence]]]:
    """By person and run: what was said, by the number of the session."""
    rows = session.execute(
        select(Attendance.citizen_id, CourseSession.run_id, CourseSession.number, Attendance.status)
        .join(CourseSession, CourseSession.id == Attendance.session_id)
        .where(Attendance.citizen_id.in_(citizen_ids), CourseSession.run_id.in_(run_ids))
        .order_by(CourseSession.number)
    )
    said: dict[UUID, dict[UUID, dict[str, Presence]]] = defaultdict(lambda: defaultdict(dict))
    for citizen_id, run_id, number, status in rows:
        said[citizen_id][run_id][str(number)] = status
    return said


def _been(
    session: Session,
    citizen_ids: Collection[UUID],
    codes: Collection[str],
    unit_id: UUID | None,
    *,
    led_by: UUID | None = None,
    unless: Collection[UUID] = (),
) -> dict[UUID, dict[str, list[tuple[str | None, Presence]]]]:
    """By person and course: the themes of all sessions of which something was said, over all runs.

    `led_by`: over that leader's runs alone, but for these people.
    """
    found = (
        select(Attendance.citizen_id, CourseRun.code, CourseSession.theme, Attendance.status)
        .join(CourseSession, CourseSession.id == Attendance.session_id)
        .join(CourseRun, CourseRun.id == CourseSession.run_id)
        .where(
            Attendance.citizen_id.in_(citizen_ids),
            CourseRun.code.in_(codes),
            CourseRun.unit_id == unit_id,
        )
    )
    if led_by is not None:
        found = found.where(or_(CourseRun.leader_id == led_by, Attendance.citizen_id.in_(unless)))
    been: dict[UUID, dict[str, list[tuple[str | None, Presence]]]] = defaultdict(lambda: defaultdict(list))
    for citizen_id, code, theme, status in session.execute(found):
        been[citizen_id][code].append((theme, status))
    return been
