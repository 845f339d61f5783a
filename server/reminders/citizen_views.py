"""What a citizen's phone can call about reminders and about itself."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Response, current_app, make_response

from server.accounts import cookies
from server.accounts import service as accounts
from server.accounts.service import SessionKind
from server.citizens import channels
from server.core import clock, limits
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.errors import Invalid
from server.core.http import ProblemSchema, blueprint, versioned
from server.reminders import phones, schemas, service

reminders = blueprint("reminders", "citizen")

TESTS_AN_HOUR = 3


@reminders.put("/push-subscription")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.arguments(schemas.NewSubscriptionSchema)
@reminders.response(200, schemas.SubscriptionStateSchema)
@reminders.alt_response(409, schema=ProblemSchema)
def subscribe(body: dict[str, Any]) -> dict[str, str]:
    """Let this phone receive reminders."""
    if body["vapid_public_key"] != current_app.config["VAPID_PUBLIC_KEY"]:
        raise Invalid(errors={"vapid_public_key": ["Must be the present key of this server."]})
    with transaction() as session:
        phones.subscribe(
            session,
            endpoint=body["endpoint"],
            **body["keys"],
            vapid_key_id=current_app.config["VAPID_KEY_ID"],
            origins=current_app.config["PUSH_ORIGINS"],
            actor=current_actor(),
            now=clock.now(),
        )
    return {"state": "active"}


@reminders.get("/push-subscription")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.response(200, schemas.SubscriptionSchema)
def read_subscription() -> dict[str, Any]:
    """Whether this phone receives reminders."""
    with transaction() as session:
        found = phones.find_subscription(session, actor=current_actor())
    return {**found._asdict(), "vapid_public_key": current_app.config["VAPID_PUBLIC_KEY"]}


@reminders.delete("/push-subscription")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.response(204)
def unsubscribe() -> None:
    """Send this phone nothing more."""
    with transaction() as session:
        phones.unsubscribe(session, actor=current_actor(), now=clock.now())


@reminders.get("/reminder-settings")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.response(200, schemas.ChosenSchema)
def read_choices() -> service.Choices:
    """What I want to be reminded of."""
    with transaction() as session:
        return service.get_choices(session, actor=current_actor(), now=clock.now())


@reminders.put("/reminder-settings")
@requires(Action.CHANGE_OWN_REMINDERS)
@versioned
@reminders.arguments(schemas.ChoicesSchema)
@reminders.response(200, schemas.ChosenSchema)
def choose(body: dict[str, Any], version: int) -> service.Choices:
    """Choose what I want to be reminded of, or ask for a pause."""
    with transaction() as session:
        return service.choose(session, **body, version=version, actor=current_actor(), now=clock.now())


@reminders.delete("/reminder-pause")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.response(200, schemas.ChosenSchema)
def end_pause() -> service.Choices:
    """End the pause that my contact person has set."""
    actor = current_actor()
    with transaction() as session:
        citizen_id = service.citizen_id_of(actor)
        return service.resume(session, citizen_id=citizen_id, actor=actor, now=clock.now())


@reminders.get("/contact-channels")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.response(200, schemas.OwnChannelsSchema)
def list_channels() -> dict[str, Any]:
    """Where I have agreed that you may write to me besides the app."""
    actor = current_actor()
    with transaction() as session:
        citizen_id = service.citizen_id_of(actor)
        return {"items": channels.list_channels(session, citizen_id=citizen_id, actor=actor, now=clock.now())}


@reminders.delete("/contact-channels/<kind>")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.response(204)
@reminders.alt_response(404, schema=ProblemSchema)
def remove_channel(kind: str) -> None:
    """Never write to me there again."""
    actor = current_actor()
    with transaction() as session:
        channels.remove_channel(
            session,
            citizen_id=service.citizen_id_of(actor),
            kind=channels.kind_named(kind),
            actor=actor,
            now=clock.now(),
        )


@reminders.post("/test-reminder")
@requires(Action.CHANGE_OWN_REMINDERS)
@reminders.response(202)
@reminders.alt_response(409, schema=ProblemSchema)
@reminders.alt_response(429, schema=ProblemSchema)
def send_test() -> None:
    """Send a neutral notice to this phone."""
    actor, now = current_actor(), clock.now()
    key = f"test-reminder:{actor.citizen_id}"
    limits.hit(key=key, limit=TESTS_AN_HOUR, window=timedelta(hours=1), now=now)
    with transaction() as session:
        phones.send_test(session, actor=actor, now=now)


@reminders.get("/reminders/<uuid:occurrence_id>")
@requires(Action.READ_OWN_RECORD)
@reminders.response(200, schemas.ReminderSchema)
@reminders.alt_response(404, schema=ProblemSchema)
def find_reminder(occurrence_id: UUID) -> dict[str, Any]:
    """What one of my reminders is about."""
    with transaction() as session:
        kind, subject_id = service.find_own(session, occurrence_id=occurrence_id, actor=current_actor())
    return {"kind": kind, "subject_id": subject_id}


@reminders.delete("/session")
@requires(Action.END_OWN_SESSION)
@reminders.response(204)
def forget_phone() -> Response:
    """Glem denne telefon: end this phone's session and its reminders; a shared browser clears all."""
    actor = current_actor()
    with transaction() as session:
        is_shared = accounts.session_is_shared(session, session_id=actor.session_id)
        phones.forget_phone(session, actor=actor, now=clock.now())
    answer = make_response("", 204)
    cookies.clear_session(answer, kind=SessionKind.CITIZEN)
    if is_shared:
        # The cookie is gone already; "cookies" would sign out a colleague's console in the same browser.
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
