"""Planning reminders, and whether one may still be sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import deaths
from server.citizens import service as citizens
from server.core.access import SYSTEM, Actor
from server.core.errors import NotFound
from server.reminders.choices import (
    Choices,
    change_choices,
    choices_of,
    choose,
    citizen_id_of,
    get_choices,
    pause_for,
    resume,
)
from server.reminders.offs import Seen
from server.reminders.permission import Asked, may_notify, may_notify_all, may_reach
from server.reminders.rules import rules_of
from server.reminders.slots import slots_before

__all__ = [
    "Asked",
    "Choices",
    "ReminderNotFound",
    "Seen",
    "change_choices",
    "choices_of",
    "choose",
    "citizen_id_of",
    "find_own",
    "get_choices",
    "may_notify",
    "may_notify_all",
    "may_reach",
    "pause_for",
    "remind",
    "remind_of_unwanted",
    "resume",
    "withdraw",
]


class ReminderNotFound(NotFound):
    """There is no such reminder for this person."""


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
    renewed: bool = False,
) -> None:
    """Plan the reminders of something that starts at `starts_at`, in the transaction that books it.

    Every slot of the centre's rules is written, one that cannot be sent as expired, with its reason. The
    person's choice is asked for when one is due, so that a changed choice needs no new plan. What replaces an
    earlier subject takes its reminder over, with a higher `revision`: on the phone the new notice then
    stands in place of the old one. What was withdrawn is not taken up again unless it is `renewed`.
    """
    slots = _slots(session, citizen_id, starts_at, now)
    new_key = f"{kind}:{subject_id}:{revision}" if renewed else f"{kind}:{subject_id}"
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


def remind_of_unwanted(
    session: Session,
    *,
    kind: str,
    subject_id: UUID,
    citizen_id: UUID,
    starts_at: datetime,
    revision: int,
    since: datetime,
    now: datetime,
) -> None:
    """Plan anew what came due and was not sent while the person did not want it, from `since` until now.

    What is still planned stays as it is, so that nobody is told twice.
    """
    unwanted = outbox.unwanted_slots(session, subject_id=subject_id, since=since)
    slots = [slot for slot in _slots(session, citizen_id, starts_at, now) if slot.key in unwanted]
    if slots:
        outbox.enqueue(
            session,
            kind=kind,
            subject_id=subject_id,
            recipient_id=citizen_id,
            slots=slots,
            dedupe_key=f"{kind}:{subject_id}:{revision}:{now.isoformat()}",
            revision=revision,
            now=now,
        )


def _slots(session: Session, citizen_id: UUID, starts_at: datetime, now: datetime) -> list[outbox.Slot]:
    unit_id = citizens.unit_of(session, citizen_id=citizen_id)
    rules = rules_of(accounts.get_unit(session, unit_id=unit_id).slug if unit_id else "")
    return slots_before(starts_at, now, rules).rows(starts_at, now)


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


def end_for_the_dead(session: Session, *, now: datetime) -> int:
    """Withdraw every reminder and end every phone of those whose death can no longer be taken back."""
    ended = 0
    for citizen_id in deaths.list_final(session, now=now):
        phones = subscriptions.revoke(session, recipient_id=citizen_id, reason="deceased", now=now)
        withdrawn = outbox.cancel(session, recipient_id=citizen_id, reason="deceased", now=now)
        if phones or withdrawn:
            ended += 1
            unit_id = citizens.unit_of(session, citizen_id=citizen_id)
            audit.record(
                session,
                event="reminders.ended",
                actor=SYSTEM,
                at=now,
                unit_id=unit_id,
                citizen_id=citizen_id,
            )
    return ended
