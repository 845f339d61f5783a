"""Reading appointments: what staff open, what a phone holds, and what other rooms ask for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from notifications import outbox
from server.accounts import service as accounts
from server.appointments import clashes, visible, wishes
from server.appointments.models import UNSAID, Appointment, AppointmentKind, AppointmentStatus, Reply
from server.audit import service as audit
from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.core.access import Actor
from server.core.errors import Invalid, NotFound

LONGEST_SPAN = timedelta(days=100)


class AppointmentNotFound(NotFound):
    """There is no such appointment, or it belongs to somebody out of sight."""


def get_appointment(session: Session, *, appointment_id: UUID, actor: Actor, now: datetime) -> Appointment:
    """One appointment that the actor may see.

    :raises AppointmentNotFound: if there is none, or it is out of sight
    """
    found = visible.appointments(actor, now).where(Appointment.id == appointment_id)
    appointment = session.scalars(found).one_or_none()
    if appointment is None:
        raise AppointmentNotFound()
    return appointment


def read_appointment(session: Session, *, appointment_id: UUID, actor: Actor, now: datetime) -> Appointment:
    """One appointment opened by staff; the opening is recorded.

    :raises AppointmentNotFound: if there is none, or it is out of sight
    """
    appointment = get_appointment(session, appointment_id=appointment_id, actor=actor, now=now)
    record_event(session, "appointment.read", appointment, actor, now)
    return appointment


def list_own(
    session: Session,
    *,
    since: datetime,
    until: datetime,
    actor: Actor,
    now: datetime,
    with_stand_in: bool = False,
) -> Sequence[Appointment]:
    """A staff member's own appointments that start in a span of time, in order; the look is recorded.

    `with_stand_in` adds those of colleagues who are away, for the people with whom the actor works instead.

    :raises Invalid: if the span is empty or longer than a hundred days
    """
    if not timedelta() < until - since <= LONGEST_SPAN:
        raise Invalid(errors={"to": ["Must lie after `from`, at most 100 days."]})
    own = visible.to_see_to(actor, now).where(Appointment.starts_at >= since, Appointment.starts_at < until)
    if not with_stand_in:
        own = own.where(Appointment.staff_id == actor.staff_id)
    found = session.scalars(own.order_by(Appointment.starts_at, Appointment.id)).all()
    audit.record(session, event="appointments.listed", actor=actor, at=now, purpose="calendar")
    return found


def list_to_see_to(
    session: Session, *, since: datetime, until: datetime, actor: Actor, now: datetime
) -> Sequence[Appointment]:
    """What this staff member has to see to in a span of time, in order; the caller records the look.

    The actor's own and those of colleagues for whom the actor stands in; of nobody who has died.
    """
    found = _of_the_living(actor, now).where(Appointment.starts_at >= since, Appointment.starts_at < until)
    return session.scalars(found.order_by(Appointment.starts_at, Appointment.id)).all()


def list_wished(session: Session, *, actor: Actor, now: datetime) -> Sequence[Appointment]:
    """What lies ahead where the person asks for another time, in order; the caller records the look."""
    wished = _of_the_living(actor, now).where(
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.reply == Reply.TENTATIVE,
        Appointment.starts_at > now,
    )
    return session.scalars(wished.order_by(Appointment.starts_at, Appointment.id)).all()


def list_unsaid(session: Session, *, actor: Actor, now: datetime) -> Sequence[Appointment]:
    """What has begun without anybody having said what came of it, the oldest first; the look is recorded.

    The actor's own and those of colleagues for whom the actor stands in; of nobody who has died.
    """
    unsaid = _of_the_living(actor, now).where(Appointment.status.in_(UNSAID), Appointment.starts_at <= now)
    found = session.scalars(unsaid.order_by(Appointment.starts_at, Appointment.id)).all()
    audit.record(session, event="appointments.listed", actor=actor, at=now, purpose=f"unsaid: {len(found)}")
    return found


def list_for_citizen(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime
) -> Sequence[Appointment]:
    """One citizen's appointments, in order; the look is recorded.

    :raises NotFound: if the actor does not work with the citizen
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    found = visible.appointments(actor, now).where(Appointment.citizen_id == citizen_id)
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event="appointments.listed",
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=own.id if own else None,
    )
    return session.scalars(found.order_by(Appointment.starts_at, Appointment.id)).all()


def is_ahead(
    session: Session, *, appointment_id: UUID, citizen_id: UUID, actor: Actor, now: datetime
) -> bool:
    """Whether this is a booked appointment of the citizen that is still to come, as far as the actor sees."""
    found = visible.appointments(actor, now).where(
        Appointment.id == appointment_id,
        Appointment.citizen_id == citizen_id,
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.starts_at > now,
    )
    return session.scalars(found).one_or_none() is not None


