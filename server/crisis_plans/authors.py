"""Who may read and write a plan: its owner, and the contact person or stand-in as long as the yes stands."""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.consents import service as consents
from server.consents import visible as consents_visible
from server.core import prepared
from server.core.access import Actor, ActorKind, Role
from server.core.errors import Forbidden, NotFound
from server.core.questions import Question
from server.crisis_plans.models import AuthorKind

PURPOSE = consents.Purpose.CONTACT_PERSON


class Author(NamedTuple):
    """Somebody who may write, and on what ground; held until the commit."""

    kind: AuthorKind
    staff_id: UUID | None
    unit_id: UUID
    relation_id: UUID | None
    purpose: str | None


def hold_author(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Author | None:
    """Lock the plan and say as whom the actor may use it; None if the person has not said yes to that.

    The citizen's sequence is locked first, then the relation and the choice FOR SHARE, so that neither can
    end before the caller's commit.

    :raises NotFound: if the actor may not know of the citizen
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    asked = {**prepared.values_of(actor, now), "citizen_id": citizen_id}
    found = _ground(actor.kind, actor.roles).first(session, asked)
    if found is None:
        raise NotFound()
    if actor.kind == ActorKind.CITIZEN:
        return Author(AuthorKind.CITIZEN, None, found.unit_id, None, None)
    if found.relation_id is None or found.choice_id is None:
        return None
    return Author(AuthorKind.STAFF, actor.staff_id, found.unit_id, found.relation_id, PURPOSE)


@lru_cache(maxsize=64)
def _ground(kind: ActorKind, roles: frozenset[Role]) -> Question:
    return Question(ground(kind, roles))


def ground(kind: ActorKind, roles: frozenset[Role]) -> Select[Any]:
    """The person's unit, and for staff the relation and the yes that let them in, held as they are read.

    Lock the citizen's sequence first. Takes `citizen_id` and the values of `prepared.values_of`.
    """
    citizen_id, actor = prepared.an_id("citizen_id"), prepared.nameless(kind, roles)
    unit = citizens_visible.case_unit(citizen_id, actor, prepared.NOW).subquery("unit")
    if kind == ActorKind.CITIZEN:
        return select(unit.c.unit_id)
    relation = citizens.held_contact_relation(citizen_id=citizen_id, actor=actor, now=prepared.NOW)
    choice = consents_visible.held_yes(citizen_id, PURPOSE, consents.ItemClass.CRISIS_PLAN)
    return select(
        unit.c.unit_id,
        relation.limit(1).scalar_subquery().label("relation_id"),
        choice.scalar_subquery().label("choice_id"),
    )


def hold_owner(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Author:
    """Lock the plan for its owner.

    :raises NotFound: if the actor may not know of the citizen
    :raises Forbidden: if it is somebody else
    """
    author = hold_author(session, citizen_id=citizen_id, actor=actor, now=now)
    if author is None or author.kind != AuthorKind.CITIZEN:
        raise Forbidden()
    return author
