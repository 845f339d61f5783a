"""What counsellors can do with appointments."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from server.appointments import schemas, service
from server.appointments.models import Cancellation
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned

appointments = blueprint("appointments", "staff")

A_WEEK = timedelta(days=7)


@appointments.get("/appointments")
@requires(Action.READ_APPOINTMENTS)
@appointments.arguments(schemas.SpanSchema, location="query")
@appointments.response(200, schemas.AppointmentListSchema)
def list_own(span: dict[str, datetime]) -> dict[str, Any]:
    """My own appointments in a span of time."""
    actor, now = current_actor(), clock.now()
    since = span.get("since") or clock.from_wall(datetime.combine(clock.to_wall(now).date(), time.min))
    until = span.get("until") or since + A_WEEK
    with transaction() as session:
        found = service.list_own(session, since=since, until=until, actor=actor, now=now)
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
    with transaction() as session:
        cancelled = service.cancel(
            session,
            appointment_id=appointment_id,
            version=version,
            cancellation=Cancellation(body["cancellation"]),
            actor=actor,
            now=now,
        )
        return service.show_to_staff(session, [cancelled], actor=actor, now=now)[0]
