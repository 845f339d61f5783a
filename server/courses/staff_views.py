"""What staff can do with courses."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.core import clock, limits
from server.core.access import Action, Actor, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.courses import decided_schemas, schemas, service
from server.library.course_models import CourseContent

courses = blueprint("courses", "staff")

SEARCHES, SEARCH_WINDOW = 60, timedelta(minutes=10)


@courses.get("/course-runs")
@requires(Action.READ_COURSES)
@courses.arguments(schemas.CourseRunPageSchema, location="query")
@courses.response(200, schemas.CourseRunListSchema)
@courses.alt_response(404, schema=ProblemSchema)
def list_runs(query: dict[str, Any]) -> dict[str, Any]:
    """The runs of my unit; of those that are over a page at a time."""
    with transaction() as session:
        return service.list_runs(
            session, versions=_versions(), actor=current_actor(), now=clock.now(), **query
        )


@courses.post("/course-runs")
@requires(Action.EDIT_COURSE_RUNS)
@courses.arguments(schemas.NewCourseRunSchema)
@courses.response(201, schemas.CourseRunDetailSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(409, schema=ProblemSchema)
def plan_run(body: dict[str, Any]) -> dict[str, Any]:
    """Plan a run with its sessions."""
    actor, now = current_actor(), clock.now()
    run_id, leader_id, code = body.pop("id", None), body.pop("leader_id", None), body.pop("code")
    plan = service.Plan(**{**body, "at": time.fromisoformat(body["at"])})
    with transaction() as session:
        course = _course(session, code, actor)
        run = service.plan_run(
            session,
            course=course,
            settings=service.get_decided(session, course=course, actor=actor),
            plan=plan,
            actor=actor,
            now=now,
            run_id=run_id,
            leader_id=leader_id,
        )
        return _detail(session, run.id, course, actor)


@courses.get("/course-runs/<uuid:run_id>")
@requires(Action.READ_COURSES)
@courses.response(200, schemas.CourseRunDetailSchema)
@courses.alt_response(404, schema=ProblemSchema)
def read_run(run_id: UUID) -> dict[str, Any]:
    """A run with its sessions, and those of its people whom I work with or lead."""
    with transaction() as session:
        return _shown(session, run_id)


@courses.patch("/course-runs/<uuid:run_id>")
@requires(Action.CHANGE_COURSE_RUN)
@versioned
@courses.arguments(schemas.CourseRunChangesSchema)
@courses.response(200, schemas.CourseRunDetailSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(409, schema=ProblemSchema)
def change_run(body: dict[str, Any], run_id: UUID, version: int) -> dict[str, Any]:
    """Change a run that I lead, or end it, so that everybody is told; a manager hands it over."""
    with transaction() as session:
        service.change_run(
            session,
            run_id=run_id,
            version=version,
            changed=body,
            actor=current_actor(),
            now=clock.now(),
        )
        return _shown(session, run_id)


@courses.post("/course-runs/<uuid:run_id>/people")
@requires(Action.EDIT_COURSE_RUNS)
@courses.arguments(schemas.CoursePeopleSearchSchema)
@courses.response(200, schemas.CoursePeopleSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(429, schema=ProblemSchema)
def find_people(body: dict[str, str], run_id: UUID) -> dict[str, Any]:
    """Find somebody of my unit by the whole alias, for a run that I lead."""
    actor, now = current_actor(), clock.now()
    limits.hit(key=f"course-people:{actor.staff_id}", limit=SEARCHES, window=SEARCH_WINDOW, now=now)
    with transaction() as session:
        return {
            "items": service.find_people(session, run_id=run_id, alias=body["words"], actor=actor, now=now)
        }


@courses.post("/course-runs/<uuid:run_id>/enrollments")
@requires(Action.ENROL_IN_COURSE)
@courses.arguments(schemas.NewEnrollmentSchema)
@courses.response(201, schemas.EnrollmentSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(409, schema=ProblemSchema)
def enrol(body: dict[str, Any], run_id: UUID) -> Any:
    """Give somebody a place, or let them wait for one."""
    place_id = body.pop("id", None)
    with transaction() as session:
        return service.enrol(
            session, run_id=run_id, place_id=place_id, **body, actor=current_actor(), now=clock.now()
        )


@courses.delete("/enrollments/<uuid:enrollment_id>")
@requires(Action.ENROL_IN_COURSE)
@courses.response(204)
@courses.alt_response(404, schema=ProblemSchema)
def end_place(enrollment_id: UUID) -> None:
    """Let somebody's place go; it is given to who waits."""
    with transaction() as session:
        service.end_place(session, place_id=enrollment_id, actor=current_actor(), now=clock.now())


