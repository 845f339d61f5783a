"""One line of time about a person, or about one of the person's goals, newest first, page by page.

Each kind of thing comes from its own room and only as far as that room lets the reader see it: what a person
keeps private is neither there nor counted, a message is a line without words for whoever may read it, and
contacts with the crisis line are another unit's and never here. The cursor remembers how far each kind has
been read, so nothing is lost or shown twice between two pages, however much is written meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments import line as appointments
from server.audit import service as audit
from server.checkins import reading as checkins
from server.citizens import relations
from server.citizens import service as citizens
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Invalid
from server.core.fields import instant_text
from server.goals import reading as goals
from server.goals import service as goals_service
from server.messages import lines as messages

CURSOR = "timeline-cursor"
Mark = list[Any]


class LineKind(StrEnum):
    """What a line tells of."""

    APPOINTMENT = "appointment"  #: `code` is where it stands, `detail` what it is for
    EVENT = "event"  #: something on the way to a goal; `code` says what, `title` is the goal
    CHECK_IN = "check-in"  #: how somebody was, as far as it is shared
    MESSAGE = "message"  #: that somebody wrote, without the words
    RELATION = "relation"  #: `code` is began or ended, `detail` the role


class Line(NamedTuple):
    """One line; `mark` is its place among its kind, for the cursor alone."""

    at: datetime
    kind: LineKind
    id: UUID
    mark: Mark
    code: str | None = None
    title: str | None = None
    detail: str | None = None
    by: str | None = None
    name: str | None = None
    goal_id: UUID | None = None
    level: int | None = None
    mood: int | None = None
    urge: int | None = None


class BadCursor(Invalid):
    """The cursor was not made by this line."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


class _Wanted(NamedTuple):
    """Whose line it is, of which goal if of one, and who reads it."""

    citizen_id: UUID
    goal_id: UUID | None
    actor: Actor
    now: datetime
    began: datetime  #: when the first page was read: what was written since belongs to none of its pages

    @property
    def subject(self) -> UUID:
        return self.goal_id or self.citizen_id


_Source = Callable[[Session, _Wanted, Mark | None, int], Iterator[Line]]


