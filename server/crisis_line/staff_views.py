"""What the crisis line's staff can call: the search, contacts, and a contact's claim code."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, jsonify

from server.accounts import cookies
from server.core import clock, limits
from server.core.access import Action, Actor, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.crisis_line import presence, schemas, service
from server.crisis_line.claims import NewClaimCode
from server.crisis_line.search import SearchAnswer

desk = blueprint("desk", "staff")

WINDOW = timedelta(minutes=10)
#: Searches that found nobody: a tired worker mistypes, nobody guesses nearly 2^30 codes at this pace.
MISSES_PER_WORKER, MISSES_PER_UNIT = 20, 100
SEARCHES_PER_WORKER, SEARCHES_PER_UNIT = 60, 600


@desk.post("/desk/search")
@requires(Action.SEARCH_AT_DESK)
@desk.arguments(schemas.SearchSchema)
@desk.response(200, schemas.SearchAnswerSchema)
@desk.alt_response(429, schema=ProblemSchema)
def search(body: dict[str, Any]) -> SearchAnswer:
    """Find the person on the line; nobody, and nobody whom I may see, are one answer."""
    actor, now = current_actor(), clock.now()
    misses = _limits(actor, "missed", MISSES_PER_WORKER, MISSES_PER_UNIT)
    for key, limit in misses.items():
        limits.require_room(key=key, limit=limit, window=WINDOW, now=now)
    for key, limit in _limits(actor, "searched", SEARCHES_PER_WORKER, SEARCHES_PER_UNIT).items():
        limits.hit(key=key, limit=limit, window=WINDOW, now=now)
    with transaction() as session:
        answer = service.search(session, **body, actor=actor, now=now)
    if answer.found is None:
        for key, limit in misses.items():
            limits.hit(key=key, limit=limit, window=WINDOW, now=now)
    return answer


def _limits(actor: Actor, what: str, per_worker: int, per_unit: int) -> dict[str, int]:
    return {
        f"desk-{what}-by:{actor.staff_id}": per_worker,
        f"desk-{what}-in:{actor.unit_id}": per_unit,
    }


@desk.post("/desk/contacts")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk.arguments(schemas.NewContactSchema)
@desk.response(201, schemas.ContactSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(409, schema=ProblemSchema)
def open_contact(body: dict[str, Any]) -> dict[str, Any]:
    """Begin a contact, or send one that began without the server; the same id twice is the same contact."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        contact = service.open_contact(
            session,
            contact_id=body["id"],
            citizen_id=body["citizen_id"],
            channel=body["channel"],
            found_by=body["opened_by"],
            opened_at=body.get("opened_at"),
            actor=actor,
            now=now,
        )
        return service.show(session, contact=contact, actor=actor, now=now)


@desk.get("/desk/contacts")
@requires(Action.READ_CRISIS_DESK)
@desk.arguments(schemas.ContactQuerySchema, location="query")
@desk.response(200, schemas.ContactListSchema)
def list_contacts(query: dict[str, Any]) -> dict[str, Any]:
    """My unit's open contacts, or those of a span."""
    with transaction() as session:
        items = service.list_contacts(
            session,
            actor=current_actor(),
            now=clock.now(),
            since=query.get("since"),
            until=query.get("until"),
        )
    return {"items": items}


@desk.get("/desk/contacts/<uuid:contact_id>")
@requires(Action.READ_CRISIS_DESK)
@desk.response(200, schemas.ContactSchema)
@desk.alt_response(404, schema=ProblemSchema)
def read_contact(contact_id: UUID) -> dict[str, Any]:
    """One contact of my unit, with its note."""
    with transaction() as session:
        return service.read_contact(session, contact_id=contact_id, actor=current_actor(), now=clock.now())


@desk.patch("/desk/contacts/<uuid:contact_id>")
@requires(Action.OPEN_CRISIS_CONTACT)
@versioned
@desk.arguments(schemas.ContactChangeSchema)
@desk.response(200, schemas.ContactSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(409, schema=ProblemSchema)
def change_contact(body: dict[str, Any], contact_id: UUID, version: int) -> dict[str, Any]:
    """Write in an open contact; only what is named changes."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        contact = service.change_contact(
            session, contact_id=contact_id, version=version, fields=body, actor=actor, now=now
        )
        return service.show(session, contact=contact, actor=actor, now=now)


@desk.post("/desk/contacts/<uuid:contact_id>/close")
@requires(Action.OPEN_CRISIS_CONTACT)
@versioned
@desk.response(200, schemas.ContactSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(409, schema=ProblemSchema)
def close_contact(contact_id: UUID, version: int) -> dict[str, Any]:
    """End a contact; the plan closes with it."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        contact = service.close_contact(session, contact_id=contact_id, version=version, actor=actor, now=now)
        return service.show(session, contact=contact, actor=actor, now=now)


@desk.post("/desk/contacts/<uuid:contact_id>/reopen")
@requires(Action.OPEN_CRISIS_CONTACT)
@versioned
@desk.response(200, schemas.ContactSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(409, schema=ProblemSchema)
def reopen_contact(contact_id: UUID, version: int) -> dict[str, Any]:
    """Go on with a contact that I closed within the last half hour."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        contact = service.reopen_contact(
            session, contact_id=contact_id, version=version, actor=actor, now=now
        )
        return service.show(session, contact=contact, actor=actor, now=now)


@desk.post("/desk/contacts/<uuid:contact_id>/presence")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk.response(200, schemas.PresenceSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(409, schema=ProblemSchema)
def stay(contact_id: UUID) -> Response:
    """Say that I am still in this contact, so that the console does not sign me out of it."""
    with transaction() as session:
        may_read = presence.stay(session, contact_id=contact_id, actor=current_actor(), now=clock.now())
    answer = jsonify(schemas.PresenceSchema().dump({"may_read_plan": may_read}))
    cookies.renew_staff_session(answer)
    return answer


@desk.post("/desk/contacts/<uuid:contact_id>/claim-code")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk.response(201, schemas.ClaimCodeSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(409, schema=ProblemSchema)
def make_claim_code(contact_id: UUID) -> NewClaimCode:
    """Make the code by which an anonymous person can read, erase or claim this contact."""
    with transaction() as session:
        return service.make_code(session, contact_id=contact_id, actor=current_actor(), now=clock.now())
