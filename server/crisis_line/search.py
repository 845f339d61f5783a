"""Finding the person on the line. "Nobody" and "nobody whom the desk may see" are one answer.

That somebody is found tells this unit that the person is in treatment somewhere. So by phone, CPR or alias
only those are found who said yes to the crisis line, or who say yes aloud at this moment (not by alias); the
person's own code finds, since only the person can say it. Whoever has not said yes changes nothing in the
answer about anybody else. Each search is on the trail with its kind, never with what was typed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import changes, desk_relations, finding
from server.citizens.finding import Person
from server.consents import oral
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


def search(
    session: Session, *, by: SearchKind, value: str, oral_yes: bool, actor: Actor, now: datetime
) -> SearchAnswer:
    """Look for one person by exactly what the person says; `oral_yes`: the person says yes aloud.

    Whoever is found by that is told of it, and the contact that follows carries the yes.
    """
    people: list[Person] = []
    if consents.is_reader(session, purpose=CRISIS_LINE, unit_id=actor.unit_id):
        people = _LOOKS[by](session, value, now)
    willing = consents.list_willing(
        session, citizen_ids=[one.id for one in people], purpose=CRISIS_LINE, item_class=CRISIS_PLAN
    )
    sharing = [one for one in people if one.id in willing]
    may_be_heard = by == SearchKind.CODE or oral_yes
    people = people if may_be_heard and not sharing else sharing
    person = people[0] if len(people) == 1 else None
    if oral_yes and person is not None and not sharing:
        person = _hear(session, person, actor=actor, now=now)
    ambiguous = len(sharing) > 1
    _record(session, by=by, person=person, ambiguous=ambiguous, actor=actor, now=now)
    if person is None:
        return SearchAnswer(None, ambiguous)
    open_contact = _open_contact(session, citizen_id=person.id, actor=actor, now=now)
    return SearchAnswer(Found(person.id, person.alias, bool(sharing), open_contact), False)


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
    """Nobody whose yes was given in words that do not say so."""
    people = finding.by_alias(session, value=value)
    findable = consents.list_findable_by_alias(session, citizen_ids=[one.id for one in people])
    return [one for one in people if one.id in findable]


_LOOKS: dict[SearchKind, Callable[[Session, str, datetime], list[Person]]] = {
    SearchKind.CODE: _by_code,
    SearchKind.CPR: _by_cpr,
    SearchKind.PHONE: _by_phone,
    SearchKind.ALIAS: _by_alias,
}


def _hear(session: Session, person: Person, *, actor: Actor, now: datetime) -> Person | None:
    """The person, with the yes written down; nobody, if they cannot be found any more."""
    changes.lock_sequences(session, citizen_ids=[person.id])
    if not finding.by_ids(session, citizen_ids=[person.id]):
        return None
    oral.hear(session, citizen_id=person.id, actor=actor, now=now)
    return person


def _open_contact(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> UUID | None:
    """The contact that the desk is in with this person; one that was claimed tells nobody whose it is."""
    found = visible.contacts(actor).where(
        Contact.citizen_id == citizen_id,
        Contact.found_by.is_not(None),
        Contact.closed_at.is_(None),
        Contact.opened_at > now - desk_relations.LONGEST,
    )
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
