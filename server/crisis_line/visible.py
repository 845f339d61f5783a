"""Which contacts somebody may see: the crisis line its own unit's, a citizen the own ones that are shown."""

from uuid import UUID

from sqlalchemy import Select, false, select

from server.core.access import Actor, ActorKind, Role
from server.crisis_line.models import Contact


def contacts(actor: Actor) -> Select[Contact]:
    """The contacts of the own unit, for the crisis line's staff; what was erased is only counted."""
    if actor.kind != ActorKind.STAFF or Role.CRISIS_LINE not in actor.roles:
        return select(Contact).where(false())
    return select(Contact).where(Contact.unit_id == actor.unit_id, Contact.erased_at.is_(None))


def shown_contacts(citizen_id: UUID) -> Select[Contact]:
    """The contacts that a person wants to see in the app."""
    return select(Contact).where(Contact.citizen_id == citizen_id, Contact.shown_yes_at.is_not(None))
