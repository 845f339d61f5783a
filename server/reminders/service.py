"""Planning reminders, what a citizen has chosen about them, and whether one may still be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from notifications import outbox
from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import changes, relations
from server.citizens import service as citizens
from server.core.access import Actor, ActorKind, Role
from server.core.errors import Forbidden, Invalid, NotFound, PreconditionFailed
from server.reminders import offs, visible
from server.reminders.models import ReminderSettings
from server.reminders.offs import Seen
from server.reminders.slots import SlotKey, slots_before

LONGEST_PAUSE = timedelta(days=366)
CHOICES = ("appointments", "two_hours_before", "paused_until")
BETWEEN_TWO_COLLEAGUES = timedelta(minutes=10)


class ReminderNotFound(NotFound):
    """There is no such reminder for this person."""


class BadPause(Invalid):
    """A pause must lie ahead and end."""

    def __init__(self) -> None:
        super().__init__(errors={"paused_until": ["Must lie ahead, at most a year."]})


@dataclass(frozen=True)
class Choices:
    """What a citizen has chosen; version 0 means that nothing was chosen yet."""

    appointments: bool = True
    two_hours_before: bool = False
    paused_until: datetime | None = None
    version: int = 0

    @property
    def named(self) -> dict[str, Any]:
        """Each choice by its name."""
        return {name: getattr(self, name) for name in CHOICES}

    def allow(self, slot: str, now: datetime) -> bool | datetime:
        """Whether a reminder of this slot is wanted at this instant; in a pause, when to ask again."""
        if not self.appointments or (slot == SlotKey.TWO_HOURS and not self.two_hours_before):
            return False
        return self.paused_until if self.paused_until is not None and now < self.paused_until else True


def choices_of(session: Session, *, citizen_ids: Sequence[UUID]) -> dict[UUID, Choices]:
    """What these citizens have chosen; everybody asked for is in the answer."""
    rows = session.scalars(select(ReminderSettings).where(ReminderSettings.citizen_id.in_(citizen_ids)))
    chosen = {row.citizen_id: _choices(row) for row in rows}
    return {citizen_id: chosen.get(citizen_id, Choices()) for citizen_id in citizen_ids}


def get_choices(session: Session, *, actor: Actor, now: datetime) -> Choices:
    """What the citizen behind this request has chosen."""
    row = session.scalars(visible.settings(actor, now)).one_or_none()
    return Choices() if row is None else _choices(row)


def choose(
    session: Session,
    *,
    appointments: bool,
    two_hours_before: bool,
    paused_until: datetime | None,
    version: int,
    actor: Actor,
    now: datetime,
) -> Choices:
    """Keep what the citizen chose. Reminders already planned ask for it when they are due.

    :raises BadPause: if the pause lies in the past or more than a year ahead
    :raises PreconditionFailed: if another phone chose something since `version`
    """
    if paused_until is not None:
        _check_pause(paused_until, now)
    row, unit_id = _hold_choices(session, actor=actor, now=now)
    if version != row.version:
        raise PreconditionFailed()
    wanted = Choices(appointments, two_hours_before, paused_until)
    return _keep_choices(session, row, wanted, unit_id=unit_id, actor=actor, now=now)


def change_choices(
    session: Session,
    *,
    changed: Mapping[str, Any],
    seen: Seen,
    mutation_id: UUID,
    actor: Actor,
    now: datetime,
) -> bool:
    """Keep the choices that are named and leave the others; whether all of them could be kept.

    An "on" that was said without having seen an "off" of the last day is not: the "off" stays.

    :raises BadPause: if the pause lies in the past or more than a year ahead
    """
    if changed.get("paused_until") is not None:
        _check_pause(changed["paused_until"], now)
    row, unit_id = _hold_choices(session, actor=actor, now=now)
    before = _choices(row)
    held = offs.unseen(
        session, citizen_id=row.citizen_id, before=before.named, changed=changed, seen=seen, now=now
    )
    wanted = replace(before, **{name: value for name, value in changed.items() if name not in held})
    _keep_choices(session, row, wanted, unit_id=unit_id, mutation_id=mutation_id, actor=actor, now=now)
    return not held


def _check_pause(until: datetime, now: datetime) -> None:
    if not now < until <= now + LONGEST_PAUSE:
        raise BadPause()


def _hold_choices(session: Session, *, actor: Actor, now: datetime) -> tuple[ReminderSettings, UUID]:
    """The citizen's row, a new one if there was none, and the unit; nobody else writes until the commit."""
    citizen = citizens.get_citizen(session, citizen_id=citizen_id_of(actor), actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen.id])
    row = session.get(ReminderSettings, citizen.id, populate_existing=True)
    if row is None:
        fresh = Choices()
        row = ReminderSettings(
            citizen_id=citizen.id,
            appointments=fresh.appointments,
            two_hours_before=fresh.two_hours_before,
            version=0,
        )
    return row, citizen.unit_id


