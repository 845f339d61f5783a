"""Which goals the desk's calls after 14 days are about; what a goal is called the goals' room says."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import Session

from server.citizens import finding
from server.core import clock
from server.core.access import Actor
from server.crisis_line import visible, visible_desk
from server.crisis_line.models import Contact
from server.crisis_line.models_desk import FollowUp, FollowUpKind, FollowUpStatus


class DueGoal(NamedTuple):
    """Which goal a call is about; no citizen where the person cannot be found any more."""

    follow_up_id: UUID
    citizen_id: UUID | None
    goal_id: UUID


def list_due_goals(session: Session, *, actor: Actor, now: datetime) -> list[DueGoal]:
    """The goals that the actor's own calls after 14 days are about, from their day until they are made."""
    mine = visible_desk.follow_ups(actor).where(
        FollowUp.status == FollowUpStatus.REQUESTED,
        FollowUp.kind == FollowUpKind.AFTER_14_DAYS,
        FollowUp.due_on <= clock.to_wall(now).date(),
        or_(FollowUp.owner_id == actor.staff_id, FollowUp.stand_in_id == actor.staff_id),
    )
    contact_of = {row.contact_id: row.id for row in session.scalars(mine)}
    about = visible.contacts(actor).where(
        Contact.id.in_(contact_of), Contact.goal_id.is_not(None), Contact.found_by.is_not(None)
    )
    rows = session.execute(about.with_only_columns(Contact.id, Contact.citizen_id, Contact.goal_id)).all()
    here = {one.id for one in finding.by_ids(session, citizen_ids={row.citizen_id for row in rows})}
    return [
        DueGoal(contact_of[row.id], row.citizen_id if row.citizen_id in here else None, row.goal_id)
        for row in rows
    ]
