"""Which appointments somebody may see."""

from datetime import datetime

from sqlalchemy import Select, select

from server.appointments.models import Appointment, AppointmentStatus
from server.citizens import visible as citizens
from server.core.access import Actor, ActorKind


def appointments(actor: Actor, now: datetime) -> Select[Appointment]:
    """The appointments of every citizen this actor may see; for staff, their own unit's only."""
    found = select(Appointment).where(
        Appointment.citizen_id.in_(citizens.citizen_ids(actor, now)),
        Appointment.status != AppointmentStatus.ENTERED_IN_ERROR,
    )
    return found if actor.kind == ActorKind.CITIZEN else found.where(Appointment.unit_id == actor.unit_id)
