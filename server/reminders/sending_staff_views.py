"""What staff can call to see whether reminders get through: a trial together, and the managers' page."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from server.core import clock, limits
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.reminders import send_health, sending_schemas, trial
from server.reminders.send_health import Report, host

sending = blueprint("sending", "staff")

TRIALS_AN_HOUR = 6


@sending.post("/citizens/<uuid:citizen_id>/test-reminder")
@requires(Action.TRY_REMINDERS)
@sending.response(202, sending_schemas.TogetherSchema)
@sending.alt_response(404, schema=ProblemSchema)
@sending.alt_response(409, schema=ProblemSchema)
@sending.alt_response(429, schema=ProblemSchema)
def send_together(citizen_id: UUID) -> dict[str, int]:
    """Send en prøve: a neutral notice to the person's phones, while one sits together."""
    actor, now = current_actor(), clock.now()
    key = f"test-together:{actor.staff_id}:{citizen_id}"
    limits.hit(key=key, limit=TRIALS_AN_HOUR, window=timedelta(hours=1), now=now)
    with transaction() as session:
        return {"phones": trial.send_together(session, citizen_id=citizen_id, actor=actor, now=now)}


@sending.get("/citizens/<uuid:citizen_id>/test-reminder")
@requires(Action.TRY_REMINDERS)
@sending.response(200, sending_schemas.ReachedSchema)
@sending.alt_response(404, schema=ProblemSchema)
def read_together(citizen_id: UUID) -> dict[str, str]:
    """Whether the last trial reached a phone."""
    with transaction() as session:
        found = trial.reached(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
    return {"reached": found.value}


@sending.get("/send-health")
@requires(Action.READ_SEND_HEALTH)
@sending.response(200, sending_schemas.SendHealthSchema)
def read_send_health() -> dict[str, Any]:
    """Whether reminders go out as they should; counts only."""
    with transaction() as session:
        return _shaped(send_health.report(session, actor=current_actor(), now=clock.now()))


def _shaped(found: Report) -> dict[str, Any]:
    return {
        "at": found.at,
        "working": found.working,
        "overdue": found.overdue,
        "books": found.books and asdict(found.books) | {"difference": found.books.difference},
        "services": [asdict(one) | {"service": host(one.origin)} for one in found.services],
        "ways": [asdict(one) for one in found.ways],
        "alarms": [asdict(one) for one in found.alarms],
    }
