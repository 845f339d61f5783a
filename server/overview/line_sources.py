"""Where the lines of a line of time come from: each kind from its own room, as far as that shows it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments import line as appointments
from server.checkins import reading as checkins
from server.citizens import relations
from server.core.access import Actor
from server.core.fields import instant_text
from server.core.places import Place
from server.goals import reading as goals
from server.messages import lines as messages

Mark = list[str]


class LineKind(StrEnum):
    """What a line tells of."""

    APPOINTMENT = "appointment"  #: `code` is where it stands, `detail` what it is for
    EVENT = "event"  #: something on the way to a goal; `code` says what, `title` is the goal
    CHECK_IN = "check-in"  #: how somebody was, as far as it is shared
    MESSAGE = "message"  #: that somebody wrote, without the words
    RELATION = "relation"  #: `code` is began or ended, `detail` the role
    EXERCISE = "exercise"  #: one was given; `subject` names the library's, `title` a colleague's own
    ANSWER = "exercise-answer"  #: what came of one, as far as it is shared; `code` is done or not-now
    SESSION = "session"  #: of a group; `code` is how it stands, `detail` the course, `subject` the theme


class Line(NamedTuple):
    """One line; `mark` is its place among its kind, for the cursor alone.

    Whoever holds a cursor can read its marks: they hold nothing that the line itself does not show.
    """

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
    subject: str | None = None
    level: int | None = None
    mood: int | None = None
    urge: int | None = None
    placed_at: datetime | None = None  #: where it stands, if a clock that goes ahead said something else

    @property
    def stands_at(self) -> datetime:
        """By which it is sorted."""
        return self.placed_at or self.at


class Wanted(NamedTuple):
    """Whose line it is, of which goal if of one, and who reads it."""

    citizen_id: UUID
    goal_id: UUID | None
    actor: Actor
    now: datetime
    began: datetime  #: when the first page was read: what was written since belongs to none of its pages

    @property
    def subject(self) -> UUID:
        return self.goal_id or self.citizen_id


Source = Callable[[Session, Wanted, Mark | None, int], Iterator[Line]]


def list_begun(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """The appointments that had begun when the first page was read."""
    return list_appointments(session, wanted, mark, limit, until=wanted.began)


def list_appointments(
    session: Session, wanted: Wanted, mark: Mark | None, limit: int, *, until: datetime | None = None
) -> Iterator[Line]:
    """The appointments, latest first."""
    found = appointments.list_line(
        session,
        citizen_id=wanted.citizen_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        before=moment_of(mark),
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


def list_events(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """What happened on the way to the goals, newest first."""
    found = goals.list_events(
        session,
        citizen_id=wanted.citizen_id,
        goal_id=wanted.goal_id,
        actor=wanted.actor,
        now=wanted.now,
        before=UUID(mark[0]) if mark else None,
        limit=limit,
    )
    about = {one.goal_id for one in found}
    titles = goals.goal_titles(session, goal_ids=about, actor=wanted.actor, now=wanted.now)
    for one in found:
        yield Line(
            one.at,
            LineKind.EVENT,
            one.id,
            [str(one.id)],
            code=one.kind,
            title=titles.get(one.goal_id),
            detail=one.text or one.value,
            by=one.by,
            name=one.staff_name,
            goal_id=one.goal_id,
            level=one.level,
        )


def list_check_ins(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """What had come here when the first page was read, whatever the phone's clock said of it."""
    for one in checkins.shared_with(
        session,
        citizen_id=wanted.citizen_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        goal_id=wanted.goal_id,
        before=Place.unpacked(mark) if mark else None,
        until=wanted.began,
    ):
        yield Line(
            one.at,
            LineKind.CHECK_IN,
            one.id,
            one.place.packed(),
            placed_at=one.place.stands_at,
            detail=one.line,
            by="citizen",
            goal_id=one.goal_id,
            mood=one.mood,
            urge=one.urge,
        )


def list_messages(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
    """That somebody wrote, newest first."""
    for one in messages.list_lines(
        session,
        citizen_id=wanted.citizen_id,
        actor=wanted.actor,
        now=wanted.now,
        limit=limit,
        before=UUID(mark[0]) if mark else None,
    ):
        yield Line(one.at, LineKind.MESSAGE, one.id, [str(one.id)], by=one.by, name=one.staff_name)


def list_relations(session: Session, wanted: Wanted, mark: Mark | None, limit: int) -> Iterator[Line]:
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


def moment_of(mark: Mark | None) -> tuple[datetime, UUID] | None:
    """The instant and the id that a mark was made of."""
    return (datetime.fromisoformat(mark[0]), UUID(mark[1])) if mark else None


def _place(mark: Mark | None, *, relations_of: Sequence[Line]) -> int:
    """How many of the lines stand before or at the mark."""
    if mark is None:
        return 0
    last = (datetime.fromisoformat(mark[0]), mark[1:])
    return sum((line.at, line.mark[1:]) >= last for line in relations_of)
