"""Which colleagues, invitations and units an actor may see: those of the own unit."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select

from server.accounts.models import DeviceSession, StaffInvitation, StaffMember, Unit
from server.core.access import Actor, ActorKind


def colleagues(actor: Actor) -> Select[StaffMember]:
    """Staff of the actor's own unit."""
    query = select(StaffMember)
    if actor.kind is not ActorKind.STAFF:
        return query.where(false())
    return query.where(StaffMember.unit_id == actor.unit_id)


def at_work() -> Select[UUID]:
    """The ids of everybody who still works here, for rooms that ask who can do something."""
    return select(StaffMember.id).where(StaffMember.deactivated_at.is_(None))


def invitations(actor: Actor) -> Select[StaffInvitation]:
    """Invitations to the actor's own unit."""
    query = select(StaffInvitation)
    if actor.kind is not ActorKind.STAFF:
        return query.where(false())
    return query.where(StaffInvitation.unit_id == actor.unit_id)


def units(actor: Actor) -> Select[Unit]:
    """The actor's own unit."""
    return select(Unit).where(Unit.id == actor.unit_id)


def names() -> Select[UUID, str]:
    """Everybody's id and name, for showing beside something that may be seen who somebody is."""
    return select(StaffMember.id, StaffMember.name)


def slugs() -> Select[UUID, str]:
    """Every centre's id and slug, for looking up beside something that may be seen what holds there."""
    return select(Unit.id, Unit.slug)


def is_paired(citizen_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Whether a citizen of an outer query has at least one open device."""
    opened = select(DeviceSession.id).where(
        DeviceSession.citizen_id == citizen_id, DeviceSession.ended_at.is_(None)
    )
    return opened.exists()
