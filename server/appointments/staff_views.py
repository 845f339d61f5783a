"""What counsellors can do with appointments."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from flask import current_app

from server.appointments import schemas, service
from server.appointments.models import Appointment, Cancellation
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.library.models import Content

appointments = blueprint("appointments", "staff")

A_WEEK = timedelta(days=7)


@appointments.get("/appointments")
@requires(Action.READ_APPOINTMENTS)
@appointments.arguments(schemas.OwnSpanSchema, location="query")
@appointments.response(200, schemas.AppointmentListSchema)
def list_own(span: dict[str, Any]) -> dict[str, Any]:
    """My own appointments in a span of time; on request also those of whom I stand in for."""
    actor, now = current_actor(), clock.now()
    since = span.get("since") or clock.from_wall(datetime.combine(clock.to_wall(now).date(), time.min))
    until = span.get("until") or since + A_WEEK
    with transaction() as session:
        found = service.list_own(
            session,
            since=since,
            until=until,
            with_stand_in=span["whose"] == schemas.Whose.MINE_AND_STAND_IN,
            actor=actor,
            now=now,
        )
        return {"items": service.show_to_staff(session, found, actor=actor, now=now)}


@appointments.get("/appointments/unsaid")
@requires(Action.READ_APPOINTMENTS)
@appointments.response(200, schemas.AppointmentListSchema)
def list_unsaid() -> dict[str, Any]:
    """What has begun without anybody having said how it went; mine, and theirs for whom I stand in."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        found = service.list_unsaid(session, actor=actor, now=now)
        return {"items": service.show_to_staff(session, found, actor=actor, now=now)}


@appointments.get("/citizens/<uuid:citizen_id>/appointments")
@requires(Action.READ_APPOINTMENTS)
@appointments.response(200, schemas.AppointmentListSchema)
@appointments.alt_response(404, schema=ProblemSchema)
def list_for_citizen(citizen_id: UUID) -> dict[str, Any]:
    """One citizen's appointments."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        found = service.list_for_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
        return {"items": service.show_to_staff(session, found, actor=actor, now=now)}


@appointments.post("/citizens/<uuid:citizen_id>/appointments")
@requires(Action.EDIT_APPOINTMENTS)
@appointments.arguments(schemas.NewAppointmentSchema)
@appointments.response(201, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def book(body: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """Book an appointment for a citizen; the reminders follow by themselves."""
    actor, now = current_actor(), clock.now()
    appointment_id = body.pop("id", None)
    with transaction() as session:
        booked = service.book(
            session, citizen_id=citizen_id, appointment_id=appointment_id, **body, actor=actor, now=now
        )
        return service.show_to_staff(session, [booked], actor=actor, now=now)[0]


@appointments.get("/appointments/<uuid:appointment_id>")
@requires(Action.READ_APPOINTMENTS)
@appointments.response(200, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
def read_appointment(appointment_id: UUID) -> dict[str, Any]:
    """One appointment, with the citizen's answer."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        found = service.read_appointment(session, appointment_id=appointment_id, actor=actor, now=now)
        return service.show_to_staff(session, [found], actor=actor, now=now)[0]