def _keep_choices(
    session: Session,
    row: ReminderSettings,
    wanted: Choices,
    *,
    unit_id: UUID,
    mutation_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Choices:
    before = _choices(row)
    changes.record_profile_change(session, citizen_id=row.citizen_id, at=now)
    row.appointments, row.two_hours_before = wanted.appointments, wanted.two_hours_before
    row.paused_until = wanted.paused_until
    row.version += 1
    row.updated_at = now
    session.add(row)
    offs.remember(
        session,
        citizen_id=row.citizen_id,
        before=before.named,
        after=wanted.named,
        version=row.version,
        mutation_id=mutation_id,
        now=now,
    )
    audit.record(
        session, event="reminders.chosen", actor=actor, at=now, unit_id=unit_id, citizen_id=row.citizen_id
    )
    return _choices(row)


def remind(
    session: Session,
    *,
    kind: str,
    subject_id: UUID,
    citizen_id: UUID,
    starts_at: datetime,
    revision: int,
    now: datetime,
    instead_of: UUID | None = None,
) -> None:
    """Plan the reminders of something that starts at `starts_at`, in the transaction that books it.

    Both slots are always written, one that cannot be sent as expired, with its reason. The person's
    choice is asked for when one is due, so that a changed choice needs no new plan. What replaces an
    earlier subject takes its reminder over, with a higher `revision`: on the phone the new notice then
    stands in place of the old one.
    """
    slots = slots_before(starts_at, now).rows(starts_at, now)
    new_key = f"{kind}:{subject_id}"
    if instead_of is not None and outbox.reschedule(
        session,
        dedupe_key=f"{kind}:{instead_of}",
        new_key=new_key,
        subject_id=subject_id,
        slots=slots,
        revision=revision,
        now=now,
    ):
        return
    outbox.enqueue(
        session,
        kind=kind,
        subject_id=subject_id,
        recipient_id=citizen_id,
        slots=slots,
        dedupe_key=new_key,
        revision=revision,
        now=now,
    )


def withdraw(session: Session, *, subject_id: UUID, reason: str, now: datetime) -> None:
    """Cancel whatever is still planned about a subject."""
    outbox.cancel(session, subject_id=subject_id, reason=reason, now=now)


def find_own(session: Session, *, occurrence_id: UUID, actor: Actor) -> tuple[str, UUID]:
    """What one of the citizen's own reminders is about: its kind and its subject.

    :raises ReminderNotFound: if there is none, or it is somebody else's
    """
    found = outbox.find_subject(session, occurrence_id, citizen_id_of(actor))
    if found is None:
        raise ReminderNotFound()
    return found


def may_notify(
    session: Session, *, citizen_id: UUID, slot: str, device_session_id: UUID | None, now: datetime
) -> bool | datetime:
    """Whether this citizen may and wants to be told on this device, asked in the sending transaction.

    While nobody works with the person nothing is sent; the question comes again a little later, since
    the next colleague may be named after the last one was taken off.
    """
    if not _is_theirs(session, citizen_id=citizen_id, device_session_id=device_session_id, now=now):
        return False
    answer = choices_of(session, citizen_ids=[citizen_id])[citizen_id].allow(slot, now)
    if answer is True and not _in_care(session, citizen_id=citizen_id, now=now):
        return now + BETWEEN_TWO_COLLEAGUES
    return answer


def may_reach(session: Session, *, citizen_id: UUID, device_session_id: UUID | None, now: datetime) -> bool:
    """Whether somebody here still works with the person, and the phone is still theirs."""
    is_theirs = _is_theirs(session, citizen_id=citizen_id, device_session_id=device_session_id, now=now)
    return is_theirs and _in_care(session, citizen_id=citizen_id, now=now)


def _is_theirs(session: Session, *, citizen_id: UUID, device_session_id: UUID | None, now: datetime) -> bool:
    person = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen_id)
    try:
        citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=person, now=now)
    except NotFound:
        return False
    if citizen.status != "active":
        return False
    return device_session_id is None or accounts.session_is_open(session, session_id=device_session_id)


def citizen_id_of(actor: Actor) -> UUID:
    """The citizen behind a request.

    :raises Forbidden: if it is somebody else
    """
    if actor.citizen_id is None:
        raise Forbidden()
    return actor.citizen_id


def _in_care(session: Session, *, citizen_id: UUID, now: datetime) -> bool:
    return any(
        one.starts_at <= now and (one.ends_at is None or one.ends_at > now)
        for one in relations.list_relations(session, citizen_id=citizen_id)
    )


def _choices(row: ReminderSettings) -> Choices:
    return Choices(
        appointments=row.appointments,
        two_hours_before=row.two_hours_before,
        paused_until=row.paused_until,
        version=row.version,
    )
