"""What all calls have in common: who has them, how they are shown, and what came of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments import service as appointments
from server.appointments import unreached
from server.citizens import answering
from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.citizens.answering import Helper
from server.core.access import Actor
from server.tasks import service as tasks
from server.tasks.service import BadOutcome, Call, ClosedReason, Outcome, Task


def record_outcome(
    session: Session,
    *,
    task_id: UUID,
    version: int,
    outcome: Outcome,
    actor: Actor,
    now: datetime,
    reason: ClosedReason | None = None,
    next_on: date | None = None,
    appointment_id: UUID | None = None,
    note: str | None = None,
) -> Task:
    """Write down what came of a call; what was agreed must be booked, ahead, and the person's own.

    The person's row is held, so that nobody cancels the appointment in this moment. Who has to be called
    about an appointment ahead is not called after it.

    :raises TaskNotFound: if it is not the actor's to work on
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises TaskClosed: if it is done
    :raises BadOutcome: if the appointment, the day or the reason is missing, too much, or cannot be
    """
    citizen_id = tasks.get_task(session, task_id=task_id, actor=actor, now=now).citizen_id
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    _check_day(session, task_id, next_on, actor=actor, now=now)
    task = tasks.record_outcome(
        session,
        task_id=task_id,
        version=version,
        outcome=outcome,
        reason=reason,
        next_on=next_on,
        appointment_id=appointment_id,
        note=note,
        actor=actor,
        now=now,
    )
    if appointment_id is not None and not appointments.is_ahead(
        session, appointment_id=appointment_id, citizen_id=citizen_id, actor=actor, now=now
    ):
        raise BadOutcome("appointment_id", "Must be an appointment of this person that is booked and ahead.")
    return task


def owner(task: Task, helpers: Sequence[Helper], known: Mapping[UUID, str]) -> dict[str, Any] | None:
    """Who has it: its owner while at work with the person, else whoever answers for the person now."""
    at_work = {one.staff_id for one in helpers}
    answers = next((one.staff_id for one in helpers if one.answers), None)
    owner_id = task.owner_id if task.owner_id in at_work else answers
    return None if owner_id is None else {"id": owner_id, "name": known[owner_id]}


def rows(
    session: Session, found: Sequence[Task], *, actor: Actor, now: datetime
) -> list[tuple[Task, dict[str, Any]]]:
    """Each task about somebody living, and what every list of calls says of it.

    What came of earlier calls is for who may open the record; the others see alias and time alone.
    """
    people = {task.citizen_id for task in found}
    calls = tasks.list_calls(session, task_ids=[task.id for task in found])
    helpers = answering.list_helpers(session, citizen_ids=people, now=now)
    own = set(session.scalars(citizens_visible.citizen_ids(actor, now)))
    aliases = living(session, people, actor=actor, now=now)
    known = names(session, set(), calls, helpers)
    return [
        (
            task,
            {
                "id": task.id,
                "version": task.version,
                "citizen_id": task.citizen_id,
                "citizen_alias": aliases[task.citizen_id],
                "mine": task.citizen_id in own,
                "owner": owner(task, helpers[task.citizen_id], known),
                "since": task.created_at,
                "due_on": task.due_on,
                "tries": len(calls[task.id]),
                "calls": [call(one, known) for one in calls[task.id]] if task.citizen_id in own else [],
            },
        )
        for task in found
        if task.citizen_id in aliases
    ]


def call(one: Call, known: Mapping[UUID, str]) -> dict[str, Any]:
    """One call as it is shown to who may open the record."""
    return {
        "outcome": one.outcome,
        "reason": one.reason,
        "next_on": one.next_on,
        "note": one.note,
        "by": known.get(one.called_by, ""),
        "at": one.called_at,
    }


def living(session: Session, people: Collection[UUID], *, actor: Actor, now: datetime) -> dict[UUID, str]:
    """The aliases of those who are not marked as deceased: nobody calls the phone of who has died."""
    known = citizens_visible.citizens(actor, now).subquery()
    wanted = select(known.c.id, known.c.alias).where(known.c.id.in_(people), known.c.deceased_at.is_(None))
    return {row.id: row.alias for row in session.execute(wanted)}


def names(
    session: Session,
    staff_ids: Collection[UUID],
    calls: Mapping[UUID, Sequence[Call]],
    helpers: Mapping[UUID, Sequence[Helper]],
) -> dict[UUID, str]:
    """The names of these colleagues, of who called and of who works with the people."""
    wanted = set(staff_ids)
    wanted |= {one.called_by for each in calls.values() for one in each}
    wanted |= {one.staff_id for each in helpers.values() for one in each}
    return accounts.staff_names(session, staff_ids=wanted)


def _check_day(session: Session, task_id: UUID, next_on: date | None, *, actor: Actor, now: datetime) -> None:
    task = tasks.get_task(session, task_id=task_id, actor=actor, now=now)
    if next_on is None or task.kind != unreached.KIND:
        return
    talk = unreached.find_unreached(session, now=now, appointment_ids=[task.subject_id]).get(task.subject_id)
    if talk is not None and next_on > talk.starts_local.date():
        raise BadOutcome("next_on", "Must not lie after the day of the appointment.")
