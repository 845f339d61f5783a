"""Which colleagues, invitations and units an actor may see: those of the own unit."""

from uuid import UUID

from sqlalchemy import Select, false, select

from server.accounts.models import StaffInvitation, StaffMember, Unit
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
