"""Writing and checking the trail."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import structlog
from sqlalchemy import CTE, ColumnElement, Connection, Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.audit.chain import FIRST, HASHED, Appending, Values, hash_of
from server.audit.models import AuditEvent, AuditHead
from server.core.access import Actor, ActorKind
from server.core.db import Asked
from server.core.questions import Asking

#: The chain for what belongs to no unit, such as a failed sign-in.
HOUSE = UUID(int=0)
_KEPT = "audit.kept"
_APPENDING = Appending()


def record(
    session: Asked,
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
    values = _values(actor, at, event=event, unit_id=unit_id)
    values |= {
        "outcome": outcome,
        "citizen_id": citizen_id,
        "subject_id": subject_id,
        "relation_id": relation_id,
        "purpose": purpose,
    }
    kept: list[Values] | None = session.info.get(_KEPT) if isinstance(session, Session) else None
    if kept is None:
        _append(session, [values])
    else:
        kept.append(values)


class Witnessed:
    """Rows that cannot be read without a trace: one statement reads them and writes the event.

    `found` is what is read; `told`, one row of it or none, gives the event those of its columns that only
    the database knows (`purpose`, `outcome`, `relation_id`). Without a row in `told` there is no event.
    """

    def __init__(self, found: CTE, told: Select[Any], *, order_by: Sequence[ColumnElement[Any]]) -> None:
        self._appending = Appending(found, told, order_by=order_by)

    def all(
        self,
        connection: Connection,
        asked: Mapping[str, Any],
        *,
        event: str,
        actor: Actor,
        at: datetime,
        citizen_id: UUID | None = None,
        purpose: str | None = None,
        after: Asking | None = None,
    ) -> Sequence[Any]:
        """The rows, once the event is written too; on a connection that commits each statement by itself.

        `after` as for `Question.all`.

        :raises sqlalchemy.exc.DBAPIError: if either cannot be done; then neither is
        """
        values = _values(actor, at, event=event) | {"citizen_id": citizen_id, "purpose": purpose}
        given = {**asked, **self._appending.values(values)}
        try:
            return self._appending.question.all(connection, given, after=after)
        except IntegrityError as failed:
            if not isinstance(failed.orig, psycopg.errors.NotNullViolation):
                raise
            _open_chain(connection, values["unit_id"])  # the first event of a unit finds no head
            return self._appending.question.all(connection, given, after=after)


@contextmanager
def at_the_end(session: Session) -> Iterator[None]:
    """Write the events of a long piece of work when it is done, still in its transaction.

    Otherwise the first one would hold the head of the chain, and everybody of the unit would wait for the
    last. Work that fails writes none.
    """
    if _KEPT in session.info:
        raise RuntimeError("Events are being kept back already.")
    kept: list[Values] = []
    session.info[_KEPT] = kept
    try:
        yield
    finally:
        del session.info[_KEPT]
    _append(session, sorted(kept, key=lambda values: values["unit_id"]))


def _append(session: Asked, events: Sequence[Values]) -> None:
    """Write these events, whatever else waits to be written first: the head is locked last."""
    if isinstance(session, Session):
        session.flush()
        connection = session.connection()
    else:
        connection = session
    for event in events:
        values = _APPENDING.values(event)
        if _APPENDING.question.first(connection, values) is None:
            _open_chain(connection, event["unit_id"])
            _APPENDING.question.first(connection, values)


def _open_chain(connection: Connection, unit_id: UUID) -> None:
    first = insert(AuditHead).values(unit_id=unit_id, position=0, hash=FIRST)
    connection.execute(first.on_conflict_do_nothing())


def _values(actor: Actor | None, at: datetime, *, event: str, unit_id: UUID | None = None) -> Values:
    """Who did what and when; the rest is empty."""
    return {
        **dict.fromkeys(HASHED),
        "unit_id": unit_id or (actor.unit_id if actor else None) or HOUSE,
        "at": at,
        "event": event,
        "outcome": "ok",
        "actor_kind": str(actor.kind) if actor else "anyone",
        "actor_id": actor.id if actor else None,
        "role": ",".join(sorted(actor.roles))[:64] if actor else None,
        "request_id": structlog.contextvars.get_contextvars().get("request_id"),
    }


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
    position, previous = 0, FIRST
    with closing(rows):
        for row in rows:
            position += 1
            if row.position != position:
                return [ChainBreak(unit_id, position, "missing")]
            if row.previous_hash != previous or hash_of(row) != row.hash:
                return [ChainBreak(unit_id, position, "changed")]
            previous = row.hash
    head = session.get(AuditHead, unit_id)
    if head is None or head.position != position or head.hash != previous:
        return [ChainBreak(unit_id, position + 1, "cut off")]
    return []
