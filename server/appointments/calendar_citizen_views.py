"""What a citizen's phone can call about calendars."""

from typing import Any
from uuid import UUID

from flask import Response, current_app

from server.appointments import calendar, calendar_schemas, feeds, service
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

calendars = blueprint("calendars", "citizen")


@calendars.get("/appointments/<uuid:appointment_id>.ics")
@requires(Action.READ_OWN_RECORD)
@calendars.arguments(calendar_schemas.FileSchema, location="query")
@calendars.response(200, {"type": "string"}, content_type=calendar.MEDIA_TYPE)
@calendars.alt_response(404, schema=ProblemSchema)
def read_file(wanted: dict[str, Any], appointment_id: UUID) -> Response:
    """One of my appointments as a file for my calendar, under a title that could be anybody's."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        own = service.get_appointment(session, appointment_id=appointment_id, actor=actor, now=now)
        made = feeds.make_single(session, appointment=own, with_place="show" in wanted)
    answer = Response(made, content_type=calendar.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{calendar.FILE_NAME}"'
    return answer


@calendars.get("/calendar-feed")
@requires(Action.CHANGE_OWN_CALENDAR)
@calendars.response(200, calendar_schemas.FeedSchema)
def read_feed() -> dict[str, Any]:
    """Whether my appointments can be followed from a calendar."""
    with transaction() as session:
        found = feeds.find_own(session, actor=current_actor(), now=clock.now())
    return {"active": found is not None, "created_at": found.created_at if found else None}


@calendars.post("/calendar-feed")
@requires(Action.CHANGE_OWN_CALENDAR)
@calendars.response(201, calendar_schemas.NewFeedSchema)
@calendars.alt_response(409, schema=ProblemSchema)
def make_feed() -> dict[str, Any]:
    """Make a secret address for my calendar; an earlier one ends."""
    now = clock.now()
    with transaction() as session:
        token = feeds.open_feed(session, actor=current_actor(), now=now)
    address = feeds.address(current_app.config["PUBLIC_URL"], token)
    return {"active": True, "created_at": now, "address": address}


@calendars.delete("/calendar-feed")
@requires(Action.CHANGE_OWN_CALENDAR)
@calendars.response(204)
def end_feed() -> None:
    """End my address; a calendar that follows it gets nothing more."""
    with transaction() as session:
        feeds.end_feed(session, actor=current_actor(), now=clock.now())
