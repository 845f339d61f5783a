"""Claim codes: whoever turned to the crisis line without a name can read, erase or claim that one contact.

Nothing is ever tied to a person by itself: the person types the code, sees what staff will see, and says so.
Unknown, used, expired and replaced codes, and those of erased contacts, are one answer.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.citizens import changes, pairing
from server.citizens import service as citizens
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, NotFound
from server.core.ids import new_id
from server.crisis_line import contacts, erasing, reading
from server.crisis_line.models import ClaimCode, Contact

LENGTH = 8
LIFETIME = timedelta(days=14)


class BadClaimCode(NotFound):
    """Unknown, used, expired and replaced codes alike."""

    code, title = "claim-code-invalid", "This code cannot be used."


class ContactKnown(Conflict):
    """The contact is about a person who is known already: there is nothing to claim."""

    code, title = "contact-known", "This contact already belongs to a person."


class NewClaimCode(NamedTuple):
    """A code that was just made; it is stored only as a keyed hash, so it can be shown only now."""

    code: str
    expires_at: datetime


def make_code(session: Session, *, contact_id: UUID, actor: Actor, now: datetime) -> NewClaimCode:
    """Make the code of an anonymous contact: 14 days, once; the code made before it stops working.

    :raises ContactNotFound: if the contact is not in the actor's unit
    :raises ContactKnown: if it is about somebody known
    """
    contact = contacts.hold(session, contact_id=contact_id, actor=actor)
    if contact.citizen_id is not None:
        raise ContactKnown()
    if actor.staff_id is None:
        raise Forbidden()
    session.execute(delete(ClaimCode).where(ClaimCode.contact_id == contact_id))
    made = NewClaimCode("".join(secrets.choice(pairing.ALPHABET) for _ in range(LENGTH)), now + LIFETIME)
    session.add(
        ClaimCode(
            id=new_id(),
            contact_id=contact_id,
            code_hash=_hash(made.code),
            made_by=actor.staff_id,
            made_at=now,
            expires_at=made.expires_at,
        )
    )
    session.flush()
    contacts.record(session, "claim-code.made", contact, actor, now)
    return made


def look_up(session: Session, *, typed: str, now: datetime) -> dict[str, Any]:
    """Everything that is kept of the contact that a code belongs to; the code stays as it is.

    :raises BadClaimCode: alike for every code that cannot be used
    """
    code = session.scalars(_known(typed)).one_or_none()
    if code is None:
        raise BadClaimCode()
    _require_usable(code, now)
    contact = session.get_one(Contact, code.contact_id)
    unit = accounts.get_unit(session, unit_id=contact.unit_id)
    return {**reading.ticks_of(contact), **reading.words_of(contact), "unit_name": unit.name}


def claim(session: Session, *, typed: str, actor: Actor, now: datetime) -> Contact:
    """Make the contact the citizen's own, and show it in the app; the same citizen may say it twice.

    It gives nobody access to anything else of the person's.

    :raises BadClaimCode: alike for every code that cannot be used
    """
    if actor.citizen_id is None:
        raise Forbidden()
    citizen = citizens.get_citizen(session, citizen_id=actor.citizen_id, actor=actor, now=now)
    changes.lock_sequences(session, citizen_ids=[citizen.id])
    code, contact = _hold(session, typed)
    if code.used_at is not None and contact.citizen_id == citizen.id:
        return contact
    _require_usable(code, now)
    changes.record_change(
        session, citizen_id=citizen.id, entity=contacts.ENTITY, entity_id=contact.id, at=now
    )
    code.used_at = contact.claimed_at = contact.shown_yes_at = contact.updated_at = now
    contact.citizen_id, contact.version = citizen.id, contact.version + 1
    session.flush()
    contacts.record(session, "crisis-contact.claimed", contact, actor, now)
    return contact


def erase(session: Session, *, typed: str, now: datetime) -> None:
    """Empty the contact that a code belongs to, for good; that there was one is still counted.

    :raises BadClaimCode: alike for every code that cannot be used
    """
    code, contact = _hold(session, typed)
    _require_usable(code, now)
    session.delete(code)
    erasing.empty(session, contact=contact, now=now)
    contacts.record(session, "crisis-contact.erased", contact, None, now)


def _hold(session: Session, typed: str) -> tuple[ClaimCode, Contact]:
    """The code and its contact, the contact locked first, as everybody does who changes one."""
    code = session.scalars(_known(typed)).one_or_none()
    if code is None:
        raise BadClaimCode()
    contact = session.get_one(Contact, code.contact_id, with_for_update=True, populate_existing=True)
    held = _known(typed).with_for_update().execution_options(populate_existing=True)
    code = session.scalars(held).one_or_none()
    if code is None:
        raise BadClaimCode()
    return code, contact


def _require_usable(code: ClaimCode, now: datetime) -> None:
    if code.used_at is not None or code.expires_at <= now:
        raise BadClaimCode()


def _known(typed: str) -> Select[ClaimCode]:
    return select(ClaimCode).where(ClaimCode.code_hash == _hash(pairing.normalise(typed)))


def _hash(code: str) -> bytes:
    return crypto.blind_index(code, context="crisis_claim_code")
