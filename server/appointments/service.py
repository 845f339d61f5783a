"""Booking, moving, cancelling and answering appointments.

Each of them writes the row, the citizen's change row, the reminder and the audit row in one transaction.
The citizen's sequence row is locked first, so two hands on one citizen's appointments take turns.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.appointments import booking
from server.appointments.models import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Cancellation,
    Mode,
    Reply,
)
from server.appointments.reading import (
    current_appointments,
    get_appointment,
    list_for_citizen,
    list_own,
    next_for,
    read_appointment,
    record_event,
    show,
    show_to_staff,
)
from server.appointments.times import check_start
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Forbidden
from server.core.ids import new_id
from server.reminders import service as reminders

__all__ = [
    "Reply",
    "book",
    "cancel",
    "current_appointments",
    "exists",
    "get_appointment",
    "list_for_citizen",
    "list_own",
    "move",
    "next_for",
    "read_appointment",
    "reply",
    "show",
    "show_to_staff",
]

ENTITY = "appointment"


def exists(session: Session, *, appointment_id: UUID) -> bool:
    """Whether there is an appointment by this id, whoever asks; for commands, never for a view."""
    return session.get(Appointment, appointment_id) is not None


def book(
    session: Session,
    *,
    citizen_id: UUID,
    starts_at: datetime,
    duration_minutes: int,
    kind: AppointmentKind,
    mode: Mode,
    actor: Actor,
    now: datetime,
    place: str | None = None,
    goal_id: UUID | None = None,
    staff_id: UUID | None = None,
    appointment_id: UUID | None = None,
) -> Appointment:
    """Book an appointment and plan its reminders; the same request under the same id is booked once.

    :raises NotFound: if the actor does not work with the citizen, or the citizen has no such goal
    :raises IdTaken: if the id already stands for another request
    :raises Invalid: if the start or the colleague cannot be used
    """
    unit_id, own_id = _place_of_work(actor)
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    asked = {"citizen_id": citizen_id, "duration_minutes": duration_minutes, "kind": kind, "mode": mode}
    asked |= {"place": place, "goal_id": goal_id}
    request = booking.request_hash(**asked, starts_at=starts_at, staff_id=staff_id)
    appointment_id = appointment_id or new_id()
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)  # the wait may have ended it
    repeat = booking.find_repeat(session, appointment_id=appointment_id, request=request)
    if repeat is not None:
        return repeat
    staff_id = staff_id or own_id
    booking.require_colleague(session, staff_id=staff_id, unit_id=unit_id, citizen_id=citizen_id, now=now)
    instant, wall = check_start(starts_at, now)
    appointment = Appointment(
        id=appointment_id, unit_id=unit_id, staff_id=staff_id, request_hash=request, **asked
    )
    appointment.starts_at, appointment.starts_local = instant, wall
    _enter(session, appointment, actor, now)
    record_event(session, "appointment.booked", appointment, actor, now)
    return appointment


def move(
    session: Session,
    *,
    appointment_id: UUID,
    version: int,
    starts_at: datetime,
    actor: Actor,
    now: datetime,
    successor_id: UUID | None = None,
    place: str | None = None,
    mode: Mode | None = None,
    duration_minutes: int | None = None,
) -> Appointment:
    """Give an appointment another time: a successor is booked, and the old one is cancelled as moved.

    What is not given stays; the place stays only as long as the two meet in the same way.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if it is cancelled or over
    :raises IdTaken: if the id of the successor stands for something else
    :raises Invalid: if the new start cannot be used
    """
    old = _lock(session, appointment_id=appointment_id, actor=actor, now=now)
    request = booking.request_hash(
        moves=old.id, starts_at=starts_at, place=place, mode=mode, duration_minutes=duration_minutes
    )
    successor_id = successor_id or new_id()
    repeat = booking.find_repeat(session, appointment_id=successor_id, request=request)
    if repeat is not None:
        return repeat
    booking.require_open(old, version)
    instant, wall = check_start(starts_at, now)
    successor = _copy(session, old, actor, now)
    successor.id, successor.request_hash = successor_id, request
    successor.starts_at, successor.starts_local = instant, wall
    successor.mode = mode or old.mode
    successor.place = place or (old.place if successor.mode == old.mode else None)
    successor.duration_minutes = duration_minutes or old.duration_minutes
    _enter(session, successor, actor, now, instead_of=old)
    _close(session, old, Cancellation.MOVED, now, moved_to_id=successor.id)
    record_event(session, "appointment.moved", old, actor, now)
    return successor


def cancel(
    session: Session,
    *,
    appointment_id: UUID,
    version: int,
    cancellation: Cancellation,
    actor: Actor,
    now: datetime,
) -> Appointment:
    """Cancel an appointment and everything still planned about it.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if it is cancelled or over already
    """
    appointment = _lock(session, appointment_id=appointment_id, actor=actor, now=now)
    booking.require_open(appointment, version)
    _close(session, appointment, cancellation, now)
    record_event(session, "appointment.cancelled", appointment, actor, now)
    return appointment


def reply(
    session: Session, *, appointment_id: UUID, revision: int, answer: Reply, actor: Actor, now: datetime
) -> Appointment:
    """Keep the citizen's answer to what the citizen has seen; the same answer twice is one answer.

    :raises AppointmentNotFound: if it is not the citizen's own
    :raises AppointmentCancelled: if it will not take place
    :raises AppointmentChanged: if it is no longer what the citizen saw
    :raises AppointmentOver: if it has begun
    """
    appointment = _lock(session, appointment_id=appointment_id, actor=actor, now=now)
    if appointment.status == AppointmentStatus.CANCELLED:
        raise booking.AppointmentCancelled()
    if appointment.revision != revision:
        raise booking.AppointmentChanged(appointment.revision)
    if appointment.reply == answer and appointment.replied_revision == revision:
        return appointment
    if appointment.status != AppointmentStatus.BOOKED or appointment.starts_at <= now:
        raise booking.AppointmentOver()
    _note_change(session, appointment, now)
    appointment.reply, appointment.reply_at, appointment.replied_revision = answer, now, revision
    appointment.updated_at = now
    session.flush()
    record_event(session, "appointment.answered", appointment, actor, now)
    return appointment


def _place_of_work(actor: Actor) -> tuple[UUID, UUID]:
    if actor.unit_id is None or actor.staff_id is None:
        raise Forbidden()
    return actor.unit_id, actor.staff_id


def _copy(session: Session, old: Appointment, actor: Actor, now: datetime) -> Appointment:
    """A successor that keeps what does not change; it is with the mover if the colleague has left."""
    unit_id, own_id = _place_of_work(actor)
    still = booking.works_with(
        session, staff_id=old.staff_id, unit_id=unit_id, citizen_id=old.citizen_id, now=now
    )
    return Appointment(
        citizen_id=old.citizen_id,
        unit_id=unit_id,
        staff_id=old.staff_id if still else own_id,
        goal_id=old.goal_id,
        kind=old.kind,
    )


def _enter(
    session: Session,
    appointment: Appointment,
    actor: Actor,
    now: datetime,
    *,
    instead_of: Appointment | None = None,
) -> None:
    appointment.status = AppointmentStatus.BOOKED
    appointment.reply = Reply.NEEDS_ACTION
    appointment.revision = 1 if instead_of is None else instead_of.revision + 1
    _, appointment.created_by = _place_of_work(actor)
    appointment.created_at = appointment.updated_at = now
    _note_change(session, appointment, now)
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


def _close(
    session: Session,
    appointment: Appointment,
    cancellation: Cancellation,
    now: datetime,
    *,
    moved_to_id: UUID | None = None,
) -> None:
    _note_change(session, appointment, now)
    appointment.status = AppointmentStatus.CANCELLED
    appointment.cancellation, appointment.moved_to_id = cancellation, moved_to_id
    appointment.revision += 1
    appointment.updated_at = now
    session.flush()
    reminders.withdraw(session, subject_id=appointment.id, reason=cancellation.value, now=now)


def _lock(session: Session, *, appointment_id: UUID, actor: Actor, now: datetime) -> Appointment:
    appointment = get_appointment(session, appointment_id=appointment_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[appointment.citizen_id])
    get_appointment(
        session, appointment_id=appointment_id, actor=actor, now=now
    )  # the wait may have ended it
    session.refresh(appointment, with_for_update=True)
    return appointment


def _note_change(session: Session, appointment: Appointment, now: datetime) -> None:
    citizens.record_change(
        session, citizen_id=appointment.citizen_id, entity=ENTITY, entity_id=appointment.id, at=now
    )
