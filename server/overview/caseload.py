"""A caseload page: everything that a list of twenty shows, in one statement of the rooms' own queries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, bindparam, func, select, true

from notifications import outbox, subscriptions
from server.accounts import visible as accounts
from server.appointments import first_talk
from server.appointments import service as appointments
from server.audit import service as audit
from server.citizens import guarantee
from server.citizens import service as citizens
from server.core import clock, crypto, prepared
from server.core.access import Actor, ActorKind, Role
from server.core.db import Asked
from server.core.dumping import Written
from server.core.errors import Invalid

CURSOR = "caseload-cursor"
_ROWS = bindparam("rows", type_=Integer)


class BadCursor(Invalid):
    """The cursor was not made by this list."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


def list_caseload(
    session: Connection, *, actor: Actor, now: datetime, limit: int, cursor: str | None = None
) -> Written:
    """One page of the citizens this actor may know of; the look is recorded with the number of rows.

    On a connection that commits each statement by itself.

    :raises BadCursor: if the cursor is not from this list
    """
    after = _after(cursor, actor)
    asked = {**prepared.values_of(actor, now), "rows": limit + 1, "after": after}
    reading = _page(actor.kind, actor.roles, after is not None)
    found = reading.all(session, asked, event="caseload.read", actor=actor, at=now)
    page = found[:limit]
    items = _items(session, page, today=clock.to_wall(now).date())
    more = len(found) > limit
    return Written(items=items, next_cursor=_cursor(page[-1].id, actor) if more else None)


@lru_cache(maxsize=64)
def _page(kind: ActorKind, roles: frozenset[Role], resumed: bool) -> audit.Witnessed:
    """The statement for everybody with these roles: the page first, then what stands beside each row."""
    page = citizens.select_caseload(
        actor=prepared.nameless(kind, roles),
        now=prepared.NOW,
        after=prepared.an_id("after") if resumed else None,
    )
    who = page.limit(_ROWS).subquery("who")
    contact = accounts.names().subquery("contact")
    ahead = appointments.next_of(who.c.id, prepared.NOW).lateral("ahead")
    rows = (
        select(
            who,
            contact.c.name.label("contact_name"),
            ahead.c.id.label("next_id"),
            ahead.c.starts_at.label("next_starts_at"),
            ahead.c.kind.label("next_kind"),
            first_talk.first_held(who).label("held_on"),
            subscriptions.is_reachable(who.c.id).label("reachable"),
            accounts.is_paired(who.c.id).label("paired"),
        )
        .outerjoin(contact, contact.c.id == who.c.contact_person_id)
        .outerjoin(ahead, true())
    )
    found = rows.cte("found")
    shown = func.least(func.count(), _ROWS - 1)  # one more is asked for, to know whether there is a next page
    told = select(func.concat("caseload of ", shown).label("purpose")).select_from(found)
    return audit.Witnessed(found, told, order_by=[found.c.id.desc()])


def _items(session: Asked, page: Sequence[Any], *, today: date) -> list[dict[str, Any]]:
    booked = [row.next_id for row in page if row.next_id is not None]
    standing = outbox.standing(session, booked) if booked else {}
    return [
        {
            "id": row.id,
            "alias": row.alias,
            "my_role": row.my_role,
            "contact_person": _contact(row),
            "first_contact_at": row.first_contact_at,
            "first_contact_channel": row.first_contact_channel,
            "days_since_first_contact": (today - row.first_contact_wall.date()).days,
            "first_contact": guarantee.clock_of(row, held_on=row.held_on, today=today)._asdict(),
            "next_appointment": _next(row, standing),
            "reachable": row.reachable,
            "paired": row.paired,
            "address_protected": row.address_protected,
        }
        for row in page
    ]


def _contact(row: Any) -> dict[str, Any] | None:
    return row.contact_person_id and {"id": row.contact_person_id, "name": row.contact_name}


def _next(row: Any, standing: Mapping[UUID, outbox.Standing]) -> dict[str, Any] | None:
    """The next appointment; who does not work with the citizen sees its time and not what it is for."""
    return row.next_id and {
        "id": row.next_id,
        "starts_at": row.next_starts_at,
        "kind": row.next_kind if row.my_role is not None else None,
        "reminder": standing.get(row.next_id, outbox.Standing.NONE),
    }


def _cursor(last: UUID, actor: Actor) -> str:
    return crypto.sign({"after": str(last), "for": str(actor.id)}, purpose=CURSOR)


def _after(cursor: str | None, actor: Actor) -> UUID | None:
    if cursor is None:
        return None
    try:
        payload = crypto.unsign(cursor, purpose=CURSOR)
    except crypto.BadToken as err:
        raise BadCursor() from err
    if payload.get("for") != str(actor.id):
        raise BadCursor()
    return UUID(str(payload["after"]))
