"""What staff do with messages: read, answer, answer in another way, take their own words back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound
from server.core.ids import new_id
from server.messages import visible
from server.messages.models import Message, OtherAnswer, Writer
from server.messages.own import ENTITY, Outcome, erase_own, is_erased, put_own
from server.messages.reading import Shown, Thread, current_messages, find_thread, list_thread, show
from server.messages.waiting import Waiting, find_waiting, list_waiting, waiting_since
from server.reminders import daily
from server.reminders.slots import SlotKey

__all__ = [
    "ENTITY",
    "KIND",
    "Outcome",
    "Shown",
    "Thread",
    "Waiting",
    "answer_otherwise",
    "current_messages",
    "erase_own",
    "find_waiting",
    "is_erased",
    "list_thread",
    "list_waiting",
    "put_own",
    "still_stands",
    "waiting_since",
    "withdraw",
    "write",
]

KIND = "message"


class MessageNotFound(NotFound):
    """There is no such message for this actor."""


class MessageIdTaken(Conflict):
    """The id was already used for another message."""

    code, title = "id-taken", "This id was already used for something else."


class NotOwnMessage(Forbidden):
    """Only who wrote a message can take it back."""

    code, title = "not-own-words", "Only your own messages can be taken back."


def write(
    session: Session,
    *,
    citizen_id: UUID,
    message_id: UUID,
    text: str,
    seen: UUID | None,
    actor: Actor,
    now: datetime,
) -> Shown:
    """Write to a person; `seen` is the newest message of the person that the writer had on the screen.

    What came after it still waits. The same id with the same words is the same message.

    :raises NotFound: if the actor does not answer for the person
    :raises MessageIdTaken: if the id already stands for another message
    :raises Invalid: if `seen` is no message of the person
    """
    unit_id = _hold_thread(session, citizen_id=citizen_id, actor=actor, now=now)
    known = session.get(Message, (citizen_id, message_id), populate_existing=True)
    if known is not None:
        if (known.staff_id, known.text) != (actor.staff_id, text):
            raise MessageIdTaken()
        return show(session, [known], actor=actor)[0]
    answers = 0 if seen is None else _place_of(session, citizen_id=citizen_id, message_id=seen)
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=message_id, at=now)
    message = Message(citizen_id=citizen_id, id=message_id, seq=seq, by=Writer.STAFF, staff_id=actor.staff_id)
    message.text, message.answers_seq = text, answers
    message.at = message.received_at = now
    session.add(message)
    session.flush()
    daily.tell_once_a_day(
        session, kind=KIND, slot=SlotKey.MESSAGE, subject_id=message_id, citizen_id=citizen_id, now=now
    )
    _audit(session, "message.answered", citizen_id, unit_id, message_id, actor, now)
    return show(session, [message], actor=actor)[0]


def answer_otherwise(
    session: Session, *, citizen_id: UUID, seen: UUID, actor: Actor, now: datetime
) -> datetime | None:
    """Note that the person was answered by phone or face to face, up to the message `seen`.

    Says since when somebody still waits, if something came after it.

    :raises NotFound: if the actor does not answer for the person
    :raises Invalid: if `seen` is no message of the person
    """
    unit_id = _hold_thread(session, citizen_id=citizen_id, actor=actor, now=now)
    answers = _place_of(session, citizen_id=citizen_id, message_id=seen)
    if actor.staff_id is None:
        raise Forbidden()
    given = OtherAnswer(citizen_id=citizen_id, id=new_id(), answers_seq=answers, at=now)
    given.staff_id = actor.staff_id
    session.add(given)
    session.flush()
    _audit(session, "message.answered-otherwise", citizen_id, unit_id, seen, actor, now)
    return waiting_since(session, citizen_ids=[citizen_id]).get(citizen_id)


def withdraw(session: Session, *, citizen_id: UUID, message_id: UUID, actor: Actor, now: datetime) -> Shown:
    """Take an own message back, entered in error: nobody reads its words any more, here or on a phone.

    :raises NotFound: if the actor does not answer for the person, or there is no such message
    :raises NotOwnMessage: if somebody else wrote it
    """
    unit_id = _hold_thread(session, citizen_id=citizen_id, actor=actor, now=now)
    found = visible.messages(actor, now).where(Message.citizen_id == citizen_id, Message.id == message_id)
    message = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if message is None:
        raise MessageNotFound()
    if message.staff_id != actor.staff_id:
        raise NotOwnMessage()
    if message.withdrawn_at is None:
        citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=message_id, at=now)
        message.withdraw(at=now)
        session.flush()
        _audit(session, "message.withdrawn", citizen_id, unit_id, message_id, actor, now)
    return show(session, [message], actor=actor)[0]


def still_stands(session: Session, *, citizen_id: UUID, message_id: UUID) -> bool:
    """Whether this message of staff, or one after it, is there to be read; for the house that sends."""
    told_of = select(Message.seq).where(Message.citizen_id == citizen_id, Message.id == message_id)
    standing = select(Message.id).where(
        Message.citizen_id == citizen_id,
        Message.by == Writer.STAFF,
        Message.withdrawn_at.is_(None),
        Message.seq >= told_of.scalar_subquery(),
    )
    return session.scalars(standing.limit(1)).first() is not None


def _hold_thread(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Let nobody else change the person's messages until the commit; returns the unit."""
    find_thread(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    return find_thread(session, citizen_id=citizen_id, actor=actor, now=now)  # the wait may have ended it


def _place_of(session: Session, *, citizen_id: UUID, message_id: UUID) -> int:
    """The place of a message of the person, also of one that its author has deleted meanwhile."""
    theirs = select(Message.seq).where(
        Message.citizen_id == citizen_id, Message.id == message_id, Message.by == Writer.CITIZEN
    )
    place = session.scalar(theirs)
    if place is None:
        raise Invalid(errors={"seen": ["Must be a message of this person."]})
    return place


def _audit(
    session: Session,
    event: str,
    citizen_id: UUID,
    unit_id: UUID,
    subject_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=citizen_id,
        subject_id=subject_id,
        relation_id=own.id if own else None,
    )
