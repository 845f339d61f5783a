"""Finding the person on the line. "Nobody" and "nobody whom the desk may see" are one answer.

By phone, CPR or the person's own code whoever is in care can be found, since only a yes opens the plan; by
alias only those who said yes to the crisis line. Each search is on the trail with its kind, never with what
was typed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import finding
from server.citizens.finding import Person
from server.consents import service as consents
from server.core import clock
from server.core.access import Actor
from server.crisis_line import desk_codes, visible
from server.crisis_line.models import Contact, SearchKind

SEARCHED, FOUND = "desk.searched", "found"
CRISIS_LINE = consents.Purpose.CRISIS_LINE
CRISIS_PLAN = consents.ItemClass.CRISIS_PLAN


class Found(NamedTuple):
    """A person whom the desk may open a contact about."""

    citizen_id: UUID
    alias: str
    sharing: bool
    contact_open: UUID | None


class SearchAnswer(NamedTuple):
    """One person or nobody; `ambiguous` when several who said yes answer to it."""

    found: Found | None
    ambiguous: bool


def search(session: Session, *, by: SearchKind, value: str, actor: Actor, now: datetime) -> SearchAnswer:
    """Look for one person by exactly what the person says."""
    people: list[Person] = []
    if consents.is_reader(session, purpose=CRISIS_LINE, unit_id=actor.unit_id):
        people = _LOOKS[by](session, value, now)
    willing = consents.list_willing(
        session, citizen_ids=[one.id for one in people], purpose=CRISIS_LINE, item_class=CRISIS_PLAN
    )
    is_known_to_many = by == SearchKind.CPR and len(people) > 1  # one person, at several centres
    if by == SearchKind.ALIAS or is_known_to_many:
        people = [one for one in people if one.id in willing]
    person = people[0] if len(people) == 1 else None
    ambiguous = len(people) > 1 and all(one.id in willing for one in people)
    _record(session, by=by, person=person, ambiguous=ambiguous, actor=actor, now=now)
    if person is None:
        return SearchAnswer(None, ambiguous)
    open_contact = _open_contact(session, citizen_id=person.id, actor=actor)
    return SearchAnswer(Found(person.id, person.alias, person.id in willing, open_contact), False)


def was_found(session: Session, *, citizen_id: UUID, by: SearchKind, actor: Actor, since: datetime) -> bool:
    """Whether this worker found the person in this way since then; nobody is opened without."""
    return audit.has_happened(
        session,
        event=SEARCHED,
        actor=actor,
        citizen_id=citizen_id,
        purpose=by,
        outcome=FOUND,
        since=since,
    )


def _by_code(session: Session, value: str, _now: datetime) -> list[Person]:
    owner = desk_codes.find_owner(session, typed=value)
    return finding.by_ids(session, citizen_ids=[owner]) if owner else []


def _by_cpr(session: Session, value: str, now: datetime) -> list[Person]:
    return finding.by_cpr(session, value=value, today=clock.to_wall(now).date())


def _by_phone(session: Session, value: str, _now: datetime) -> list[Person]:
    return finding.by_phone(session, value=value)


def _by_alias(session: Session, value: str, _now: datetime) -> list[Person]:
    return finding.by_alias(session, value=value)


_LOOKS: dict[SearchKind, Callable[[Session, str, datetime], list[Person]]] = {
    SearchKind.CODE: _by_code,
    SearchKind.CPR: _by_cpr,
    SearchKind.PHONE: _by_phone,
    SearchKind.ALIAS: _by_alias,
}


def _open_contact(session: Session, *, citizen_id: UUID, actor: Actor) -> UUID | None:
    found = visible.contacts(actor).where(Contact.citizen_id == citizen_id, Contact.closed_at.is_(None))
    newest = found.with_only_columns(Contact.id).order_by(Contact.received_at.desc(), Contact.id.desc())
    return session.scalars(newest).first()


def _record(
    session: Session,
    *,
    by: SearchKind,
    person: Person | None,
    ambiguous: bool,
    actor: Actor,
    now: datetime,
) -> None:
    audit.record(
        session,
        event=SEARCHED,
        actor=actor,
        at=now,
        citizen_id=person.id if person else None,
        purpose=by,
        outcome=FOUND if person else "ambiguous" if ambiguous else "nobody",
    )
