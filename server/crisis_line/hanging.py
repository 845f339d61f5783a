"""What hangs on a contact: the follow-ups that the person said yes to, and the nights."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from server.core import clock
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
            standing.status, standing.closed_at = FollowUpStatus.CANCELLED, now
            standing.version, standing.updated_at = standing.version + 1, now
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
