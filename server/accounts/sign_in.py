"""How staff prove who they are: invitation, password (argon2id) and one-time code (RFC 6238)."""

import hmac
import os
import sys
import threading
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from server.accounts import service, visible
from server.accounts.models import Credential, StaffInvitation, StaffMember, Unit
from server.accounts.passwords import refusal_of
from server.audit import service as audit
from server.core import crypto
from server.core.access import Actor, Role
from server.core.errors import Conflict, Invalid, NotFound, Unauthenticated
from server.core.ids import new_id

INVITATION_LASTS = timedelta(hours=72)
STEP_SECONDS = 30
TRIES, TRIES_FROM_ADDRESS, TRIES_FROM_ANYWHERE, TRIES_WINDOW = 10, 60, 100, timedelta(minutes=10)
HASHING_PRIORITY = 10
ISSUER = "Overblik"
INVITABLE = frozenset({Role.COUNSELLOR, Role.COURSE_LEADER, Role.CRISIS_LINE, Role.MANAGER, Role.ANALYST})
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class SignInFailed(Unauthenticated):
    """E-mail, password or code did not fit; which of them is never told."""

    code, title = "sign-in-failed", "E-mail, password or code is not right."


class InvitationInvalid(NotFound):
    """The invitation is unknown, used or too old: one answer for all."""

    code, title = "invitation-invalid", "This invitation does not work (any more)."


class EmailTaken(Conflict):
    """Somebody already signs in with this address."""

    code, title = "email-taken", "A colleague already has this e-mail address."


