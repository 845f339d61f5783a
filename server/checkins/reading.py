"""Check-ins as staff see them: those offered to who asks, and no hint of any other."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import tuple_
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.checkins import visible
from server.checkins.models import CheckIn, UsedDay
from server.consents import offers
from server.core import clock, crypto
from server.core.access import Actor
from server.core.errors import Invalid
from server.core.places import Place, place_columns

READ = "check-ins.read"
CURSOR = "check-ins-cursor"
PAGE = 50
DAYS_BACK = timedelta(days=366)


class BadCursor(Invalid):
    """The cursor was not made by this list."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


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
    look = offers.hold_look(session, citizen_id=citizen_id, choice=visible.CHOICE, actor=actor, now=now)
    found = shared_with(session, citizen_id=citizen_id, actor=actor, now=now, limit=limit + 1, before=after)
    days = [] if after else _days(session, citizen_id=citizen_id, actor=actor, now=now)
    is_shared = look.stands or bool(found)
    audit.record(
        session,
        event=READ,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=look.relation_id,
        purpose=visible.CHOICE.purpose,
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
    place = place_columns(CheckIn.at, CheckIn.received_at, CheckIn.id)
    if before is not None:
        wanted = wanted.where(tuple_(*place) < tuple_(*before))
    newest = wanted.order_by(*(part.desc() for part in place)).limit(limit)
    return _shown(session.scalars(newest).all())


def _shown(rows: Sequence[CheckIn]) -> list[Shown]:
    return [
        Shown(Place.of(row.at, row.received_at, row.id), row.mood, row.urge, row.line, row.goal_id)
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
