"""Contacts: opened at once, written in while they last, closed; a relation to a person ends with them."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import changes, desk_relations
from server.consents import goal_titles, oral
from server.core import crypto
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from server.crisis_line import hanging, search, visible, writing
from server.crisis_line.models import Channel, Contact, Gender, SearchKind, Voicemail

ENTITY = "crisis_contact"
CLOCK_SKEW = timedelta(minutes=5)
OLDEST = timedelta(days=30)  #: how late a contact that was written without the server may come
REOPEN_WITHIN = timedelta(minutes=30)


class ContactNotFound(NotFound):
    """There is no such contact in the actor's unit, or the person it was about cannot be found."""


class ContactIdTaken(Conflict):
    """The id already stands for another contact, here or elsewhere."""

    code, title = "id-taken", "This id was already used for something else."


class ContactClosed(Conflict):
    """The contact is over; for half an hour who closed it can open it again."""

    code, title = "contact-closed", "This contact is closed."


class ReopenRefused(Conflict):
    """Somebody else closed the contact, or more than half an hour has passed."""

    code, title = "reopen-refused", "Only who closed it can open it again, within 30 minutes."


def open_contact(
    session: Session,
    *,
    contact_id: UUID,
    citizen_id: UUID | None,
    channel: Channel,
    found_by: SearchKind | None,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> Contact:
    """Begin a contact; about a person only if this worker found that person within 24 hours before it began.

    However late it is sent: without the server nothing of it is lost.

    The same id with the same content is the same contact, whenever and by whom in the unit it is sent.

    :raises ContactNotFound: if the person was not found by this worker, or cannot be found any more
    :raises ContactIdTaken: if the id stands for another contact
    :raises Invalid: if `opened_at` lies ahead, or more than 30 days back
    """
    if actor.staff_id is None or actor.unit_id is None:
        raise Forbidden()
    digest = _digest(citizen_id, channel, found_by, opened_at)
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"contact:{contact_id}", 0))))
    earlier = session.get(Contact, contact_id)
    if earlier is not None:
        if (earlier.unit_id, earlier.request_digest, earlier.erased_at) != (actor.unit_id, digest, None):
            raise ContactIdTaken()
        return earlier
    began_at = _possible(opened_at or now, now)
    if citizen_id is not None and found_by is not None:
        _tie(session, contact_id, citizen_id, found_by, began_at, actor, now)
    contact = _blank(contact_id, unit_id=actor.unit_id, by=actor.staff_id, began_at=began_at, now=now)
    contact.citizen_id, contact.found_by = citizen_id, found_by
    contact.channel, contact.request_digest = channel, digest
    session.add(contact)
    session.flush()
    record(session, "crisis-contact.opened", contact, actor, now, purpose=found_by)
    return contact


