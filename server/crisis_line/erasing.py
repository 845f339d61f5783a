"""What becomes of a contact whose words are to go: an empty one stays, so that the counts still add up."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.access import Actor
from server.crisis_line import hanging
from server.crisis_line.contacts import hold, record
from server.crisis_line.models import Contact, Gender, Voicemail

#: A number for a call is kept until the call, and not longer than the latest follow-up may take.
NUMBER_KEPT = timedelta(days=21)


def empty(session: Session, *, contact: Contact, now: datetime) -> None:
    """Take everything out of a contact but its channel and the month; hold it FOR UPDATE first."""
    month = clock.from_wall(
        clock.to_wall(contact.opened_at).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    )
    contact.opened_at = contact.received_at = month
    contact.closed_at, contact.closed_by = month, contact.closed_by or contact.opened_by
    contact.citizen_id = contact.found_by = contact.goal_id = contact.claimed_at = None
    contact.reasons, contact.given, contact.referrals, contact.outcome = [], [], [], None
    contact.duration_minutes = contact.safety_before = contact.safety_after = None
    contact.gender, contact.note, contact.request_digest = Gender.NOT_REGISTERED, None, b""
    contact.follow_up_yes_at = contact.call_yes_at = contact.shown_yes_at = None
    hanging.forget(session, contact_id=contact.id)
    _without_number(contact)
    contact.erased_at = contact.updated_at = now
    contact.version += 1
    session.flush()


def forget_number(session: Session, *, contact_id: UUID, actor: Actor, now: datetime) -> None:
    """Take away what was agreed about being called: the call was made, or is not wanted any more.

    :raises ContactNotFound: if the contact is not in the actor's unit
    """
    contact = hold(session, contact_id=contact_id, actor=actor)
    if contact.may_ring:
        _without_number(contact)
        contact.version, contact.updated_at = contact.version + 1, now
        session.flush()
        record(session, "crisis-contact.number-erased", contact, actor, now)


def erase_old_numbers(session: Session, *, now: datetime) -> int:
    """Take away what was agreed about calls that nobody has made within 21 days; returns how many.

    A code word or a time goes as well where no number was given.
    """
    old = select(Contact).where(Contact.may_ring, Contact.received_at <= now - NUMBER_KEPT)
    found = session.scalars(old.order_by(Contact.id).with_for_update(skip_locked=True)).all()
    for contact in found:
        _without_number(contact)
        contact.version, contact.updated_at = contact.version + 1, now
    session.flush()
    return len(found)


def _without_number(contact: Contact) -> None:
    contact.may_ring, contact.ring_voicemail = False, Voicemail.NEVER
    contact.ring_phone = contact.ring_when = contact.ring_code_word = None
