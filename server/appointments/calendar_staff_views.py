"""What a counsellor can call about the own calendar."""

from typing import Any

from flask import current_app

from server.appointments import calendar_schemas, feeds
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import blueprint

calendars = blueprint("calendars", "staff")


@calendars.get("/calendar-feed")
@requires(Action.KEEP_OWN_CALENDAR)
@calendars.response(200, calendar_schemas.FeedSchema)
def read_feed() -> dict[str, Any]:
    """Whether my bookings can be followed from a calendar."""
    with transaction() as session:
        found = feeds.find_own(session, actor=current_actor(), now=clock.now())
    return {"active": found is not None, "created_at": found.created_at if found else None}


@calendars.post("/calendar-feed")
@requires(Action.KEEP_OWN_CALENDAR)
@calendars.response(201, calendar_schemas.NewFeedSchema)
def make_feed() -> dict[str, Any]:
    """Make a secret address for my calendar; an earlier one ends."""
    now = clock.now()
    with transaction() as session:
        token = feeds.open_feed(session, actor=current_actor(), now=now)
    address = feeds.address(current_app.config["PUBLIC_URL"], token)
    return {"active": True, "created_at": now, "address": address}


@calendars.delete("/calendar-feed")
@requires(Action.KEEP_OWN_CALENDAR)
@calendars.response(204)
def end_feed() -> None:
    """End my address; a calendar that follows it gets nothing more."""
    with transaction() as session:
        feeds.end_feed(session, actor=current_actor(), now=clock.now())
