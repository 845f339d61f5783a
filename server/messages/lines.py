"""That a message was written, when and by whom, never what it says: for pages with other things."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.core.access import Actor
from server.messages import visible
from server.messages.models import Message, Writer


class MessageLine(NamedTuple):
    """One message without its words."""

    id: UUID
    at: datetime
    by: Writer
    staff_name: str | None


def list_lines(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime, limit: int, before: UUID | None = None
) -> list[MessageLine]:
    """A person's messages as far as the actor may read them, newest first; the caller records the look.

    `before`: only those that came before this one.
    """
    wanted = visible.messages(actor, now).where(
        Message.citizen_id == citizen_id, Message.withdrawn_at.is_(None)
    )
    if before is not None:
        wanted = wanted.where(Message.seq < visible.place_of(citizen_id, before))
    columns = wanted.with_only_columns(Message.id, Message.received_at, Message.by, Message.staff_id)
    rows = session.execute(columns.order_by(Message.seq.desc()).limit(limit)).all()
    names = accounts.staff_names(session, staff_ids={row.staff_id for row in rows if row.staff_id})
    return [MessageLine(row.id, row.received_at, Writer(row.by), names.get(row.staff_id)) for row in rows]
