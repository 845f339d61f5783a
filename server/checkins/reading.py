"""Check-ins as staff see them: those offered to who asks, and no hint of any other."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import SQLColumnExpression, func, tuple_
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.checkins import visible
from server.checkins.models import CheckIn, UsedDay
from server.citizens import service as citizens
from server.consents import service as consents
from server.core import clock, crypto
from server.core.access import Actor
from server.core.errors import Invalid
from server.core.fields import instant_text

READ = "check-ins.read"
CURSOR = "check-ins-cursor"
PAGE = 50
DAYS_BACK = timedelta(days=366)


class BadCursor(Invalid):
    """The cursor was not made by this list."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


class Place(NamedTuple):
    """Where a check-in stands in a list, as it is sorted: by when it was written.

    By the phone's clock, but no later than it came here: what a clock that goes ahead has written stands
    where it came in, not on top for as many days or years as the clock is wrong.
    """

    stands_at: datetime
    at: datetime
    id: UUID

    def packed(self) -> list[str]:
        """The same for a cursor."""
        return [instant_text(self.stands_at), instant_text(self.at), str(self.id)]

    @classmethod
    def unpacked(cls, said: object) -> "Place":
        """What `packed` made.

        :raises ValueError: if it is something else
        """
        if not isinstance(said, list) or len(said) != len(cls._fields):
            raise ValueError("Not a place.")
        stands_at, at, check_in_id = map(str, said)
        return cls(datetime.fromisoformat(stands_at), datetime.fromisoformat(at), UUID(check_in_id))


class Shown(NamedTuple):
    """One check-in as its writer lets somebody see it; `at` as the phone said it."""

    place: Place
    mood: int | None
    urge: int | None
    line: str | None
    goal_id: UUID | None

    @property
    def id(self) -> UUID:
        return self.place.id

    @property
    def at(self) -> datetime:
        return self.place.at


class ShownDay(NamedTuple):
    """One day and one thing as its writer lets somebody see it."""

    on: date
    used: bool
    what: str | None


class SharedPage(NamedTuple):
    """What a person shares, newest first; the days of the last year come with the first page.

    `shared`: whether there is a yes to all of them, or something was shared by itself.
    """

    shared: bool
    items: list[Shown]
    days: list[ShownDay]
    next_cursor: str | None


def read_shared(
    session: Session,
    *,
    citizen_id: UUID,
    actor: Actor,
    now: datetime,
    cursor: str | None = None,
    limit: int = PAGE,
) -> SharedPage:
    """One page of what a person shares of the check-ins; the look is on the trail before any word is out.

    The relation and the yes are held: neither can end before the caller's commit.

    :raises NotFound: if the actor does not work with the citizen
    :raises BadCursor: if the cursor is not from this list
    """
    after = _after(cursor, citizen_id, actor)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    relation = citizens.hold_contact_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    purpose, item_class = visible.CHOICE
    stands = relation is not None and consents.allows(
        session, citizen_id=citizen_id, purpose=purpose, item_class=item_class, hold=True
    )
    found = shared_with(session, citizen_id=citizen_id, actor=actor, now=now, limit=limit + 1, before=after)
    days = [] if after else _days(session, citizen_id=citizen_id, actor=actor, now=now)
    is_shared = stands or bool(found)
    audit.record(
        session,
        event=READ,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=relation.id if relation else None,
        purpose=purpose,
        outcome="ok" if is_shared else "not-shared",
    )
    page = found[:limit]
    more = len(found) > limit
    return SharedPage(is_shared, page, days, _cursor(page[-1], citizen_id, actor) if more else None)


def shared_with(
    session: Session,
    *,
    citizen_id: UUID,
    actor: Actor,
    now: datetime,
    limit: int,
    goal_id: UUID | None = None,
    before: Place | None = None,
    until: datetime | None = None,
) -> list[Shown]:
    """What a person shares with this staff member, newest first; of one goal, if one is named.

    The caller records the look. `before`: only those that stand after this one in the list. `until`: only
    those that had come here by then.
    """
    wanted = visible.shared(actor, now).where(CheckIn.citizen_id == citizen_id)
    if goal_id is not None:
        wanted = wanted.where(CheckIn.goal_id == goal_id)
    if until is not None:
        wanted = wanted.where(CheckIn.received_at <= until)
    place = _place()
    if before is not None:
        wanted = wanted.where(tuple_(*place) < tuple_(*before))
    newest = wanted.order_by(*(part.desc() for part in place)).limit(limit)
    return _shown(session.scalars(newest).all())


def _place() -> list[SQLColumnExpression[Any]]:
    """What `Place` says, for the database."""
    return [func.least(CheckIn.at, CheckIn.received_at), CheckIn.at, CheckIn.id]


def _shown(rows: Sequence[CheckIn]) -> list[Shown]:
    return [
        Shown(Place(min(row.at, row.received_at), row.at, row.id), row.mood, row.urge, row.line, row.goal_id)
        for row in rows
        if row.at is not None
    ]


def _days(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[ShownDay]:
    """For each day and thing the newest word, newest day first."""
    since = clock.to_wall(now).date() - DAYS_BACK
    wanted = visible.shared_days(actor, now).where(UsedDay.citizen_id == citizen_id, UsedDay.on >= since)
    found: dict[tuple[date, str | None], ShownDay] = {}
    for row in session.scalars(wanted.order_by(UsedDay.on.desc(), UsedDay.seq.desc())):
        if row.used is not None:
            found.setdefault((row.on, row.what), ShownDay(row.on, row.used, row.what))
    return list(found.values())


def _cursor(last: Shown, citizen_id: UUID, actor: Actor) -> str:
    said: dict[str, object] = {
        "after": last.place.packed(),
        "of": str(citizen_id),
        "for": str(actor.id),
    }
    return crypto.sign(said, purpose=CURSOR)


def _after(cursor: str | None, citizen_id: UUID, actor: Actor) -> Place | None:
    if cursor is None:
        return None
    try:
        said = crypto.unsign(cursor, purpose=CURSOR)
    except crypto.BadToken as err:
        raise BadCursor() from err
    if (said.get("of"), said.get("for")) != (str(citizen_id), str(actor.id)):
        raise BadCursor()
    try:
        return Place.unpacked(said.get("after"))
    except ValueError as err:
        raise BadCursor() from err
