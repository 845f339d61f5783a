"""What a citizen has chosen about reminders, and the pause that a counsellor may set for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import changes
from server.citizens import service as citizens
from server.core.access import Actor, ActorKind, Role
from server.core.errors import Forbidden, Invalid, PreconditionFailed
from server.reminders import offs, once_a_day, visible
from server.reminders.models import PauseReason, ReminderSettings
from server.reminders.offs import Seen
from server.reminders.slots import SlotKey

LONGEST_PAUSE = timedelta(days=366)
#: What the citizen chooses, by name; the pause that staff set is not among it.
CHOICES = (
    "appointments",
    "week_before",
    "two_hours_before",
    "messages",
    "exercises",
    "sessions",
    "questionnaires",
    "paused_until",
)


class BadPause(Invalid):
    """A pause must lie ahead and end."""

    def __init__(self, field: str = "paused_until") -> None:
        super().__init__(errors={field: ["Must lie ahead, at most a year."]})


@dataclass(frozen=True)
class Choices:
    """What a citizen has chosen, and until when staff have paused; version 0: nothing was chosen yet.

    Why staff paused is theirs to know: it is in no answer to a phone.
    """

    appointments: bool = True
    week_before: bool = True
    two_hours_before: bool = False
    messages: bool = False
    exercises: bool = False
    sessions: bool = True
    questionnaires: bool = False
    paused_until: datetime | None = None
    version: int = 0
    staff_paused_until: datetime | None = None
    staff_pause_reason: PauseReason | None = None

    @property
    def named(self) -> dict[str, Any]:
        """Each choice of the citizen by its name."""
        return {name: getattr(self, name) for name in CHOICES}

    def allow(self, slot: str, now: datetime) -> bool | datetime:
        """Whether a reminder of this slot is wanted at this instant; in a pause, when to ask again."""
        wanted: dict[str, bool] = {
            SlotKey.WEEK_BEFORE: self.appointments and self.week_before,
            SlotKey.TWO_HOURS: self.appointments and self.two_hours_before,
            SlotKey.MESSAGE: self.messages,
            SlotKey.EXERCISE: self.exercises,
            SlotKey.QUESTIONNAIRE: self.questionnaires,
            SlotKey.SESSION: self.sessions,
            SlotKey.SESSION_CHANGED: self.sessions,
        }
        if not wanted.get(slot, self.appointments):
            return False
        ends = [end for end in (self.paused_until, self.staff_paused_until) if end is not None and now < end]
        return max(ends) if ends else True


def choices_of(session: Session, *, citizen_ids: Sequence[UUID]) -> dict[UUID, Choices]:
    """What these citizens have chosen; everybody asked for is in the answer."""
    rows = session.scalars(select(ReminderSettings).where(ReminderSettings.citizen_id.in_(citizen_ids)))
    chosen = {row.citizen_id: _choices(row) for row in rows}
    return {citizen_id: chosen.get(citizen_id, Choices()) for citizen_id in citizen_ids}


def get_choices(session: Session, *, actor: Actor, now: datetime) -> Choices:
    """What the citizen behind this request has chosen."""
    row = session.scalars(visible.settings(actor, now)).one_or_none()
    return Choices() if row is None else _choices(row)


def choose(session: Session, *, version: int, actor: Actor, now: datetime, **chosen: Any) -> Choices:
    """Keep what the citizen chose. Reminders already planned ask for it when they are due.

    :raises BadPause: if the pause lies in the past or more than a year ahead
    :raises PreconditionFailed: if another phone chose something since `version`
    """
    _check_own_pause(chosen, now)
    row, unit_id = _hold(session, citizen_id_of(actor), actor=actor, now=now)
    if version != row.version:
        raise PreconditionFailed()
    return _put(session, row, chosen, unit_id=unit_id, mutation_id=None, actor=actor, now=now)


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
    _check_own_pause(changed, now)
    row, unit_id = _hold(session, citizen_id_of(actor), actor=actor, now=now)
    before = _choices(row).named
    held = offs.unseen(session, citizen_id=row.citizen_id, before=before, changed=changed, seen=seen, now=now)
    kept = {name: value for name, value in changed.items() if name not in held}
    _put(session, row, kept, unit_id=unit_id, mutation_id=mutation_id, actor=actor, now=now)
    return not held


def pause_for(
    session: Session,
    *,
    citizen_id: UUID,
    until: datetime,
    reason: PauseReason,
    actor: Actor,
    now: datetime,
) -> Choices:
    """Send a citizen nothing for a while: in hospital, under arrest, on a break. The citizen sees until when.

    :raises NotFound: if the actor does not work with the citizen
    :raises BadPause: if the pause lies in the past or more than a year ahead
    """
    _check_pause(until, now, "until")
    row, unit_id = _hold(session, citizen_id, actor=actor, now=now)
    row.staff_paused_until, row.staff_pause_reason = until, reason
    row.staff_paused_by = actor.staff_id
    _save(session, row, now)
    return _told(session, row, "reminders.paused", unit_id=unit_id, actor=actor, now=now)


def resume(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Choices:
    """End the pause that staff have set; the citizen may do that too.

    :raises NotFound: if the actor neither is the citizen nor works with the citizen
    """
    row, unit_id = _hold(session, citizen_id, actor=actor, now=now)
    row.staff_paused_until = row.staff_pause_reason = row.staff_paused_by = None
    _save(session, row, now)
    return _told(session, row, "reminders.resumed", unit_id=unit_id, actor=actor, now=now)


def person(citizen_id: UUID) -> Actor:
    """The citizen as an actor, where the house acts in the citizen's place."""
    return Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=citizen_id)


