"""One line of time about a person, or about one of the person's goals, newest first, page by page.

Each kind of thing comes from its own room and only as far as that room lets the reader see it: what a person
keeps private is neither there nor counted, a message is a line without words for whoever may read it, and
contacts with the crisis line are another unit's and never here. The cursor remembers how far each kind has
been read, so nothing is lost or shown twice between two pages, however much is written meanwhile.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Invalid
from server.core.fields import instant_text
from server.goals import service as goals_service
from server.overview import goal_sources, line_sources
from server.overview.line_sources import Line, LineKind, Mark, Source, Wanted

CURSOR = "timeline-cursor"
BOOKED = (LineKind.APPOINTMENT, LineKind.SESSION)


class BadCursor(Invalid):
    """The cursor was not made by this line."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


def read_timeline(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """A page of a person's line, from now backwards; the look is recorded.

    :raises NotFound: if the actor does not work with the citizen
    :raises BadCursor: if the cursor is not from this line
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    wanted = Wanted(citizen_id, None, actor, now, began=now)
    sources: dict[LineKind, Source] = {
        LineKind.APPOINTMENT: line_sources.list_begun,
        LineKind.EVENT: line_sources.list_events,
        LineKind.CHECK_IN: line_sources.list_check_ins,
        LineKind.MESSAGE: line_sources.list_messages,
        LineKind.RELATION: line_sources.list_relations,
    }
    return _page(session, wanted, sources, "timeline.read", limit, cursor)


def read_goal_line(
    session: Session, *, goal_id: UUID, actor: Actor, now: datetime, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """A page of what belongs to one goal, latest first, what is booked ahead among it; the look is recorded.

    :raises GoalNotFound: if the actor may not see the goal
    :raises BadCursor: if the cursor is not from this line
    """
    goal = goals_service.get_goal(session, goal_id=goal_id, actor=actor, now=now)
    wanted = Wanted(goal.citizen_id, goal_id, actor, now, began=now)
    sources: dict[LineKind, Source] = {
        LineKind.APPOINTMENT: line_sources.list_appointments,
        LineKind.EVENT: line_sources.list_events,
        LineKind.CHECK_IN: line_sources.list_check_ins,
        LineKind.EXERCISE: goal_sources.list_given,
        LineKind.ANSWER: goal_sources.list_answers,
        LineKind.SESSION: goal_sources.list_sessions,
    }
    return _page(session, wanted, sources, "goal-line.read", limit, cursor)


def _page(
    session: Session,
    wanted: Wanted,
    sources: Mapping[LineKind, Source],
    event: str,
    limit: int,
    cursor: str | None,
) -> dict[str, Any]:
    """Each kind's next lines, merged by time; a page may be longer, to part nothing of one moment.

    Inside a kind the order of its room holds, also where two instants stand the other way round: else a line
    between two pages would be lost.
    """
    began, marks = _read(cursor, wanted) if cursor else (wanted.now, {})
    wanted = wanted._replace(began=began)
    found: list[tuple[datetime, Line]] = []
    has_more = False
    for kind, source in sources.items():
        latest = datetime.max.replace(tzinfo=UTC)
        lines, is_all = _as_it_began(session, wanted, kind, source, marks.get(kind), limit + 1)
        has_more |= not is_all
        for line in lines:
            latest = min(latest, line.stands_at)
            found.append((latest, line))
    found.sort(key=lambda one: (one[0], one[1].kind), reverse=True)
    end = min(limit, len(found))
    while 0 < end < len(found) and found[end][0] == found[end - 1][0]:
        end += 1
    has_more |= end < len(found)
    page = [line for _, line in found[:end]]
    for line in page:
        marks[line.kind] = line.mark
    _record(session, wanted, event, f"lines: {len(page)}")
    return {"items": page, "next_cursor": _cursor(marks, wanted) if has_more else None}


def _record(session: Session, wanted: Wanted, event: str, purpose: str) -> None:
    own = citizens.find_own_relation(
        session, citizen_id=wanted.citizen_id, actor=wanted.actor, now=wanted.now
    )
    audit.record(
        session,
        event=event,
        actor=wanted.actor,
        at=wanted.now,
        citizen_id=wanted.citizen_id,
        subject_id=wanted.goal_id,
        relation_id=own.id if own else None,
        purpose=purpose,
    )


def _as_it_began(
    session: Session, wanted: Wanted, kind: LineKind, source: Source, mark: Mark | None, limit: int
) -> tuple[list[Line], bool]:
    """The next lines of a kind that were there when the first page was read, and whether they are the last.

    What is booked may lie ahead.
    """
    while True:
        lines = list(source(session, wanted, mark, limit))
        known = [one for one in lines if one.stands_at <= wanted.began or kind in BOOKED]
        if known or len(lines) < limit:
            return known, len(lines) < limit
        mark = lines[-1].mark


def _cursor(marks: Mapping[str, Mark], wanted: Wanted) -> str:
    said: dict[str, Any] = {
        "of": str(wanted.subject),
        "for": str(wanted.actor.id),
        "began": instant_text(wanted.began),
        "marks": dict(marks),
    }
    return crypto.sign(said, purpose=CURSOR)


def _read(cursor: str, wanted: Wanted) -> tuple[datetime, dict[str, Mark]]:
    try:
        said = crypto.unsign(cursor, purpose=CURSOR)
    except crypto.BadToken as err:
        raise BadCursor() from err
    if (said.get("of"), said.get("for")) != (str(wanted.subject), str(wanted.actor.id)):
        raise BadCursor()
    began, marks = said.get("began"), said.get("marks")
    if not isinstance(began, str) or not isinstance(marks, dict):
        raise BadCursor()
    if not all(isinstance(part, str) for mark in marks.values() for part in mark):
        raise BadCursor()  # of an earlier version of this line
    return datetime.fromisoformat(began), marks
