""" "Send en prøve": a neutral notice at once, and what became of it at each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from notifications.outbox import Slot
from notifications.standing import Progress, progress
from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden
from server.core.ids import new_id
from server.reminders.phones import TEST_KIND, TEST_LIVES
from server.reminders.service import citizen_id_of
from server.reminders.slots import SlotKey


class NoPhone(Conflict):
    """No phone of this person has reminders turned on."""

    code, title = "no-phone", "No phone of this person has reminders turned on."


class Answer(StrEnum):
    """What the push service said to a trial."""

    NONE = "none"  #: it has not been asked yet
    WAITING = "waiting"  #: asked, and no yes so far; it is tried again
    ACCEPTED = "accepted"  #: it will bring it to the phone
    REFUSED = "refused"  #: it will not


class Reached(StrEnum):
    """What a counsellor learns of a trial: never a time."""

    NONE = "none"  #: there was no trial lately
    SENT = "sent"  #: on its way
    REACHED = "reached"  #: a phone showed it
    NOT_REACHED = "not-reached"  #: no phone has said so


@dataclass(frozen=True)
class Steps:
    """How far the last trial came; everything in it is the reader's own."""

    planned_at: datetime
    handed: bool
    answer: Answer
    shown: bool
    over: bool


def key_prefix(session_id: UUID) -> str:
    """How the keys of a phone's own trials begin."""
    return f"{TEST_KIND}:{session_id}:"


def _together(citizen_id: UUID) -> str:
    return f"{TEST_KIND}-together:{citizen_id}:"


def last_steps(session: Session, *, actor: Actor, now: datetime) -> Steps | None:
    """How far this phone's last trial came; None if there was none, or it was long ago."""
    if actor.session_id is None:
        raise Forbidden()
    found = progress(session, recipient_id=citizen_id_of(actor), key_prefix=key_prefix(actor.session_id))
    furthest = max(found, key=lambda one: (one.shown, one.accepted, one.tried), default=None)
    return None if furthest is None or _is_old(furthest, now) else _steps(furthest, now)


def _is_old(one: Progress, now: datetime) -> bool:
    return now - one.planned_at > 3 * TEST_LIVES


def _steps(one: Progress, now: datetime) -> Steps:
    is_over = one.over or now - one.planned_at > TEST_LIVES
    answer = Answer.ACCEPTED if one.accepted else Answer.REFUSED if is_over else Answer.WAITING
    return Steps(
        planned_at=one.planned_at,
        handed=one.tried,
        answer=answer if one.tried else Answer.NONE,
        shown=one.shown,
        over=is_over,
    )


def send_together(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> int:
    """Send a trial to every phone of a person who sits beside one; says to how many.

    :raises NotFound: if the actor does not work with the citizen
    :raises NoPhone: if reminders are turned on at none
    """
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    phones = subscriptions.devices(session, citizen_id)
    if not phones:
        raise NoPhone()
    for phone in phones:
        outbox.enqueue(
            session,
            kind=TEST_KIND,
            subject_id=phone.session_id,
            recipient_id=citizen_id,
            slots=[Slot(key=SlotKey.NOW.value, due_at=now, deadline_at=now + TEST_LIVES)],
            dedupe_key=f"{_together(citizen_id)}{new_id()}",
            revision=1,
            now=now,
        )
    _record(session, "reminders.tried", citizen_id, citizen.unit_id, actor, now)
    return len(phones)


def reached(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Reached:
    """Whether the last trial that staff sent reached a phone; the look is recorded.

    :raises NotFound: if the actor does not work with the citizen
    """
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    _record(session, "reminders.trial-read", citizen_id, citizen.unit_id, actor, now)
    found = progress(session, recipient_id=citizen_id, key_prefix=_together(citizen_id))
    return _reached([one for one in found if not _is_old(one, now)], now)


def _reached(found: Sequence[Progress], now: datetime) -> Reached:
    if not found:
        return Reached.NONE
    if any(one.shown for one in found):
        return Reached.REACHED
    is_over = all(one.over or now - one.planned_at > TEST_LIVES for one in found)
    return Reached.NOT_REACHED if is_over else Reached.SENT


def _record(
    session: Session, event: str, citizen_id: UUID, unit_id: UUID, actor: Actor, now: datetime
) -> None:
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=citizen_id,
        relation_id=own.id if own else None,
    )
