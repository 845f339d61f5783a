"""Units, staff, and device sessions."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from server.accounts import visible
from server.accounts.models import DeviceSession, SessionKind, StaffMember, Unit
from server.audit import service as audit
from server.core import crypto
from server.core.access import Actor, ActorKind, Role
from server.core.db import Asked
from server.core.errors import Invalid, NotFound, SessionEnded, SessionExpired, Unauthenticated
from server.core.ids import new_id
from server.core.questions import Question

STAFF_IDLE = timedelta(minutes=30)
STAFF_LONGEST = timedelta(hours=12)
#: Somebody who is in the middle of a talk stays signed in for so much longer, and never beyond the second.
STAFF_IN_A_TALK, STAFF_LONGEST_IN_A_TALK = timedelta(hours=1), timedelta(hours=24)
CITIZEN_IDLE = timedelta(days=30)
SHARED_IDLE = timedelta(minutes=10)
_NOTE_SHARED_AFTER = timedelta(seconds=30)
_NOTE_USE_AFTER = {SessionKind.STAFF: timedelta(minutes=1), SessionKind.CITIZEN: timedelta(hours=1)}
_BY_TOKEN = select(
    DeviceSession.id,
    DeviceSession.citizen_id,
    DeviceSession.shared,
    DeviceSession.last_used_at,
    DeviceSession.expires_at,
    DeviceSession.ended_at,
).where(DeviceSession.token_hash == bindparam("token_hash"), DeviceSession.kind == bindparam("kind"))
#: Asked at every request, so made once.
_HOLDER = {
    SessionKind.CITIZEN: Question(_BY_TOKEN),
    SessionKind.STAFF: Question(
        _BY_TOKEN.add_columns(
            StaffMember.id.label("staff_id"),
            StaffMember.unit_id,
            StaffMember.roles,
            StaffMember.deactivated_at,
        ).outerjoin(StaffMember, StaffMember.id == DeviceSession.staff_id)
    ),
}


def create_unit(session: Session, *, slug: str, name: str, now: datetime) -> Unit:
    """Open a centre."""
    unit = Unit(slug=slug, name=name, created_at=now)
    session.add(unit)
    session.flush()
    return unit


def get_unit(session: Session, *, unit_id: UUID) -> Unit:
    """A centre by id.

    :raises NotFound: if there is none
    """
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound()
    return unit


def list_units(session: Session) -> list[Unit]:
    """Every centre, by name."""
    return list(session.scalars(select(Unit).order_by(Unit.name)))


def get_staff_member(session: Session, *, staff_id: UUID, actor: Actor) -> StaffMember:
    """A colleague of the actor's own unit.

    :raises NotFound: if there is none there
    """
    found = session.scalar(visible.colleagues(actor).where(StaffMember.id == staff_id))
    if found is None:
        raise NotFound()
    return found


def find_by_email(session: Session, *, email: str) -> StaffMember | None:
    """The active colleague with this address, in any case, at any centre."""
    same = func.lower(StaffMember.email) == email.strip().lower()
    return session.scalar(select(StaffMember).where(same, StaffMember.deactivated_at.is_(None)))


def list_colleagues(session: Session, *, actor: Actor) -> list[StaffMember]:
    """The staff of the actor's unit, active ones first."""
    by_standing = (StaffMember.deactivated_at.is_not(None), StaffMember.name, StaffMember.id)
    return list(session.scalars(visible.colleagues(actor).order_by(*by_standing)))


