"""Statements that are built once and asked again and again: building one takes longer than its answer.

A room's *visible query* is built for somebody with these roles but without a name; who it is, and when, comes
as values with each execution. A query that looks at an id instead of comparing it in the database fails at
once, because a bound parameter is neither true nor false.
"""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam

from server.core.access import Actor, ActorKind, Role

#: The instant of the request.
NOW = cast(datetime, bindparam("now", type_=DateTime(timezone=True)))


def nameless(kind: ActorKind, roles: frozenset[Role]) -> Actor:
    """Whoever comes through this door with these roles; the ids are bound by `values_of`."""
    return Actor(
        kind=kind,
        roles=roles,
        staff_id=an_id("actor_staff_id"),
        citizen_id=an_id("actor_citizen_id"),
        unit_id=an_id("actor_unit_id"),
    )


def values_of(actor: Actor, now: datetime) -> dict[str, Any]:
    """Who asks and when, for a statement that was built for a `nameless` actor."""
    return {
        "actor_staff_id": actor.staff_id,
        "actor_citizen_id": actor.citizen_id,
        "actor_unit_id": actor.unit_id,
        "now": now,
    }


def an_id(name: str) -> UUID:
    """An id that comes as a value under this name."""
    return cast(UUID, bindparam(name, type_=Uuid()))
