"""What a calendar program can call, with nothing but the secret in the address."""

import hashlib
from datetime import datetime, timedelta

from flask import Response, current_app, request

from server.appointments import calendar, feeds
from server.core import clock, limits
from server.core.access import Action, requires
from server.core.db import transaction
from server.core.errors import NotFound
from server.core.http import ProblemSchema, blueprint
from server.library.service import Content

calendars = blueprint("calendars", "public")

LOOKS_AN_HOUR, MISSES_AN_HOUR = 60, 300
AN_HOUR = timedelta(hours=1)


@calendars.get("/calendars/<token>.ics")
@requires(Action.READ_CALENDAR_FEED)
@calendars.response(200, {"type": "string"}, content_type=calendar.MEDIA_TYPE)
@calendars.alt_response(304, description="Not changed since the ETag that you hold")
@calendars.alt_response(404, schema=ProblemSchema)
@calendars.alt_response(429, schema=ProblemSchema)
def read_calendar(token: str) -> Response:
    """The appointments behind a secret address. Unknown, replaced and ended ones are answered alike."""
    now = clock.now()
    _count(token, now)
    with transaction() as session:
        found = feeds.find_by_token(session, token=token, now=now)
        if found is None:
            raise NotFound()
        content: Content = current_app.extensions["content"]
        rules = content.appointment_rules
        made = feeds.make_calendar(session, reader=found.reader, now=now, rules=rules)
    answer = Response(made, content_type=calendar.CONTENT_TYPE)
    answer.set_etag(hashlib.sha256(made).hexdigest())
    answer.make_conditional(request)
    return answer


def _count(token: str, now: datetime) -> None:
    """Many people's calendars ask from one company's address, so misses never close the way for a hit."""
    with transaction() as session:
        found = feeds.find_by_token(session, token=token, now=now)
    if found is not None:
        limits.hit(key=f"calendar-feed:{found.id}", limit=LOOKS_AN_HOUR, window=AN_HOUR, now=now)
    else:
        origin = limits.origin_of(request.remote_addr)
        limits.hit(key=f"calendar-miss:{origin}", limit=MISSES_AN_HOUR, window=AN_HOUR, now=now)
