"""A person's own hand on the messages: from a phone that may have been without a network for days."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import answering, rejected
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden
from server.messages.models import Message, Writer

ENTITY = "message"
MOST, WINDOW = 60, timedelta(hours=1)


class Outcome(StrEnum):
    """What a change from a phone came to."""

    APPLIED = "applied"  #: it stands as it was sent
    DUPLICATE = "duplicate"  #: it had come before; nothing was done again
    REJECTED_GONE = "rejected_gone"  #: its author deleted it for good
    REJECTED_REUSE = "rejected_reuse"  #: its id came before with other words


class NobodyReads(Conflict):
    """Nobody works with the person any more: the words go back to their author instead of lying unread."""

    code, title = "nobody-reads", "Nobody here answers messages of this person."


class TooManyMessages(Conflict):
    """More than a person writes; the words go back to their author."""

    code, title = "too-many-messages", f"At most {MOST} messages an hour."


class NotOwnMessage(Forbidden):
    """Only its author can delete a message."""

    code, title = "not-own-words", "Only your own messages can be deleted."


def put_own(
    session: Session,
    *,
    citizen_id: UUID,
    message_id: UUID,
    text: str,
    written_at: datetime | None,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Take in a message of the person; `written_at` by the phone's clock. The same twice is one message.

    :raises NotFound: if the actor may not know of the citizen
    :raises NobodyReads: if nobody at work works with the person
    :raises TooManyMessages: if too many came within an hour
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    known = session.get(Message, (citizen_id, message_id), populate_existing=True)
    if known is not None:
        return _again(known, text)
    if not answering.list_helpers(session, citizen_ids=[citizen_id], now=now)[citizen_id]:
        raise NobodyReads()
    if _lately(session, citizen_id=citizen_id, now=now) >= MOST:
        raise TooManyMessages()
    message = _open(session, citizen_id=citizen_id, message_id=message_id, now=now)
    message.at = min(written_at or now, now)
    message.text = text
    session.add(message)
    session.flush()
    _audit(session, "message.written", message, citizen.unit_id, actor, now)
    return Outcome.APPLIED


def erase_own(
    session: Session, *, citizen_id: UUID, message_id: UUID, actor: Actor, now: datetime
) -> Outcome:
    """Make one of the person's own messages gone for good, also one that has not come here yet.

    :raises NotFound: if the actor may not know of the citizen
    :raises NotOwnMessage: if staff wrote it
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    message = session.get(Message, (citizen_id, message_id), populate_existing=True)
    if message is not None and message.by != Writer.CITIZEN:
        raise NotOwnMessage()
    rejected.blank(session, citizen_id=citizen_id, entity=ENTITY, entity_id=message_id, now=now)
    if message is not None and message.erased_at is not None:
        return Outcome.APPLIED
    if message is None:
        message = _open(session, citizen_id=citizen_id, message_id=message_id, now=now)
        session.add(message)
    else:
        citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=message_id, at=now)
    message.erase(at=now)
    session.flush()
    _audit(session, "message.erased", message, citizen.unit_id, actor, now)
    return Outcome.APPLIED


def is_erased(session: Session, *, citizen_id: UUID, message_id: UUID) -> bool:
    """Whether the person has deleted this message for good."""
    found = select(Message.erased_at).where(Message.citizen_id == citizen_id, Message.id == message_id)
    return session.scalar(found) is not None


def _again(known: Message, text: str) -> Outcome:
    if known.erased_at is not None:
        return Outcome.REJECTED_GONE
    is_same = known.by == Writer.CITIZEN and known.text == text
    return Outcome.DUPLICATE if is_same else Outcome.REJECTED_REUSE


def _lately(session: Session, *, citizen_id: UUID, now: datetime) -> int:
    came = select(func.count()).where(
        Message.citizen_id == citizen_id, Message.by == Writer.CITIZEN, Message.received_at > now - WINDOW
    )
    return session.scalar(came) or 0


def _open(session: Session, *, citizen_id: UUID, message_id: UUID, now: datetime) -> Message:
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=message_id, at=now)
    return Message(citizen_id=citizen_id, id=message_id, seq=seq, by=Writer.CITIZEN, at=now, received_at=now)


def _audit(
    session: Session, event: str, message: Message, unit_id: UUID, actor: Actor, now: datetime
) -> None:
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=message.citizen_id,
        subject_id=message.id,
    )
