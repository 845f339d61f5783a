"""Pushing: each change of a phone happens once, in one transaction with everything that follows from it.

Locks, in this order: the phone's client row, the citizen's sequence row, the session row, whatever the
change touches, and the end of the audit chain last. The phone's number and the stored answer are written
in the same transaction, so an answer that was lost on its way is given again and nothing is done twice.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.checkins import service as checkins
from server.citizens import rejected
from server.citizens import service as citizens
from server.core import crypto
from server.core.access import Actor
from server.core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    Problem,
    SessionEnded,
)
from server.courses import service as courses
from server.crisis_plans import service as crisis_plans
from server.exercises import service as exercises
from server.goals import service as goals
from server.measures import service as measures
from server.messages import service as messages
from server.reminders.service import citizen_id_of
from server.sync import effects
from server.sync.effects import Done
from server.sync.models import PushResult, SyncClient, SyncResult
from server.sync.mutations import Kind, Mutation

#: How a room says no, and what that means for a change that comes from a phone. Anything else is our fault
#: or a passing trouble: it is raised, nothing is written, and the phone tries again.
_REFUSALS: dict[type[Problem], PushResult] = {
    NotFound: PushResult.REJECTED_GONE,
    Forbidden: PushResult.REJECTED_PERMISSION,
    Invalid: PushResult.REJECTED_VALIDATION,
    Conflict: PushResult.REJECTED_VALIDATION,
    PreconditionFailed: PushResult.REJECTED_VALIDATION,
}


class SequenceGap(Conflict):
    """The phone's numbers do not follow on; `client_seq` says which one is next."""

    code, title = "sequence-gap", "The numbers of these changes do not follow on."

    def __init__(self, expected: int) -> None:
        super().__init__(errors={"client_seq": [str(expected)]})


class Answer(NamedTuple):
    """What a phone is told about one change; the same words however often it asks."""

    mutation_id: UUID
    client_seq: int
    result: PushResult
    data: Mapping[str, Any] | None
    problem: Mapping[str, Any] | None


class _Push(NamedTuple):
    client: SyncClient
    mutation: Mutation
    body_hash: bytes
    actor: Actor
    now: datetime
    holidays: Collection[date]


def push(
    session: Session,
    *,
    client_id: UUID,
    mutation: Mutation,
    actor: Actor,
    now: datetime,
    holidays: Collection[date] = frozenset(),
) -> Answer:
    """Take one change in, or give the answer it was given before; on `holidays` nobody is given work.

    :raises NotFound: if the client number is another person's or another pairing's
    :raises SequenceGap: if the change is not the next one
    :raises SessionEnded: if the phone was ended meanwhile
    """
    client = _lock_client(session, client_id=client_id, actor=actor, now=now)
    body_hash = crypto.blind_index(mutation.body, context="sync_result.body_hash")
    request = _Push(client, mutation, body_hash, actor, now, holidays)
    if mutation.client_seq <= client.last_seq:
        return _answer_again(session, request)
    if mutation.client_seq != client.last_seq + 1:
        raise SequenceGap(client.last_seq + 1)
    citizens.lock_sequences(session, citizen_ids=[client.citizen_id])
    if not accounts.session_is_open(session, session_id=client.session_id, hold=True):
        raise SessionEnded()
    known = _find_result(session, client.citizen_id, mutation.mutation_id)
    if known is None:
        done = _carry_out(session, request)
        return _store(session, request, done, repeats=False)
    if known.body_hash != body_hash:
        return _store(session, request, Done(PushResult.REJECTED_REUSE), repeats=True)
    return _store_duplicate(session, request, known)


def _lock_client(session: Session, *, client_id: UUID, actor: Actor, now: datetime) -> SyncClient:
    """The phone's row, made at the first push; one of somebody else is like one that is not there."""
    citizen_id = citizen_id_of(actor)
    if actor.session_id is None:
        raise Forbidden()
    fresh = insert(SyncClient).values(
        client_id=client_id, citizen_id=citizen_id, session_id=actor.session_id, last_seq=0, created_at=now
    )
    session.execute(fresh.on_conflict_do_nothing())
    locked = select(SyncClient).where(SyncClient.client_id == client_id).with_for_update()
    client = session.scalars(locked.execution_options(populate_existing=True)).one()
    if (client.citizen_id, client.session_id) != (citizen_id, actor.session_id):
        raise NotFound()
    return client


def _answer_again(session: Session, request: _Push) -> Answer:
    """The stored answer; nothing is written, whatever the phone says under a used number."""
    client, mutation = request.client, request.mutation
    stored = session.get_one(SyncResult, (client.client_id, mutation.client_seq))
    if stored.mutation_id == mutation.mutation_id:
        return _told(stored) if stored.body_hash == request.body_hash else _reused(mutation)
    known = _find_result(session, client.citizen_id, mutation.mutation_id)
    if known is None:
        raise SequenceGap(client.last_seq + 1)
    if known.body_hash != request.body_hash:
        return _reused(mutation)
    return _told(known)._replace(client_seq=mutation.client_seq, result=PushResult.DUPLICATE)


