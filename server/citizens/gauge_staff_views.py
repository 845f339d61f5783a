"""What staff can call about how many people each contact person has."""

from typing import Any
from uuid import UUID

from server.accounts import posts
from server.citizens import gauge, schemas
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

gauges = blueprint("gauges", "staff")


@gauges.get("/caseload-gauge")
@requires(Action.READ_CASELOAD_GAUGE)
@gauges.response(200, schemas.GaugeSchema)
def read_gauge() -> gauge.Gauge:
    """How many people I am the contact person of; for a manager each counsellor of the unit."""
    with transaction() as session:
        return gauge.read_gauge(session, actor=current_actor(), now=clock.now())


@gauges.put("/caseload-figure")
@requires(Action.SET_CASELOAD_FIGURE)
@gauges.arguments(schemas.CaseloadFigureSchema)
@gauges.response(200, schemas.GaugeSchema)
def set_figure(body: dict[str, Any]) -> gauge.Gauge:
    """Set or take away my centre's figure for a full post."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        posts.set_caseload_figure(session, figure=body["figure"], actor=actor, now=now)
        return gauge.read_gauge(session, actor=actor, now=now)


@gauges.put("/colleagues/<uuid:staff_id>/employment")
@requires(Action.SET_CASELOAD_FIGURE)
@gauges.arguments(schemas.EmploymentSchema)
@gauges.response(200, schemas.GaugeSchema)
@gauges.alt_response(404, schema=ProblemSchema)
def set_employment(body: dict[str, Any], staff_id: UUID) -> gauge.Gauge:
    """Say how large a part of a post a colleague has."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        posts.set_employment(session, staff_id=staff_id, percent=body["percent"], actor=actor, now=now)
        return gauge.read_gauge(session, actor=actor, now=now)
