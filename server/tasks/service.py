"""Opening a task, taking it, and writing down what came of it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import answering
from server.citizens import service as citizens
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.tasks import visible
from server.tasks.models import OPEN, Call, ClosedReason, Outcome, Task, TaskKind, TaskStatus

__all__ = [
    "BadOutcome",
    "Call",
    "ClosedReason",
    "Outcome",
    "Task",
    "TaskKind",
    "TaskStatus",
    "cancel_task",
    "get_task",
    "is_open",
    "known_subjects",
    "list_calls",
    "list_open",
    "note_message",
    "open_subjects",
    "open_task",
    "record_outcome",
    "take",
]

LATEST_CALL = timedelta(days=90)
APPOINTMENT_KEY = "fk_task_call_appointment"


class TaskNotFound(NotFound):
    """There is no such task, or it is about somebody out of sight."""


class TaskClosed(Conflict):
    """The task is done or was taken back."""

    code, title = "task-closed", "This is already done."


class MessageSent(Conflict):
    """One message about a missed talk is enough."""

    code, title = "message-sent", "The person has already been written to about this."


class BadOutcome(Invalid):
    """What came of the call is not said in full."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(errors={field: [message]})


def open_task(
    session: Session,
    *,
    kind: TaskKind,
    citizen_id: UUID,
    subject_id: UUID,
    unit_id: UUID,
    due_on: date,
    actor: Actor,
    now: datetime,
    owner_id: UUID | None = None,
    wants_talk: bool | None = None,
) -> Task:
    """Open a task about a subject, once: the same again changes nothing, one that was taken back reopens.

    `wants_talk`: whether the person asks for a talk, where that was asked.

    Without an owner it is the contact person's, or that of whoever works in that person's place. Call it
    with the citizen's sequence row locked, so that two hands take turns, and before the trail is written.
    """
    known = _find(session, kind=kind, subject_id=subject_id)
    if known is not None and known.status != TaskStatus.CANCELLED:
        return known
    owner_id = owner_id or _first_helper(session, citizen_id=citizen_id, now=now)
    task = known or Task(
        id=new_id(), kind=kind, subject_id=subject_id, citizen_id=citizen_id, version=0, created_at=now
    )
    task.unit_id, task.due_on, task.status = unit_id, due_on, TaskStatus.REQUESTED
    task.owner_id, task.closed_at, task.updated_at = owner_id, None, now
    task.wants_talk = wants_talk
    task.version += 1
    session.add(task)
    session.flush()
    _audit(session, "task.opened", task, actor, now)
    return task


def join_open(
    session: Session,
    *,
    kind: TaskKind,
    citizen_id: UUID,
    due_on: date,
    wants_talk: bool | None,
    actor: Actor,
    now: datetime,
) -> bool:
    """Let a task of this kind that is open for the person stand for one cause more: one call is enough.

    It is due no later than asked, and a wish for a talk is not lost. Returns whether there was one.
    Call it with the citizen's sequence row locked, and before the trail is written.
    """
    open_one = select(Task).where(Task.citizen_id == citizen_id, Task.kind == kind, Task.status.in_(OPEN))
    task = session.scalars(open_one.order_by(Task.created_at, Task.id).with_for_update()).first()
    if task is None:
        return False
    task.due_on = min(task.due_on, due_on)
    task.wants_talk = task.wants_talk or wants_talk
    _touch(session, task, now)
    _audit(session, "task.joined", task, actor, now)
    return True


def cancel_task(session: Session, *, kind: TaskKind, subject_id: UUID, actor: Actor, now: datetime) -> None:
    """Take an open task back because its cause was; one that is done stays as it is."""
    task = _find(session, kind=kind, subject_id=subject_id)
    if task is None or task.status not in OPEN:
        return
    task.status, task.closed_at = TaskStatus.CANCELLED, now
    _touch(session, task, now)
    _audit(session, "task.cancelled", task, actor, now)