def change_contact(
    session: Session,
    *,
    contact_id: UUID,
    version: int,
    fields: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Contact:
    """Write in an open contact; only the named fields change, and a yes keeps the instant it was given.

    :raises ContactNotFound: if it is not in the actor's unit
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises ContactClosed: if it is over
    :raises Invalid: if a goal is not one the person shares, or nobody known would see it in the app
    """
    contact = hold(session, contact_id=contact_id, version=version, actor=actor)
    if not contact.is_open:
        raise ContactClosed()
    was_shown = contact.shown_yes_at is not None
    _refuse_unshared(session, contact, fields.get("goal_id"))
    writing.apply(contact, fields, now)
    contact.version, contact.updated_at = contact.version + 1, now
    writing.flush(session)
    hanging.keep_up(session, contact=contact, now=now)
    if was_shown or contact.shown_yes_at is not None:
        _tell_phone(session, contact, now)
    record(session, "crisis-contact.changed", contact, actor, now)
    return contact


def close_contact(
    session: Session, *, contact_id: UUID, version: int, actor: Actor, now: datetime
) -> Contact:
    """End a contact, and with it whatever it let the worker see.

    :raises ContactNotFound: if it is not in the actor's unit
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises ContactClosed: if it is over already
    """
    contact = hold(session, contact_id=contact_id, version=version, actor=actor)
    if not contact.is_open:
        raise ContactClosed()
    contact.closed_at, contact.closed_by = now, actor.staff_id
    contact.version, contact.updated_at = contact.version + 1, now
    session.flush()
    desk_relations.end_for_contact(session, contact_id=contact_id, now=now)
    oral.end_for_relation(session, relation_id=contact_id, now=now)
    if contact.shown_yes_at is not None:
        _tell_phone(session, contact, now)
    record(session, "crisis-contact.closed", contact, actor, now)
    return contact


def reopen_contact(
    session: Session, *, contact_id: UUID, version: int, actor: Actor, now: datetime
) -> Contact:
    """Go on with a contact that was closed too early; a yes said aloud has to be said again.

    :raises ContactNotFound: if it is not in the actor's unit
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises ReopenRefused: if it is open, was closed by somebody else, or more than 30 minutes ago
    """
    contact = hold(session, contact_id=contact_id, version=version, actor=actor)
    until = reopen_until(contact, actor)
    if until is None or now >= until:
        raise ReopenRefused()
    contact.closed_at = contact.closed_by = None
    contact.version, contact.updated_at = contact.version + 1, now
    session.flush()
    desk_relations.resume_for_contact(session, contact_id=contact_id, now=now)
    if contact.shown_yes_at is not None:
        _tell_phone(session, contact, now)
    record(session, "crisis-contact.reopened", contact, actor, now)
    return contact


def reopen_until(contact: Contact, actor: Actor) -> datetime | None:
    """Until when the actor may open a closed contact again, if at all."""
    if contact.closed_at is None or contact.closed_by != actor.staff_id:
        return None
    return contact.closed_at + REOPEN_WITHIN


def get_contact(session: Session, *, contact_id: UUID, actor: Actor) -> Contact:
    """A contact of the actor's unit.

    :raises ContactNotFound: if there is none there
    """
    contact = session.scalars(visible.contacts(actor).where(Contact.id == contact_id)).one_or_none()
    if contact is None:
        raise ContactNotFound()
    return contact


def exists(session: Session, *, contact_id: UUID) -> bool:
    """Whether a contact was ever written, whoever asks; for commands, never for a view."""
    return session.scalar(select(Contact.id).where(Contact.id == contact_id)) is not None


def hold(session: Session, *, contact_id: UUID, actor: Actor, version: int | None = None) -> Contact:
    """A contact of the actor's unit, held until the commit; of a known person the sequence is locked first.

    :raises ContactNotFound: if there is none there
    :raises PreconditionFailed: if somebody changed it since `version`
    """
    contact = get_contact(session, contact_id=contact_id, actor=actor)
    if contact.citizen_id is not None:
        changes.lock_sequences(session, citizen_ids=[contact.citizen_id])
    known = contact.citizen_id
    session.refresh(contact, with_for_update=True)
    if contact.erased_at is not None:
        raise ContactNotFound()
    if contact.citizen_id != known or version not in (None, contact.version):
        raise PreconditionFailed()
    return contact


def record(
    session: Session,
    event: str,
    contact: Contact,
    actor: Actor | None,
    now: datetime,
    *,
    purpose: str | None = None,
) -> None:
    """Put something about a contact on its unit's trail."""
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=contact.unit_id,
        citizen_id=contact.citizen_id,
        subject_id=contact.id,
        relation_id=contact.id if contact.found_by else None,
        purpose=purpose,
    )


def _tie(
    session: Session,
    contact_id: UUID,
    citizen_id: UUID,
    found_by: SearchKind,
    began_at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    since = began_at - desk_relations.LONGEST
    if not search.was_found(session, citizen_id=citizen_id, by=found_by, actor=actor, since=since):
        raise ContactNotFound()
    relation = desk_relations.open_for_contact(
        session, contact_id=contact_id, citizen_id=citizen_id, began_at=began_at, actor=actor, now=now
    )
    if relation is not None:
        oral.carry(
            session,
            citizen_id=citizen_id,
            relation_id=relation.id,
            ends_at=relation.ends_at,
            actor=actor,
            now=now,
        )


def _blank(contact_id: UUID, *, unit_id: UUID, by: UUID, began_at: datetime, now: datetime) -> Contact:
    return Contact(
        id=contact_id,
        unit_id=unit_id,
        opened_by=by,
        opened_at=began_at,
        received_at=now,
        updated_at=now,
        reasons=[],
        given=[],
        referrals=[],
        gender=Gender.NOT_REGISTERED,
        may_ring=False,
        ring_voicemail=Voicemail.NEVER,
        version=1,
    )


def _refuse_unshared(session: Session, contact: Contact, goal_id: UUID | None) -> None:
    """A contact carries only a goal whose title the person lets the desk see."""
    if goal_id is None or contact.citizen_id is None or goal_id == contact.goal_id:
        return
    if not goal_titles.shared_ids(session, citizen_id=contact.citizen_id, goal_ids=[goal_id], hold=True):
        raise Invalid(errors={"goal_id": ["Must be a goal that this person shares with the desk."]})


def _tell_phone(session: Session, contact: Contact, now: datetime) -> None:
    if contact.citizen_id is not None:
        changes.record_change(
            session, citizen_id=contact.citizen_id, entity=ENTITY, entity_id=contact.id, at=now
        )


def _possible(opened_at: datetime, now: datetime) -> datetime:
    if not now - OLDEST <= opened_at <= now + CLOCK_SKEW:
        raise Invalid(errors={"opened_at": ["Must lie in the past, within 30 days."]})
    return min(opened_at, now)


def _digest(
    citizen_id: UUID | None, channel: Channel, found_by: SearchKind | None, opened_at: datetime | None
) -> bytes:
    """A keyed fingerprint of how a contact began: recognises a repeat."""
    began = opened_at.timestamp() if opened_at else None
    content = json.dumps([str(citizen_id), channel, found_by, began])
    return crypto.blind_index(content, context="crisis_contact.request")
