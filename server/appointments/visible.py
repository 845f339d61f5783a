"""Which appointments somebody may see."""

from datetime import datetime

from sqlalchemy import Select, and_, or_, select, tuple_

from server.accounts import visible as accounts
from server.appointments.models import Appointment, AppointmentStatus
from server.citizens import answering
from server.citizens import visible as citizens
from server.core.access import Actor, ActorKind


def appointments(actor: Actor, now: datetime) -> Select[Appointment]:
    """The appointments of every citizen this actor may see; for staff, their own unit's only."""
    found = select(Appointment).where(
        Appointment.citizen_id.in_(citizens.citizen_ids(actor, now)),
        Appointment.status != AppointmentStatus.ENTERED_IN_ERROR,
    )
    return found if actor.kind == ActorKind.CITIZEN else found.where(Appointment.unit_id == actor.unit_id)


def to_see_to(actor: Actor, now: datetime) -> Select[Appointment]:
    """The appointments that this staff member has to see to: the own, and those of who cannot.

    That is a colleague for whom the actor stands in, and one whose access is closed, for the people whom
    the actor answers for. Appointments with others who work with the same people are theirs.
    """
    stood_in = tuple_(Appointment.citizen_id, Appointment.staff_id).in_(answering.stood_in(actor, now))
    left_behind = and_(
        Appointment.staff_id.not_in(accounts.at_work()),
        Appointment.citizen_id.in_(answering.answered_ids(actor, now)),
    )
    return appointments(actor, now).where(or_(Appointment.staff_id == actor.staff_id, stood_in, left_behind))
