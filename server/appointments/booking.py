"""The rules of a booking: whom it can be with, when a repeat is the same, what can no longer be done."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.appointments.clashes import STAFF_TIME, DoubleBooked
from server.appointments.models import Appointment, AppointmentStatus, Reply
from server.appointments.steps import Step, leads_to, possible_from
from server.citizens import relations
from server.citizens import service as citizens
from server.core.access import Actor
from server.core.errors import Conflict, Invalid, NotFound, PreconditionFailed
from server.core.fields import instant_text

GOAL_KEY = "fk_appointment_goal"


class GoalNotFound(NotFound):
    """This citizen has no such goal; another citizen's goal is answered alike."""


class IdTaken(Conflict):
    """The id was already used for something else."""

    code, title = "id-taken", "This id was already used for something else."


class UnknownColleague(Invalid):
    """The appointment cannot be with this person."""

    def __init__(self) -> None:
        super().__init__(errors={"staff_id": ["Must be an active colleague who works with this person."]})


class AppointmentClosed(Conflict):
    """The appointment is cancelled, held or over, so this can no longer be done."""

    code, title = "appointment-closed", "This appointment is cancelled or over."


class NotYet(Conflict):
    """It is too early to say what became of the appointment."""

    code, title = "appointment-not-yet", "It is too early for this."

    def __init__(self, possible_from: datetime) -> None:
        super().__init__(errors={"starts_at": [f"Possible from {instant_text(possible_from)}."]})


class AppointmentBegun(Conflict):
    """What has begun is not moved any more; what happened is marked first."""

    code, title = "appointment-begun", "This appointment has begun. Mark what happened first."


class WasDeclined(Conflict):
    """Who said no beforehand has not failed to come; it is cancelled, and counted from that no."""

    code, title = "was-declined", "The person said no to this appointment. Cancel it instead."


class AppointmentCancelled(Conflict):
    """The citizen answers an appointment that will not take place."""

    code, title = "appointment-cancelled", "This appointment has been cancelled or moved."


class AppointmentOver(Conflict):
    """The citizen answers an appointment that has begun or is over."""

    code, title = "appointment-over", "This appointment has already begun."


class AppointmentChanged(Conflict):
    """The citizen answers something else than what now stands; nobody confirms an unseen time."""

    code, title = "appointment-changed", "This appointment has changed. Look at it again."

    def __init__(self, revision: int) -> None:
        super().__init__(
            errors={"revision": [f"The appointment is now at revision {revision}."]},
            headers={"ETag": f'"{revision}"'},
        )


def request_hash(**request: Any) -> bytes:
    """What was asked for, as a fingerprint: a repeat is recognised, another request under one id is too."""
    plain = {
        key: instant_text(value) if isinstance(value, datetime) else value for key, value in request.items()
    }
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).digest()


def hold_citizen(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> None:
    """Wait for one's turn with a citizen; the wait may have ended the relation.

    :raises NotFound: if the actor does not work with the citizen, or no longer does
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)


def find_repeat(session: Session, *, appointment_id: UUID, request: bytes) -> Appointment | None:
    """The appointment that this very request has already made, if any.

    :raises IdTaken: if the id stands for another request
    """
    known = session.get(Appointment, appointment_id)
    if known is not None and known.request_hash != request:
        raise IdTaken()
    return known


def insert(session: Session, appointment: Appointment) -> None:
    """Write the row and let the database judge it now, while the cause can still be named.

    :raises GoalNotFound: if the goal is unknown or another citizen's
    :raises DoubleBooked: if another request took the colleague's time in this moment
    :raises IdTaken: if another request took the id in this moment
    """
    try:
        with session.begin_nested():
            session.add(appointment)
            session.flush()
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} IMMEDIATE"))
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} DEFERRED"))
    except IntegrityError as err:
        if GOAL_KEY in str(err.orig):
            raise GoalNotFound() from None
        if STAFF_TIME in str(err.orig):
            raise DoubleBooked() from None
        raise IdTaken() from None


def require(appointment: Appointment, step: Step, version: int, now: datetime) -> None:
    """A step needs an appointment as the caller saw it, in a state that allows the step.

    :raises PreconditionFailed: if it changed since `version`
    :raises AppointmentClosed: if its state does not allow the step
    :raises NotYet: if the step is possible later only
    :raises AppointmentBegun: if it has begun and is to be moved
    :raises WasDeclined: if the person said no, and is to be marked as not come
    """
    if appointment.revision != version:
        raise PreconditionFailed()
    if leads_to(appointment.status, step) is None:
        raise AppointmentClosed()
    if step == Step.MOVE and appointment.starts_at <= now:
        raise AppointmentBegun()
    if step == Step.NO_SHOW and appointment.reply == Reply.DECLINED:
        raise WasDeclined()
    first = possible_from(step, appointment.starts_at)
    if first is not None and now < first:
        raise NotYet(first)


def require_answerable(appointment: Appointment, answer: Reply, now: datetime) -> None:
    """A booked time is answered before it begins; after a missed one a new time can be asked for.

    :raises AppointmentOver: for any other answer
    """
    is_ahead = appointment.status == AppointmentStatus.BOOKED and appointment.starts_at > now
    asks_again = appointment.status == AppointmentStatus.NOSHOW and answer == Reply.TENTATIVE
    if not (is_ahead or asks_again):
        raise AppointmentOver()


def require_colleague(
    session: Session, *, staff_id: UUID, unit_id: UUID, citizen_id: UUID, now: datetime
) -> None:
    """An appointment is with an active colleague of the unit who works with the citizen.

    :raises UnknownColleague: for anybody else, alike for unknown, inactive and other units' staff
    """
    if not works_with(session, staff_id=staff_id, unit_id=unit_id, citizen_id=citizen_id, now=now):
        raise UnknownColleague()


def works_with(session: Session, *, staff_id: UUID, unit_id: UUID, citizen_id: UUID, now: datetime) -> bool:
    """Whether an active colleague of the unit works with the citizen now, as a stand-in included."""
    if not accounts.active_staff_ids(session, staff_ids=[staff_id]):
        return False
    return any(
        one.staff_id == staff_id
        and one.unit_id == unit_id
        and one.starts_at <= now
        and (one.ends_at is None or one.ends_at > now)
        for one in relations.list_relations(session, citizen_id=citizen_id)
    )
