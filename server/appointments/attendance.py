"""What became of an appointment: the person came, the talk was held, nobody came, or it was a mistake."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.appointments import clashes, first_talk, follow_up
from server.appointments.models import Appointment, AppointmentStatus
from server.appointments.reading import record_event
from server.appointments.steps import UNDO_WITHIN, Step, leads_to
from server.appointments.writing import ENTITY, change, lock_for, silence
from server.core.access import Actor
from server.core.errors import Conflict
from server.reminders import service as reminders


class UndoTooLate(Conflict):
    """What was marked as held or missed more than a day ago has gone into the figures."""

    code, title = "undo-too-late", "This was marked more than 24 hours ago."


def mark_arrived(
    session: Session, *, appointment_id: UUID, version: int, actor: Actor, now: datetime
) -> Appointment:
    """The person has come; nothing more is sent about it.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if it is not booked
    :raises NotYet: before the day itself
    """
    return _mark(session, Step.ARRIVAL, appointment_id, version, actor, now)


def mark_held(
    session: Session, *, appointment_id: UUID, version: int, actor: Actor, now: datetime
) -> Appointment:
    """The talk was held.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if it is neither booked nor arrived
    :raises NotYet: more than a quarter of an hour before the start
    """
    return _mark(session, Step.HELD, appointment_id, version, actor, now)


def mark_noshow(
    session: Session,
    *,
    appointment_id: UUID,
    version: int,
    excused: bool,
    actor: Actor,
    now: datetime,
    holidays: Collection[date] = frozenset(),
) -> Appointment:
    """The person did not come; `excused` if there was a good reason that nobody could have told before.

    Somebody gets the task to call, due on the next day that is neither weekend nor one of the `holidays`.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if it is neither booked nor arrived
    :raises NotYet: before it has begun
    :raises WasDeclined: if the person said no in time to be cancelled instead
    """
    return _mark(
        session, Step.NO_SHOW, appointment_id, version, actor, now, excused=excused, holidays=holidays
    )


def undo(session: Session, *, appointment_id: UUID, version: int, actor: Actor, now: datetime) -> Appointment:
    """Take back the last of arrival, held and no-show; the trail keeps both.

    An arrival can be taken back until it is said what became of the talk.

    What is booked again and still lies ahead is reminded of again: rather once too often than not at all.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if there is nothing to take back
    :raises UndoTooLate: a day after it was marked as held or missed
    """
    appointment = lock_for(
        session, Step.UNDO, appointment_id=appointment_id, version=version, actor=actor, now=now
    )
    if appointment.closed_at is not None and now - appointment.closed_at > UNDO_WITHIN:
        raise UndoTooLate()
    was_held = appointment.status == AppointmentStatus.FULFILLED
    is_taken = bool(clashes.find_clashes(session, appointment))
    if appointment.status == AppointmentStatus.FULFILLED and appointment.arrived_at is not None:
        appointment.status = AppointmentStatus.ARRIVED
    else:
        appointment.status, appointment.arrived_at = AppointmentStatus.BOOKED, None
    appointment.noshow_excused = appointment.closed_at = None
    if is_taken:  # the time was given away meanwhile; now both are true
        appointment.double_booked = True
    change(session, appointment, now)
    if appointment.status == AppointmentStatus.BOOKED and appointment.starts_at > now:
        _remind_again(session, appointment, now)
    if was_held:
        first_talk.tell_phone(session, appointment, now=now)
    follow_up.drop_follow_up(session, appointment, actor=actor, now=now)
    record_event(session, "appointment.undone", appointment, actor, now)
    return appointment


def strike(
    session: Session, *, appointment_id: UUID, version: int, actor: Actor, now: datetime
) -> Appointment:
    """Say that an appointment should never have been written; it is kept, but nobody sees it any more.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    """
    appointment = lock_for(
        session, Step.ERROR, appointment_id=appointment_id, version=version, actor=actor, now=now
    )
    follow_up.drop_follow_up(session, appointment, actor=actor, now=now)
    record_event(session, "appointment.struck", appointment, actor, now)
    was_held = appointment.status == AppointmentStatus.FULFILLED
    appointment.status = AppointmentStatus.ENTERED_IN_ERROR
    appointment.closed_at = appointment.closed_at or now
    change(session, appointment, now)
    silence(session, appointment, AppointmentStatus.ENTERED_IN_ERROR.value, now)
    if was_held:
        first_talk.tell_phone(session, appointment, now=now)
    return appointment


_EVENTS = {
    Step.ARRIVAL: "appointment.arrived",
    Step.HELD: "appointment.held",
    Step.NO_SHOW: "appointment.missed",
}


def _mark(
    session: Session,
    step: Step,
    appointment_id: UUID,
    version: int,
    actor: Actor,
    now: datetime,
    *,
    excused: bool | None = None,
    holidays: Collection[date] = frozenset(),
) -> Appointment:
    appointment = lock_for(
        session, step, appointment_id=appointment_id, version=version, actor=actor, now=now
    )
    target = leads_to(appointment.status, step)
    assert target is not None  # lock_for has seen to it
    appointment.status = target
    appointment.noshow_excused = excused
    if step == Step.ARRIVAL:
        appointment.arrived_at = now
    else:
        appointment.closed_at = now
    if step == Step.NO_SHOW:
        appointment.arrived_at = None  # the arrival was a mistake
    change(session, appointment, now)
    silence(session, appointment, target.value, now)
    if step == Step.HELD:
        first_talk.tell_phone(session, appointment, now=now)
    if step == Step.NO_SHOW:
        follow_up.open_follow_up(session, appointment, holidays=holidays, actor=actor, now=now)
    record_event(session, _EVENTS[step], appointment, actor, now)
    return appointment


def _remind_again(session: Session, appointment: Appointment, now: datetime) -> None:
    reminders.remind(
        session,
        kind=ENTITY,
        subject_id=appointment.id,
        citizen_id=appointment.citizen_id,
        starts_at=appointment.starts_at,
        revision=appointment.revision,
        now=now,
        renewed=True,
    )
