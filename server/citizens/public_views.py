"""How a phone that nobody knows yet becomes a citizen's phone."""

from datetime import timedelta
from typing import Any

from flask import Response, jsonify, make_response, request

from server.accounts import cookies
from server.accounts.service import SessionKind
from server.citizens import schemas, service
from server.core import clock, limits
from server.core.access import Action, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint

citizens = blueprint("citizens", "public")

WINDOW = timedelta(minutes=10)
TRIES_PER_ADDRESS = 10
TRIES_IN_ALL = 20_000  # of 2^40 codes; fewer would let a hundred addresses stop everybody's pairing


@citizens.post("/pairings")
@requires(Action.PAIR_PHONE)
@citizens.arguments(schemas.PairingSchema)
@citizens.response(201, schemas.PairedSchema)
@citizens.alt_response(404, schema=ProblemSchema)
@citizens.alt_response(429, schema=ProblemSchema)
def pair(body: dict[str, Any]) -> Response:
    """Make this phone the citizen's by a code from staff."""
    now = clock.now()
    address = f"pairing-from:{limits.origin_of(request.remote_addr)}"
    limits.hit(key=address, limit=TRIES_PER_ADDRESS, window=WINDOW, now=now)
    limits.hit(key="pairing-from:anywhere", limit=TRIES_IN_ALL, window=WINDOW, now=now)
    with transaction() as session:
        paired = service.redeem_code(
            session,
            typed=body["code"],
            label=body.get("label"),
            shared=body["shared"],
            former_token=request.cookies.get(cookies.cookie_name(SessionKind.CITIZEN)),
            now=now,
        )
    limits.forget(key=address)
    answer = make_response(jsonify(schemas.PairedSchema().dump(paired)), 201)
    cookies.set_session(answer, kind=SessionKind.CITIZEN, token=paired.token, shared=body["shared"])
    return answer
