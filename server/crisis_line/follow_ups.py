"""Follow-ups: the call after 72 hours and the one after 14 days, each only with the person's recorded yes.

Everybody at the desk sees what waits, so that nobody is forgotten when the owner is away. Whom it is about
and the number stand there from the day it is due until it is done; then the number is erased.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import changes, finding
from server.core import clock
from server.core.access import Actor, Role
from server.core.errors import Conflict, Invalid, NotFound, PreconditionFailed
from server.crisis_line import erasing, hanging, visible, visible_desk
from server.crisis_line.contacts import ENTITY, hold
from server.crisis_line.hanging import DAYS_AFTER
from server.crisis_line.models import Contact
from server.crisis_line.models_desk import (
    Changed,
    FollowUp,
    FollowUpResult,
    FollowUpStatus,
)

#: How long after its first day a call can be put off; the day after, its number goes (erasing.NUMBER_KEPT).
LATEST = timedelta(days=6)


class FollowUpNotFound(NotFound):
    """There is no such follow-up in the actor's unit."""


class FollowUpDone(Conflict):
    """It is done, or the person took the yes back."""

    code, title = "follow-up-done", "This follow-up is already done."


def list_open(session: Session, *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What waits in the own unit, soonest first, and nothing of people who have died; recorded."""
    waiting = visible_desk.follow_ups(actor).where(
        FollowUp.status == FollowUpStatus.REQUESTED, FollowUp.contact_id.not_in(hanging.of_the_dead())
    )
    rows = session.scalars(waiting.order_by(FollowUp.due_on, FollowUp.id)).all()
    cards = _cards(session, rows, actor, now)
    audit.record(session, event="follow-ups.listed", actor=actor, at=now)
    return cards


def record_result(
    session: Session,
    *,
    follow_up_id: UUID,
    version: int,
    result: FollowUpResult,
    actor: Actor,
    now: datetime,
    changed: Changed = Changed.NOT_ASKED,
    safety: int | None = None,
    next_on: date | None = None,
) -> dict[str, Any]:
    """Write down what came of it: `later` keeps it waiting for another day, everything else ends it.

    :raises FollowUpNotFound: if it is not in the actor's unit
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises FollowUpDone: if it is not waiting any more
    :raises Invalid: if an answer belongs to a person who was not reached, or the day cannot be
    """
    follow_up = _hold(session, follow_up_id, version, actor)
    if result != FollowUpResult.DONE and (changed != Changed.NOT_ASKED or safety is not None):
        raise Invalid(errors={"changed": ["Belongs to a follow-up that took place."]})
    if result != FollowUpResult.LATER and next_on is not None:
        raise Invalid(errors={"next_on": ['Belongs to "later".']})
    follow_up.tries += 1
    if result == FollowUpResult.LATER:
        follow_up.due_on = _next_day(session, follow_up, next_on, today=clock.to_wall(now).date())
    else:
        follow_up.status, follow_up.result = FollowUpStatus.COMPLETED, result
        follow_up.closed_by, follow_up.closed_at = actor.staff_id, now
        if result == FollowUpResult.DONE:
            follow_up.changed, follow_up.safety = changed, safety
    _save(session, follow_up, "follow-up.result", actor, now, purpose=result)
    return _cards(session, [follow_up], actor, now)[0]


def hand_over(
    session: Session,
    *,
    follow_up_id: UUID,
    version: int,
    owner_id: UUID,
    stand_in_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Say who makes the call, and who does if that colleague is away.

    :raises FollowUpNotFound: if it is not in the actor's unit
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises FollowUpDone: if it is not waiting any more
    :raises Invalid: if one of the two does not work at the crisis line, or both are the same
    """
    follow_up = _hold(session, follow_up_id, version, actor)
    _check_colleague(session, owner_id, "owner_id", actor)
    if stand_in_id is not None:
        _check_colleague(session, stand_in_id, "stand_in_id", actor)
        if stand_in_id == owner_id:
            raise Invalid(errors={"stand_in_id": ["Must be another colleague."]})
    follow_up.owner_id, follow_up.stand_in_id = owner_id, stand_in_id
    _save(session, follow_up, "follow-up.handed-over", actor, now)
    return _cards(session, [follow_up], actor, now)[0]


def list_colleagues(session: Session, *, actor: Actor) -> list[accounts.StaffMember]:
    """Who can make a call: the active staff of the own crisis line."""
    everybody = accounts.list_colleagues(session, actor=actor)
    return [one for one in everybody if one.active and Role.CRISIS_LINE in one.role_set]


def of_contacts(session: Session, *, contact_ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """What waits or came of each contact's follow-ups, for the person's phone; they must be in sight."""
    found: dict[UUID, list[dict[str, Any]]] = {contact_id: [] for contact_id in contact_ids}
    wanted = select(FollowUp).where(
        FollowUp.contact_id.in_(contact_ids), FollowUp.status != FollowUpStatus.CANCELLED
    )
    for one in session.scalars(wanted.order_by(FollowUp.due_on, FollowUp.id)):
        found[one.contact_id].append({"kind": one.kind, "due_on": one.due_on, "result": one.result})
    return found


def summary(rows: Sequence[FollowUp]) -> dict[str, Any]:
    """Whether something has changed, and how many answered: an answer of few is never said without it."""
    done = [row for row in rows if row.result == FollowUpResult.DONE]
    answers = [row.changed for row in done if row.changed not in (None, Changed.NOT_ASKED)]
    count = len(rows)
    return {
        "agreed": count,
        "waiting": sum(row.status == FollowUpStatus.REQUESTED for row in rows),
        "done": len(done),
        "not_reached": sum(row.result == FollowUpResult.NOT_REACHED for row in rows),
        "declined": sum(row.result == FollowUpResult.DECLINED for row in rows),
        "changed": {
            code.value: sum(answer == code for answer in answers)
            for code in (Changed.YES, Changed.SOME, Changed.NO)
        },
        "answered": len(answers),
        "answered_percent": (200 * len(answers) + count) // (2 * count) if count else None,
    }


def _hold(session: Session, follow_up_id: UUID, version: int, actor: Actor) -> FollowUp:
    own = visible_desk.follow_ups(actor).where(FollowUp.id == follow_up_id)
    follow_up = session.scalars(own).one_or_none()
    if follow_up is None:
        raise FollowUpNotFound()
    hold(session, contact_id=follow_up.contact_id, actor=actor)
    session.refresh(follow_up, with_for_update=True)
    if follow_up.version != version:
        raise PreconditionFailed()
    if follow_up.status != FollowUpStatus.REQUESTED:
        raise FollowUpDone()
    return follow_up


def _next_day(session: Session, follow_up: FollowUp, next_on: date | None, *, today: date) -> date:
    contact = session.get_one(Contact, follow_up.contact_id)
    first = clock.to_wall(contact.opened_at).date() + timedelta(days=DAYS_AFTER[follow_up.kind])
    latest = first + LATEST
    chosen = next_on or today + timedelta(days=1)
    if not today <= chosen <= max(latest, today):
        raise Invalid(errors={"next_on": [f"Must be today or later, at the latest {max(latest, today)}."]})
    return chosen


def _save(
    session: Session,
    follow_up: FollowUp,
    event: str,
    actor: Actor,
    now: datetime,
    *,
    purpose: str | None = None,
) -> None:
    """Write it, tell the person's phone if that is wanted, and erase a number nobody needs any more."""
    contact = session.get_one(Contact, follow_up.contact_id)
    follow_up.version, follow_up.updated_at = follow_up.version + 1, now
    session.flush()
    if contact.shown_yes_at is not None and contact.citizen_id is not None:
        changes.record_change(
            session, citizen_id=contact.citizen_id, entity=ENTITY, entity_id=contact.id, at=now
        )
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=follow_up.unit_id,
        citizen_id=contact.citizen_id,
        subject_id=follow_up.id,
        purpose=purpose,
    )
    others = select(FollowUp.id).where(
        FollowUp.contact_id == contact.id, FollowUp.status == FollowUpStatus.REQUESTED
    )
    if session.scalars(others).first() is None:
        erasing.forget_number(session, contact_id=contact.id, actor=actor, now=now)


def _check_colleague(session: Session, staff_id: UUID, field: str, actor: Actor) -> None:
    if staff_id not in {one.id for one in list_colleagues(session, actor=actor)}:
        raise Invalid(errors={field: ["Must be an active colleague of your own crisis line."]})


def _cards(session: Session, rows: Sequence[FollowUp], actor: Actor, now: datetime) -> list[dict[str, Any]]:
    today = clock.to_wall(now).date()
    own = visible.contacts(actor).where(Contact.id.in_({row.contact_id for row in rows}))
    contacts = {contact.id: contact for contact in session.scalars(own)} if rows else {}
    staff = {row.owner_id for row in rows} | {row.stand_in_id for row in rows if row.stand_in_id}
    names = accounts.staff_names(session, staff_ids=staff)
    working = accounts.active_staff_ids(session, staff_ids=staff)
    found = {one.found_citizen_id for one in contacts.values() if one.found_citizen_id}
    people = finding.by_ids(session, citizen_ids=found)
    aliases = {one.id: one.alias for one in people}
    return [
        _card(row, contacts[row.contact_id], names, working, aliases, actor, is_due=row.due_on <= today)
        for row in rows
        if row.contact_id in contacts  # it may have been erased since the row was read
    ]


def _card(
    row: FollowUp,
    contact: Contact,
    names: Mapping[UUID, str],
    working: Collection[UUID],
    aliases: Mapping[UUID, str],
    actor: Actor,
    *,
    is_due: bool,
) -> dict[str, Any]:
    waits = row.status == FollowUpStatus.REQUESTED

    def colleague(staff_id: UUID | None) -> dict[str, Any] | None:
        if staff_id is None:
            return None
        return {"id": staff_id, "name": names[staff_id], "active": staff_id in working}

    found = contact.found_citizen_id
    return {
        "follow_up": row,
        "is_due": is_due and waits,
        "mine": actor.staff_id in (row.owner_id, row.stand_in_id),
        "owner": colleague(row.owner_id),
        "stand_in": colleague(row.stand_in_id),
        "contact_opened_at": contact.opened_at,
        "goal_id": contact.goal_id,
        "alias": aliases.get(found) if found and is_due and waits else None,
        "callback": _callback(contact) if is_due and waits else None,
    }


def _callback(contact: Contact) -> dict[str, Any]:
    return {
        "may_ring": contact.may_ring,
        "phone": contact.ring_phone,
        "when": contact.ring_when,
        "voicemail": contact.ring_voicemail,
        "code_word": contact.ring_code_word,
    }
