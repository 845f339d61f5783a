"""Who may read and write a plan: its owner, and the contact person or stand-in as long as the yes stands."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.consents import service as consents
from server.core.access import Actor, ActorKind
from server.core.errors import Forbidden
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
    citizen = citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    if actor.kind == ActorKind.CITIZEN:
        return Author(AuthorKind.CITIZEN, None, citizen.unit_id, None, None)
    relation = citizens.hold_contact_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    if relation is None or not consents.allows(
        session,
        citizen_id=citizen_id,
        purpose=PURPOSE,
        item_class=consents.ItemClass.CRISIS_PLAN,
        hold=True,
    ):
        return None
    return Author(AuthorKind.STAFF, actor.staff_id, citizen.unit_id, relation.id, PURPOSE)


def hold_owner(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Author:
    """Lock the plan for its owner.

    :raises NotFound: if the actor may not know of the citizen
    :raises Forbidden: if it is somebody else
    """
    author = hold_author(session, citizen_id=citizen_id, actor=actor, now=now)
    if author is None or author.kind != AuthorKind.CITIZEN:
        raise Forbidden()
    return author
