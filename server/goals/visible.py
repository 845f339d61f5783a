"""Which goals somebody may see."""

from datetime import datetime

from sqlalchemy import Select, select

from server.citizens import visible as citizens
from server.core.access import Actor
from server.goals.models import Goal, GoalStatus


def goals(actor: Actor, now: datetime) -> Select[Goal]:
    """The goals of every citizen this actor may see, without those entered in error."""
    return select(Goal).where(
        Goal.citizen_id.in_(citizens.citizen_ids(actor, now)), Goal.status != GoalStatus.ENTERED_IN_ERROR
    )
