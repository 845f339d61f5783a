"""What counsellors can do with the plan of the effort and its phases."""

from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.goals import care_plans, care_schemas
from server.goals.models_care import PARTS, Children

care = blueprint("care", "staff")


@care.get("/citizens/<uuid:citizen_id>/care-plan")
@requires(Action.READ_CARE_PLAN)
@care.response(200, care_schemas.CarePlanAtCentreSchema)
@care.alt_response(404, schema=ProblemSchema)
def read_care_plan(citizen_id: UUID) -> dict[str, Any]:
    """What was agreed with a citizen about the effort, and the phases so far."""
    with transaction() as session:
        found = care_plans.read(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
        return _with_offer(found, _offered(session))


@care.put("/citizens/<uuid:citizen_id>/care-plan")
@requires(Action.EDIT_CARE_PLAN)
@versioned
@care.arguments(care_schemas.CarePlanWrittenSchema)
@care.response(200, care_schemas.CarePlanAtCentreSchema)
@care.alt_response(404, schema=ProblemSchema)
def write_care_plan(body: dict[str, Any], citizen_id: UUID, version: int) -> dict[str, Any]:
    """Write the next version of a citizen's plan; the person reads it on the phone."""
    texts = {part: body.pop(part) for part in PARTS}
    body["children"] = Children(body["children"])
    with transaction() as session:
        offered = _offered(session)
        found = care_plans.write(
            session,
            citizen_id=citizen_id,
            version=version,
            texts=texts,
            **body,
            offered=offered,
            actor=current_actor(),
            now=clock.now(),
        )
        return _with_offer(found, offered)


@care.post("/citizens/<uuid:citizen_id>/phases")
@requires(Action.EDIT_CARE_PLAN)
@care.arguments(care_schemas.PhaseSetSchema)
@care.response(200, care_schemas.CarePlanAtCentreSchema)
@care.alt_response(404, schema=ProblemSchema)
def set_phase(body: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """Say which phase a citizen is in, or that none holds."""
    with transaction() as session:
        offered = _offered(session)
        found = care_plans.set_phase(
            session, citizen_id=citizen_id, **body, offered=offered, actor=current_actor(), now=clock.now()
        )
        return _with_offer(found, offered)


def _offered(session: Session) -> care_plans.Offered:
    """What the actor's own centre has; a unit that no content speaks of has nothing."""
    content, unit_id = current_app.extensions["content"], current_actor().unit_id
    slug = accounts.get_unit(session, unit_id=unit_id).slug if unit_id else ""
    methods = [service.id for centre in content.centres if centre.slug == slug for service in centre.services]
    return care_plans.Offered(methods, [phase.code for phase in content.phases.get(slug, ())])


def _with_offer(found: care_plans.Shown, offered: care_plans.Offered) -> dict[str, Any]:
    return {
        **found._asdict(),
        "offered_methods": list(offered.methods),
        "offered_phases": list(offered.phases),
    }
