"""What comes next for a person, and how many colleagues the person has met: the head of the person's page."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.appointments import line
from server.appointments import service as appointments
from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.goals import ahead as goals
from server.tasks import about as tasks

MET_WITHIN = timedelta(days=90)


def read_ahead(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> dict[str, Any]:
    """The next appointment, steps not ticked, goals to look at, what is to be done; the look is recorded.

    `staff_met`: with how many colleagues the person had a talk that was held, or a call that was written
    down, in the last 90 days. Messages and the crisis line do not count.

    :raises NotFound: if the actor does not work with the citizen
    """
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    seen: dict[str, Any] = {"citizen_id": citizen_id, "actor": actor, "now": now}
    under_way = goals.list_goals_ahead(session, **seen)
    span: dict[str, Any] = {"citizen_id": citizen_id, "since": now - MET_WITHIN, "until": now}
    met = line.staff_met(session, **span) | tasks.callers(session, **span)
    found = {
        "next_appointment": appointments.next_for(session, citizen_ids=[citizen_id], now=now).get(citizen_id),
        "steps": goals.list_steps_ahead(session, **seen),
        "reviews": sorted(
            (goal for goal in under_way if goal.review_on is not None),
            key=lambda goal: (goal.review_on, goal.id),
        ),
        "tasks": tasks.list_open_about(session, **seen),
        "staff_met": len(met),
    }
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    audit.record(
        session,
        event="ahead.read",
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=own.id if own else None,
    )
    return found
