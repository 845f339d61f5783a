"""What counsellors can do about a citizen's phones, pauses and other ways to be told."""

from typing import Any
from uuid import UUID

from flask import current_app

from server.citizens import channels, deaths
from server.citizens import service as citizens
from server.citizens.channels import Agreement, ChannelKind, SafeWhen
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.reminders import other_ways, phones, schemas, service
from server.reminders.models import PauseReason

reminders = blueprint("reminders", "staff")


@reminders.post("/citizens/<uuid:citizen_id>/lost-phone")
@requires(Action.END_CITIZEN_DEVICES)
@reminders.response(201, schemas.LostPhoneSchema)
@reminders.alt_response(404, schema=ProblemSchema)
def lose_phone(citizen_id: UUID) -> dict[str, Any]:
    """Mobilen er væk: end the person's phones at once, and make a code for the next one."""
    with transaction() as session:
        lost = phones.lose_phone(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
    card = citizens.code_card(lost.code, public_url=current_app.config["PUBLIC_URL"])
    return {
        "ended_sessions": lost.ended_sessions,
        "sms_stopped": lost.sms_stopped,
        "email_in_use": lost.email_in_use,
        "pairing": card,
    }


@reminders.put("/citizens/<uuid:citizen_id>/reminder-pause")
@requires(Action.PAUSE_REMINDERS)
@reminders.arguments(schemas.PauseSchema)
@reminders.response(200, schemas.PausedSchema)
@reminders.alt_response(404, schema=ProblemSchema)
def pause(body: dict[str, Any], citizen_id: UUID) -> service.Choices:
    """Send the citizen nothing until then; the citizen sees until when, and can end it."""
    with transaction() as session:
        return service.pause_for(
            session,
            citizen_id=citizen_id,
            until=body["until"],
            reason=PauseReason(body["reason"]),
            actor=current_actor(),
            now=clock.now(),
        )


@reminders.delete("/citizens/<uuid:citizen_id>/reminder-pause")
@requires(Action.PAUSE_REMINDERS)
@reminders.response(200, schemas.PausedSchema)
@reminders.alt_response(404, schema=ProblemSchema)
def resume(citizen_id: UUID) -> service.Choices:
    """End the pause that staff have set."""
    with transaction() as session:
        return service.resume(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


@reminders.put("/citizens/<uuid:citizen_id>/death")
@requires(Action.MARK_DECEASED)
@reminders.response(200, schemas.DeathSchema)
@reminders.alt_response(404, schema=ProblemSchema)
def mark_deceased(citizen_id: UUID) -> Any:
    """Note that the citizen has died: nothing is sent from now on. It can be taken back for 24 hours."""
    with transaction() as session:
        return deaths.mark(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


@reminders.delete("/citizens/<uuid:citizen_id>/death")
@requires(Action.MARK_DECEASED)
@reminders.response(200, schemas.DeathSchema)
@reminders.alt_response(404, schema=ProblemSchema)
@reminders.alt_response(409, schema=ProblemSchema)
def take_death_back(citizen_id: UUID) -> Any:
    """It was a mistake: reminders go on, and what waited meanwhile is sent."""
    with transaction() as session:
        return deaths.take_back(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


@reminders.get("/citizens/<uuid:citizen_id>/contact-channels")
@requires(Action.EDIT_CONTACT_CHANNELS)
@reminders.response(200, schemas.ChannelsSchema)
@reminders.alt_response(404, schema=ProblemSchema)
def list_channels(citizen_id: UUID) -> dict[str, Any]:
    """Where we may write to the citizen besides the app, and the exact words that would be sent."""
    with transaction() as session:
        known = channels.list_channels(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
        words = other_ways.words_for(session, current_app.extensions["content"], citizen_id=citizen_id)
    senders = current_app.config["OTHER_SENDERS"]
    return {"items": known, "previews": [_preview(kind, words, senders[kind]) for kind in ChannelKind]}


def _preview(kind: ChannelKind, words: other_ways.OtherWords, sender: str | None) -> dict[str, Any]:
    subject = words.subject if kind is ChannelKind.EMAIL else None
    return {"kind": kind, "sender": sender, "subject": subject, "text": words.text}


@reminders.put("/citizens/<uuid:citizen_id>/contact-channels/<kind>")
@requires(Action.EDIT_CONTACT_CHANNELS)
@reminders.arguments(schemas.NewChannelSchema)
@reminders.response(200, schemas.ChannelSchema)
@reminders.alt_response(404, schema=ProblemSchema)
def set_channel(body: dict[str, Any], citizen_id: UUID, kind: str) -> Any:
    """Keep what the citizen and I have agreed about writing there."""
    agreement = Agreement(
        safe=SafeWhen(body["safe"]),
        hours_from=body.get("hours_from"),
        hours_until=body.get("hours_until"),
        agreed_together=body["agreed_together"],
    )
    with transaction() as session:
        return channels.set_channel(
            session,
            citizen_id=citizen_id,
            kind=channels.kind_named(kind),
            address=body["address"],
            agreement=agreement,
            actor=current_actor(),
            now=clock.now(),
        )


@reminders.delete("/citizens/<uuid:citizen_id>/contact-channels/<kind>")
@requires(Action.EDIT_CONTACT_CHANNELS)
@reminders.response(204)
@reminders.alt_response(404, schema=ProblemSchema)
def remove_channel(citizen_id: UUID, kind: str) -> None:
    """Forget the number or the address at once."""
    with transaction() as session:
        channels.remove_channel(
            session,
            citizen_id=citizen_id,
            kind=channels.kind_named(kind),
            actor=current_actor(),
            now=clock.now(),
        )
