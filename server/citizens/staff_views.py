"""What staff can call about citizens, their pairing codes, care relations and stand-ins."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app

from server.citizens import relations, schemas, service, stand_ins
from server.citizens.models import CareRole
from server.citizens.pairing import CodeCard
from server.citizens.records import Record, RelationOnRecord
from server.core import clock, limits
from server.core.access import Action, Actor, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned

citizens = blueprint("citizens", "staff")


@citizens.post("/citizens")
@requires(Action.TAKE_IN_CITIZEN)
@citizens.arguments(schemas.IntakeSchema)
@citizens.response(201, schemas.CitizenSchema)
@citizens.alt_response(409, schema=ProblemSchema)
@citizens.alt_response(429, schema=ProblemSchema)
def take_in(body: dict[str, Any]) -> Record:
    """Take in a new person; I become the contact person."""
    actor, now = current_actor(), clock.now()
    citizen_id = body.pop("id", None)
    with _known_cpr_noted(body, actor, now), transaction() as session:
        citizen = service.take_in(session, citizen_id=citizen_id, **body, actor=actor, now=now)
        return service.record_of(session, citizen=citizen, actor=actor, now=now)


@citizens.patch("/citizens/<uuid:citizen_id>")
@requires(Action.EDIT_CITIZEN)
@versioned
@citizens.arguments(schemas.CitizenChangeSchema)
@citizens.response(200, schemas.CitizenSchema)
@citizens.alt_response(404, schema=ProblemSchema)
@citizens.alt_response(409, schema=ProblemSchema)
@citizens.alt_response(429, schema=ProblemSchema)
def update_citizen(body: dict[str, Any], citizen_id: UUID, version: int) -> Record:
    """Correct what is known about a citizen I work with."""
    actor, now = current_actor(), clock.now()
    with _known_cpr_noted(body, actor, now), transaction() as session:
        citizen = service.update_citizen(
            session, citizen_id=citizen_id, version=version, fields=body, actor=actor, now=now
        )
        return service.record_of(session, citizen=citizen, actor=actor, now=now)


@citizens.post("/citizens/<uuid:citizen_id>/pairing-codes")
@requires(Action.PAIR_CITIZEN)
@citizens.response(201, schemas.NewCodeSchema)
@citizens.alt_response(404, schema=ProblemSchema)
def make_pairing_code(citizen_id: UUID) -> CodeCard:
    """Make a code for the citizen's phone: ten minutes, once; it is shown only now."""
    with transaction() as session:
        made = service.make_pairing_code(
            session, citizen_id=citizen_id, actor=current_actor(), now=clock.now()
        )
    return service.code_card(made, public_url=current_app.config["PUBLIC_URL"])


@citizens.post("/citizens/<uuid:citizen_id>/care-relations")
@requires(Action.GRANT_CARE_RELATION)
@citizens.arguments(schemas.NewRelationSchema)
@citizens.response(201, schemas.RelationSchema)
@citizens.alt_response(403, schema=ProblemSchema)
@citizens.alt_response(404, schema=ProblemSchema)
@citizens.alt_response(409, schema=ProblemSchema)
def give_relation(body: dict[str, Any], citizen_id: UUID) -> RelationOnRecord:
    """Give a citizen a contact person, who takes over, or one more member of the care team."""
    with transaction() as session:
        relation = relations.give_relation(
            session,
            citizen_id=citizen_id,
            staff_id=body["staff_id"],
            role=CareRole(body["role"]),
            reason=body["reason"],
            actor=current_actor(),
            now=clock.now(),
        )
        return service.name_relation(session, relation=relation)


@citizens.post("/care-relations/<uuid:relation_id>/end")
@requires(Action.GRANT_CARE_RELATION)
@citizens.arguments(schemas.ReasonSchema)
@citizens.response(200, schemas.RelationSchema)
@citizens.alt_response(404, schema=ProblemSchema)
def end_relation(body: dict[str, Any], relation_id: UUID) -> RelationOnRecord:
    """End a care relation now."""
    with transaction() as session:
        relation = relations.end_relation(
            session, relation_id=relation_id, **body, actor=current_actor(), now=clock.now()
        )
        return service.name_relation(session, relation=relation)


@citizens.get("/stand-ins")
@requires(Action.GRANT_CARE_RELATION)
@citizens.response(200, schemas.StandInListSchema)
def list_stand_ins() -> dict[str, Any]:
    """Who stands in for whom in my unit, now and soon."""
    with transaction() as session:
        return {"items": stand_ins.list_stand_ins(session, actor=current_actor(), now=clock.now())}


@citizens.post("/stand-ins")
@requires(Action.GRANT_CARE_RELATION)
@citizens.arguments(schemas.NewStandInSchema)
@citizens.response(201, schemas.StandInSchema)
@citizens.alt_response(403, schema=ProblemSchema)
@citizens.alt_response(409, schema=ProblemSchema)
def name_stand_in(body: dict[str, Any]) -> stand_ins.Arrangement:
    """Let a counsellor stand in for another; the caseload is open to the stand-in at once."""
    with transaction() as session:
        return stand_ins.name_stand_in(session, **body, actor=current_actor(), now=clock.now())


@citizens.post("/stand-ins/<uuid:arrangement_id>/end")
@requires(Action.GRANT_CARE_RELATION)
@citizens.arguments(schemas.OptionalReasonSchema)
@citizens.response(200, schemas.StandInSchema)
@citizens.alt_response(404, schema=ProblemSchema)
def end_stand_in(body: dict[str, Any], arrangement_id: UUID) -> stand_ins.Arrangement:
    """End an arrangement now; the stand-in no longer sees the caseload."""
    with transaction() as session:
        return stand_ins.end_stand_in(
            session, arrangement_id=arrangement_id, **body, actor=current_actor(), now=clock.now()
        )


@contextmanager
def _known_cpr_noted(body: dict[str, Any], actor: Actor, now: datetime) -> Iterator[None]:
    """The refused write is rolled back; that it told something stays on the trail, and is counted.

    Whoever has met a few known numbers within the hour writes no more of them: nobody finds out by trial
    who is known here. Everything else can still be written.
    """
    key, limit, window = f"cpr-known:{actor.staff_id}", service.KNOWN_CPRS, service.KNOWN_CPRS_WINDOW
    if body.get("cpr") is not None:
        limits.require_room(key=key, limit=limit, window=window, now=now)
    try:
        yield
    except service.CprKnown as known:
        with transaction() as session:
            service.record_known_cpr(session, citizen_id=known.citizen_id, actor=actor, now=now)
        limits.hit(key=key, limit=limit, window=window, now=now)
        raise
