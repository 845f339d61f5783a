"""What counsellors can do with series of appointments."""

from typing import Any
from uuid import UUID

from server.appointments import schemas, service
from server.appointments.models import Cancellation
from server.appointments.series import Plan
from server.appointments.staff_views import content
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

series = blueprint("series", "staff")


@series.post("/citizens/<uuid:citizen_id>/series")
@requires(Action.EDIT_APPOINTMENTS)
@series.arguments(schemas.NewSeriesSchema)
@series.response(201, schemas.SeriesSchema)
@series.alt_response(404, schema=ProblemSchema)
@series.alt_response(409, schema=ProblemSchema)
def book_series(body: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """Book the same appointment every week or every other; all of them or none."""
    actor, now = current_actor(), clock.now()
    plan = Plan(**{name: body.pop(name) for name in ("starts_at", "rule", "count", "skip")})
    series_id = body.pop("id", None)
    with transaction() as session:
        booked = service.book_series(
            session, citizen_id=citizen_id, plan=plan, series_id=series_id, **body, actor=actor, now=now
        )
        shown = service.show_to_staff(session, booked, actor=actor, now=now)
    return {"series_id": booked[0].series_id, "items": shown}


@series.post("/series/<uuid:series_id>/end")
@requires(Action.EDIT_APPOINTMENTS)
@series.arguments(schemas.EndSeriesSchema)
@series.response(200, schemas.SeriesSchema)
@series.alt_response(404, schema=ProblemSchema)
def end_series(body: dict[str, Any], series_id: UUID) -> dict[str, Any]:
    """Cancel what is still ahead of a series from a date on; the answer is what that ended."""
    actor, now = current_actor(), clock.now()
    if "cancellation" in body:
        body["cancellation"] = Cancellation(body["cancellation"])
    with transaction() as session:
        rules = service.rules_of(session, actor=actor, known=content().appointment_rules)
        ended = service.end_series(session, series_id=series_id, **body, rules=rules, actor=actor, now=now)
        return {"series_id": series_id, "items": service.show_to_staff(session, ended, actor=actor, now=now)}
