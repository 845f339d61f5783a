"""Talks of one kind that were agreed with one person: how many as a rule, and when to look back on them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.core.recurrence import months_after
from server.courses import visible
from server.courses.models import CoursePath, PathStatus
from server.courses.settings import Decided
from server.library.course_models import CourseContent, CourseKind

ENTITY = "course_path"


class PathNotFound(NotFound):
    """There is no such path, or its person is out of sight."""


class PathRuns(Conflict):
    """Talks of this kind go on already."""

    code, title = "path-runs", "Talks of this kind are going on already."


def list_paths(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Sequence[CoursePath]:
    """A person's talks by kind, newest first.

    :raises NotFound: if the actor may not open the record
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    found = visible.paths(actor, now).where(CoursePath.citizen_id == citizen_id)
    listed = session.scalars(found.order_by(CoursePath.from_on.desc(), CoursePath.id.desc())).all()
    audit.record(session, event="course-paths.read", actor=actor, at=now, citizen_id=citizen_id)
    return listed


def begin_path(
    session: Session,
    *,
    citizen_id: UUID,
    course: CourseContent,
    decided: Decided,
    from_on: date,
    actor: Actor,
    now: datetime,
    path_id: UUID | None = None,
    planned: int | None = None,
    evaluate_on: date | None = None,
    has_own_day: bool = False,
) -> CoursePath:
    """Agree on talks with somebody; the same request again agrees on nothing twice.

    Without a number it is the most that the unit has decided; without an own day to look back on it
    (`has_own_day`) it is so many months after the beginning as the course has.

    :raises NotFound: if the actor does not work with the person
    :raises Invalid: if the course is a group, or the day lies before the beginning
    :raises PathRuns: if talks of this kind go on already
    """
    if actor.unit_id is None or actor.staff_id is None:
        raise Forbidden()
    if course.kind is not CourseKind.TALKS:
        raise Invalid(errors={"code": ["A group is planned as a run."]})
    _hold(session, citizen_id, actor, now)
    known = session.get(CoursePath, path_id) if path_id else None
    if known is not None:
        if (known.citizen_id, known.code, known.from_on) != (citizen_id, course.code, from_on):
            raise Conflict()
        return known
    _require_none(session, citizen_id, course.code, actor, now)
    if not has_own_day and course.months is not None:
        evaluate_on = months_after(from_on, course.months)
    _check_day(from_on, evaluate_on)
    path = CoursePath(
        id=path_id or new_id(),
        citizen_id=citizen_id,
        unit_id=actor.unit_id,
        code=course.code,
        planned=planned if planned is not None else decided.talks_max,
        from_on=from_on,
        evaluate_on=evaluate_on,
        status=PathStatus.ACTIVE,
        version=1,
        created_by=actor.staff_id,
        created_at=now,
        updated_at=now,
    )
    session.add(path)
    session.flush()
    _note(session, path, "course-path.begun", actor, now)
    return path


def change_path(
    session: Session, *, path_id: UUID, version: int, changed: dict[str, Any], actor: Actor, now: datetime
) -> CoursePath:
    """Change how many talks, when to look back, or that they are over.

    :raises PathNotFound: if the actor does not work with the person
    :raises PreconditionFailed: if it changed since `version`
    :raises PathRuns: if they are to go on again while others of this kind do
    """
    path = _get(session, path_id, actor, now)
    _hold(session, path.citizen_id, actor, now)
    path = _get(session, path_id, actor, now)
    if path.version != version:
        raise PreconditionFailed()
    _check_day(path.from_on, changed.get("evaluate_on"))
    if path.is_over and changed.get("status") == PathStatus.ACTIVE:
        _require_none(session, path.citizen_id, path.code, actor, now)
    for name, value in changed.items():
        setattr(path, name, value)
    path.version += 1
    path.updated_at = now
    session.flush()
    _note(session, path, "course-path.changed", actor, now)
    return path


def _require_none(session: Session, citizen_id: UUID, code: str, actor: Actor, now: datetime) -> None:
    same = visible.paths(actor, now).where(
        CoursePath.citizen_id == citizen_id,
        CoursePath.code == code,
        CoursePath.status == PathStatus.ACTIVE,
    )
    if session.scalars(same).first() is not None:
        raise PathRuns()


def _hold(session: Session, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)


def _get(session: Session, path_id: UUID, actor: Actor, now: datetime) -> CoursePath:
    found = visible.paths(actor, now).where(CoursePath.id == path_id)
    path = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if path is None:
        raise PathNotFound()
    return path


def _check_day(from_on: date, evaluate_on: date | None) -> None:
    if evaluate_on is not None and evaluate_on < from_on:
        raise Invalid(errors={"evaluate_on": ["Must not lie before the beginning."]})


def _note(session: Session, path: CoursePath, event: str, actor: Actor, now: datetime) -> None:
    citizens.record_change(session, citizen_id=path.citizen_id, entity=ENTITY, entity_id=path.id, at=now)
    audit.record(session, event=event, actor=actor, at=now, citizen_id=path.citizen_id, subject_id=path.id)
