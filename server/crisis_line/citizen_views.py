"""What a citizen can do about the crisis line: the own six characters, and contacts claimed by a code."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from server.core import clock, limits
from server.core.access import Action, Actor, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.crisis_line import schemas, service
from server.crisis_line.models import Contact, DeskCode

desk = blueprint("desk", "citizen")

WINDOW = timedelta(minutes=10)
TRIES = 10
NEW_CODES, NEW_CODES_WINDOW = 10, timedelta(days=1)


@desk.get("/desk-code")
@requires(Action.READ_OWN_RECORD)
@desk.response(200, schemas.DeskCodeSchema)
def read_code() -> DeskCode:
    """The six characters by which the crisis line finds me if I say them."""
    with transaction() as session:
        return service.own_code(session, actor=current_actor(), now=clock.now())


@desk.post("/desk-code")
@requires(Action.CHANGE_OWN_DESK_CODE)
@desk.response(200, schemas.DeskCodeSchema)
@desk.alt_response(429, schema=ProblemSchema)
def replace_code() -> DeskCode:
    """Get other characters; those before find nobody any more."""
    actor, now = current_actor(), clock.now()
    limits.hit(key=f"desk-code:{actor.citizen_id}", limit=NEW_CODES, window=NEW_CODES_WINDOW, now=now)
    with transaction() as session:
        return service.replace_code(session, actor=actor, now=now)


@desk.post("/contact-claims")
@requires(Action.CLAIM_CONTACT)
@desk.arguments(schemas.TypedCodeSchema)
@desk.response(200, schemas.KeptAnswerSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(429, schema=ProblemSchema)
def preview_claim(body: dict[str, Any]) -> dict[str, Any]:
    """What is kept of the contact, and staff of the crisis line will see; nothing is claimed yet."""
    actor = current_actor()
    _count_try(actor)
    with transaction() as session:
        return {"contact": service.look_up(session, typed=body["code"], now=clock.now())}


@desk.post("/contact-claims/confirmation")
@requires(Action.CLAIM_CONTACT)
@desk.arguments(schemas.TypedCodeSchema)
@desk.response(200, schemas.ClaimedSchema)
@desk.alt_response(404, schema=ProblemSchema)
@desk.alt_response(429, schema=ProblemSchema)
def confirm_claim(body: dict[str, Any]) -> Contact:
    """Make the contact mine, and show it in my app. The code stands in the body, never in an address."""
    actor = current_actor()
    _count_try(actor)
    with transaction() as session:
        return service.claim(session, typed=body["code"], actor=actor, now=clock.now())


@desk.post("/crisis-contacts/<uuid:contact_id>/hide")
@requires(Action.CLAIM_CONTACT)
@desk.response(204)
@desk.alt_response(404, schema=ProblemSchema)
def hide(contact_id: UUID) -> None:
    """Take a contact out of my app, on every phone."""
    with transaction() as session:
        service.hide(session, contact_id=contact_id, actor=current_actor(), now=clock.now())


def _count_try(actor: Actor) -> None:
    limits.hit(key=f"contact-claim:{actor.citizen_id}", limit=TRIES, window=WINDOW, now=clock.now())