def staff_names(session: Session, *, staff_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names by id, for showing who somebody is."""
    if not staff_ids:
        return {}
    rows = session.execute(select(StaffMember.id, StaffMember.name).where(StaffMember.id.in_(staff_ids)))
    return {row.id: row.name for row in rows}


def active_staff_ids(session: Session, *, staff_ids: Collection[UUID]) -> set[UUID]:
    """Those of the ids whose owners still work here."""
    found = select(StaffMember.id).where(StaffMember.id.in_(staff_ids), StaffMember.deactivated_at.is_(None))
    return set(session.scalars(found)) if staff_ids else set()


def find_working_actor(session: Session, *, staff_id: UUID) -> Actor | None:
    """A colleague who works here now as the services see them, without a sign-in; for what runs by itself."""
    member = session.get(StaffMember, staff_id)
    if member is None or not member.active:
        return None
    return Actor(kind=ActorKind.STAFF, roles=member.role_set, staff_id=member.id, unit_id=member.unit_id)


def deactivate_staff(session: Session, *, staff_id: UUID, actor: Actor, now: datetime) -> StaffMember:
    """End a colleague's access at once; the first time is kept.

    :raises NotFound: if the colleague is not of the actor's unit
    :raises Invalid: for the actor's own account
    """
    member = get_staff_member(session, staff_id=staff_id, actor=actor)
    if member.id == actor.staff_id:
        raise Invalid("You cannot deactivate yourself.", errors={"staff_id": ["This is your own account."]})
    if member.deactivated_at is None:
        member.deactivated_at = now
        revoke_sessions(session, staff_id=member.id, now=now)
        audit.record(session, event="staff.deactivated", actor=actor, at=now, subject_id=member.id)
    return member


def create_citizen_session(
    session: Session, *, citizen_id: UUID, label: str | None, now: datetime, shared: bool = False
) -> tuple[DeviceSession, str]:
    """Sign a citizen's phone in; returns the session and its token, which is never stored in clear.

    A `shared` device, which others use too, is signed out after ten minutes without use.
    """
    return _open_session(
        session,
        DeviceSession(
            kind=SessionKind.CITIZEN,
            citizen_id=citizen_id,
            label=label,
            shared=shared,
            expires_at=now + (SHARED_IDLE if shared else CITIZEN_IDLE),
        ),
        now,
    )


def create_staff_session(
    session: Session, *, staff_id: UUID, label: str | None, now: datetime
) -> tuple[DeviceSession, str]:
    """Sign a staff member in for at most twelve hours."""
    return _open_session(
        session,
        DeviceSession(kind=SessionKind.STAFF, staff_id=staff_id, label=label, expires_at=now + STAFF_LONGEST),
        now,
    )


def _open_session(session: Session, row: DeviceSession, now: datetime) -> tuple[DeviceSession, str]:
    token = crypto.token()
    row.id, row.token_hash = new_id(), crypto.token_hash(token)
    row.created_at = row.last_used_at = now
    session.add(row)
    session.flush()
    return row, token


def find_actor(session: Asked, *, token: str, kind: SessionKind, now: datetime) -> Actor | Unauthenticated:
    """Who holds this token, or why it opens nothing; notes that the session is in use.

    Staff: 30 minutes idle, 12 hours in all. Citizens: 30 days since the phone was last here, and
    10 minutes on a device that others use, too.
    """
    given = {"token_hash": crypto.token_hash(token), "kind": kind}
    row = _HOLDER[kind].first(session, given)
    if row is None:
        return Unauthenticated()
    if row.ended_at is not None:
        return SessionEnded()
    if now >= row.expires_at or (kind is SessionKind.STAFF and now - row.last_used_at > STAFF_IDLE):
        return SessionExpired()
    if now - row.last_used_at > (_NOTE_SHARED_AFTER if row.shared else _NOTE_USE_AFTER[kind]):
        used: dict[str, datetime] = {"last_used_at": now}
        if kind is SessionKind.CITIZEN:
            used["expires_at"] = now + (SHARED_IDLE if row.shared else CITIZEN_IDLE)
        session.execute(update(DeviceSession).where(DeviceSession.id == row.id).values(used))
    return _actor_of(row, kind)


def _actor_of(row: Any, kind: SessionKind) -> Actor | Unauthenticated:
    if kind is SessionKind.CITIZEN:
        return Actor(
            kind=ActorKind.CITIZEN,
            roles=frozenset({Role.CITIZEN}),
            citizen_id=row.citizen_id,
            session_id=row.id,
        )
    if row.staff_id is None or row.deactivated_at is not None:
        return SessionEnded()
    return Actor(
        kind=ActorKind.STAFF,
        roles=frozenset(Role(role) for role in row.roles),
        staff_id=row.staff_id,
        unit_id=row.unit_id,
        session_id=row.id,
    )


def stay_signed_in(session: Session, *, session_id: UUID, now: datetime) -> None:
    """Let a colleague's session not end in the next hour, 24 hours after the sign-in at the latest."""
    row = session.get(DeviceSession, session_id)
    if row is None or row.kind != SessionKind.STAFF or row.ended_at is not None:
        return
    latest = row.created_at + STAFF_LONGEST_IN_A_TALK
    row.expires_at = max(row.expires_at, min(now + STAFF_IN_A_TALK, latest))


def revoke_sessions(
    session: Session,
    *,
    citizen_id: UUID | None = None,
    staff_id: UUID | None = None,
    session_id: UUID | None = None,
    now: datetime,
) -> list[UUID]:
    """End the open sessions of one person, or one session; returns the ids that were open."""
    given = {
        DeviceSession.citizen_id: citizen_id,
        DeviceSession.staff_id: staff_id,
        DeviceSession.id: session_id,
    }
    wanted = [column == value for column, value in given.items() if value is not None]
    if not wanted:
        raise ValueError("revoke_sessions needs a person or a session")
    ended = (
        update(DeviceSession)
        .where(DeviceSession.ended_at.is_(None), *wanted)
        .values(ended_at=now)
        .returning(DeviceSession.id)
    )
    return list(session.scalars(ended))


def end_session_of(session: Session, *, token: str, kind: SessionKind, now: datetime) -> None:
    """End the session that a browser held until now: it has just been given another one."""
    session.execute(
        update(DeviceSession)
        .where(
            DeviceSession.token_hash == crypto.token_hash(token),
            DeviceSession.kind == kind,
            DeviceSession.ended_at.is_(None),
        )
        .values(ended_at=now)
    )


def session_is_shared(session: Session, *, session_id: UUID | None) -> bool:
    """Whether others use this session's device, too."""
    return session.scalar(select(DeviceSession.shared).where(DeviceSession.id == session_id)) is True


def session_is_open(session: Session, *, session_id: UUID, hold: bool = False) -> bool:
    """Whether a device's session was not ended; an unused (expired) one still counts as the same phone.

    With `hold` it cannot be ended before the caller's transaction is over.
    """
    open_row = select(DeviceSession.id).where(
        DeviceSession.id == session_id, DeviceSession.ended_at.is_(None)
    )
    return session.scalar(open_row.with_for_update(read=True) if hold else open_row) is not None


def session_may_be_told(session: Session, *, session_id: UUID, now: datetime) -> bool:
    """Whether a notice may still go to a device: open, and not run out where others use the device, too."""
    return session_id in sessions_that_may_be_told(session, session_ids=[session_id], now=now)


def sessions_that_may_be_told(session: Session, *, session_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of the devices to which a notice may still go."""
    theirs = select(DeviceSession.id).where(
        DeviceSession.id.in_(session_ids),
        DeviceSession.ended_at.is_(None),
        ~DeviceSession.shared | (DeviceSession.expires_at > now),
    )
    return set(session.scalars(theirs))


def hold_session(session: Session, *, session_id: UUID) -> None:
    """Keep a device's session from being ended before our commit.

    :raises SessionEnded: if it was ended since this request began
    """
    row = select(DeviceSession.ended_at).where(DeviceSession.id == session_id).with_for_update(read=True)
    if session.execute(row).one().ended_at is not None:
        raise SessionEnded()


def paired_citizens(session: Session, *, citizen_ids: Collection[UUID]) -> set[UUID]:
    """Those of the citizens who have at least one open device."""
    if not citizen_ids:
        return set()
    rows = select(DeviceSession.citizen_id).where(
        DeviceSession.citizen_id.in_(citizen_ids), DeviceSession.ended_at.is_(None)
    )
    return {found for found in session.scalars(rows.distinct()) if found is not None}
