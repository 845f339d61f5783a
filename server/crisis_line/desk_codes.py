"""The six characters by which the crisis line finds a person: shown in the person's own app, replaceable."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import changes, pairing
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Forbidden, Unavailable
from server.core.ids import new_id
from server.crisis_line.models import DeskCode, index_of

LENGTH = 6
TRIES = 8  #: of nearly 2^30 codes; two in a row that are taken already are as good as never


def own_code(session: Session, *, actor: Actor, now: datetime) -> DeskCode:
    """The citizen's code; the first time one is asked for it is made.

    :raises Forbidden: if the actor is not a citizen
    """
    if actor.citizen_id is None:
        raise Forbidden()
    return code_of(session, citizen_id=actor.citizen_id, now=now)


def code_of(session: Session, *, citizen_id: UUID, now: datetime) -> DeskCode:
    """A citizen's code, made if there is none; of two that ask at once both get the same."""
    known = _find(session, citizen_id)
    if known is not None:
        return known
    row = DeskCode(id=new_id(), citizen_id=citizen_id, made_at=now)
    row.code = _free_code(session)
    first = insert(DeskCode).values(
        id=row.id, citizen_id=citizen_id, made_at=now, code_sealed=row.code_sealed, code_index=row.code_index
    )
    session.execute(first.on_conflict_do_nothing(index_elements=["citizen_id"]))
    made = _find(session, citizen_id)
    if made is None:
        raise Unavailable()
    return made


def kept_code(session: Session, *, citizen_id: UUID) -> str | None:
    """A citizen's code, if one was ever made."""
    known = _find(session, citizen_id)
    return known.code if known is not None else None


def replace_code(session: Session, *, actor: Actor, now: datetime) -> DeskCode:
    """Give the citizen another code; the one before finds nobody from now on.

    :raises Forbidden: if the actor is not a citizen
    :raises NotFound: if the citizen's record is no longer there
    """
    if actor.citizen_id is None:
        raise Forbidden()
    citizen = citizens.get_citizen(session, citizen_id=actor.citizen_id, actor=actor, now=now)
    changes.record_profile_change(session, citizen_id=citizen.id, at=now)
    row = code_of(session, citizen_id=citizen.id, now=now)
    row.code, row.made_at = _free_code(session), now
    session.flush()
    audit.record(
        session,
        event="desk-code.replaced",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen.id,
    )
    return row


def find_owner(session: Session, *, typed: str) -> UUID | None:
    """Whose code this is, with look-alike letters and separators read as they were meant."""
    code = pairing.normalise(typed)
    if len(code) != LENGTH:
        return None
    return session.scalar(select(DeskCode.citizen_id).where(DeskCode.code_index == index_of(code)))


def _find(session: Session, citizen_id: UUID) -> DeskCode | None:
    return session.scalars(select(DeskCode).where(DeskCode.citizen_id == citizen_id)).one_or_none()


def _free_code(session: Session) -> str:
    """A code that nobody has.

    :raises Unavailable: if none was found, which does not happen by chance
    """
    for _ in range(TRIES):
        code = _chance()
        taken = select(DeskCode.id).where(DeskCode.code_index == index_of(code))
        if session.scalar(taken) is None:
            return code
    raise Unavailable()


def _chance() -> str:
    """Six characters with a digit among them: letters alone could be a name, and be searched for as one."""
    while True:
        code = "".join(secrets.choice(pairing.ALPHABET) for _ in range(LENGTH))
        if any(character.isdigit() for character in code):
            return code
