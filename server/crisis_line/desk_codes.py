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
from server.crisis_line.models import DeskCode, index_of

LENGTH = 6
TRIES = 8  #: of 2^30 codes; two in a row that are taken already are as good as never


def own_code(session: Session, *, actor: Actor, now: datetime) -> DeskCode:
    """The citizen's code; the first time one is asked for it is made.

    :raises Forbidden: if the actor is not a citizen
    """
    if actor.citizen_id is None:
        raise Forbidden()
    return code_of(session, citizen_id=actor.citizen_id, now=now)


def code_of(session: Session, *, citizen_id: UUID, now: datetime) -> DeskCode:
    """A citizen's code, made if there is none; of two that ask at once both get the same."""
    known = session.get(DeskCode, citizen_id)
    if known is not None:
        return known
    _write(session, citizen_id=citizen_id, now=now, replaces=False)
    return session.get_one(DeskCode, citizen_id, populate_existing=True)


def replace_code(session: Session, *, actor: Actor, now: datetime) -> DeskCode:
    """Give the citizen another code; the one before finds nobody from now on.

    :raises Forbidden: if the actor is not a citizen
    :raises NotFound: if the citizen's record is no longer there
    """
    if actor.citizen_id is None:
        raise Forbidden()
    citizen = citizens.get_citizen(session, citizen_id=actor.citizen_id, actor=actor, now=now)
    changes.record_profile_change(session, citizen_id=citizen.id, at=now)
    _write(session, citizen_id=citizen.id, now=now, replaces=True)
    audit.record(
        session,
        event="desk-code.replaced",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen.id,
    )
    return session.get_one(DeskCode, citizen.id, populate_existing=True)


def find_owner(session: Session, *, typed: str) -> UUID | None:
    """Whose code this is, with look-alike letters and separators read as they were meant."""
    code = pairing.normalise(typed)
    if len(code) != LENGTH:
        return None
    return session.scalar(select(DeskCode.citizen_id).where(DeskCode.code_index == index_of(code)))


def _write(session: Session, *, citizen_id: UUID, now: datetime, replaces: bool) -> None:
    """Write a free code; a code that somebody else has is passed over.

    :raises Unavailable: if none was free, which does not happen by chance
    """
    for _ in range(TRIES):
        row = DeskCode(citizen_id=citizen_id, made_at=now)
        row.code = "".join(secrets.choice(pairing.ALPHABET) for _ in range(LENGTH))
        taken = select(DeskCode.citizen_id).where(DeskCode.code_index == row.code_index)
        if session.scalar(taken) is not None:
            continue
        new = {"code_sealed": row.code_sealed, "code_index": row.code_index, "made_at": now}
        statement = insert(DeskCode).values(citizen_id=citizen_id, **new)
        if replaces:
            statement = statement.on_conflict_do_update(index_elements=["citizen_id"], set_=new)
        else:
            statement = statement.on_conflict_do_nothing(index_elements=["citizen_id"])
        session.execute(statement)
        return
    raise Unavailable()