@appointments.post("/appointments/<uuid:appointment_id>/move")
@requires(Action.EDIT_APPOINTMENTS)
@versioned
@appointments.arguments(schemas.MoveSchema)
@appointments.response(201, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def move(body: dict[str, Any], appointment_id: UUID, version: int) -> dict[str, Any]:
    """Give an appointment another time; the answer is the new one."""
    actor, now = current_actor(), clock.now()
    successor_id = body.pop("id", None)
    with transaction() as session:
        successor = service.move(
            session,
            appointment_id=appointment_id,
            version=version,
            successor_id=successor_id,
            **body,
            actor=actor,
            now=now,
        )
        return service.show_to_staff(session, [successor], actor=actor, now=now)[0]


@appointments.post("/appointments/<uuid:appointment_id>/cancellation")
@requires(Action.EDIT_APPOINTMENTS)
@versioned
@appointments.arguments(schemas.CancellationSchema)
@appointments.response(200, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def cancel(body: dict[str, Any], appointment_id: UUID, version: int) -> dict[str, Any]:
    """Cancel an appointment and what was planned about it."""
    actor, now = current_actor(), clock.now()
    cancellation = Cancellation(body.pop("cancellation"))
    with transaction() as session:
        cancelled = service.cancel(
            session,
            appointment_id=appointment_id,
            version=version,
            cancellation=cancellation,
            **body,
            rules=service.rules_of(session, actor=actor, known=content().appointment_rules),
            actor=actor,
            now=now,
        )
        return service.show_to_staff(session, [cancelled], actor=actor, now=now)[0]


@appointments.post("/appointments/<uuid:appointment_id>/arrival")
@requires(Action.EDIT_APPOINTMENTS)
@versioned
@appointments.response(200, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def mark_arrived(appointment_id: UUID, version: int) -> dict[str, Any]:
    """Note that the person has come."""
    return _done(service.mark_arrived, appointment_id, version)


@appointments.post("/appointments/<uuid:appointment_id>/held")
@requires(Action.EDIT_APPOINTMENTS)
@versioned
@appointments.response(200, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def mark_held(appointment_id: UUID, version: int) -> dict[str, Any]:
    """Note that the talk was held."""
    return _done(service.mark_held, appointment_id, version)


@appointments.post("/appointments/<uuid:appointment_id>/no-show")
@requires(Action.EDIT_APPOINTMENTS)
@versioned
@appointments.arguments(schemas.NoShowSchema)
@appointments.response(200, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def mark_noshow(body: dict[str, Any], appointment_id: UUID, version: int) -> dict[str, Any]:
    """Note that the person did not come; somebody gets the task to call."""
    days_off = {holiday.on for holiday in content().holidays}
    missed = partial(service.mark_noshow, excused=body["excused"], holidays=days_off)
    return _done(missed, appointment_id, version)


@appointments.post("/appointments/<uuid:appointment_id>/undo")
@requires(Action.EDIT_APPOINTMENTS)
@versioned
@appointments.response(200, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def undo(appointment_id: UUID, version: int) -> dict[str, Any]:
    """Take back the last of arrival, held and no-show; an end that was said for 24 hours only."""
    return _done(service.undo, appointment_id, version)


@appointments.post("/appointments/<uuid:appointment_id>/error")
@requires(Action.EDIT_APPOINTMENTS)
@versioned
@appointments.response(200, schemas.StaffAppointmentSchema)
@appointments.alt_response(404, schema=ProblemSchema)
@appointments.alt_response(409, schema=ProblemSchema)
def strike(appointment_id: UUID, version: int) -> dict[str, Any]:
    """Say that the appointment should never have been written."""
    return _done(service.strike, appointment_id, version)


@appointments.get("/appointment-reasons")
@requires(Action.READ_APPOINTMENTS)
@appointments.response(200, schemas.CancellationReasonsSchema)
def list_reasons() -> dict[str, Any]:
    """The reasons for a cancellation, and up to when a no is in time at my centre."""
    with transaction() as session:
        rules = service.rules_of(session, actor=current_actor(), known=content().appointment_rules)
    return {
        "items": [
            {"code": each.code, "cancellations": service.given_by(each.code), **each.names}
            for each in content().reasons
        ],
        "late_hours": rules.late_hours,
        "late_hours_by_kind": rules.late_hours_by_kind,
    }


def content() -> Content:
    """The words and rules of the house that this server was started with."""
    found: Content = current_app.extensions["content"]
    return found


def _done(step: Callable[..., Appointment], appointment_id: UUID, version: int) -> dict[str, Any]:
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        changed = step(session, appointment_id=appointment_id, version=version, actor=actor, now=now)
        return service.show_to_staff(session, [changed], actor=actor, now=now)[0]
