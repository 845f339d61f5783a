"""Nobody who did not come is left to themself: a missed talk becomes a task for the next working day."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from server.appointments.models import Appointment
from server.core import clock
from server.core.access import Actor
from server.tasks import service as tasks
from server.tasks.days import next_working_day
from server.tasks.service import TaskKind


def open_follow_up(
    session: Session, appointment: Appointment, *, holidays: Collection[date], actor: Actor, now: datetime
) -> None:
    """Let somebody call: the first working day after the talk, or today if that has gone by."""
    yesterday = clock.to_wall(now).date() - timedelta(days=1)
    after = max(appointment.starts_local.date(), yesterday)
    tasks.open_task(
        session,
        kind=TaskKind.MISSED_TALK,
        citizen_id=appointment.citizen_id,
        subject_id=appointment.id,
        unit_id=appointment.unit_id,
        due_on=next_working_day(after, holidays=holidays),
        actor=actor,
        now=now,
    )


def drop_follow_up(session: Session, appointment: Appointment, *, actor: Actor, now: datetime) -> None:
    """Take the task back: the talk was not missed after all."""
    tasks.cancel_task(session, kind=TaskKind.MISSED_TALK, subject_id=appointment.id, actor=actor, now=now)
