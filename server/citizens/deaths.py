"""That a citizen has died: nothing is sent from that moment on; a mark made by mistake costs no reminder.

Until a day has passed the mark may be taken back, so nothing is cancelled yet: what falls due waits, and is
sent after all if the mark was a mistake and the time has not gone by. After that day everything is withdrawn.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import changes
from server.citizens.models import Citizen, CitizenStatus
from server.citizens.records import find_own_relation
from server.citizens.service import get_citizen
from server.core.access import Actor
from server.core.errors import Conflict

UNDO_WITHIN = timedelta(hours=24)


class UndoTooLate(Conflict):
    """A day has passed since the mark: reminders are withdrawn and phones are ended."""

    code, title = "undo-too-late", "This can be taken back within 24 hours only."


class Standing(NamedTuple):
    """Whether a citizen is marked as deceased, and until when that may be taken back."""

    is_marked: bool
    undo_until: datetime | None = None


def standing(session: Session, *, citizen_id: UUID, now: datetime) -> Standing:
    """Whether a citizen is marked as deceased, whoever asks: the house asks before it sends."""
    return standings(session, citizen_ids=[citizen_id], now=now)[citizen_id]


def standings(session: Session, *, citizen_ids: Collection[UUID], now: datetime) -> dict[UUID, Standing]:
    """The same for many; everybody asked for is in the answer."""
    marks = select(Citizen.id, Citizen.deceased_at).where(Citizen.id.in_(citizen_ids))
    found = {one: Standing(is_marked=False) for one in citizen_ids}
    for citizen_id, deceased_at in session.execute(marks):
        if deceased_at is None:
            continue
        undo_until = deceased_at + UNDO_WITHIN
        found[citizen_id] = Standing(is_marked=True, undo_until=undo_until if now < undo_until else None)
    return found


def mark(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Citizen:
    """Note that a citizen has died; a second mark leaves the first as it is.

    :raises NotFound: if the actor does not work with the citizen
    """
    citizen = _hold(session, citizen_id, actor, now)
    if citizen.deceased_at is None:
        _write(session, citizen, now, "citizen.deceased", actor=actor, now=now)
    return citizen


def take_back(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Citizen:
    """Take the mark back: it was a mistake. Without a mark nothing happens.

    :raises NotFound: if the actor does not work with the citizen
    :raises UndoTooLate: if a day has passed
    """
    citizen = _hold(session, citizen_id, actor, now)
    if citizen.deceased_at is None:
        return citizen
    if now >= citizen.deceased_at + UNDO_WITHIN:
        raise UndoTooLate()
    _write(session, citizen, None, "citizen.not-deceased", actor=actor, now=now)
    return citizen


def ids_of_the_dead() -> Select[UUID]:
    """The ids of everybody who is marked as deceased, for use within a query."""
    return select(Citizen.id).where(Citizen.deceased_at.is_not(None))


def list_final(session: Session, *, now: datetime) -> Sequence[UUID]:
    """The active citizens whose mark can no longer be taken back."""
    found = select(Citizen.id).where(
        Citizen.status == CitizenStatus.ACTIVE, Citizen.deceased_at <= now - UNDO_WITHIN
    )
    return session.scalars(found.order_by(Citizen.id)).all()


def _hold(session: Session, citizen_id: UUID, actor: Actor, now: datetime) -> Citizen:
    citizen = get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    changes.record_profile_change(session, citizen_id=citizen_id, at=now)
    session.refresh(citizen)
    return citizen


def _write(
    session: Session, citizen: Citizen, at: datetime | None, event: str, *, actor: Actor, now: datetime
) -> None:
    citizen.deceased_at = at
    citizen.version += 1
    session.flush()
    own = find_own_relation(session, citizen_id=citizen.id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen.id,
        relation_id=own.id if own else None,
    )