def list_missed(
    session: Session, *, actor: Actor, now: datetime, unit_id: UUID | None = None
) -> Sequence[Appointment]:
    """The no-shows that the actor may see, the oldest first; the caller records the look."""
    missed = visible.appointments(actor, now).where(Appointment.status == AppointmentStatus.NOSHOW)
    if unit_id is not None:
        missed = missed.where(Appointment.unit_id == unit_id)
    return session.scalars(missed.order_by(Appointment.starts_at, Appointment.id)).all()


def next_for(session: Session, *, citizen_ids: Sequence[UUID], now: datetime) -> dict[UUID, Appointment]:
    """The next booked appointment of each of these citizens who has one."""
    ahead = (
        select(Appointment)
        .where(
            Appointment.citizen_id.in_(citizen_ids),
            Appointment.status == AppointmentStatus.BOOKED,
            Appointment.starts_at > now,
        )
        .ext(distinct_on(Appointment.citizen_id))
        .order_by(Appointment.citizen_id, Appointment.starts_at, Appointment.id)
    )
    return {appointment.citizen_id: appointment for appointment in session.scalars(ahead)}


def next_of(citizen_id: ColumnElement[UUID], now: datetime) -> Select[UUID, datetime, AppointmentKind]:
    """Id, start and kind of the next booked appointment of a citizen of an outer query, if there is one."""
    return (
        select(Appointment.id, Appointment.starts_at, Appointment.kind)
        .where(
            Appointment.citizen_id == citizen_id,
            Appointment.status == AppointmentStatus.BOOKED,
            Appointment.starts_at > now,
        )
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(1)
    )


def current_appointments(
    session: Session, *, citizen_id: UUID, appointment_ids: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    """The appointments among these ids that the citizen's own phone may hold, by id, ready to be shown."""
    own = select(Appointment).where(
        Appointment.citizen_id == citizen_id,
        Appointment.id.in_(appointment_ids),
        Appointment.status != AppointmentStatus.ENTERED_IN_ERROR,
    )
    return {shown["id"]: shown for shown in show(session, session.scalars(own).all())}


def show(session: Session, appointments: Sequence[Appointment]) -> list[dict[str, Any]]:
    """Appointments with the names and ids that a screen needs beside them; the order is kept."""
    if not appointments:
        return []
    names = accounts.staff_names(session, staff_ids={one.staff_id for one in appointments})
    units = {
        unit_id: accounts.get_unit(session, unit_id=unit_id).slug
        for unit_id in {one.unit_id for one in appointments}
    }
    occurrences = outbox.occurrence_ids(session, [one.id for one in appointments])
    return [
        {
            **{column.key: getattr(one, column.key) for column in Appointment.__mapper__.column_attrs},
            "staff_name": names.get(one.staff_id, ""),
            "unit_slug": units[one.unit_id],
            "occurrence_ids": occurrences.get(one.id, []),
            "wishes": wishes.as_read(one.wishes),
            "wish_note": one.wish_note,
        }
        for one in appointments
    ]


def show_to_staff(
    session: Session, appointments: Sequence[Appointment], *, actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """The same for staff: whose it is, what else the person has then, and whether the reminder reached
    the phone; never when. Why somebody is double booked is for the two who have to know.
    """
    standing = outbox.standing(session, [one.id for one in appointments])
    cases = citizens_visible.cases(actor, now).subquery()
    wanted = select(cases.c.id, cases.c.alias).where(cases.c.id.in_({one.citizen_id for one in appointments}))
    aliases = {row.id: row.alias for row in session.execute(wanted)}
    clashing = clashes.clashing_now(session, appointments)
    overlaps = clashes.overlaps(session, appointments, actor=actor, now=now)
    return [
        {
            **shown,
            "citizen_alias": aliases.get(one.citizen_id, ""),
            "reminder": standing.get(one.id, outbox.Standing.NONE),
            "mine": one.staff_id == actor.staff_id,
            "overlaps": overlaps.get(one.id, []),
            "reason_text": one.reason_text,
            "override": one.id in clashing,
            "override_reason": one.override_reason if _has_to_know(one, actor) else None,
        }
        for one, shown in zip(appointments, show(session, appointments), strict=True)
    ]


def _of_the_living(actor: Actor, now: datetime) -> Select[Appointment]:
    living = citizens_visible.cases(actor, now).where(citizens_visible.is_living()).subquery()
    return visible.to_see_to(actor, now).where(Appointment.citizen_id.in_(select(living.c.id)))


def _has_to_know(appointment: Appointment, actor: Actor) -> bool:
    return actor.staff_id in (appointment.staff_id, appointment.created_by)


def record_event(session: Session, event: str, appointment: Appointment, actor: Actor, now: datetime) -> None:
    """Write on the trail what was done with an appointment, and by which relation. Call it last."""
    own = citizens.find_own_relation(session, citizen_id=appointment.citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=appointment.unit_id,
        citizen_id=appointment.citizen_id,
        subject_id=appointment.id,
        relation_id=own.id if own else None,
    )
