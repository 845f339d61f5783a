"""What the crisis line can call about its shifts, its nights and its follow-ups."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.crisis_line import desk_schemas, follow_ups, nights, shifts
from server.crisis_line.models_desk import NightPlace, NightSupport
from server.library.desk_models import Desk

desk_work = blueprint("desk-work", "staff")


def _desk() -> Desk:
    desk: Desk = current_app.extensions["content"].desk
    return desk


@desk_work.get("/desk/shifts/current")
@requires(Action.READ_CRISIS_DESK)
@desk_work.response(200, desk_schemas.CurrentShiftSchema)
def read_shift() -> dict[str, Any]:
    """My shift, who else is at the desk or on the road, and what the last shifts wrote down."""
    with transaction() as session:
        return shifts.read_current(session, actor=current_actor(), now=clock.now())


@desk_work.post("/desk/shifts/current")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk_work.arguments(desk_schemas.ShiftChangeSchema)
@desk_work.response(200, desk_schemas.CurrentShiftSchema)
def keep_shift(body: dict[str, Any]) -> dict[str, Any]:
    """Begin my shift, or write down in it what is given."""
    with transaction() as session:
        return shifts.keep_current(session, fields=body, actor=current_actor(), now=clock.now())


@desk_work.post("/desk/shifts/current/end")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk_work.arguments(desk_schemas.ShiftEndSchema)
@desk_work.response(200, desk_schemas.CurrentShiftSchema)
@desk_work.alt_response(409, schema=ProblemSchema)
def end_shift(body: dict[str, Any]) -> dict[str, Any]:
    """End my shift, with what the next one must know."""
    with transaction() as session:
        return shifts.end_current(session, fields=body, actor=current_actor(), now=clock.now())


@desk_work.get("/desk/places")
@requires(Action.READ_CRISIS_DESK)
@desk_work.arguments(desk_schemas.DaysQuerySchema, location="query")
@desk_work.response(200, desk_schemas.NightsSchema)
def list_places(days: dict[str, date]) -> dict[str, Any]:
    """The places for the night, evening by evening."""
    now = clock.now()
    with transaction() as session:
        items = nights.list_places(session, **days, desk=_desk(), actor=current_actor(), now=now)
    return {"tonight": nights.evening_of(now), "items": items}


@desk_work.post("/desk/places")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk_work.arguments(desk_schemas.TakePlaceSchema)
@desk_work.response(201, desk_schemas.TakenPlaceSchema)
@desk_work.alt_response(404, schema=ProblemSchema)
@desk_work.alt_response(409, schema=ProblemSchema)
def take_place(body: dict[str, Any]) -> NightPlace:
    """Give a place for one night away."""
    with transaction() as session:
        return nights.take_place(
            session,
            evening=body["date"],
            contact_id=body["contact_id"],
            place_id=body.get("id"),
            desk=_desk(),
            actor=current_actor(),
            now=clock.now(),
        )


@desk_work.delete("/desk/places/<uuid:place_id>")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk_work.response(204)
@desk_work.alt_response(404, schema=ProblemSchema)
def free_place(place_id: UUID) -> None:
    """Give a place back."""
    with transaction() as session:
        nights.free_place(session, place_id=place_id, actor=current_actor(), now=clock.now())


@desk_work.get("/desk/night-support")
@requires(Action.READ_CRISIS_DESK)
@desk_work.arguments(desk_schemas.EveningQuerySchema, location="query")
@desk_work.response(200, desk_schemas.SupportListSchema)
def list_support(query: dict[str, date]) -> dict[str, Any]:
    """Who was asked about this night, or another one, and what they want."""
    with transaction() as session:
        evening, items = nights.list_support(
            session, evening=query.get("date"), actor=current_actor(), now=clock.now()
        )
    return {"date": evening, "items": items}


@desk_work.post("/desk/night-support")
@requires(Action.OPEN_CRISIS_CONTACT)
@desk_work.arguments(desk_schemas.AskSupportSchema)
@desk_work.response(201, desk_schemas.SupportSchema)
@desk_work.alt_response(404, schema=ProblemSchema)
def ask_support(body: dict[str, Any]) -> NightSupport:
    """Write down what a person wants this night; it is asked anew every evening."""
    with transaction() as session:
        return nights.ask_support(
            session,
            contact_id=body["contact_id"],
            answer=body["answer"],
            evening=body.get("date"),
            wanted_at=body["wanted_at"],
            actor=current_actor(),
            now=clock.now(),
        )


@desk_work.post("/desk/night-support/<uuid:support_id>/result")
@requires(Action.OPEN_CRISIS_CONTACT)
@versioned
@desk_work.arguments(desk_schemas.SupportResultSchema)
@desk_work.response(200, desk_schemas.SupportSchema)
@desk_work.alt_response(404, schema=ProblemSchema)
@desk_work.alt_response(409, schema=ProblemSchema)
def record_support(body: dict[str, Any], support_id: UUID, version: int) -> NightSupport:
    """Write down what became of it."""
    with transaction() as session:
        return nights.record_support(
            session, support_id=support_id, version=version, **body, actor=current_actor(), now=clock.now()
        )


@desk_work.get("/desk/follow-ups")
@requires(Action.READ_CRISIS_DESK)
@desk_work.response(200, desk_schemas.FollowUpListSchema)
def list_follow_ups() -> dict[str, Any]:
    """Whom we have promised to call, soonest first."""
    actor = current_actor()
    with transaction() as session:
        colleagues = follow_ups.list_colleagues(session, actor=actor)
        items = follow_ups.list_open(session, actor=actor, now=clock.now())
    return {"items": items, "colleagues": colleagues}


@desk_work.post("/desk/follow-ups/<uuid:follow_up_id>/result")
@requires(Action.OPEN_CRISIS_CONTACT)
@versioned
@desk_work.arguments(desk_schemas.FollowUpResultSchema)
@desk_work.response(200, desk_schemas.FollowUpSchema)
@desk_work.alt_response(404, schema=ProblemSchema)
@desk_work.alt_response(409, schema=ProblemSchema)
def record_result(body: dict[str, Any], follow_up_id: UUID, version: int) -> dict[str, Any]:
    """Write down what came of a follow-up."""
    with transaction() as session:
        return follow_ups.record_result(
            session,
            follow_up_id=follow_up_id,
            version=version,
            **body,
            actor=current_actor(),
            now=clock.now(),
        )


@desk_work.post("/desk/follow-ups/<uuid:follow_up_id>/owner")
@requires(Action.OPEN_CRISIS_CONTACT)
@versioned
@desk_work.arguments(desk_schemas.HandOverSchema)
@desk_work.response(200, desk_schemas.FollowUpSchema)
@desk_work.alt_response(404, schema=ProblemSchema)
@desk_work.alt_response(409, schema=ProblemSchema)
def hand_over(body: dict[str, Any], follow_up_id: UUID, version: int) -> dict[str, Any]:
    """Say who makes the call, and who stands in."""
    with transaction() as session:
        return follow_ups.hand_over(
            session,
            follow_up_id=follow_up_id,
            version=version,
            **body,
            actor=current_actor(),
            now=clock.now(),
        )
