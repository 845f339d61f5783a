"""Check-ins: written and erased by the person alone, and seen by staff only as far as they were offered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.checkins import visible
from server.checkins.days import SaidDay, current_days, say_day
from server.checkins.models import CheckIn
from server.checkins.reading import Shown, read_shared, shared_with
from server.citizens import rejected
from server.citizens import service as citizens
from server.citizens.own_hand import hold_own
from server.consents import offers
from server.consents.offers import Offer
from server.core.access import Actor
from server.core.errors import Conflict, NotFound

__all__ = [
    "ENTITY",
    "CheckInGone",
    "NewCheckIn",
    "Offer",
    "SaidDay",
    "Shown",
    "current_check_ins",
    "current_days",
    "erase",
    "is_erased",
    "offer",
    "read_shared",
    "say_day",
    "shared_with",
    "write",
]

ENTITY = "checkin"


class CheckInGone(NotFound):
    """There is no such check-in of this person, or it was erased for good."""


class AlreadyWritten(Conflict):
    """The id stands for a check-in with other content; what was written is never rewritten."""

    code, title = "already-written", "A check-in is not changed. Write a new one."


class NewCheckIn(NamedTuple):
    """How it was at one moment: at least one of mood, urge (both 0 to 10) and the line is there.

    `seen_no` is the step by which, as far as the phone knew, the choice was last taken back; 0 for never.
    """

    at: datetime
    mood: int | None
    urge: int | None
    line: str | None
    goal_id: UUID | None
    sharing: Offer
    seen_no: int


def write(
    session: Session,
    *,
    citizen_id: UUID,
    check_in_id: UUID,
    said: NewCheckIn,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep a check-in from the person's phone; the same one again does no harm.

    Whether it is offered is decided as things stand when it comes: without a yes, or after a no that the
    phone did not know of, it is private.

    :raises Forbidden: if it is not the person's own phone
    :raises CheckInGone: if it was erased for good
    :raises AlreadyWritten: if the id stands for something else
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    known = session.get(CheckIn, (citizen_id, check_in_id), populate_existing=True)
    if known is not None:
        if known.erased_at is not None:
            raise CheckInGone()
        if (known.at, known.mood, known.urge, known.line) != (said.at, said.mood, said.urge, said.line):
            raise AlreadyWritten()
        return
    sharing = offers.resolve(
        session,
        citizen_id=citizen_id,
        choice=visible.CHOICE,
        wished=said.sharing,
        seen_no=said.seen_no,
    )
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=check_in_id, at=now)
    row = CheckIn(
        citizen_id=citizen_id,
        id=check_in_id,
        at=said.at,
        received_at=now,
        mood=said.mood,
        urge=said.urge,
        goal_id=said.goal_id,
    )
    row.set_offer(sharing, seq=seq, now=now)
    row.line = said.line
    session.add(row)
    session.flush()
    _record(session, "checkin.written", row, unit_id, actor, now)


def offer(session: Session, *, check_in_id: UUID, given: bool, actor: Actor, now: datetime) -> None:
    """Let the contact person see one own check-in, or no longer.

    :raises CheckInGone: if it is not the person's own, or was erased
    """
    citizen_id = actor.citizen_id
    if citizen_id is None:
        raise CheckInGone()
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    row = session.get(CheckIn, (citizen_id, check_in_id), populate_existing=True)
    if row is None or row.erased_at is not None:
        raise CheckInGone()
    if not given and row.sharing == Offer.PRIVATE:
        return
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=check_in_id, at=now)
    row.set_offer(Offer.SHARED if given else Offer.PRIVATE, seq=seq, now=now)
    session.flush()
    _record(session, "checkin.shared" if given else "checkin.not-shared", row, unit_id, actor, now)


def erase(session: Session, *, citizen_id: UUID, check_in_id: UUID, actor: Actor, now: datetime) -> None:
    """Make a check-in gone for good, words that were refused too; an empty tombstone beats whatever comes.

    :raises Forbidden: if it is not the person's own phone
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    rejected.blank(session, citizen_id=citizen_id, entity=ENTITY, entity_id=check_in_id, now=now)
    row = session.get(CheckIn, (citizen_id, check_in_id), populate_existing=True)
    if row is not None and row.erased_at is not None:
        return
    citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=check_in_id, at=now)
    if row is None:
        row = CheckIn(citizen_id=citizen_id, id=check_in_id, received_at=now)
        session.add(row)
    row.at = row.mood = row.urge = row.line = row.goal_id = row.offered_seq = row.shared_at = None
    row.sharing, row.erased_at = Offer.PRIVATE, now
    session.flush()
    _record(session, "checkin.erased", row, unit_id, actor, now)


def is_erased(session: Session, *, citizen_id: UUID, check_in_id: UUID) -> bool:
    """Whether the person has erased it for good: then no word for it is kept anywhere."""
    row = session.get(CheckIn, (citizen_id, check_in_id))
    return row is not None and row.erased_at is not None


def current_check_ins(session: Session, *, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, CheckIn]:
    """Those of the ids that are the citizen's check-ins, tombstones too; for the citizen's own phone."""
    return {row.id: row for row in session.scalars(visible.own_among(citizen_id, ids))}


def _record(session: Session, event: str, row: CheckIn, unit_id: UUID, actor: Actor, now: datetime) -> None:
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=row.citizen_id,
        subject_id=row.id,
    )
