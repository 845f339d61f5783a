"""Where the lines come from that stand in the line of one goal alone: what was given for it, and groups."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from server.core.fields import instant_text
from server.core.places import Place
from server.courses import line as courses
from server.exercises import line as exercises
from server.overview.line_sources import Line, LineKind, Mark, Wanted, moment_of


def list_given(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """The exercises that were given for a goal, newest first."""
    assert wanted.goal_id is not None
    for one in exercises.list_given(
        session,
        citizen_id=wanted.citizen_id,
        goal_id=wanted.goal_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        before=moment_of(mark),
    ):
        yield Line(
            one.at,
            LineKind.EXERCISE,
            one.id,
            [instant_text(one.at), str(one.id)],
            code="given",
            title=one.title,
            detail=one.line,
            by="staff",
            name=one.by_name,
            goal_id=wanted.goal_id,
            subject=one.library_id,
        )


def list_answers(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """What came of them, as far as it is shared and had come here when the first page was read."""
    assert wanted.goal_id is not None
    for one in exercises.list_answers(
        session,
        citizen_id=wanted.citizen_id,
        goal_id=wanted.goal_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        before=Place.unpacked(mark) if mark else None,
        until=wanted.began,
    ):
        yield Line(
            one.place.at,
            LineKind.ANSWER,
            one.place.id,
            one.place.packed(),
            placed_at=one.place.stands_at,
            code=one.outcome,
            title=one.title,
            detail=one.note,
            by="citizen",
            goal_id=wanted.goal_id,
            subject=one.library_id,
        )


def list_sessions(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """The sessions of groups that the person comes to for a goal, latest first."""
    assert wanted.goal_id is not None
    for one in courses.list_line(
        session,
        citizen_id=wanted.citizen_id,
        goal_id=wanted.goal_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        before=moment_of(mark),
    ):
        yield Line(
            one.at,
            LineKind.SESSION,
            one.id,
            [instant_text(one.at), str(one.id)],
            code=one.stands,
            title=one.theme_title,
            detail=one.code,
            goal_id=wanted.goal_id,
            subject=one.theme,
        )
