"""Since when a person has waited for an answer: worked out from the messages, so that it cannot drift.

A message waits until somebody who had seen it has answered, in writing or in another way. A message that
came while the answer was being written still waits. What its author deleted waits no more; an answer that
was taken back answers nothing.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import visible as citizens
from server.core.access import Actor
from server.messages import visible
from server.messages.models import Message, OtherAnswer, Writer


class Waiting(NamedTuple):
    """Somebody who waits for an answer; `opens`: whether the reader may open the messages."""

    citizen_id: UUID
    alias: str
    waiting_since: datetime
    opens: bool


def list_waiting(session: Session, *, actor: Actor, now: datetime) -> list[Waiting]:
    """Everybody who waits for an answer by this actor, who has waited longest first; recorded."""
    found = find_waiting(session, actor=actor, now=now)
    audit.record(
        session, event="waiting-messages.listed", actor=actor, at=now, purpose=f"waiting: {len(found)}"
    )
    return found


def find_waiting(session: Session, *, actor: Actor, now: datetime) -> list[Waiting]:
    """The same for a caller who records the look: those whom the actor answers for, oldest first.

    A manager also sees those whom nobody answers for, by alias and time alone. The number of statements
    does not grow with the number of people.
    """
    since = _since(session, visible.heard(actor, now))
    opened = set(session.scalars(visible.threads(actor, now)))
    known = citizens.citizens(actor, now).where(citizens.is_living()).subquery()
    people = session.execute(select(known.c.id, known.c.alias).where(known.c.id.in_(since)))
    found = [Waiting(key, alias, since[key], key in opened) for key, alias in people]
    return sorted(found, key=lambda one: (one.waiting_since, one.citizen_id))


def waiting_since(session: Session, *, citizen_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Since when each of these waits; who waits for nothing is not in the answer. The caller may see them."""
    return _since(session, citizen_ids)


def _since(session: Session, people: Select[UUID] | Collection[UUID]) -> dict[UUID, datetime]:
    theirs = Message.citizen_id.in_(people)
    answers = union_all(
        select(Message.citizen_id, Message.answers_seq).where(
            theirs, Message.by == Writer.STAFF, Message.withdrawn_at.is_(None)
        ),
        select(OtherAnswer.citizen_id, OtherAnswer.answers_seq).where(OtherAnswer.citizen_id.in_(people)),
    ).subquery()
    answered = (
        select(answers.c.citizen_id, func.max(answers.c.answers_seq).label("seq"))
        .group_by(answers.c.citizen_id)
        .subquery()
    )
    rows = session.execute(
        select(Message.citizen_id, func.min(Message.received_at))
        .outerjoin(answered, answered.c.citizen_id == Message.citizen_id)
        .where(
            theirs,
            Message.by == Writer.CITIZEN,
            Message.erased_at.is_(None),
            or_(answered.c.seq.is_(None), Message.seq > answered.c.seq),
        )
        .group_by(Message.citizen_id)
    )
    return {citizen_id: since for citizen_id, since in rows}
