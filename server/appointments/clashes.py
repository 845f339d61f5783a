"""Two things at one time: refused for a colleague, told about for a citizen.

People who come to one group sit in one sitting and do not stand in each other's way.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from server.appointments import visible
from server.appointments.models import TAKES_TIME, Appointment, AppointmentKind
from server.citizens import visible as citizens_visible
from server.core.access import Actor
from server.core.clock import to_wall
from server.core.errors import Conflict

STAFF_TIME = "ex_appointment_staff_time"


class DoubleBooked(Conflict):
    """The colleague is taken at this time; book with `override_reason` if both are meant to be."""

    code, title = "double-booked", "This colleague is already booked at that time."

    def __init__(self, times: Sequence[str] = ()) -> None:
        super().__init__(errors={"starts_at": list(times) or ["The colleague is taken at this time."]})


def find_clashes(session: Session, appointment: Appointment) -> Sequence[Appointment]:
    """What else takes up the colleague's time then, in order; the appointment need not be stored yet."""
    ends_at = appointment.starts_at + timedelta(minutes=appointment.duration_minutes)
    taken = select(Appointment).where(
        Appointment.staff_id == appointment.staff_id,
        Appointment.id != appointment.id,
        Appointment.status.in_(TAKES_TIME),
        Appointment.starts_at < ends_at,
        Appointment.ends_at > appointment.starts_at,
    )
    if appointment.kind == AppointmentKind.GROUP:
        taken = taken.where(
            or_(
                Appointment.kind != AppointmentKind.GROUP,
                Appointment.starts_at != appointment.starts_at,
                Appointment.duration_minutes != appointment.duration_minutes,
            )
        )
    return session.scalars(taken.order_by(Appointment.starts_at, Appointment.id)).all()


def clashing_now(session: Session, appointments: Sequence[Appointment]) -> set[UUID]:
    """Those of the appointments beside which the colleague is booked with something else as things stand."""
    other = aliased(Appointment)
    found = (
        select(Appointment.id)
        .join(other, other.staff_id == Appointment.staff_id)
        .where(
            Appointment.id.in_([one.id for one in appointments if one.status in TAKES_TIME]),
            other.id != Appointment.id,
            other.status.in_(TAKES_TIME),
            other.starts_at < Appointment.ends_at,
            other.ends_at > Appointment.starts_at,
            or_(
                Appointment.kind != AppointmentKind.GROUP,
                other.kind != AppointmentKind.GROUP,
                other.starts_at != Appointment.starts_at,
                other.duration_minutes != Appointment.duration_minutes,
            ),
        )
    )
    return set(session.scalars(found))


def release(session: Session, left: Appointment) -> None:
    """Let what stood beside an appointment that takes no time any more count as booked once again.

    One that somebody else is changing in this moment is left as it is: it stays marked, which only means
    that the database does not guard its time, and what is shown is looked up anyway.
    """
    beside = (
        select(Appointment)
        .where(
            Appointment.staff_id == left.staff_id,
            Appointment.id != left.id,
            Appointment.double_booked,
            Appointment.status.in_(TAKES_TIME),
            Appointment.starts_at < left.ends_at,
            Appointment.ends_at > left.starts_at,
        )
        .order_by(Appointment.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    for one in session.scalars(beside).all():
        if not find_clashes(session, one):
            _unmark(session, one)


def _unmark(session: Session, one: Appointment) -> None:
    try:
        with session.begin_nested():
            one.override_reason = None
            session.flush()
    except IntegrityError as err:
        if STAFF_TIME not in str(err.orig):
            raise
        session.refresh(one)  # its time was taken in this moment, so it stays marked


def describe(session: Session, clashes: Sequence[Appointment], *, actor: Actor, now: datetime) -> list[str]:
    """The clashing times for whose they are: with the alias where the actor may see it, never a name.

    About a colleague's day nothing is said but that the time is taken.
    """
    own = [clash for clash in clashes if clash.staff_id == actor.staff_id]
    cases = citizens_visible.cases(actor, now).subquery()
    wanted = select(cases.c.id, cases.c.alias).where(cases.c.id.in_({clash.citizen_id for clash in own}))
    aliases = {row.id: row.alias for row in session.execute(wanted)}
    return [f"{_times(clash)} {aliases.get(clash.citizen_id, '')}".strip() for clash in own]


def settle(
    session: Session, appointment: Appointment, *, override_reason: str | None, actor: Actor, now: datetime
) -> None:
    """Let a new appointment stand beside what clashes with it only for a reason, which is kept.

    :raises DoubleBooked: if something clashes and no reason is given
    """
    clashes = find_clashes(session, appointment)
    if not clashes:
        return
    if override_reason is None:
        raise DoubleBooked(describe(session, clashes, actor=actor, now=now))
    appointment.override_reason = override_reason


def overlaps(
    session: Session, appointments: Sequence[Appointment], *, actor: Actor, now: datetime
) -> dict[UUID, list[UUID]]:
    """The same citizen's other appointments at the same time, as far as the actor may see them."""
    seen = aliased(Appointment, visible.appointments(actor, now).subquery())
    found = (
        select(Appointment.id, seen.id)
        .join(seen, seen.citizen_id == Appointment.citizen_id)
        .where(
            Appointment.id.in_([one.id for one in appointments if one.status in TAKES_TIME]),
            seen.id != Appointment.id,
            seen.status.in_(TAKES_TIME),
            seen.starts_at < Appointment.ends_at,
            seen.ends_at > Appointment.starts_at,
        )
        .order_by(seen.starts_at, seen.id)
    )
    pairs: dict[UUID, list[UUID]] = {}
    for own_id, other_id in session.execute(found):
        pairs.setdefault(own_id, []).append(other_id)
    return pairs


def _times(clash: Appointment) -> str:
    starts, ends = clash.starts_local, to_wall(clash.ends_at)
    return f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}"
