"""What the console shows in the demo besides people: the figure of the drug team, and two who just came."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from server.accounts import posts
from server.accounts import service as accounts
from server.core.access import Actor, ActorKind, Role

TEAM, FIGURE = "rusmiddelcenter", 25
#: By number, how many days ago these citizens first came; no talk has been held with them yet.
NEWCOMERS: Mapping[int, int] = {36: 12, 37: 5}


def set_figure(session: Session, unit: accounts.Unit, *, now: datetime) -> None:
    """Give the drug team its figure for a full post, when it is opened."""
    if unit.slug != TEAM:
        return
    house = Actor(kind=ActorKind.STAFF, roles=frozenset({Role.MANAGER}), unit_id=unit.id)
    posts.set_caseload_figure(session, figure=FIGURE, actor=house, now=now)