def read_timeline(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """A page of a person's line, from now backwards; the look is recorded.

    :raises NotFound: if the actor does not work with the citizen
    :raises BadCursor: if the cursor is not from this line
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    wanted = _Wanted(citizen_id, None, actor, now, began=now)
    sources: dict[LineKind, _Source] = {
        LineKind.APPOINTMENT: _begun,
        LineKind.EVENT: _events,
        LineKind.CHECK_IN: _check_ins,
        LineKind.MESSAGE: _messages,
        LineKind.RELATION: _relations,
    }
    return _page(session, wanted, sources, "timeline.read", limit, cursor)


def read_goal_line(
    session: Session, *, goal_id: UUID, actor: Actor, now: datetime, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """A page of what belongs to one goal, latest first, appointments ahead among it; the look is recorded.

    :raises GoalNotFound: if the actor may not see the goal
    :raises BadCursor: if the cursor is not from this line
    """
    goal = goals_service.get_goal(session, goal_id=goal_id, actor=actor, now=now)
    wanted = _Wanted(goal.citizen_id, goal_id, actor, now, began=now)
    sources: dict[LineKind, _Source] = {
        LineKind.APPOINTMENT: _appointments,
        LineKind.EVENT: _events,
        LineKind.CHECK_IN: _check_ins,
    }
    return _page(session, wanted, sources, "goal-line.read", limit, cursor)


def _page(
    session: Session,
    wanted: _Wanted,
    sources: Mapping[LineKind, _Source],
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
    for kind, source in sources.items():
        latest = datetime.max.replace(tzinfo=UTC)
        for line in _as_it_began(session, wanted, kind, source, marks.get(kind), limit + 1):
            latest = min(latest, line.at)
            found.append((latest, line))
    found.sort(key=lambda one: (one[0], one[1].kind), reverse=True)
    end = min(limit, len(found))
    while 0 < end < len(found) and found[end][0] == found[end - 1][0]:
        end += 1
    page = [line for _, line in found[:end]]
    for line in page:
        marks[line.kind] = line.mark
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
        purpose=f"lines: {len(page)}",
    )
    return {"items": page, "next_cursor": _cursor(marks, wanted) if end < len(found) else None}


def _as_it_began(
    session: Session, wanted: _Wanted, kind: LineKind, source: _Source, mark: Mark | None, limit: int
) -> list[Line]:
    """The next lines of a kind that were there when the first page was read; an appointment may lie ahead."""
    while True:
        lines = list(source(session, wanted, mark, limit))
        known = [one for one in lines if one.at <= wanted.began or kind is LineKind.APPOINTMENT]
        if known or len(lines) < limit:
            return known
        mark = lines[-1].mark


def _begun(session: Session, wanted: _Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """The appointments that had begun when the first page was read."""
    return _appointments(session, wanted, mark, limit, until=wanted.began)


def _appointments(
    session: Session, wanted: _Wanted, mark: Mark | None, limit: int, *, until: datetime | None = None
) -> Iterator[Line]:
    found = appointments.list_line(
        session,
        citizen_id=wanted.citizen_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        before=(datetime.fromisoformat(mark[0]), UUID(mark[1])) if mark else None,
        until=until,
        goal_id=wanted.goal_id,
    )
    names = accounts.staff_names(session, staff_ids={one.staff_id for one in found})
    for one in found:
        yield Line(
            one.starts_at,
            LineKind.APPOINTMENT,
            one.id,
            [instant_text(one.starts_at), str(one.id)],
            code=one.status,
            detail=one.kind,
            name=names.get(one.staff_id),
            goal_id=one.goal_id,
        )


def _events(session: Session, wanted: _Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    found = goals.list_events(
        session,
        citizen_id=wanted.citizen_id,
        goal_id=wanted.goal_id,
        actor=wanted.actor,
        now=wanted.now,
        before=mark[0] if mark else None,
        limit=limit,
    )
    about = {one.goal_id for one in found}
    titles = goals.goal_titles(session, goal_ids=about, actor=wanted.actor, now=wanted.now)
    for one in found:
        yield Line(
            one.at,
            LineKind.EVENT,
            one.id,
            [one.seq],
            code=one.kind,
            title=titles.get(one.goal_id),
            detail=one.text or one.value,
            by=one.by,
            name=one.staff_name,
            goal_id=one.goal_id,
            level=one.level,
        )


def _check_ins(session: Session, wanted: _Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """By the phone's clock, as they are shown everywhere; several of one moment are never parted."""
    for one in checkins.shared_with(
        session,
        citizen_id=wanted.citizen_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        goal_id=wanted.goal_id,
        before=datetime.fromisoformat(mark[0]) if mark else None,
    ):
        yield Line(
            one.at,
            LineKind.CHECK_IN,
            one.id,
            [instant_text(one.at)],
            detail=one.line,
            by="citizen",
            goal_id=one.goal_id,
            mood=one.mood,
            urge=one.urge,
        )


def _messages(session: Session, wanted: _Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    for one in messages.list_lines(
        session,
        citizen_id=wanted.citizen_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        before=mark[0] if mark else None,
    ):
        yield Line(one.at, LineKind.MESSAGE, one.id, [one.seq], by=one.by, name=one.staff_name)


def _relations(session: Session, wanted: _Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """That somebody began or ceased to work with the person; there are never many."""
    found = relations.list_relations(session, citizen_id=wanted.citizen_id)
    names = accounts.staff_names(session, staff_ids={one.staff_id for one in found})
    steps = [("began", one, one.starts_at) for one in found]
    steps += [("ended", one, one.ends_at) for one in found if one.ends_at is not None]
    lines = [
        Line(
            at,
            LineKind.RELATION,
            one.id,
            [instant_text(at), str(one.id), code],
            code=code,
            detail=one.role,
            name=names.get(one.staff_id),
        )
        for code, one, at in steps
        if at <= wanted.now
    ]
    place = partial(_place, relations_of=lines)
    lines.sort(key=lambda line: (line.at, line.mark[1:]), reverse=True)
    yield from lines[place(mark) :][:limit]


def _place(mark: Mark | None, *, relations_of: Sequence[Line]) -> int:
    """How many of the lines stand before or at the mark."""
    if mark is None:
        return 0
    last = (datetime.fromisoformat(mark[0]), mark[1:])
    return sum((line.at, line.mark[1:]) >= last for line in relations_of)


def _cursor(marks: Mapping[str, Mark], wanted: _Wanted) -> str:
    said: dict[str, Any] = {
        "of": str(wanted.subject),
        "for": str(wanted.actor.id),
        "began": instant_text(wanted.began),
        "marks": dict(marks),
    }
    return crypto.sign(said, purpose=CURSOR)


def _read(cursor: str, wanted: _Wanted) -> tuple[datetime, dict[str, Mark]]:
    try:
        said = crypto.unsign(cursor, purpose=CURSOR)
    except crypto.BadToken as err:
        raise BadCursor() from err
    if (said.get("of"), said.get("for")) != (str(wanted.subject), str(wanted.actor.id)):
        raise BadCursor()
    began, marks = said.get("began"), said.get("marks")
    if not isinstance(began, str) or not isinstance(marks, dict):
        raise BadCursor()
    return datetime.fromisoformat(began), marks
