"""What a unit has decided about its courses: how many sessions or talks, and what its themes are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.core.access import Actor
from server.core.errors import Forbidden, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.courses import visible
from server.courses.models import CourseSetting
from server.library.course_models import CourseContent, CourseKind


class UnknownCourse(NotFound):
    """The actor's centre has no such course."""


class Theme(NamedTuple):
    """A theme by its id; without a title it is called as the content calls it."""

    id: str
    title: str | None


@dataclass(frozen=True)
class Decided:
    """What holds for one course at one unit; version 0: as the content says."""

    code: str
    kind: CourseKind
    sessions: int | None
    talks_min: int | None
    talks_max: int | None
    themes: tuple[Theme, ...]
    version: int


def decided(course: CourseContent, row: CourseSetting | None) -> Decided:
    """What the unit has decided, and what the content says where it has not."""
    if row is None:
        least, most = course.talks or (None, None)
        themes = tuple(Theme(theme.id, None) for theme in course.themes)
        return Decided(course.code, course.kind, course.sessions, least, most, themes, 0)
    return Decided(
        code=course.code,
        kind=course.kind,
        sessions=row.sessions,
        talks_min=row.talks_min,
        talks_max=row.talks_max,
        themes=tuple(Theme(str(theme["id"]), theme["title"]) for theme in row.themes),
        version=row.version,
    )


def list_decided(session: Session, *, courses: Sequence[CourseContent], actor: Actor) -> list[Decided]:
    """What holds for each of the own unit's courses, in the content's order."""
    rows = {row.code: row for row in session.scalars(visible.settings(actor))}
    return [decided(course, rows.get(course.code)) for course in courses]


def get_decided(session: Session, *, course: CourseContent, actor: Actor) -> Decided:
    """What holds for one course at the own unit."""
    found = visible.settings(actor).where(CourseSetting.code == course.code)
    return decided(course, session.scalars(found).one_or_none())


def decide(
    session: Session,
    *,
    course: CourseContent,
    version: int,
    sessions: int | None,
    talks_min: int | None,
    talks_max: int | None,
    themes: Sequence[Mapping[str, str | None]],
    actor: Actor,
    now: datetime,
) -> Decided:
    """Decide the counts and the themes of a course at the own unit. Runs that are planned stay as they are.

    :raises Invalid: if a count does not belong to the kind, or a theme has no name
    :raises PreconditionFailed: if somebody decided otherwise since `version`
    """
    if actor.unit_id is None or actor.staff_id is None:
        raise Forbidden()
    _check_counts(course, sessions, talks_min, talks_max)
    named = _named(course, themes)
    key = (actor.unit_id, course.code)
    row = session.get(CourseSetting, key, with_for_update=True, populate_existing=True)
    if (row.version if row is not None else 0) != version:
        raise PreconditionFailed()
    if row is None:
        row = CourseSetting(unit_id=actor.unit_id, code=course.code, version=0)
        session.add(row)
    row.sessions, row.talks_min, row.talks_max = sessions, talks_min, talks_max
    row.themes = [theme._asdict() for theme in named]
    row.version += 1
    row.updated_by, row.updated_at = actor.staff_id, now
    session.flush()
    audit.record(session, event="course.decided", actor=actor, at=now, purpose=course.code)
    return decided(course, row)


def theme_titles(of: Decided) -> dict[str, str | None]:
    """The unit's own name of each theme, in order; None where the content's holds."""
    return {theme.id: theme.title for theme in of.themes}


def _check_counts(course: CourseContent, sessions: int | None, least: int | None, most: int | None) -> None:
    errors: dict[str, list[str]] = {}
    if course.is_group and (least is not None or most is not None):
        errors["talks_min"] = ["Belongs to talks only."]
    if course.is_group == (sessions is None):
        errors["sessions"] = ["Belongs to a group, and has to be given there."]
    if (least is None) != (most is None):
        errors["talks_max"] = ["Give both, or neither."]
    elif least is not None and most is not None and most < least:
        errors["talks_max"] = ["Must not be less than the smallest number."]
    if errors:
        raise Invalid(errors=errors)


def _named(course: CourseContent, themes: Sequence[Mapping[str, Any]]) -> list[Theme]:
    known = {theme.id for theme in course.themes}
    named: list[Theme] = []
    for at, theme in enumerate(themes):
        theme_id, title = theme["id"], theme["title"]
        if theme_id not in known and title is None:
            raise Invalid(errors={f"themes.{at}.title": ["An own theme needs a name."]})
        named.append(Theme(theme_id or f"own-{_short(new_id())}", title))
    ids = [theme.id for theme in named]
    for at, theme_id in enumerate(ids):
        if theme_id in ids[:at]:
            raise Invalid(errors={f"themes.{at}.id": ["Must stand here once."]})
    return named


def _short(made: UUID) -> str:
    return made.hex[-12:]
