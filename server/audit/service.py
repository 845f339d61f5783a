"""Writing and checking the trail."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson
import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from server.audit.models import AuditEvent, AuditHead
from server.core.access import Actor, ActorKind
from server.core.fields import instant_text

#: The chain for what belongs to no unit, such as a failed sign-in.
HOUSE = UUID(int=0)
_FIRST = b"\x00" * 32
_KEPT = "audit.kept"
_HASHED = (
    "unit_id position at event outcome actor_kind actor_id role citizen_id"
    " subject_id relation_id purpose request_id"
).split()


def record(
    session: Session,
    *,
    event: str,
    actor: Actor | None,
    at: datetime,
    unit_id: UUID | None = None,
    citizen_id: UUID | None = None,
    subject_id: UUID | None = None,
    relation_id: UUID | None = None,
    purpose: str | None = None,
    outcome: str = "ok",
) -> None:
    """Add one event to its unit's chain, in the caller's transaction; call it last, it locks the head."""
    row = AuditEvent(
        unit_id=unit_id or (actor.unit_id if actor else None) or HOUSE,
        at=at,
        event=event,
        outcome=outcome,
        actor_kind=str(actor.kind) if actor else "anyone",
        actor_id=actor.id if actor else None,
        role=",".join(sorted(actor.roles))[:64] if actor else None,
        citizen_id=citizen_id,
        subject_id=subject_id,
        relation_id=relation_id,
        purpose=purpose,
        request_id=structlog.contextvars.get_contextvars().get("request_id"),
    )
    kept: list[AuditEvent] | None = session.info.get(_KEPT)
    if kept is None:
        _append(session, row.unit_id, [row])
    else:
        kept.append(row)


@contextmanager
def at_the_end(session: Session) -> Iterator[None]:
    """Write the events of a long piece of work when it is done, still in its transaction.

    Otherwise the first one would hold the head of the chain, and everybody of the unit would wait for the
    last. Work that fails writes none.
    """
    if _KEPT in session.info:
        raise RuntimeError("Events are being kept back already.")
    kept: list[AuditEvent] = []
    session.info[_KEPT] = kept
    try:
        yield
    finally:
        del session.info[_KEPT]
    for unit in sorted({row.unit_id for row in kept}):
        _append(session, unit, [row for row in kept if row.unit_id == unit])


def _append(session: Session, unit: UUID, rows: Sequence[AuditEvent]) -> None:
    head = _lock_head(session, unit)
    for row in rows:
        row.position, row.previous_hash = head.position + 1, head.hash
        row.hash = _hash(row)
        head.position, head.hash = row.position, row.hash
        session.add(row)
    session.flush()


def _lock_head(session: Session, unit_id: UUID) -> AuditHead:
    locked = select(AuditHead).where(AuditHead.unit_id == unit_id).with_for_update()
    refreshed = locked.execution_options(populate_existing=True)
    head = session.scalar(refreshed)
    if head is None:
        session.execute(
            insert(AuditHead).values(unit_id=unit_id, position=0, hash=_FIRST).on_conflict_do_nothing()
        )
        head = session.scalars(refreshed).one()
    return head


def _hash(row: AuditEvent) -> bytes:
    values: dict[str, str | int | None] = {}
    for name in _HASHED:
        value = getattr(row, name)
        if isinstance(value, datetime):
            value = instant_text(value)
        values[name] = value if value is None or isinstance(value, int) else str(value)
    canonical = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(row.previous_hash + canonical).digest()


class Look(NamedTuple):
    """That staff of a unit looked at something of a citizen's, and for what; never who."""

    at: datetime
    purpose: str | None
    unit_id: UUID


def list_looks(session: Session, *, citizen_id: UUID, events: Sequence[str], limit: int) -> list[Look]:
    """The newest times that staff were let in, for the citizen to see."""
    found = select(AuditEvent.at, AuditEvent.purpose, AuditEvent.unit_id).where(
        AuditEvent.citizen_id == citizen_id,
        AuditEvent.event.in_(events),
        AuditEvent.actor_kind == ActorKind.STAFF,
        AuditEvent.outcome == "ok",
    )
    newest = found.order_by(AuditEvent.at.desc(), AuditEvent.position.desc()).limit(limit)
    return [Look(*row) for row in session.execute(newest)]


def has_happened(
    session: Session,
    *,
    event: str,
    actor: Actor,
    citizen_id: UUID,
    purpose: str,
    outcome: str,
    since: datetime,
) -> bool:
    """Whether this person did this about a citizen, with this purpose and outcome, since then."""
    found = select(AuditEvent.position).where(
        AuditEvent.citizen_id == citizen_id,
        AuditEvent.at >= since,
        AuditEvent.event == event,
        AuditEvent.actor_id == actor.id,
        AuditEvent.purpose == purpose,
        AuditEvent.outcome == outcome,
    )
    return session.scalars(found.limit(1)).first() is not None


@dataclass(frozen=True)
class ChainBreak:
    """Where a chain stops agreeing with itself."""

    unit_id: UUID
    position: int
    what: str


def verify(session: Session) -> list[ChainBreak]:
    """Walk every chain and name what was changed, removed, swapped or added by hand; empty when whole."""
    breaks: list[ChainBreak] = []
    units = set(session.scalars(select(AuditHead.unit_id))) | set(
        session.scalars(select(AuditEvent.unit_id).distinct())
    )
    for unit_id in sorted(units):
        breaks.extend(_verify_chain(session, unit_id))
    return breaks


def _verify_chain(session: Session, unit_id: UUID) -> list[ChainBreak]:
    rows = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.unit_id == unit_id)
        .order_by(AuditEvent.position)
        .execution_options(yield_per=1000)
    )
    position, previous = 0, _FIRST
    with closing(rows):
        for row in rows:
            position += 1
            if row.position != position:
                return [ChainBreak(unit_id, position, "missing")]
            if row.previous_hash != previous or _hash(row) != row.hash:
                return [ChainBreak(unit_id, position, "changed")]
            previous = row.hash
    head = session.get(AuditHead, unit_id)
    if head is None or head.position != position or head.hash != previous:
        return [ChainBreak(unit_id, position + 1, "cut off")]
    return []
