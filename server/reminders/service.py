"""Planning reminders, and whether one may still be sent."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import outbox, subscriptions
from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import deaths, relations
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
    person,
    resume,
)
from server.reminders.offs import Seen
from server.reminders.rules import rules_of
from server.reminders.slots import slots_before

__all__ = [
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
    "may_reach",
    "pause_for",
    "remind",
    "remind_of_unwanted",
    "resume",
    "withdraw",
]

ASK_AGAIN = timedelta(minutes=10)


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


def may_notify(
    session: Session, *, citizen_id: UUID, slot: str, device_session_id: UUID | None, now: datetime
) -> bool | datetime:
    """Whether this citizen may and wants to be told on this device, asked in the sending transaction.

    While nobody works with the person nothing is sent; the question comes again a little later, since
    the next colleague may be named after the last one was taken off. After a death nothing is sent either;
    as long as the mark may be taken back, the question comes again too.
    """
    if not _is_theirs(session, citizen_id=citizen_id, device_session_id=device_session_id, now=now):
        return False
    died = deaths.standing(session, citizen_id=citizen_id, now=now)
    if died.is_marked:
        return now + ASK_AGAIN if died.undo_until is not None else False
    answer = choices_of(session, citizen_ids=[citizen_id])[citizen_id].allow(slot, now)
    if answer is True and not _in_care(session, citizen_id=citizen_id, now=now):
        return now + ASK_AGAIN
    return answer


def may_reach(session: Session, *, citizen_id: UUID, device_session_id: UUID | None, now: datetime) -> bool:
    """Whether somebody here still works with the person, and the phone is still theirs."""
    is_theirs = _is_theirs(session, citizen_id=citizen_id, device_session_id=device_session_id, now=now)
    died = deaths.standing(session, citizen_id=citizen_id, now=now)
    return is_theirs and not died.is_marked and _in_care(session, citizen_id=citizen_id, now=now)


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


def _is_theirs(session: Session, *, citizen_id: UUID, device_session_id: UUID | None, now: datetime) -> bool:
    try:
        citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=person(citizen_id), now=now)
    except NotFound:
        return False
    if citizen.status != "active":
        return False
    return device_session_id is None or accounts.session_may_be_told(
        session, session_id=device_session_id, now=now
    )


def _in_care(session: Session, *, citizen_id: UUID, now: datetime) -> bool:
    return any(
        one.starts_at <= now and (one.ends_at is None or one.ends_at > now)
        for one in relations.list_relations(session, citizen_id=citizen_id)
    )
