"""What every write of an appointment does beside its row: the lock, the change for phones, the reminders."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.appointments import booking, clashes
from server.appointments.models import TAKES_TIME, Appointment, AppointmentStatus, Cancellation, Reply
from server.appointments.reading import get_appointment
from server.appointments.steps import Step
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Forbidden
from server.reminders import service as reminders

ENTITY = "appointment"


def place_of_work(actor: Actor) -> tuple[UUID, UUID]:
    """The actor's unit and own id.

    :raises Forbidden: if it is not a staff member
    """
    if actor.unit_id is None or actor.staff_id is None:
        raise Forbidden()
    return actor.unit_id, actor.staff_id


def lock(session: Session, *, appointment_id: UUID, actor: Actor, now: datetime) -> Appointment:
    """An appointment that nobody else changes before the commit.

    :raises AppointmentNotFound: if it is out of sight, or came out of sight while waiting
    """
    appointment = get_appointment(session, appointment_id=appointment_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[appointment.citizen_id])
    get_appointment(session, appointment_id=appointment_id, actor=actor, now=now)
    session.refresh(appointment, with_for_update=True)
    return appointment


def lock_for(
    session: Session, step: Step, *, appointment_id: UUID, version: int, actor: Actor, now: datetime
) -> Appointment:
    """A locked appointment with which this step can be done now.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if its state does not allow the step
    :raises NotYet: if the step is possible later only
    """
    appointment = lock(session, appointment_id=appointment_id, actor=actor, now=now)
    booking.require(appointment, step, version, now)
    return appointment


def note_change(session: Session, appointment: Appointment, now: datetime) -> None:
    """Let the citizen's phones fetch the appointment anew."""
    citizens.record_change(
        session, citizen_id=appointment.citizen_id, entity=ENTITY, entity_id=appointment.id, at=now
    )


def enter(
    session: Session,
    appointment: Appointment,
    actor: Actor,
    now: datetime,
    *,
    instead_of: Appointment | None = None,
) -> None:
    """Write a new booked appointment and plan its reminders, those of the one it replaces included.

    :raises DoubleBooked: if the colleague's time was taken in this very moment
    """
    appointment.status = AppointmentStatus.BOOKED
    appointment.reply = Reply.NEEDS_ACTION
    appointment.revision = 1 if instead_of is None else instead_of.revision
    _, appointment.created_by = place_of_work(actor)
    appointment.created_at = appointment.updated_at = now
    note_change(session, appointment, now)
    booking.insert(session, appointment)
    reminders.remind(
        session,
        kind=ENTITY,
        subject_id=appointment.id,
        citizen_id=appointment.citizen_id,
        starts_at=appointment.starts_at,
        revision=appointment.revision,
        now=now,
        instead_of=instead_of.id if instead_of else None,
    )


def change(session: Session, appointment: Appointment, now: datetime) -> None:
    """Write a changed row under its next revision, for the phones too."""
    note_change(session, appointment, now)
    appointment.revision += 1
    appointment.updated_at = now
    session.flush()
    if appointment.status not in TAKES_TIME:
        clashes.release(session, appointment)


def close(session: Session, appointment: Appointment, cancellation: Cancellation, now: datetime) -> None:
    """Write that an appointment will not take place, so that its time is free; phones and reminders not."""
    appointment.status, appointment.cancellation = AppointmentStatus.CANCELLED, cancellation
    appointment.closed_at = appointment.updated_at = now
    appointment.revision += 1
    session.flush()
    clashes.release(session, appointment)


def silence(session: Session, appointment: Appointment, reason: str, now: datetime) -> None:
    """Withdraw what is still planned about an appointment."""
    reminders.withdraw(session, subject_id=appointment.id, reason=reason, now=now)
