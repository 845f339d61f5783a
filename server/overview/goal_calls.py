"""The crisis line's calls after 14 days: what the goal is called that a call is about, if still shared."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.core.access import Actor
from server.crisis_line import due_goals
from server.goals import crisis_line as shared_goals


class CallGoal(NamedTuple):
    """What a call is about; no title where the person does not share it any more."""

    follow_up_id: UUID
    title: str | None


def list_goals(session: Session, *, actor: Actor, now: datetime) -> list[CallGoal]:
    """For each of the actor's own calls that are due and about a goal, its title; each look is recorded."""
    return [
        CallGoal(due.follow_up_id, _title(session, due, actor, now))
        for due in due_goals.list_due_goals(session, actor=actor, now=now)
    ]


def _title(session: Session, due: due_goals.DueGoal, actor: Actor, now: datetime) -> str | None:
    if due.citizen_id is None:
        return None
    return shared_goals.find_title(
        session, citizen_id=due.citizen_id, goal_id=due.goal_id, actor=actor, now=now
    )
