"""What somebody without a name can do about the own contact, by its code: read what is kept, and erase it."""

from datetime import timedelta
from typing import Any

from flask import request

from server.core import clock, limits
from server.core.access import Action, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.crisis_line import schemas, service

desk = blueprint("desk", "public")

WINDOW = timedelta(minutes=10)
TRIES_PER_ADDRESS = 10
TRIES_IN_ALL = 20_000  # of 2^40 codes; fewer would let a hundred addresses stop everybody


@desk.post("/contact-lookups")
@requires(Action.USE_CLAIM_CODE)
@desk.arguments(schemas.TypedCodeSchema)
@desk.response(200, schemas.KeptAnswerSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(429, schema=ProblemSchema)
def look_up(body: dict[str, Any]) -> dict[str, Any]:
    """Everything that is kept of the contact with this code."""
    _count_try()
    with transaction() as session:
        return {"contact": service.look_up(session, typed=body["code"], now=clock.now())}


@desk.post("/contact-erasures")
@requires(Action.USE_CLAIM_CODE)
@desk.arguments(schemas.TypedCodeSchema)
@desk.response(204)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(429, schema=ProblemSchema)
def erase(body: dict[str, Any]) -> None:
    """Erase the contact with this code for good."""
    _count_try()
    with transaction() as session:
        service.erase(session, typed=body["code"], now=clock.now())


def _count_try() -> None:
    now = clock.now()
    address = f"claim-code-from:{limits.origin_of(request.remote_addr)}"
    limits.hit(key=address, limit=TRIES_PER_ADDRESS, window=WINDOW, now=now)
    limits.hit(key="claim-code-from:anywhere", limit=TRIES_IN_ALL, window=WINDOW, now=now)
