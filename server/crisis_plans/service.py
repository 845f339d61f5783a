"""What the house can do with crisis plans; the parts are in the modules beside this one."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.core.access import Actor
from server.crisis_plans.authors import hold_owner
from server.crisis_plans.desk import dismiss_refused, list_looks, list_refused, write_shared
from server.crisis_plans.editing import LINE, PLAN, apply_put, open_plan
from server.crisis_plans.opened import read_shared
from server.crisis_plans.outcomes import Outcome, Result
from server.crisis_plans.reading import (
    LineNotFound,
    Plan,
    current_lines,
    current_plans,
    is_erased,
    list_history,
    list_standing,
)
from server.crisis_plans.removal import apply_delete, apply_erase, erase_expired

__all__ = [
    "LINE",
    "LineNotFound",
    "Outcome",
    "Plan",
    "Result",
    "apply_delete",
    "apply_erase",
    "apply_put",
    "current_lines",
    "current_plans",
    "dismiss_refused",
    "erase_expired",
    "is_erased",
    "list_history",
    "list_looks",
    "list_refused",
    "list_standing",
    "read_shared",
    "set_review",
    "write_shared",
]


def set_review(
    session: Session, *, citizen_id: UUID, review_on: date | None, actor: Actor, now: datetime
) -> Plan:
    """Choose the day on which the person wants to look at the plan again, or none.

    :raises NotFound: if the actor may not know of the citizen
    :raises Forbidden: if it is somebody else's plan
    """
    owner = hold_owner(session, citizen_id=citizen_id, actor=actor, now=now)
    plan = open_plan(session, citizen_id=citizen_id, now=now)
    if plan.review_on != review_on:
        citizens.record_change(session, citizen_id=citizen_id, entity=PLAN, entity_id=citizen_id, at=now)
        plan.review_on = review_on
        session.flush()
        audit.record(
            session,
            event="plan.review-set",
            actor=actor,
            at=now,
            unit_id=owner.unit_id,
            citizen_id=citizen_id,
        )
    return Plan(id=citizen_id, review_on=review_on)
