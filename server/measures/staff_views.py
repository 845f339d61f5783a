"""What counsellors see and begin of questionnaires, and which rules a manager turns on."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.measures import plans, reading, rules, schemas

measures = blueprint("measures", "staff")


@measures.get("/citizens/<uuid:citizen_id>/measures")
@requires(Action.READ_MEASURES)
@measures.response(200, schemas.MeasuresSchema)
@measures.alt_response(404, schema=ProblemSchema)
def read_measures(citizen_id: UUID) -> dict[str, Any]:
    """What a citizen is asked, and which answers the citizen shares with me."""
    with transaction() as session:
        found = reading.read(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
    return found._asdict()


@measures.post("/citizens/<uuid:citizen_id>/measures")
@requires(Action.EDIT_MEASURES)
@measures.arguments(schemas.NewMeasurePlanSchema)
@measures.response(201, schemas.MeasurePlanSchema)
@measures.alt_response(404, schema=ProblemSchema)
@measures.alt_response(409, schema=ProblemSchema)
def begin_plan(body: dict[str, Any], citizen_id: UUID) -> reading.ShownPlan:
    """Ask a citizen one questionnaire from a day on."""
    now = clock.now()
    with transaction() as session:
        plan = plans.begin(session, citizen_id=citizen_id, **body, actor=current_actor(), now=now)
        return reading.show_plan(plan, [], clock.to_wall(now).date())


@measures.patch("/measure-plans/<uuid:plan_id>")
@requires(Action.EDIT_MEASURES)
@versioned
@measures.arguments(schemas.MeasurePlanChangeSchema)
@measures.response(200, schemas.MeasurePlanSchema)
@measures.alt_response(404, schema=ProblemSchema)
@measures.alt_response(409, schema=ProblemSchema)
def change_plan(body: dict[str, Any], plan_id: UUID, version: int) -> reading.ShownPlan:
    """Set the end of a plan, or ask no more."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        plan = plans.change(
            session,
            plan_id=plan_id,
            version=version,
            end_on=body.get("end_on"),
            stop="status" in body,
            actor=actor,
            now=now,
        )
        shared = reading.list_shared(session, citizen_id=plan.citizen_id, actor=actor, now=now)
        return reading.show_plan(plan, shared, clock.to_wall(now).date())


@measures.get("/measure-rules")
@requires(Action.EDIT_MEASURE_RULES)
@measures.response(200, schemas.MeasureRulesSchema)
def list_rules() -> dict[str, Any]:
    """Which low scores make my unit ask about a call, and which did before."""
    with transaction() as session:
        return {"items": rules.list_rules(session, actor=current_actor())}


@measures.put("/measure-rules")
@requires(Action.EDIT_MEASURE_RULES)
@measures.arguments(schemas.SetRuleSchema)
@measures.response(200, schemas.MeasureRulesSchema)
@measures.alt_response(409, schema=ProblemSchema)
def set_rule(body: dict[str, Any]) -> dict[str, Any]:
    """Turn one of my unit's rules on with its figure, or off."""
    with transaction() as session:
        return {"items": rules.set_rule(session, **body, actor=current_actor(), now=clock.now())}