def citizen_id_of(actor: Actor) -> UUID:
    """The citizen behind a request.

    :raises Forbidden: if it is somebody else
    """
    if actor.citizen_id is None:
        raise Forbidden()
    return actor.citizen_id


def _put(
    session: Session,
    row: ReminderSettings,
    changed: Mapping[str, Any],
    *,
    unit_id: UUID,
    mutation_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> Choices:
    """Write the choices, and remember what was turned off with them."""
    before = _choices(row)
    wanted = replace(before, **changed)
    for name, value in wanted.named.items():
        setattr(row, name, value)
    _save(session, row, now)
    offs.remember(
        session,
        citizen_id=row.citizen_id,
        before=before.named,
        after=wanted.named,
        version=row.version,
        mutation_id=mutation_id,
        now=now,
    )
    return _told(session, row, "reminders.chosen", unit_id=unit_id, actor=actor, now=now)


def _check_own_pause(changed: Mapping[str, Any], now: datetime) -> None:
    if changed.get("paused_until") is not None:
        _check_pause(changed["paused_until"], now, "paused_until")


def _check_pause(until: datetime, now: datetime, field: str) -> None:
    if not now < until <= now + LONGEST_PAUSE:
        raise BadPause(field)


def _hold(
    session: Session, citizen_id: UUID, *, actor: Actor, now: datetime
) -> tuple[ReminderSettings, UUID]:
    """The citizen's row, a new one if there was none, and the unit; nobody else writes until the commit."""
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen.id])
    row = session.get(ReminderSettings, citizen.id, populate_existing=True)
    if row is None:
        row = ReminderSettings(citizen_id=citizen.id, **Choices().named, version=0)
    return row, citizen.unit_id


def _save(session: Session, row: ReminderSettings, now: datetime) -> None:
    changes.record_profile_change(session, citizen_id=row.citizen_id, at=now)
    row.version += 1
    row.updated_at = now
    session.add(row)
    session.flush()
    once_a_day.follow(session, citizen_id=row.citizen_id, allow=_choices(row).allow, now=now)


def _told(
    session: Session, row: ReminderSettings, event: str, *, unit_id: UUID, actor: Actor, now: datetime
) -> Choices:
    """Write it on the trail, last of all."""
    audit.record(session, event=event, actor=actor, at=now, unit_id=unit_id, citizen_id=row.citizen_id)
    return _choices(row)


def _choices(row: ReminderSettings) -> Choices:
    return Choices(
        **{name: getattr(row, name) for name in CHOICES},
        version=row.version,
        staff_paused_until=row.staff_paused_until,
        staff_pause_reason=row.staff_pause_reason,
    )
