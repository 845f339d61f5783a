"""What of the desk's own work somebody may see: the crisis line's staff that of their own unit."""

from typing import TypeVar

from sqlalchemy import Select, false, select

from server.core.access import Actor, ActorKind, Role
from server.crisis_line.models_desk import FollowUp, NightPlace, NightSupport, Shift

_Work = TypeVar("_Work", Shift, NightPlace, NightSupport, FollowUp)


def shifts(actor: Actor) -> Select[Shift]:
    """The shifts of the own unit."""
    return _own(Shift, actor)


def night_places(actor: Actor) -> Select[NightPlace]:
    """The places for the night that are taken in the own unit."""
    return _own(NightPlace, actor).where(NightPlace.freed_at.is_(None))


def night_support(actor: Actor) -> Select[NightSupport]:
    """Who was asked about night support by the own unit."""
    return _own(NightSupport, actor)


def follow_ups(actor: Actor) -> Select[FollowUp]:
    """The follow-ups of the own unit."""
    return _own(FollowUp, actor)


def _own(kind: type[_Work], actor: Actor) -> Select[_Work]:
    if actor.kind != ActorKind.STAFF or Role.CRISIS_LINE not in actor.roles:
        return select(kind).where(false())
    return select(kind).where(kind.unit_id == actor.unit_id)