def get_task(session: Session, *, task_id: UUID, actor: Actor, now: datetime) -> Task:
    """A task that the actor may work on.

    :raises TaskNotFound: if there is none, or it is not the actor's to work on
    """
    task = session.scalars(visible.own_tasks(actor, now).where(Task.id == task_id)).one_or_none()
    if task is None:
        raise TaskNotFound()
    return task


def list_open(session: Session, *, kind: TaskKind, actor: Actor, now: datetime) -> Sequence[Task]:
    """The open tasks of a kind that the actor may know of, oldest first; the caller records the look."""
    found = visible.tasks(actor, now).where(Task.kind == kind, Task.status.in_(OPEN))
    return session.scalars(found.order_by(Task.created_at, Task.id)).all()


def is_open(session: Session, *, kind: TaskKind, subject_id: UUID) -> bool:
    """Whether something is still to be done about a subject, whoever asks; for jobs, never for a view."""
    found = select(Task.id).where(Task.kind == kind, Task.subject_id == subject_id, Task.status.in_(OPEN))
    return session.scalar(found) is not None


def open_subjects(session: Session, *, kind: TaskKind) -> dict[UUID, UUID]:
    """What every open task of a kind is about, and whose it is; for jobs, never for a view."""
    found = select(Task.subject_id, Task.citizen_id).where(Task.kind == kind, Task.status.in_(OPEN))
    return {row.subject_id: row.citizen_id for row in session.execute(found)}


def known_subjects(session: Session, *, kind: TaskKind, subject_ids: Collection[UUID]) -> set[UUID]:
    """About which of these there is a task, or was one that somebody is done with; for jobs."""
    known = select(Task.subject_id).where(
        Task.kind == kind, Task.subject_id.in_(subject_ids), Task.status != TaskStatus.CANCELLED
    )
    return set(session.scalars(known))


def list_calls(session: Session, *, task_ids: Collection[UUID]) -> dict[UUID, list[Call]]:
    """What came of the calls about each of these tasks, oldest first; the tasks must be in sight."""
    calls: dict[UUID, list[Call]] = {task_id: [] for task_id in task_ids}
    found = select(Call).where(Call.task_id.in_(task_ids)).order_by(Call.called_at, Call.id)
    for call in session.scalars(found):
        calls[call.task_id].append(call)
    return calls


def take(session: Session, *, task_id: UUID, version: int, actor: Actor, now: datetime) -> Task:
    """Take a task on, so that the others see who calls; who has it already keeps it.

    :raises TaskNotFound: if it is not the actor's to work on
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises TaskClosed: if it is done
    """
    task = _hold(session, task_id=task_id, version=version, actor=actor, now=now)
    task.owner_id, task.status = actor.staff_id, TaskStatus.IN_PROGRESS
    _touch(session, task, now)
    _audit(session, "task.taken", task, actor, now)
    return task


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
    """Write down what came of a call: agreed and closed end the task, later gives it another day.

    Whether an agreed appointment still stands is the caller's to see, in the same transaction.

    :raises TaskNotFound: if it is not the actor's to work on
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises TaskClosed: if it is done
    :raises BadOutcome: if the appointment, the day or the reason is missing, too much, or cannot be
    """
    task = _hold(session, task_id=task_id, version=version, actor=actor, now=now)
    _check(outcome, reason, next_on, appointment_id, note)
    if actor.staff_id is None:
        raise Forbidden()
    if next_on is not None:
        _check_day(next_on, today=clock.to_wall(now).date())
    if appointment_id == task.subject_id and task.kind == TaskKind.MISSED_TALK:
        raise BadOutcome("appointment_id", "Must be another appointment than the missed one.")
    call = Call(id=new_id(), task_id=task.id, citizen_id=task.citizen_id, called_by=actor.staff_id)
    call.outcome, call.reason, call.next_on, call.called_at = outcome, reason, next_on, now
    call.appointment_id, call.note = appointment_id, note
    _insert(session, call)
    if outcome == Outcome.CALL_LATER and next_on is not None:
        task.status, task.due_on = TaskStatus.IN_PROGRESS, next_on
    else:
        task.status, task.business_outcome, task.reason = TaskStatus.COMPLETED, outcome, reason
        task.closed_at = now
    _touch(session, task, now)
    _audit(session, "task.outcome", task, actor, now, purpose=outcome)
    return task