def _step_back() -> None:
    """Let everything else go first; on Linux a thread has a priority of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), HASHING_PRIORITY)


#: A password takes a core for milliseconds on purpose. As many as there are cores are worked on at once, and
#: after everybody else's requests: who signs in waits a moment, who opens a plan does not.
_hashing = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="hashing", initializer=_step_back)


def hash_password(password: str) -> str:
    """The stored form of a password; text is normalised (NFC) once."""
    return _hasher.hash(unicodedata.normalize("NFC", password))


@cache
def _nobody() -> Credential:
    """What an unknown address is held against; its password and secret are thrown away at once."""
    credential = Credential(staff_id=new_id(), password_hash=hash_password(crypto.token()), totp_last_step=0)
    credential.totp_secret = pyotp.random_base32()
    return credential


def _password_fits(stored: str, password: str) -> bool:
    return _hashing.submit(_verify, stored, password).result()


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, unicodedata.normalize("NFC", password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def fitting_step(secret: str, code: str, *, after: int, now: datetime) -> int | None:
    """The time step (30 s, one either side) whose code this is and which was not used before, or None."""
    digits = code.replace(" ", "")
    present = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.TOTP(secret)
    for step in (present - 1, present, present + 1):
        if step > after and hmac.compare_digest(codes.at(step * STEP_SECONDS).encode(), digits.encode()):
            return step
    return None


def sign_in(
    session: Session, *, email: str, password: str, totp: str, label: str | None, now: datetime
) -> tuple[StaffMember, Unit, str]:
    """Open a staff session: who it is, where they work, and the token.

    Whether or not the address is known, the same work is done, and nobody waits for another who tries it at
    the same time: how long it takes tells nothing.

    :raises SignInFailed: for every cause alike
    """
    found = session.execute(
        select(StaffMember, Credential, Unit)
        .join(Credential, Credential.staff_id == StaffMember.id)
        .join(Unit, Unit.id == StaffMember.unit_id)
        .where(func.lower(StaffMember.email) == email.strip().lower(), StaffMember.deactivated_at.is_(None))
    ).first()
    credential = found.Credential if found else _nobody()
    fits = _password_fits(credential.password_hash, password)
    step = fitting_step(credential.totp_secret, totp, after=credential.totp_last_step, now=now)
    if found is None or not fits or step is None or not _use_up(session, credential, step):
        raise SignInFailed()
    member, unit = found.StaffMember, found.Unit
    row, token = service.create_staff_session(session, staff_id=member.id, label=label, now=now)
    audit.record(
        session, event="staff.signed-in", actor=None, at=now, unit_id=member.unit_id, subject_id=row.id
    )
    return member, unit, token


def _use_up(session: Session, seen: Credential, step: int) -> bool:
    """Let this code and all before it open nothing any more; false if somebody was quicker."""
    used = (
        update(Credential)
        .where(
            Credential.staff_id == seen.staff_id,
            Credential.password_hash == seen.password_hash,
            Credential.totp_last_step < step,
        )
        .values(totp_last_step=step)
        .returning(Credential.staff_id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(used) is not None


def record_failure(session: Session, *, now: datetime) -> None:
    """Write down that somebody tried in vain; not as whom, since the address may be a mistyped password."""
    audit.record(session, event="staff.sign-in-failed", actor=None, at=now, outcome="401")


def invite(
    session: Session, *, actor: Actor, name: str, email: str, roles: list[Role], now: datetime
) -> tuple[StaffInvitation, str]:
    """Invite a colleague to the actor's unit; returns the invitation and its one-time code.

    :raises Invalid: for a role that cannot be given by invitation, or no unit
    :raises EmailTaken: if a colleague has the address
    """
    if actor.unit_id is None or not roles or not set(roles) <= INVITABLE:
        raise Invalid(errors={"roles": ["Choose at least one role that can be given by invitation."]})
    taken = select(StaffMember.id).where(func.lower(StaffMember.email) == email.strip().lower())
    if session.scalar(taken) is not None:
        raise EmailTaken(errors={"email": ["A colleague already has this address."]})
    invitation, code = new_invitation(
        session, unit_id=actor.unit_id, name=name, email=email, roles=roles, by=actor.staff_id, now=now
    )
    audit.record(session, event="staff.invited", actor=actor, at=now, subject_id=invitation.id)
    return invitation, code


def new_invitation(
    session: Session,
    *,
    unit_id: UUID,
    name: str,
    email: str,
    roles: list[Role],
    by: UUID | None,
    now: datetime,
) -> tuple[StaffInvitation, str]:
    """Write an invitation; the first manager of a unit is invited by the operator (`by` is None)."""
    code = crypto.token()
    invitation = StaffInvitation(
        id=new_id(),
        unit_id=unit_id,
        name=name.strip(),
        email=email.strip(),
        roles=[str(role) for role in roles],
        code_hash=crypto.token_hash(code),
        invited_by=by,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    invitation.totp_secret = pyotp.random_base32()
    session.add(invitation)
    session.flush()
    return invitation, code


def list_open_invitations(session: Session, *, actor: Actor, now: datetime) -> list[StaffInvitation]:
    """Invitations that nobody has used yet and that still work, newest first."""
    query = visible.invitations(actor).where(
        StaffInvitation.used_at.is_(None), StaffInvitation.expires_at > now
    )
    return list(session.scalars(query.order_by(StaffInvitation.created_at.desc())))


def look_up_invitation(session: Session, *, code: str, now: datetime) -> tuple[StaffInvitation, Unit]:
    """The invitation behind a code, locked for use.

    :raises InvitationInvalid: if it is unknown, used or too old
    """
    found = session.scalar(
        select(StaffInvitation)
        .where(
            StaffInvitation.code_hash == crypto.token_hash(code),
            StaffInvitation.used_at.is_(None),
            StaffInvitation.expires_at > now,
        )
        .with_for_update()
    )
    if found is None:
        raise InvitationInvalid()
    return found, service.get_unit(session, unit_id=found.unit_id)


def totp_uri(invitation: StaffInvitation) -> str:
    """What an authenticator app scans; issuer and account are neutral."""
    return pyotp.TOTP(invitation.totp_secret).provisioning_uri(name=invitation.email, issuer_name=ISSUER)


def accept_invitation(session: Session, *, code: str, password: str, totp: str, now: datetime) -> StaffMember:
    """Become a colleague: own password, and a code that shows the second factor works.

    :raises InvitationInvalid: if the invitation cannot be used
    :raises EmailTaken: if somebody took the address meanwhile
    :raises Invalid: for a weak password or a wrong code
    """
    invitation, unit = look_up_invitation(session, code=code, now=now)
    taken = select(StaffMember.id).where(func.lower(StaffMember.email) == invitation.email.lower())
    if session.scalar(taken) is not None:
        raise EmailTaken()
    refusal = refusal_of(password, personal=(invitation.name, invitation.email))
    if refusal is not None:
        raise Invalid(errors={"password": [refusal]})
    step = fitting_step(invitation.totp_secret, totp, after=0, now=now)
    if step is None:
        raise Invalid(errors={"totp": ["The code does not fit. Wait for the next one and try again."]})
    invitation.used_at = now
    member = add_staff_member(
        session,
        unit_id=unit.id,
        name=invitation.name,
        email=invitation.email,
        roles=[Role(role) for role in invitation.roles],
        password=password,
        totp_secret=invitation.totp_secret,
        now=now,
    )
    session.get_one(Credential, member.id).totp_last_step = step
    audit.record(session, event="staff.joined", actor=None, at=now, unit_id=unit.id, subject_id=member.id)
    return member


def add_staff_member(
    session: Session,
    *,
    unit_id: UUID,
    name: str,
    email: str,
    roles: list[Role],
    password: str,
    totp_secret: str,
    now: datetime,
) -> StaffMember:
    """Write a colleague with credentials."""
    member = StaffMember(
        id=new_id(),
        unit_id=unit_id,
        name=name,
        email=email.strip(),
        roles=[str(role) for role in roles],
        created_at=now,
    )
    session.add(member)
    session.flush()
    credential = Credential(staff_id=member.id, password_hash=hash_password(password))
    credential.totp_secret = totp_secret
    session.add(credential)
    session.flush()
    return member
