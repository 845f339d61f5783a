"""Messages as they are shown: to staff page by page, and to the person's own phones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications import outbox
from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import service as citizens
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Invalid, NotFound
from server.messages import visible
from server.messages.models import Message, Writer
from server.messages.waiting import waiting_since

PAGE = 30
CURSOR = "messages-cursor"


class BadCursor(Invalid):
    """The cursor was not made by this list."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


class Shown(NamedTuple):
    """One message as staff see it; without text it was taken back. Nobody sees whether it was read."""

    id: UUID
    by: Writer
    staff_name: str | None
    mine: bool
    text: str | None
    at: datetime
    received_at: datetime
    withdrawn: bool


class Thread(NamedTuple):
    """One page of a person's messages, newest first, and since when the person waits for an answer."""

    items: list[Shown]
    next_cursor: str | None
    waiting_since: datetime | None


def find_thread(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> UUID:
    """The unit of a citizen whose messages the actor may read.

    :raises NotFound: if there is none, or the actor does not answer for the person
    """
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    if citizen_id not in set(session.scalars(visible.threads(actor, now))):
        raise NotFound()
    return citizen.unit_id


def list_thread(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime, cursor: str | None = None
) -> Thread:
    """A page of a person's messages, newest first; the look is recorded.

    :raises NotFound: if the actor does not answer for the person
    :raises BadCursor: if the cursor is not from this list
    """
    unit_id = find_thread(session, citizen_id=citizen_id, actor=actor, now=now)
    wanted = visible.messages(actor, now).where(Message.citizen_id == citizen_id)
    if cursor is not None:
        wanted = wanted.where(Message.seq < visible.place_of(citizen_id, _before(cursor, citizen_id)))
    found = session.scalars(wanted.order_by(Message.seq.desc()).limit(PAGE + 1)).all()
    since = waiting_since(session, citizen_ids=[citizen_id]).get(citizen_id)
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    page = found[:PAGE]
    items = show(session, page, actor=actor)
    audit.record(
        session,
        event="messages.read",
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=citizen_id,
        relation_id=own.id if own else None,
        purpose=f"messages: {len(page)}",
    )
    return Thread(items, _cursor(page[-1].id, citizen_id) if len(found) > PAGE else None, since)


def show(session: Session, found: Sequence[Message], *, actor: Actor) -> list[Shown]:
    """These messages with the names of who wrote them."""
    names = _names(session, found)
    return [
        Shown(
            id=one.id,
            by=one.by,
            staff_name=names[one.staff_id] if one.staff_id else None,
            mine=one.staff_id is not None and one.staff_id == actor.staff_id,
            text=one.text,
            at=one.at,
            received_at=one.received_at,
            withdrawn=one.withdrawn_at is not None,
        )
        for one in found
    ]


def current_messages(
    session: Session, *, citizen_id: UUID, message_ids: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    """The messages among these ids as the citizen's own phones hold them, by id; empty ones too."""
    theirs = select(Message).where(Message.citizen_id == citizen_id, Message.id.in_(message_ids))
    found = session.scalars(theirs).all()
    names = _names(session, found)
    notices = outbox.occurrence_ids(session, [one.id for one in found if one.by == Writer.STAFF])
    return {
        one.id: {
            "id": one.id,
            "at": one.at,
            "order": one.seq,
            "by": one.by,
            "name": names[one.staff_id] if one.staff_id else None,
            "text": one.text,
            "withdrawn": one.withdrawn_at is not None,
            "erased": one.erased_at is not None,
            "occurrence_ids": notices.get(one.id, []),
        }
        for one in found
    }


def _names(session: Session, found: Sequence[Message]) -> dict[UUID, str]:
    wrote = {one.staff_id for one in found if one.staff_id is not None}
    return accounts.staff_names(session, staff_ids=wrote) if wrote else {}


def _cursor(last: UUID, citizen_id: UUID) -> str:
    """Its reader can read it: the number of a message would tell how much the person does unseen."""
    return crypto.sign({"before": str(last), "of": str(citizen_id)}, purpose=CURSOR)


def _before(cursor: str, citizen_id: UUID) -> UUID:
    try:
        said = crypto.unsign(cursor, purpose=CURSOR)
    except crypto.BadToken as err:
        raise BadCursor() from err
    before = said.get("before")
    if said.get("of") != str(citizen_id) or not isinstance(before, str):
        raise BadCursor()
    return UUID(before)
