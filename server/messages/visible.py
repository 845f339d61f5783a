"""Which messages somebody may see: the person's own, and those of the people whom one answers for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, select, union

from server.citizens import answering
from server.citizens import visible as citizens
from server.core.access import Actor, ActorKind
from server.messages.models import Message


def threads(actor: Actor, now: datetime) -> Select[UUID]:
    """The ids of the citizens whose messages this actor may read.

    Staff: the contact person and who works in that person's place; whoever works with the person if nobody
    of them is at work. Others of the care team see the person, not the messages.
    """
    opened = citizens.citizen_ids(actor, now)
    if actor.kind == ActorKind.CITIZEN:
        return opened
    return opened.where(opened.selected_columns[0].in_(answering.answered_ids(actor, now)))


def messages(actor: Actor, now: datetime) -> Select[Message]:
    """The messages this actor may read; what its author deleted for good is not among them."""
    return select(Message).where(Message.citizen_id.in_(threads(actor, now)), Message.erased_at.is_(None))


def heard(actor: Actor, now: datetime) -> Select[UUID]:
    """Of whom this actor may know that a message waits: the own ones, and those a manager's unit leaves."""
    known = union(threads(actor, now), answering.unanswered_ids(actor, now)).subquery()
    return select(known.c[0])


def place_of(citizen_id: UUID, message_id: UUID) -> ScalarSelect[int]:
    """Where a message of this person stands among the others; for comparing only, never shown to staff.

    The numbers are steps of the person's sequence, which what is private moves too.
    """
    place = select(Message.seq).where(Message.citizen_id == citizen_id, Message.id == message_id)
    return place.scalar_subquery()
