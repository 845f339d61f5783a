"""The staff's read models: a caseload page, and one person's page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from server.accounts import service as accounts
from server.appointments import first_talk
from server.appointments import service as appointments
from server.audit import service as audit
from server.citizens import service as citizens
from server.core import clock, crypto
from server.core.access import Actor
from server.core.errors import Invalid
from server.reminders import service as reminders

CURSOR = "caseload-cursor"


class BadCursor(Invalid):
    """The cursor was not made by this list."""

    def __init__(self) -> None:
        super().__init__(errors={"cursor": ["Must be the next_cursor of the page before."]})


def list_caseload(
    session: Session, *, actor: Actor, now: datetime, limit: int, cursor: str | None = None
) -> dict[str, Any]:
    """One page of the citizens this actor may know of; the look is recorded with the number of rows.

    :raises BadCursor: if the cursor is not from this list
    """
    found = citizens.list_caseload(
        session, actor=actor, now=now, limit=limit + 1, after=_after(cursor, actor)
    )
    page = found[:limit]
    items = _with_the_rest(session, page, now)
    audit.record(session, event="caseload.read", actor=actor, at=now, purpose=f"caseload of {len(page)}")
    more = len(found) > limit
    return {"items": items, "next_cursor": _cursor(page[-1].id, actor) if more else None}


def read_person(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> dict[str, Any]:
    """One person's page; the look is recorded with the relation that allowed it.

    :raises NotFound: if the actor may not know of the citizen
    """
    record = citizens.read_record(session, citizen_id=citizen_id, actor=actor, now=now)
    works_together = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    choices = reminders.choices_of(session, citizen_ids=[citizen_id])[citizen_id]
    return {
        **record._asdict(),
        "reachable": subscriptions.reachable(session, [citizen_id]).get(citizen_id, False),
        "paired": citizen_id in accounts.paired_citizens(session, citizen_ids=[citizen_id]),
        "reminders": choices if works_together else None,
        "first_contact": first_talk.read_clocks(session, citizen_ids=[citizen_id], now=now)[citizen_id],
    }


def _with_the_rest(session: Session, page: Sequence[Any], now: datetime) -> list[dict[str, Any]]:
    ids = [row.id for row in page]
    contacts = {row.contact_person_id for row in page if row.contact_person_id}
    names = accounts.staff_names(session, staff_ids=contacts)
    paired = accounts.paired_citizens(session, citizen_ids=ids)
    reachable = subscriptions.reachable(session, ids)
    ahead = appointments.next_for(session, citizen_ids=ids, now=now)
    standing = outbox.standing(session, [appointment.id for appointment in ahead.values()])
    clocks = first_talk.read_clocks(session, citizen_ids=ids, now=now)
    today = clock.to_wall(now).date()
    return [
        {
            "id": row.id,
            "alias": row.alias,
            "my_role": row.my_role,
            "contact_person": _contact(row.contact_person_id, names),
            "first_contact_at": row.first_contact_at,
            "first_contact_channel": row.first_contact_channel,
            "days_since_first_contact": (today - row.first_contact_wall.date()).days,
            "first_contact": clocks[row.id],
            "next_appointment": _next(ahead.get(row.id), standing, works_together=row.my_role is not None),
            "reachable": reachable.get(row.id, False),
            "paired": row.id in paired,
            "address_protected": row.address_protected,
        }
        for row in page
    ]


def _contact(staff_id: UUID | None, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    return None if staff_id is None else {"id": staff_id, "name": names[staff_id]}


def _next(appointment: Any, standing: Mapping[UUID, str], *, works_together: bool) -> dict[str, Any] | None:
    """The next appointment; who does not work with the citizen sees its time and not what it is for."""
    if appointment is None:
        return None
    return {
        "id": appointment.id,
        "starts_at": appointment.starts_at,
        "kind": appointment.kind if works_together else None,
        "reminder": standing.get(appointment.id, outbox.Standing.NONE),
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