def _carry_out(session: Session, request: _Push) -> Done:
    """The effect, or none of it. A refusal of the house or of the database leaves nothing behind."""
    try:
        with session.begin_nested():
            done = effects.carry_out(
                session,
                request.mutation,
                citizen_id=request.client.citizen_id,
                holidays=request.holidays,
                actor=request.actor,
                now=request.now,
            )
            session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            return done
    except (IntegrityError, DataError):
        return Done(PushResult.REJECTED_VALIDATION, problem={"code": Conflict.code})
    except Problem as refusal:
        for kind, result in _REFUSALS.items():
            if isinstance(refusal, kind):
                return Done(result, refusal.errors, {"code": refusal.code})
        raise


def _store(session: Session, request: _Push, done: Done, *, repeats: bool) -> Answer:
    """Write down how far the phone has come and what it is told; refused words are kept with it."""
    problem = _problem(done)
    data = None
    if done.result.is_rejected:
        data = _keep_words(session, request, problem)
    return _write(session, request, done.result, data=data, problem=problem, repeats=repeats)


def _store_duplicate(session: Session, request: _Push, known: SyncResult) -> Answer:
    return _write(
        session, request, PushResult.DUPLICATE, data=known.data, problem=known.problem, repeats=True
    )


def _write(
    session: Session,
    request: _Push,
    result: PushResult,
    *,
    data: dict[str, Any] | None,
    problem: dict[str, Any] | None,
    repeats: bool,
) -> Answer:
    client, mutation = request.client, request.mutation
    row = SyncResult(
        client_id=client.client_id,
        client_seq=mutation.client_seq,
        citizen_id=client.citizen_id,
        mutation_id=mutation.mutation_id,
        repeats=repeats,
        body_hash=request.body_hash,
        result=result,
        data=data,
        problem=problem,
        created_at=request.now,
    )
    client.last_seq = mutation.client_seq
    session.add(row)
    session.flush()
    return _told(row)


def _problem(done: Done) -> dict[str, Any] | None:
    if not done.result.is_rejected:
        return None
    problem: dict[str, Any] = dict(done.problem or {"code": _CODES[done.result]})
    if done.errors:
        problem["errors"] = {name: list(texts) for name, texts in done.errors.items()}
    return problem


_CODES = {
    PushResult.REJECTED_PERMISSION: Forbidden.code,
    PushResult.REJECTED_VALIDATION: Invalid.code,
    PushResult.REJECTED_GONE: NotFound.code,
    PushResult.REJECTED_REUSE: "id-taken",
}


def _keep_words(session: Session, request: _Push, problem: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A refused change waits for its author, and the refusal stands on the trail."""
    client, mutation = request.client, request.mutation
    kept = None
    if mutation.kind is not Kind.DISMISS and not _is_gone_for_good(session, client.citizen_id, mutation):
        kept = rejected.keep(
            session,
            citizen_id=client.citizen_id,
            entity=mutation.entity,
            entity_id=mutation.entity_id,
            content=mutation.words,
            reason=(problem or {}).get("code", ""),
            actor=request.actor,
            now=request.now,
        )
    audit.record(
        session,
        event="sync.refused",
        actor=request.actor,
        at=request.now,
        citizen_id=client.citizen_id,
        subject_id=mutation.entity_id,
        outcome=(problem or {}).get("code", "refused")[:32],
    )
    return None if kept is None else {"rejected_edit": str(kept)}


def _is_gone_for_good(session: Session, citizen_id: UUID, mutation: Mutation) -> bool:
    """Whether the words are for something that their owner has erased: then they are kept nowhere."""
    match mutation.entity:
        case crisis_plans.LINE:
            return crisis_plans.is_erased(session, citizen_id=citizen_id, line_id=mutation.entity_id)
        case goals.STEP | goals.EVENT as entity:
            return goals.is_erased(
                session, citizen_id=citizen_id, entity=entity, entity_id=mutation.entity_id
            )
        case checkins.ENTITY:
            return checkins.is_erased(session, citizen_id=citizen_id, check_in_id=mutation.entity_id)
        case exercises.ENTITY:
            answers = [mutation.entity_id, mutation.fields.get("replaces")]
            return exercises.is_erased(session, citizen_id=citizen_id, answer_ids=list(filter(None, answers)))
        case courses.FEEDBACK:
            return courses.is_erased(session, citizen_id=citizen_id, feedback_id=mutation.entity_id)
        case measures.ENTITY:
            return measures.is_erased(session, citizen_id=citizen_id, result_id=mutation.entity_id)
        case messages.ENTITY:
            return messages.is_erased(session, citizen_id=citizen_id, message_id=mutation.entity_id)
    return False


def _find_result(session: Session, citizen_id: UUID, mutation_id: UUID) -> SyncResult | None:
    first = select(SyncResult).where(
        SyncResult.citizen_id == citizen_id,
        SyncResult.mutation_id == mutation_id,
        SyncResult.repeats.is_(False),
    )
    return session.scalars(first).one_or_none()


def _told(row: SyncResult) -> Answer:
    problem = None
    if row.problem is not None:  # the database keeps keys in an order of its own
        problem = {"code": row.problem["code"]}
        if "errors" in row.problem:
            problem["errors"] = dict(sorted(row.problem["errors"].items()))
    return Answer(row.mutation_id, row.client_seq, row.result, row.data, problem)


def _reused(mutation: Mutation) -> Answer:
    problem = {"code": _CODES[PushResult.REJECTED_REUSE]}
    return Answer(mutation.mutation_id, mutation.client_seq, PushResult.REJECTED_REUSE, None, problem)