@courses.put("/course-sessions/<uuid:session_id>/attendance")
@requires(Action.EDIT_COURSE_RUNS)
@courses.arguments(schemas.CourseAttendanceSchema)
@courses.response(200, schemas.CourseRunDetailSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(409, schema=ProblemSchema)
def take_attendance(body: dict[str, Any], session_id: UUID) -> dict[str, Any]:
    """Write who came to a session that I lead, the whole screen at once."""
    entries = [(entry["citizen_id"], entry["status"]) for entry in body["entries"]]
    with transaction() as session:
        run = service.take_attendance(
            session, session_id=session_id, entries=entries, actor=current_actor(), now=clock.now()
        )
        return _shown(session, run.id)


@courses.post("/course-sessions/<uuid:session_id>/cancel")
@requires(Action.EDIT_COURSE_RUNS)
@versioned
@courses.arguments(schemas.CourseSessionCancelSchema)
@courses.response(200, schemas.CourseRunDetailSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(409, schema=ProblemSchema)
def cancel_session(body: dict[str, str], session_id: UUID, version: int) -> dict[str, Any]:
    """Cancel a session that I lead; everybody who is expected is told."""
    with transaction() as session:
        run = service.cancel(
            session,
            session_id=session_id,
            revision=version,
            reason=body["reason"],
            actor=current_actor(),
            now=clock.now(),
        )
        return _shown(session, run.id)


@courses.patch("/course-sessions/<uuid:session_id>")
@requires(Action.EDIT_COURSE_RUNS)
@versioned
@courses.arguments(schemas.CourseSessionMoveSchema)
@courses.response(200, schemas.CourseRunDetailSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(409, schema=ProblemSchema)
def move_session(body: dict[str, Any], session_id: UUID, version: int) -> dict[str, Any]:
    """Give a session that I lead another time; everybody who is expected is told."""
    with transaction() as session:
        run = service.move(
            session,
            session_id=session_id,
            revision=version,
            **body,
            actor=current_actor(),
            now=clock.now(),
        )
        return _shown(session, run.id)


@courses.get("/course-settings")
@requires(Action.READ_COURSES)
@courses.response(200, decided_schemas.CourseSettingsSchema)
def list_settings() -> dict[str, Any]:
    """What holds for the courses of my unit."""
    with transaction() as session:
        actor = current_actor()
        return {"items": service.list_decided(session, courses=_own(session, actor), actor=actor)}


@courses.put("/course-settings")
@requires(Action.SET_COURSES)
@versioned
@courses.arguments(decided_schemas.NewCourseSettingSchema)
@courses.response(200, decided_schemas.CourseSettingSchema)
@courses.alt_response(404, schema=ProblemSchema)
def decide(body: dict[str, Any], version: int) -> Any:
    """Decide the counts and the themes of a course at my unit."""
    actor = current_actor()
    with transaction() as session:
        course = _course(session, body.pop("code"), actor)
        return service.decide(session, course=course, version=version, **body, actor=actor, now=clock.now())


@courses.get("/courses/<code>/report")
@requires(Action.READ_COURSE_REPORT)
@courses.arguments(decided_schemas.CourseReportQuerySchema, location="query")
@courses.response(200, decided_schemas.CourseReportSchema)
@courses.alt_response(404, schema=ProblemSchema)
def read_report(query: dict[str, int], code: str) -> Any:
    """What people thought of a course over half a year or a year; names nobody."""
    actor = current_actor()
    with transaction() as session:
        course = _course(session, code, actor)
        return service.read_report(session, course=course, **query, actor=actor, now=clock.now())


@courses.get("/citizens/<uuid:citizen_id>/courses")
@requires(Action.READ_CITIZEN_COURSES)
@courses.response(200, schemas.CitizenCoursesSchema)
@courses.alt_response(404, schema=ProblemSchema)
def read_citizen_courses(citizen_id: UUID) -> dict[str, Any]:
    """The courses of somebody I work with, and the themes they have been to."""
    actor = current_actor()
    with transaction() as session:
        decided = service.list_decided(session, courses=_own(session, actor), actor=actor)
        return service.show_courses_of(
            session,
            citizen_id=citizen_id,
            decided={one.code: one for one in decided},
            actor=actor,
            now=clock.now(),
        )


@courses.post("/citizens/<uuid:citizen_id>/course-paths")
@requires(Action.EDIT_COURSE_PATHS)
@courses.arguments(decided_schemas.NewCoursePathSchema)
@courses.response(201, decided_schemas.CoursePathSchema)
@courses.alt_response(404, schema=ProblemSchema)
@courses.alt_response(409, schema=ProblemSchema)
def begin_path(body: dict[str, Any], citizen_id: UUID) -> Any:
    """Agree on talks of one kind with somebody I work with."""
    actor = current_actor()
    path_id, code = body.pop("id", None), body.pop("code")
    with transaction() as session:
        course = _course(session, code, actor)
        return service.begin_path(
            session,
            citizen_id=citizen_id,
            course=course,
            decided=service.get_decided(session, course=course, actor=actor),
            path_id=path_id,
            has_own_day="evaluate_on" in body,
            **body,
            actor=actor,
            now=clock.now(),
        )


@courses.patch("/course-paths/<uuid:path_id>")
@requires(Action.EDIT_COURSE_PATHS)
@versioned
@courses.arguments(decided_schemas.CoursePathChangesSchema)
@courses.response(200, decided_schemas.CoursePathSchema)
@courses.alt_response(404, schema=ProblemSchema)
def change_path(body: dict[str, Any], path_id: UUID, version: int) -> Any:
    """Change the talks that were agreed with somebody I work with."""
    with transaction() as session:
        return service.change_path(
            session,
            path_id=path_id,
            version=version,
            changed=body,
            actor=current_actor(),
            now=clock.now(),
        )


def _own(session: Session, actor: Actor) -> list[CourseContent]:
    """The courses of the actor's own centre, in the content's order."""
    slug = accounts.get_unit(session, unit_id=actor.unit_id).slug if actor.unit_id else ""
    found = current_app.extensions["content"].courses.values()
    return [course for course in found if course.centre == slug]


def _course(session: Session, code: str, actor: Actor) -> CourseContent:
    """:raises UnknownCourse: if the actor's centre has no such course"""
    found = next((course for course in _own(session, actor) if course.code == code), None)
    if found is None:
        raise service.UnknownCourse()
    return found


def _versions() -> dict[str, str]:
    return {code: course.version for code, course in current_app.extensions["content"].courses.items()}


def _shown(session: Session, run_id: UUID) -> dict[str, Any]:
    actor = current_actor()
    code = service.code_of(session, run_id=run_id, actor=actor)
    return _detail(session, run_id, _course(session, code, actor), actor)


def _detail(session: Session, run_id: UUID, course: CourseContent, actor: Actor) -> dict[str, Any]:
    return service.show_run(
        session,
        run_id=run_id,
        decided=service.get_decided(session, course=course, actor=actor),
        versions=_versions(),
        actor=actor,
        now=clock.now(),
    )
