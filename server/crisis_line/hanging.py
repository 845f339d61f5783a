"""What hangs on a contact: the follow-ups that the person said yes to, and the nights."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import changes, deaths
from server.core import clock
from server.core.access import SYSTEM
from server.core.ids import new_id
from server.crisis_line.models import Contact
from server.crisis_line.models_desk import FollowUp, FollowUpKind, FollowUpStatus, NightPlace, NightSupport

#: Which yes asks for which follow-up, and how many days after the contact began.
_YES = {FollowUpKind.CALL_72H: "call_yes_at", FollowUpKind.AFTER_14_DAYS: "follow_up_yes_at"}
DAYS_AFTER = {FollowUpKind.CALL_72H: 3, FollowUpKind.AFTER_14_DAYS: 14}


def keep_up(session: Session, *, contact: Contact, now: datetime) -> None:
    """Let the follow-ups be those that the contact has a yes for; hold the contact first.

    A yes that is taken back cancels what waits; what is done stays done.
    """
    known = select(FollowUp).where(FollowUp.contact_id == contact.id).with_for_update()
    standing = {one.kind: one for one in session.scalars(known)}
    for kind, column in _YES.items():
        _settle(session, contact, kind, getattr(contact, column), standing.get(kind), now)
    session.flush()


def forget(session: Session, *, contact_id: UUID) -> None:
    """Take away what hangs on a contact that is emptied; that a place was taken is still counted."""
    session.execute(delete(FollowUp).where(FollowUp.contact_id == contact_id))
    session.execute(delete(NightSupport).where(NightSupport.contact_id == contact_id))
    session.execute(update(NightPlace).where(NightPlace.contact_id == contact_id).values(contact_id=None))


def of_the_dead() -> Select[UUID]:
    """The ids of contacts with people who have died; a mark that is taken back takes theirs out again."""
    return select(Contact.id).where(Contact.citizen_id.in_(deaths.ids_of_the_dead()))


def end_for_the_dead(session: Session, *, now: datetime) -> int:
    """Cancel what waits for those whose death can no longer be taken back; returns how many calls."""
    ended = 0
    for citizen_id in deaths.list_final(session, now=now):
        changes.lock_sequences(session, citizen_ids=[citizen_id])
        theirs = select(Contact.id).where(Contact.citizen_id == citizen_id)
        waiting = select(FollowUp).where(
            FollowUp.contact_id.in_(theirs), FollowUp.status == FollowUpStatus.REQUESTED
        )
        for follow_up in session.scalars(waiting.order_by(FollowUp.id).with_for_update()):
            _cancel(follow_up, now)
            audit.record(
                session,
                event="follow-up.ended",
                actor=SYSTEM,
                at=now,
                unit_id=follow_up.unit_id,
                citizen_id=citizen_id,
                subject_id=follow_up.id,
                purpose="deceased",
            )
            ended += 1
    session.flush()
    return ended


def _cancel(follow_up: FollowUp, now: datetime) -> None:
    follow_up.status, follow_up.closed_at = FollowUpStatus.CANCELLED, now
    follow_up.version, follow_up.updated_at = follow_up.version + 1, now


def _settle(
    session: Session,
    contact: Contact,
    kind: FollowUpKind,
    yes_at: datetime | None,
    standing: FollowUp | None,
    now: datetime,
) -> None:
    if yes_at is None:
        if standing is not None and standing.status == FollowUpStatus.REQUESTED:
            _cancel(standing, now)
        return
    if standing is not None and standing.status != FollowUpStatus.CANCELLED:
        return
    follow_up = standing or FollowUp(
        id=new_id(),
        unit_id=contact.unit_id,
        contact_id=contact.id,
        kind=kind,
        owner_id=contact.opened_by,
        tries=0,
        version=0,
        created_at=now,
    )
    began_on = clock.to_wall(contact.opened_at).date()
    follow_up.yes_at, follow_up.due_on = yes_at, began_on + timedelta(days=DAYS_AFTER[kind])
    follow_up.status, follow_up.closed_at = FollowUpStatus.REQUESTED, None
    follow_up.version, follow_up.updated_at = follow_up.version + 1, now
    session.add(follow_up)