def note_message(session: Session, *, task_id: UUID, version: int, actor: Actor, now: datetime) -> Task:
    """Note that the person is written to about this task; once is enough for good.

    :raises TaskNotFound: if it is not the actor's to work on
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises TaskClosed: if it is done
    :raises MessageSent: if the person was written to about it
    """
    task = _hold(session, task_id=task_id, version=version, actor=actor, now=now)
    if task.messaged_at is not None:
        raise MessageSent()
    task.messaged_at = now
    _touch(session, task, now)
    _audit(session, "task.message", task, actor, now)
    return task


def _find(session: Session, *, kind: TaskKind, subject_id: UUID) -> Task | None:
    same = select(Task).where(Task.kind == kind, Task.subject_id == subject_id)
    return session.scalars(same.with_for_update()).one_or_none()


def _first_helper(session: Session, *, citizen_id: UUID, now: datetime) -> UUID | None:
    helpers = answering.list_helpers(session, citizen_ids=[citizen_id], now=now)[citizen_id]
    return next((one.staff_id for one in helpers if one.answers), None)


def _hold(session: Session, *, task_id: UUID, version: int, actor: Actor, now: datetime) -> Task:
    task = get_task(session, task_id=task_id, actor=actor, now=now)
    session.refresh(task, with_for_update=True)
    get_task(session, task_id=task_id, actor=actor, now=now)  # the wait may have ended the relation
    if task.version != version:
        raise PreconditionFailed()
    if task.status not in OPEN:
        raise TaskClosed()
    return task


def _check(
    outcome: Outcome,
    reason: ClosedReason | None,
    next_on: date | None,
    appointment_id: UUID | None,
    note: str | None,
) -> None:
    given = {"appointment_id": appointment_id, "next_on": next_on, "reason": reason}
    belongs = {Outcome.AGREED: "appointment_id", Outcome.CALL_LATER: "next_on", Outcome.CLOSED: "reason"}[
        outcome
    ]
    for field, value in given.items():
        if field == belongs and value is None:
            raise BadOutcome(field, f"Must be given with {outcome}.")
        if field != belongs and value is not None:
            raise BadOutcome(field, f"Does not belong to {outcome}.")
    if reason == ClosedReason.OTHER and note is None:
        raise BadOutcome("note", "Must say what the other reason is.")


def _check_day(next_on: date, *, today: date) -> None:
    if not today <= next_on <= today + LATEST_CALL:
        raise BadOutcome("next_on", f"Must be today or later, within {LATEST_CALL.days} days.")


def _insert(session: Session, call: Call) -> None:
    """Write the row and let the database judge now whose appointment it names."""
    try:
        with session.begin_nested():
            session.add(call)
            session.flush()
            session.execute(text(f"SET CONSTRAINTS {APPOINTMENT_KEY} IMMEDIATE"))
            session.execute(text(f"SET CONSTRAINTS {APPOINTMENT_KEY} DEFERRED"))
    except IntegrityError as err:
        if APPOINTMENT_KEY not in str(err.orig):
            raise
        raise BadOutcome("appointment_id", "Must be an appointment of this person.") from None


def _touch(session: Session, task: Task, now: datetime) -> None:
    task.version += 1
    task.updated_at = now
    session.flush()


def _audit(
    session: Session, event: str, task: Task, actor: Actor, now: datetime, *, purpose: str | None = None
) -> None:
    own = citizens.find_own_relation(session, citizen_id=task.citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=task.unit_id,
        citizen_id=task.citizen_id,
        subject_id=task.id,
        relation_id=own.id if own else None,
        purpose=purpose,
    )
