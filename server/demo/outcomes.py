"""What became of the demo's appointments, so that lists, figures and wishes have something to show."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.appointments import service as appointments
from server.appointments.service import Appointment, Cancellation, ReasonCode, Reply
from server.core import clock
from server.core.access import Actor, ActorKind, Role
from server.tasks import service as tasks
from server.tasks.service import ClosedReason, Outcome, TaskKind

MARKED_AFTER = timedelta(hours=2)
CALLED_AFTER = timedelta(days=1)
STILL_OPEN = timedelta(days=10)


def cancel(session: Session, booked: Appointment, number: int, actor: Actor, *, now: datetime) -> None:
    """One of nine is cancelled: by us, by the person in time, or late."""
    by_citizen = number % 2 == 1
    is_late = by_citizen and number % 4 == 1
    appointments.cancel(
        session,
        appointment_id=booked.id,
        version=booked.revision,
        cancellation=Cancellation.BY_CITIZEN if by_citizen else Cancellation.BY_SERVICE,
        reason_code=ReasonCode.ILL if by_citizen else ReasonCode.SERVICE_ILL,
        reason_text="Ringede først bagefter (opdigtet)" if is_late else None,
        late_judgement=True if is_late else None,
        actor=actor,
        now=now,
    )


def answer(session: Session, booked: Appointment, number: int, *, has_wish: bool, now: datetime) -> None:
    """One of four says yes; one citizen asks for other times."""
    if not has_wish and number % 4 != 1:
        return
    own = Actor(kind=ActorKind.CITIZEN, roles=frozenset({Role.CITIZEN}), citizen_id=booked.citizen_id)
    tomorrow = booked.starts_at + timedelta(days=1)
    wished: list[Mapping[str, Any]] = [
        {"starts_at": tomorrow},
        {"on": (clock.to_wall(tomorrow) + timedelta(days=1)).date(), "day_part": "morning"},
    ]
    appointments.reply(
        session,
        appointment_id=booked.id,
        revision=booked.revision,
        answer=Reply.TENTATIVE if has_wish else Reply.ACCEPTED,
        wished=wished if has_wish else (),
        note="Jeg er i praktik den dag (opdigtet)" if has_wish else None,
        actor=own,
        now=now,
    )


def mark(session: Session, booked: Appointment, number: int, actor: Actor, *, now: datetime) -> None:
    """Of those that lie behind, most were held, some were missed, and a few wait for somebody to say."""
    at = booked.starts_at + timedelta(hours=1)
    step: dict[str, Any] = {"appointment_id": booked.id, "actor": actor}
    if number % 7 == 3:
        appointments.mark_noshow(session, **step, version=booked.revision, excused=number % 2 == 0, now=at)
        if booked.starts_at < now - STILL_OPEN:
            _call(session, booked, actor, at + CALLED_AFTER)
    elif number % 11 != 5:
        appointments.mark_arrived(session, **step, version=booked.revision, now=booked.starts_at)
        appointments.mark_held(session, **step, version=booked.revision, now=at)


def _call(session: Session, booked: Appointment, actor: Actor, now: datetime) -> None:
    """The older missed ones were called and need nothing more."""
    open_now = tasks.list_open(session, kind=TaskKind.MISSED_TALK, actor=actor, now=now)
    for task in [each for each in open_now if each.subject_id == booked.id]:
        tasks.record_outcome(
            session,
            task_id=task.id,
            version=task.version,
            outcome=Outcome.CLOSED,
            reason=ClosedReason.NOT_REACHED,
            actor=actor,
            now=now,
        )
