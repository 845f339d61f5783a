"""Booking, moving, cancelling and answering appointments.

Each of them writes the row, the citizen's change row, the reminder and the audit row in one transaction.
The citizen's sequence row is locked first, so two hands on one citizen's appointments take turns.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments import booking, clashes, late, wishes, writing
from server.appointments.attendance import mark_arrived, mark_held, mark_noshow, strike, undo
from server.appointments.booking import AppointmentOver
from server.appointments.models import (
    UNSAID,
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Cancellation,
    Mode,
    ReasonCode,
    Reply,
)
from server.appointments.reading import (
    current_appointments,
    get_appointment,
    is_ahead,
    list_for_citizen,
    list_missed,
    list_own,
    list_to_see_to,
    list_unsaid,
    list_wished,
    next_for,
    next_of,
    read_appointment,
    record_event,
    show,
    show_to_staff,
)
from server.appointments.series import Plan as SeriesPlan
from server.appointments.series import book_series, end_series
from server.appointments.steps import Step
from server.core.access import Actor
from server.core.errors import Invalid
from server.core.ids import new_id
from server.core.recurrence import Rule as SeriesRule
from server.core.starts import check_start
from server.library.models import AppointmentRules
from server.reminders import service as reminders

__all__ = [
    "AppointmentOver",
    "ReasonCode",
    "Reply",
    "SeriesPlan",
    "SeriesRule",
    "book",
    "book_series",
    "cancel",
    "current_appointments",
    "end_series",
    "exists",
    "get_appointment",
    "given_by",
    "is_ahead",
    "keep_late_no",
    "list_for_citizen",
    "list_missed",
    "list_own",
    "list_to_see_to",
    "list_unsaid",
    "list_wished",
    "mark_arrived",
    "mark_held",
    "mark_noshow",
    "move",
    "next_for",
    "next_of",
    "read_appointment",
    "reply",
    "rules_of",
    "show",
    "show_to_staff",
    "strike",
    "undo",
]


class Keep(Enum):
    """What stands for "as it is", where None means "none"."""

    AS_IT_IS = "as-it-is"


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
    override_reason: str | None = None,
) -> Appointment:
    """Book an appointment and plan its reminders; the same request under the same id is booked once.

    :raises NotFound: if the actor does not work with the citizen, or the citizen has no such goal
    :raises IdTaken: if the id already stands for another request
    :raises Invalid: if the start or the colleague cannot be used
    :raises DoubleBooked: if the colleague is taken then, and no `override_reason` says why both are meant
    """
    unit_id, own_id = writing.place_of_work(actor)
    booking.hold_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    asked = {"citizen_id": citizen_id, "duration_minutes": duration_minutes, "kind": kind, "mode": mode}
    asked |= {"place": place, "goal_id": goal_id}
    request = booking.request_hash(**asked, starts_at=starts_at, staff_id=staff_id)
    appointment_id = appointment_id or new_id()
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
    clashes.settle(session, appointment, override_reason=override_reason, actor=actor, now=now)
    writing.enter(session, appointment, actor, now)
    record_event(session, "appointment.booked", appointment, actor, now)
    _record_override(session, appointment, actor, now)
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
    place: str | Keep | None = Keep.AS_IT_IS,
    mode: Mode | None = None,
    duration_minutes: int | None = None,
    override_reason: str | None = None,
) -> Appointment:
    """Give an appointment another time: a successor is booked, and the old one is cancelled as moved.

    What is not given stays; the place stays only as long as the two meet in the same way. None takes it
    away.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if it is cancelled or over
    :raises AppointmentBegun: if it has begun
    :raises IdTaken: if the id of the successor stands for something else
    :raises Invalid: if the new start cannot be used
    :raises DoubleBooked: if the colleague is taken then, and no `override_reason` says why both are meant
    """
    old = writing.lock(session, appointment_id=appointment_id, actor=actor, now=now)
    asked = {"place": "as it is"} if isinstance(place, Keep) else {"place": place, "placed": True}
    request = booking.request_hash(
        moves=old.id, starts_at=starts_at, mode=mode, duration_minutes=duration_minutes, **asked
    )
    successor_id = successor_id or new_id()
    repeat = booking.find_repeat(session, appointment_id=successor_id, request=request)
    if repeat is not None:
        return repeat
    booking.require(old, Step.MOVE, version, now)
    instant, wall = check_start(starts_at, now)
    successor = _copy(session, old, actor, now)
    successor.id, successor.request_hash = successor_id, request
    successor.starts_at, successor.starts_local = instant, wall
    successor.mode = mode or old.mode
    if isinstance(place, Keep):
        place = old.place if successor.mode == old.mode else None
    successor.place = place
    successor.duration_minutes = duration_minutes or old.duration_minutes
    old.moved_to_id = successor.id
    writing.close(session, old, Cancellation.MOVED, now)
    clashes.settle(session, successor, override_reason=override_reason, actor=actor, now=now)
    writing.enter(session, successor, actor, now, instead_of=old)
    writing.note_change(session, old, now)
    writing.silence(session, old, Cancellation.MOVED.value, now)
    record_event(session, "appointment.moved", old, actor, now)
    _record_override(session, successor, actor, now)
    return successor


def cancel(
    session: Session,
    *,
    appointment_id: UUID,
    version: int,
    cancellation: Cancellation,
    actor: Actor,
    now: datetime,
    reason_code: ReasonCode = ReasonCode.UNKNOWN,
    reason_text: str | None = None,
    late_judgement: bool | None = None,
    rules: AppointmentRules = late.DEFAULT,
) -> Appointment:
    """Cancel an appointment and everything still planned about it.

    Whether a citizen's no came late is decided by the centre's `rules`; who judges otherwise says why.

    :raises AppointmentNotFound: if it is out of sight
    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if it is cancelled or over already
    :raises BadCancellation: if the reason does not fit, or is missing for a judgement against the rules
    """
    appointment = writing.lock_for(
        session, Step.CANCELLATION, appointment_id=appointment_id, version=version, actor=actor, now=now
    )
    judged = late.judge(
        appointment,
        said=cancellation,
        reason_code=reason_code,
        reason_text=reason_text,
        late=late_judgement,
        rules=rules,
        now=now,
    )
    writing.note_change(session, appointment, now)
    appointment.reason_code, appointment.reason_text = reason_code, reason_text
    writing.close(session, appointment, judged, now)
    writing.silence(session, appointment, judged.value, now)
    record_event(session, "appointment.cancelled", appointment, actor, now)
    return appointment


def reply(
    session: Session,
    *,
    appointment_id: UUID,
    revision: int,
    answer: Reply,
    actor: Actor,
    now: datetime,
    wished: Sequence[Mapping[str, Any]] = (),
    note: str | None = None,
) -> Appointment:
    """Keep the citizen's answer to what the citizen has seen; the same answer twice is one answer.

    A wish for another time changes nothing about the booked one: it stands until staff move it. Whoever
    did not come can still ask for a new time, whenever that is.

    :raises AppointmentNotFound: if it is not the citizen's own
    :raises AppointmentCancelled: if it will not take place
    :raises AppointmentChanged: if it is no longer what the citizen saw
    :raises AppointmentOver: if it has begun, unless a new time is asked for after a missed one
    :raises Invalid: if a wish cannot be used, or comes with another answer
    """
    appointment = writing.lock(session, appointment_id=appointment_id, actor=actor, now=now)
    if appointment.status == AppointmentStatus.CANCELLED:
        raise booking.AppointmentCancelled()
    if answer != Reply.TENTATIVE and (wished or note is not None):
        raise Invalid(errors={"wishes": ["Belong to the reply `tentative` only."]})
    kept = wishes.to_store(wished, now)
    before = (appointment.reply, appointment.replied_revision, appointment.wishes, appointment.wish_note)
    if before == (answer, appointment.revision, kept, note) and revision == appointment.revision:
        return appointment
    booking.require_answerable(appointment, answer, now)
    if appointment.revision != revision:
        raise booking.AppointmentChanged(appointment.revision)
    writing.note_change(session, appointment, now)
    if appointment.reply == Reply.DECLINED and answer != Reply.DECLINED:
        _remind_after_a_no(session, appointment, now)
    appointment.reply, appointment.reply_at, appointment.replied_revision = answer, now, revision
    appointment.wishes, appointment.wish_note = kept, note
    appointment.updated_at = now
    session.flush()
    record_event(session, "appointment.answered", appointment, actor, now)
    return appointment


def keep_late_no(
    session: Session, *, appointment_id: UUID, answer: Reply, actor: Actor, now: datetime
) -> None:
    """Keep that the citizen's no came after the start: the first one, for whoever calls; it changes nothing.

    Any other answer after the start is not kept. Nothing is kept about what was held or cancelled.

    :raises AppointmentNotFound: if it is not the citizen's own
    """
    if answer != Reply.DECLINED:
        return
    appointment = writing.lock(session, appointment_id=appointment_id, actor=actor, now=now)
    is_open = appointment.status in (*UNSAID, AppointmentStatus.NOSHOW) and appointment.starts_at <= now
    if is_open and appointment.late_no_at is None and appointment.reply != Reply.DECLINED:
        appointment.late_no_at = now
        session.flush()
        record_event(session, "appointment.answered-late", appointment, actor, now)


def _remind_after_a_no(session: Session, appointment: Appointment, now: datetime) -> None:
    """Whoever comes after all is reminded of it, even if the moment passed while the answer was no."""
    reminders.remind_of_unwanted(
        session,
        kind=writing.ENTITY,
        subject_id=appointment.id,
        citizen_id=appointment.citizen_id,
        starts_at=appointment.starts_at,
        revision=appointment.revision,
        since=appointment.reply_at or appointment.created_at,
        now=now,
    )


def rules_of(session: Session, *, actor: Actor, known: Mapping[str, AppointmentRules]) -> AppointmentRules:
    """How late is late at the actor's centre; a day before, where the centre has said nothing."""
    unit_id, _ = writing.place_of_work(actor)
    return known.get(accounts.get_unit(session, unit_id=unit_id).slug, late.DEFAULT)


def given_by(code: str) -> list[Cancellation]:
    """Who can have cancelled for a reason."""
    return [said for said, reasons in late.REASONS.items() if ReasonCode(code) in reasons]


def _copy(session: Session, old: Appointment, actor: Actor, now: datetime) -> Appointment:
    """A successor that keeps what does not change; it is with the mover if the colleague has left."""
    unit_id, own_id = writing.place_of_work(actor)
    still = booking.works_with(
        session, staff_id=old.staff_id, unit_id=unit_id, citizen_id=old.citizen_id, now=now
    )
    return Appointment(
        citizen_id=old.citizen_id,
        unit_id=unit_id,
        staff_id=old.staff_id if still else own_id,
        goal_id=old.goal_id,
        kind=old.kind,
        series_id=old.series_id,
    )


def _record_override(session: Session, appointment: Appointment, actor: Actor, now: datetime) -> None:
    """A double booking that somebody wanted stands on the trail by itself."""
    if appointment.double_booked:
        record_event(session, "appointment.double-booked", appointment, actor, now)
