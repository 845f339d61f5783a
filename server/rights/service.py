"""A citizen's rights over what is held: to have it all, and to have it gone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import service as citizens
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, NotFound
from server.rights.holding import Erasure, Holding
from server.rights.holdings import HOLDINGS
from server.rights.models import ErasureRequest

TIME_TO_REGRET = timedelta(days=7)
FORMAT = "overblik-export-1"


class AlreadyErased(Conflict):
    """There is nothing left to ask for."""

    code, title = "already-erased", "This was erased already."


def export(session: Session, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Everything that is held of the citizen behind this request, table by table, in plain values."""
    citizen_id = _own(actor)
    found = {
        holding.table: _rows(session, holding, citizen_id)
        for holding in HOLDINGS
        if holding.columns or holding.sealed
    }
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session, event="record.exported", actor=actor, at=now, unit_id=citizen.unit_id, citizen_id=citizen_id
    )
    return {"format": FORMAT, "exported_at": now, "tables": found}


def _rows(session: Session, holding: Holding, citizen_id: UUID) -> list[dict[str, Any]]:
    sealed = dict(holding.sealed)
    wanted = [*holding.columns, *sealed, *(f"({sql}) AS {name}" for name, sql in holding.also)]
    wanted += [f"{holding.unsaid_if or 'false'} AS is_unsaid"]
    if sealed and "id" not in wanted:
        wanted.append("id")
    found = f"FROM {holding.table} WHERE {holding.where} ORDER BY {holding.order}"
    statement = text(f"SELECT {', '.join(wanted)} {found}")
    rows = []
    for row in session.execute(statement, {"citizen": citizen_id}).mappings():
        plain = {name: row[name] for name in (*holding.columns, *dict(holding.also))}
        for column, context in sealed.items():
            kept = None if row["is_unsaid"] else _bytes(row[column])
            plain[column.removesuffix("_sealed")] = crypto.unseal(kept, context=context, row_id=row["id"])
        rows.append(plain)
    return rows


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def ask_for_erasure(session: Session, *, actor: Actor, now: datetime) -> ErasureRequest:
    """Ask to be erased in seven days; asking again changes nothing.

    :raises AlreadyErased: if it was done before
    """
    citizen_id = _own(actor)
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    request = session.get(ErasureRequest, citizen_id, with_for_update=True)
    if request is not None and request.done_at is not None:
        raise AlreadyErased()
    if request is None:
        request = ErasureRequest(citizen_id=citizen_id)
        session.add(request)
    elif request.withdrawn_at is None:
        return request
    request.asked_at, request.due_at, request.withdrawn_at = now, now + TIME_TO_REGRET, None
    session.flush()
    audit.record(
        session, event="erasure.asked", actor=actor, at=now, unit_id=citizen.unit_id, citizen_id=citizen_id
    )
    return request


def withdraw_erasure(session: Session, *, actor: Actor, now: datetime) -> None:
    """Take the wish back; without one nothing happens."""
    citizen_id = _own(actor)
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    request = session.get(ErasureRequest, citizen_id, with_for_update=True)
    if request is None or request.withdrawn_at is not None or request.done_at is not None:
        return
    request.withdrawn_at = now
    session.flush()
    audit.record(
        session,
        event="erasure.withdrawn",
        actor=actor,
        at=now,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
    )


def find_erasure(session: Session, *, actor: Actor) -> datetime | None:
    """When the citizen behind this request will be erased, if asked for."""
    request = session.get(ErasureRequest, _own(actor))
    is_waiting = request is not None and request.withdrawn_at is None and request.done_at is None
    return request.due_at if request is not None and is_waiting else None


def list_due(session: Session, *, now: datetime) -> list[UUID]:
    """The citizens whose seven days are over."""
    waiting = select(ErasureRequest.citizen_id).where(
        ErasureRequest.due_at <= now,
        ErasureRequest.withdrawn_at.is_(None),
        ErasureRequest.done_at.is_(None),
    )
    return list(session.scalars(waiting.order_by(ErasureRequest.due_at)))


def erase(session: Session, *, citizen_id: UUID, now: datetime) -> None:
    """Erase one citizen: phones ended, reminders withdrawn, words gone; the trail keeps the id alone.

    :raises NotFound: if there is no such citizen
    """
    if not citizens.exists(session, citizen_id=citizen_id):
        raise NotFound()
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    accounts.revoke_sessions(session, citizen_id=citizen_id, now=now)
    subscriptions.revoke(session, recipient_id=citizen_id, reason="erased", now=now)
    outbox.cancel(session, recipient_id=citizen_id, reason="erased", now=now)
    session.flush()
    session.expire_all()
    # The versions of a plan are append-only; the database lets them go for the one citizen named here.
    named = text("SELECT set_config('vedhaanden.erasing_citizen', :citizen, true)")
    session.execute(named, {"citizen": str(citizen_id)})
    for holding in HOLDINGS:
        _erase_rows(session, holding, citizen_id, now)
    request = session.get(ErasureRequest, citizen_id)
    if request is None:
        request = ErasureRequest(citizen_id=citizen_id, asked_at=now, due_at=now)
        session.add(request)
    request.withdrawn_at, request.done_at = None, now
    session.flush()
    unit_id = citizens.unit_of(session, citizen_id=citizen_id)
    audit.record(session, event="citizen.erased", actor=None, at=now, unit_id=unit_id, citizen_id=citizen_id)


def _erase_rows(session: Session, holding: Holding, citizen_id: UUID, now: datetime) -> None:
    values: dict[str, object] = {"citizen": citizen_id}
    if holding.erasure is Erasure.DELETE:
        statement = f"DELETE FROM {holding.table} WHERE {holding.where}"  # noqa: S608 - names of the registry
    elif holding.erasure is Erasure.BLANK:
        statement = f"UPDATE {holding.table} SET {holding.blank} WHERE {holding.where}"  # noqa: S608 - likewise
    else:
        return
    if ":now" in statement:
        values["now"] = now
    session.execute(text(statement), values)


def _own(actor: Actor) -> UUID:
    if actor.citizen_id is None:
        raise Forbidden()
    return actor.citizen_id
