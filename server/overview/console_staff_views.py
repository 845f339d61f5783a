"""What staff can call to see what there is to do today, and how a person has come along."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from server.citizens import own_people
from server.core import clock, limits
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.overview import ahead, call_wishes, closer, timeline, today
from server.overview import console_schemas as schemas

console = blueprint("console", "staff")

SEARCHES, SEARCH_WINDOW = 120, timedelta(minutes=10)


@console.get("/today")
@requires(Action.READ_TODAY)
@console.response(200, schemas.TodaySchema)
def read_today() -> dict[str, Any]:
    """What I have to see to today, the most urgent first; for a manager also whom nobody answers for."""
    with transaction() as session:
        return {"items": today.read_today(session, actor=current_actor(), now=clock.now())}


@console.get("/closer-contacts")
@requires(Action.READ_TASKS)
@console.response(200, schemas.CloserListSchema)
def list_closer() -> dict[str, Any]:
    """Whom I am to call because it became hard; for a manager also whom nobody at work answers for."""
    with transaction() as session:
        return {"items": closer.list_closer(session, actor=current_actor(), now=clock.now())}


@console.get("/call-wishes")
@requires(Action.READ_TASKS)
@console.response(200, schemas.CallWishListSchema)
def list_call_wishes() -> dict[str, Any]:
    """Whom I am to call because they asked for it; for a manager also whom nobody at work answers for."""
    with transaction() as session:
        return {"items": call_wishes.list_wishes(session, actor=current_actor(), now=clock.now())}


@console.get("/citizens/<uuid:citizen_id>/timeline")
@requires(Action.READ_TIMELINE)
@console.arguments(schemas.LineQuerySchema, location="query")
@console.response(200, schemas.TimelineSchema)
@console.alt_response(404, schema=ProblemSchema)
def read_timeline(query: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """What has happened with somebody I work with, newest first, as far as I may see it."""
    with transaction() as session:
        return timeline.read_timeline(
            session, citizen_id=citizen_id, **query, actor=current_actor(), now=clock.now()
        )


@console.get("/goals/<uuid:goal_id>/line")
@requires(Action.READ_TIMELINE)
@console.arguments(schemas.LineQuerySchema, location="query")
@console.response(200, schemas.TimelineSchema)
@console.alt_response(404, schema=ProblemSchema)
def read_goal_line(query: dict[str, Any], goal_id: UUID) -> dict[str, Any]:
    """What belongs to one goal in time order: its history, appointments, and check-ins that are shared."""
    with transaction() as session:
        return timeline.read_goal_line(
            session, goal_id=goal_id, **query, actor=current_actor(), now=clock.now()
        )


@console.get("/citizens/<uuid:citizen_id>/ahead")
@requires(Action.READ_TIMELINE)
@console.response(200, schemas.AheadSchema)
@console.alt_response(404, schema=ProblemSchema)
def read_ahead(citizen_id: UUID) -> dict[str, Any]:
    """What comes next for somebody I work with."""
    with transaction() as session:
        return ahead.read_ahead(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


@console.post("/citizens/find")
@requires(Action.FIND_OWN_CITIZEN)
@console.arguments(schemas.FindSchema)
@console.response(200, schemas.FoundPeopleSchema)
@console.alt_response(429, schema=ProblemSchema)
def find(body: dict[str, str]) -> dict[str, Any]:
    """Find somebody among the people I work with; what I type stands in no address and on no trail."""
    actor, now = current_actor(), clock.now()
    limits.hit(key=f"find:{actor.staff_id}", limit=SEARCHES, window=SEARCH_WINDOW, now=now)
    with transaction() as session:
        return {"items": own_people.find(session, words=body["q"], actor=actor, now=now)}
