"""The change sequence: what a citizen's phone has to fetch, in the order in which it was committed.

Every writer first locks the citizen's one sequence row and keeps it until its commit. A number is
therefore never seen before a smaller one (RELIABILITY.md D2), and writers about one citizen never
wait for each other in a circle.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, func, select, update
from sqlalchemy.orm import Session

from server.citizens.models import ChangeOp, CitizenChange, CitizenSequence
from server.core.db import Asked
from server.core.errors import NotFound
from server.core.questions import Asking, Question

_POSITION = Question(
    select(CitizenSequence.seq, CitizenSequence.epoch).where(
        CitizenSequence.citizen_id == bindparam("citizen_id")
    )
)
_LOCKED = Question(
    select(CitizenSequence.citizen_id)
    .where(CitizenSequence.citizen_id == func.any(bindparam("citizen_ids", type_=ARRAY(Uuid()))))
    .order_by(CitizenSequence.citizen_id)
    .with_for_update()
)
_LOCKED_ONE = Question(
    select(CitizenSequence.citizen_id)
    .where(CitizenSequence.citizen_id == bindparam("citizen_id"))
    .with_for_update()
)


class Position(NamedTuple):
    """Where a citizen's sequence stands; another epoch makes every older cursor start afresh."""

    seq: int
    epoch: int


class Change(NamedTuple):
    """One step of a citizen's sequence."""

    seq: int
    entity: str
    entity_id: UUID
    op: ChangeOp


def open_sequence(session: Session, *, citizen_id: UUID) -> None:
    """Start the sequence of a new citizen."""
    session.add(CitizenSequence(citizen_id=citizen_id, seq=0, epoch=1))
    session.flush()


def lock_sequences(session: Asked, *, citizen_ids: Sequence[UUID]) -> None:
    """Hold these citizens until the commit, always in the same order; call it before other writes."""
    _LOCKED.all(session, {"citizen_ids": list(citizen_ids)})


def locking(citizen_id: UUID) -> Asking:
    """The same for one of them, as a question to be asked right before another.

    Readers lock like writers: those who come one after the other and share a lock can keep a writer, who may
    be withdrawing a yes, waiting for as long as they come.
    """
    return _LOCKED_ONE, {"citizen_id": citizen_id}


def record_change(
    session: Session,
    *,
    citizen_id: UUID,
    entity: str,
    entity_id: UUID,
    at: datetime,
    op: ChangeOp | str = ChangeOp.PUT,
) -> int:
    """Note that something on the citizen's phone has changed; locks the sequence row until the commit.

    :raises NotFound: if there is no such citizen
    """
    step = (
        update(CitizenSequence)
        .where(CitizenSequence.citizen_id == citizen_id)
        .values(seq=CitizenSequence.seq + 1)
        .returning(CitizenSequence.seq)
        .execution_options(synchronize_session=False)
    )
    seq = session.execute(step).scalar_one_or_none()
    if seq is None:
        raise NotFound()
    session.add(
        CitizenChange(
            citizen_id=citizen_id, seq=seq, entity=entity, entity_id=entity_id, op=ChangeOp(op), at=at
        )
    )
    session.flush()
    return seq


def record_profile_change(session: Session, *, citizen_id: UUID, at: datetime) -> int:
    """Note that what the phone shows about the citizen and the contact person has changed."""
    return record_change(session, citizen_id=citizen_id, entity="profile", entity_id=citizen_id, at=at)


def list_changes(session: Session, *, citizen_id: UUID, after_seq: int, limit: int) -> list[Change]:
    """The next steps of a citizen's sequence, oldest first."""
    steps = (
        select(CitizenChange.seq, CitizenChange.entity, CitizenChange.entity_id, CitizenChange.op)
        .where(CitizenChange.citizen_id == citizen_id, CitizenChange.seq > after_seq)
        .order_by(CitizenChange.seq)
        .limit(limit)
    )
    return [Change(*row) for row in session.execute(steps)]


def get_position(session: Asked, *, citizen_id: UUID) -> Position:
    """Where a citizen's sequence stands now.

    :raises NotFound: if there is no such citizen
    """
    row = _POSITION.first(session, {"citizen_id": citizen_id})
    if row is None:
        raise NotFound()
    return Position(*row)
