"""What staff can call to find and open a citizen, to see who has to be called, and to read the figures."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from server.citizens.channels import ChannelKind
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import glance, transaction
from server.core.dumping import Written
from server.core.http import ProblemSchema, blueprint, versioned
from server.overview import calling, caseload, goal_calls, missed, rates, schemas, service, unreached
from server.tasks.schemas import OutcomeSchema, TaskSchema
from server.tasks.service import Task

overview = blueprint("overview", "staff")


@overview.get("/citizens")
@requires(Action.READ_CASELOAD)
@overview.arguments(schemas.PageQuerySchema, location="query")
@overview.response(200, schemas.CaseloadSchema)
def list_caseload(query: dict[str, Any]) -> Written:
    """My caseload, stand-in work included; for a manager the whole unit."""
    with glance() as session:
        return caseload.list_caseload(session, **query, actor=current_actor(), now=clock.now())


@overview.get("/citizens/<uuid:citizen_id>")
@requires(Action.READ_CITIZEN)
@overview.response(200, schemas.PersonSchema)
@overview.alt_response(404, schema=ProblemSchema)
def read_person(citizen_id: UUID) -> dict[str, Any]:
    """One citizen's page."""
    with transaction() as session:
        return service.read_person(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


@overview.get("/missed-talks")
@requires(Action.READ_TASKS)
@overview.response(200, schemas.MissedListSchema)
def list_missed() -> dict[str, Any]:
    """Whom I am to call about a missed talk; for a manager also whom nobody at work answers for."""
    with transaction() as session:
        rows = missed.list_missed(session, carried=_carried(), actor=current_actor(), now=clock.now())
        return {"items": rows}


@overview.get("/unreached-reminders")
@requires(Action.READ_TASKS)
@overview.response(200, schemas.UnreachedListSchema)
def list_unreached() -> dict[str, Any]:
    """Whom I am to call because no reminder reached them; for a manager also whom nobody answers for."""
    with transaction() as session:
        return {"items": unreached.list_unreached(session, actor=current_actor(), now=clock.now())}


@overview.post("/tasks/<uuid:task_id>/outcome")
@requires(Action.EDIT_TASKS)
@versioned
@overview.arguments(OutcomeSchema)
@overview.response(200, TaskSchema)
@overview.alt_response(404, schema=ProblemSchema)
@overview.alt_response(409, schema=ProblemSchema)
def record_outcome(body: dict[str, Any], task_id: UUID, version: int) -> Task:
    """Say what came of a call."""
    with transaction() as session:
        return calling.record_outcome(
            session, task_id=task_id, version=version, **body, actor=current_actor(), now=clock.now()
        )


@overview.post("/missed-talks/<uuid:task_id>/message")
@requires(Action.SEND_MISSED_YOU)
@versioned
@overview.response(200, schemas.MissedRowSchema)
@overview.alt_response(404, schema=ProblemSchema)
@overview.alt_response(409, schema=ProblemSchema)
def send_message(task_id: UUID, version: int) -> dict[str, Any]:
    """Send the person one neutral notice about the missed talk."""
    with transaction() as session:
        return missed.send_message(
            session,
            task_id=task_id,
            version=version,
            carried=_carried(),
            actor=current_actor(),
            now=clock.now(),
        )


@overview.get("/desk/follow-ups/goals")
@requires(Action.READ_CRISIS_DESK)
@overview.response(200, schemas.CallGoalListSchema)
def list_call_goals() -> dict[str, Any]:
    """What the goals are called that my calls after 14 days are about, as far as they are still shared."""
    with transaction() as session:
        return {"items": goal_calls.list_goals(session, actor=current_actor(), now=clock.now())}


@overview.get("/rates")
@requires(Action.READ_RATES)
@overview.arguments(schemas.MonthsQuerySchema, location="query")
@overview.response(200, schemas.RatesSchema)
def read_rates(months: dict[str, date]) -> dict[str, Any]:
    """My unit's no-shows and days to the first talk; never by colleague."""
    with transaction() as session:
        return rates.read_rates(session, **months, actor=current_actor(), now=clock.now())


def _carried() -> list[ChannelKind]:
    """The ways besides the app that are set up here."""
    return [kind for kind, sender in current_app.config["OTHER_SENDERS"].items() if sender]
