"""Contacts as their own unit reads them; who it is about stands there only while the contact lasts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import desk_relations, finding
from server.core.access import Actor
from server.core.errors import Invalid
from server.crisis_line import visible
from server.crisis_line.contacts import get_contact, record, reopen_until
from server.crisis_line.models import ClaimCode, Contact

LONGEST_SPAN = timedelta(days=366)


def read_contact(session: Session, *, contact_id: UUID, actor: Actor, now: datetime) -> dict[str, Any]:
    """A whole contact; the reading is on the trail.

    :raises ContactNotFound: if it is not in the actor's unit
    """
    contact = get_contact(session, contact_id=contact_id, actor=actor)
    shown = show(session, contact=contact, actor=actor, now=now)
    record(session, "crisis-contact.read", contact, actor, now)
    return shown


def list_contacts(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[dict[str, Any]]:
    """The unit's open contacts, or those that began in a span; newest first, without notes and numbers.

    :raises Invalid: if the span ends before it begins, or is longer than a year
    """
    found = visible.contacts(actor)
    if since is None or until is None:
        found = found.where(Contact.closed_at.is_(None))
    elif not timedelta(0) <= until - since <= LONGEST_SPAN:
        raise Invalid(errors={"to": ["Must come after from, within a year."]})
    else:
        found = found.where(Contact.opened_at >= since, Contact.opened_at < until)
    rows = session.scalars(found.order_by(Contact.opened_at.desc(), Contact.id.desc())).all()
    cards = _cards(session, rows, actor, now)
    audit.record(session, event="crisis-contacts.listed", actor=actor, at=now)
    return cards


def show(session: Session, *, contact: Contact, actor: Actor, now: datetime) -> dict[str, Any]:
    """A contact with its note, what was agreed about being called, and what the reader may still do."""
    (card,) = _cards(session, [contact], actor, now)
    relation = desk_relations.find_for_contact(session, contact_id=contact.id, actor=actor, now=now)
    return {
        **card,
        **words_of(contact),
        "goal_id": contact.goal_id,
        "access_until": relation.ends_at if relation else None,
        "reopen_until": reopen_until(contact, actor),
        "claim_code_until": _code_until(session, contact, now),
    }


def words_of(contact: Contact) -> dict[str, Any]:
    """What was written about a contact, and what was agreed about being called."""
    return {
        "note": contact.note,
        "safety_before": contact.safety_before,
        "safety_after": contact.safety_after,
        "callback": {
            "may_ring": contact.may_ring,
            "phone": contact.ring_phone,
            "when": contact.ring_when,
            "voicemail": contact.ring_voicemail,
            "code_word": contact.ring_code_word,
        },
    }


def ticks_of(contact: Contact) -> dict[str, Any]:
    """What was ticked off about a contact."""
    names = ("opened_at", "closed_at", "channel", "reasons", "given", "referrals", "outcome")
    return {
        **{name: getattr(contact, name) for name in names},
        "duration_minutes": contact.duration_minutes,
        "gender": contact.gender,
        "wants_follow_up_14d": contact.follow_up_yes_at is not None,
        "wants_call_72h": contact.call_yes_at is not None,
        "wants_shown_in_app": contact.shown_yes_at is not None,
    }


def _cards(session: Session, rows: Sequence[Contact], actor: Actor, now: datetime) -> list[dict[str, Any]]:
    names = accounts.staff_names(session, staff_ids={row.opened_by for row in rows})
    named = {row.citizen_id for row in rows if row.citizen_id and _is_named(row, now)}
    aliases = {one.id: one.alias for one in finding.by_ids(session, citizen_ids=named)}
    return [
        {
            **ticks_of(row),
            "id": row.id,
            "version": row.version,
            "known": row.citizen_id is not None,
            "citizen_id": row.citizen_id if row.citizen_id in aliases and _is_named(row, now) else None,
            "citizen_alias": aliases.get(row.citizen_id) if row.citizen_id and _is_named(row, now) else None,
            "mine": row.opened_by == actor.staff_id,
            "opened_by_name": names[row.opened_by],
            "found_by": row.found_by,
            "received_at": row.received_at,
            "claimed": row.claimed_at is not None,
        }
        for row in rows
    ]


def _is_named(contact: Contact, now: datetime) -> bool:
    """Whether colleagues see whom the contact is about: while it lasts, and no longer than its relation."""
    return (
        contact.is_open and contact.found_by is not None and now < contact.opened_at + desk_relations.LONGEST
    )


def _code_until(session: Session, contact: Contact, now: datetime) -> datetime | None:
    open_code = select(ClaimCode.expires_at).where(
        ClaimCode.contact_id == contact.id, ClaimCode.used_at.is_(None), ClaimCode.expires_at > now
    )
    return session.scalars(open_code).one_or_none()
