"""What counsellors can do with the steps and the history of a goal."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import current_app

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.goals import schemas, service
from server.library.service import Content

way = blueprint("goals-way", "staff")


@way.post("/goals/<uuid:goal_id>/steps")
@requires(Action.EDIT_GOALS)
@way.arguments(schemas.NewStepSchema)
@way.response(201, schemas.GoalStepSchema)
@way.alt_response(404, schema=ProblemSchema)
@way.alt_response(409, schema=ProblemSchema)
def add_step(body: dict[str, Any], goal_id: UUID) -> service.GoalStep:
    """Write down a step towards a goal."""
    with transaction() as session:
        return service.add_step(
            session,
            goal_id=goal_id,
            step_id=body["id"],
            text=body["text"],
            actor=current_actor(),
            now=clock.now(),
        )


@way.patch("/goal-steps/<uuid:step_id>")
@requires(Action.EDIT_GOALS)
@way.arguments(schemas.StepChangeSchema)
@way.response(200, schemas.GoalStepSchema)
@way.alt_response(404, schema=ProblemSchema)
def tick_step(body: dict[str, Any], step_id: UUID) -> service.GoalStep:
    """Say whether a step is done."""
    with transaction() as session:
        return service.tick_step(session, step_id=step_id, **body, actor=current_actor(), now=clock.now())


@way.delete("/goal-steps/<uuid:step_id>")
@requires(Action.EDIT_GOALS)
@way.response(204)
@way.alt_response(403, schema=ProblemSchema)
@way.alt_response(404, schema=ProblemSchema)
def withdraw_step(step_id: UUID) -> None:
    """Take back a step that a counsellor wrote."""
    with transaction() as session:
        service.withdraw_step(session, step_id=step_id, actor=current_actor(), now=clock.now())


@way.post("/goals/<uuid:goal_id>/events")
@requires(Action.EDIT_GOALS)
@way.arguments(schemas.NewEventSchema)
@way.response(201, schemas.GoalEventSchema)
@way.alt_response(404, schema=ProblemSchema)
@way.alt_response(409, schema=ProblemSchema)
def tell(body: dict[str, Any], goal_id: UUID) -> service.Happened:
    """Write down how it goes with a goal."""
    actor, now = current_actor(), clock.now()
    event_id, days = body.pop("id"), body.pop("closer_days", None)
    with transaction() as session:
        event = service.tell(
            session,
            goal_id=goal_id,
            event_id=event_id,
            entry=service.entry_of(body),
            closer=service.Closer(days) if days else service.Closer(),
            holidays=_holidays(),
            actor=actor,
            now=now,
        )
        return service.show_event(session, event)


def _holidays() -> set[date]:
    content = cast(Content, current_app.extensions["content"])
    return {holiday.on for holiday in content.holidays}
