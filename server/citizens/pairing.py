"""Pairing: a short code from staff ties one phone to one citizen, once, within ten minutes."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import segno
from sqlalchemy import update
from sqlalchemy.orm import Session

from notifications import subscriptions
from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import changes, visible
from server.citizens.models import Citizen, Language, PairingCode
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Forbidden, NotFound
from server.core.ids import new_id

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LIFETIME = timedelta(minutes=10)
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " \t\u00a0-‐‑–.·")


class BadPairingCode(NotFound):
    """Unknown, used, expired and voided codes alike."""

    code, title = "pairing-code-invalid", "This code cannot be used. Ask for a new one."


class NewCode(NamedTuple):
    """A code that was just made; it is stored only as a keyed hash, so it can be shown only now."""

    code: str
    expires_at: datetime


class CodeCard(NamedTuple):
    """A new code as it is shown: in two halves to read aloud, as an address, and as a picture of it."""

    code: str
    url: str
    qr_svg: str
    expires_at: datetime


class Paired(NamedTuple):
    """A phone that was just signed in; the token goes into its cookie and nowhere else."""

    citizen_id: UUID
    alias: str
    language: Language
    token: str


def make_pairing_code(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> NewCode:
    """Make a code for a citizen's phone; the codes made before it stop working.

    :raises NotFound: if the actor does not work with the citizen
    """
    found = visible.cases(actor, now).where(Citizen.id == citizen_id)
    citizen = session.scalars(found).one_or_none()
    if citizen is None:
        raise NotFound()
    if actor.staff_id is None:
        raise Forbidden()
    changes.lock_sequences(session, citizen_ids=[citizen_id])
    void_codes(session, citizen_id=citizen_id, now=now)
    made = NewCode("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)), now + LIFETIME)
    row = PairingCode(
        id=new_id(),
        citizen_id=citizen_id,
        code_hash=_hash(made.code),
        made_by=actor.staff_id,
        made_at=now,
        expires_at=made.expires_at,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        event="pairing-code.made",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
        subject_id=row.id,
    )
    return made


def code_card(made: NewCode, *, public_url: str) -> CodeCard:
    """A new code ready to be shown; the code stands behind #, so no server ever sees it in an address."""
    url = f"{public_url}/par#{made.code}"
    return CodeCard(
        code=f"{made.code[:4]}-{made.code[4:]}",
        url=url,
        qr_svg=segno.make(url, error="m", micro=False).svg_inline(scale=6, border=4),
        expires_at=made.expires_at,
    )


def void_codes(session: Session, *, citizen_id: UUID, now: datetime) -> None:
    """Let no open code of this citizen be used any more."""
    session.execute(
        update(PairingCode)
        .where(
            PairingCode.citizen_id == citizen_id,
            PairingCode.used_at.is_(None),
            PairingCode.voided_at.is_(None),
        )
        .values(voided_at=now)
    )


def redeem_code(
    session: Session,
    *,
    typed: str,
    label: str | None,
    now: datetime,
    former_token: str | None = None,
    shared: bool = False,
) -> Paired:
    """Sign a phone in by its code. Of several phones at once exactly one wins.

    `former_token` is the session that this phone had until now: it ends, and so do its reminders, since
    the person who used the phone before may be somebody else. `shared`: others use the device, too.

    :raises BadPairingCode: alike for unknown, used, expired and voided codes
    """
    claim = (
        update(PairingCode)
        .where(
            PairingCode.code_hash == _hash(normalise(typed)),
            PairingCode.used_at.is_(None),
            PairingCode.voided_at.is_(None),
            PairingCode.expires_at > now,
        )
        .values(used_at=now)
        .returning(PairingCode.id, PairingCode.citizen_id)
    )
    claimed = session.execute(claim).one_or_none()
    if claimed is None:
        raise BadPairingCode()
    _end_former(session, token=former_token, now=now)
    citizen = session.get_one(Citizen, claimed.citizen_id)
    device, token = accounts.create_citizen_session(
        session, citizen_id=citizen.id, label=label, now=now, shared=shared
    )
    session.execute(
        update(PairingCode).where(PairingCode.id == claimed.id).values(device_session_id=device.id)
    )
    audit.record(
        session,
        event="phone.paired",
        actor=None,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen.id,
        subject_id=device.id,
    )
    return Paired(citizen_id=citizen.id, alias=citizen.alias, language=citizen.language, token=token)


def _end_former(session: Session, *, token: str | None, now: datetime) -> None:
    if token is None:
        return
    kind = accounts.SessionKind.CITIZEN
    former = accounts.find_actor(session, token=token, kind=kind, now=now)
    if isinstance(former, Actor) and former.session_id is not None:
        accounts.revoke_sessions(session, session_id=former.session_id, now=now)
        subscriptions.revoke(session, session_ids=[former.session_id], reason="paired-anew", now=now)


def normalise(typed: str) -> str:
    """A code as it was meant: capitals, no separators, and look-alike letters read as digits."""
    return typed.translate(_SEPARATORS).upper().translate(_LOOK_ALIKES)


def _hash(code: str) -> bytes:
    return crypto.blind_index(code, context="pairing-code")
