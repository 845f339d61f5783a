"""Refused edits: what was written is kept and shown to its author, until the author lets it go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from server.citizens import changes
from server.citizens.models import ChangeOp, RejectedEdit
from server.core.access import Actor, ActorKind
from server.core.errors import NotFound
from server.core.ids import new_id

ENTITY = "rejected_edit"


class RejectedEditNotFound(NotFound):
    """There is no such refused edit of this author."""


def keep(
    session: Session,
    *,
    citizen_id: UUID,
    entity: str,
    entity_id: UUID,
    content: str,
    reason: str,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Keep what could not be saved: a citizen's own goes to all the person's phones, staff's to nobody."""
    row = RejectedEdit(
        id=new_id(),
        citizen_id=citizen_id,
        author_kind=str(actor.kind),
        author_staff_id=actor.staff_id,
        entity=entity[:64],
        entity_id=entity_id,
        reason=reason,
        created_at=now,
    )
    row.content = content
    if actor.kind == ActorKind.CITIZEN:
        changes.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=row.id, at=now)
    session.add(row)
    session.flush()
    return row.id


def blank(session: Session, *, citizen_id: UUID, entity: str, entity_id: UUID, now: datetime) -> None:
    """Empty every refused edit of a thing whose owner erased it for good; phones forget them."""
    about = (
        select(RejectedEdit)
        .where(
            RejectedEdit.citizen_id == citizen_id,
            RejectedEdit.entity == entity,
            RejectedEdit.entity_id == entity_id,
            RejectedEdit.content_sealed.is_not(None),
        )
        .order_by(RejectedEdit.id)
    )
    for row in session.scalars(about).all():
        _let_go(session, row, now)


def dismiss(session: Session, *, edit_id: UUID, actor: Actor, now: datetime) -> None:
    """Let a refused edit go: its author has the words, or no longer wants them.

    :raises RejectedEditNotFound: if it is not the actor's own
    """
    row = session.scalars(_own(actor).where(RejectedEdit.id == edit_id)).one_or_none()
    if row is None:
        raise RejectedEditNotFound()
    if row.dismissed_at is None:
        _let_go(session, row, now)


def current(session: Session, *, citizen_id: UUID, edit_ids: Sequence[UUID]) -> dict[UUID, RejectedEdit]:
    """The refused edits among these ids that the citizen's own phones show, by id."""
    own = select(RejectedEdit).where(
        RejectedEdit.citizen_id == citizen_id,
        RejectedEdit.author_kind == ActorKind.CITIZEN.value,
        RejectedEdit.id.in_(edit_ids),
        RejectedEdit.dismissed_at.is_(None),
    )
    return {row.id: row for row in session.scalars(own)}


def list_own(session: Session, *, citizen_id: UUID, actor: Actor) -> Sequence[RejectedEdit]:
    """What the actor wrote about a citizen and could not save, oldest first."""
    own = _own(actor).where(RejectedEdit.citizen_id == citizen_id, RejectedEdit.dismissed_at.is_(None))
    return session.scalars(own.order_by(RejectedEdit.created_at, RejectedEdit.id)).all()


def _own(actor: Actor) -> Select[RejectedEdit]:
    of_kind = select(RejectedEdit).where(RejectedEdit.author_kind == str(actor.kind))
    if actor.kind == ActorKind.CITIZEN:
        return of_kind.where(RejectedEdit.citizen_id == actor.citizen_id)
    return of_kind.where(RejectedEdit.author_staff_id == actor.staff_id)


def _let_go(session: Session, row: RejectedEdit, now: datetime) -> None:
    if row.author_kind == ActorKind.CITIZEN:
        changes.record_change(
            session,
            citizen_id=row.citizen_id,
            entity=ENTITY,
            entity_id=row.id,
            at=now,
            op=ChangeOp.FORGET,
        )
    session.execute(
        update(RejectedEdit)
        .where(RejectedEdit.id == row.id)
        .values(content_sealed=None, dismissed_at=now)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row)
