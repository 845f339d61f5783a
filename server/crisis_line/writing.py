"""What is written about a contact: from the words of the wire to the columns of the table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core.errors import Invalid
from server.crisis_line.models import Contact, Voicemail

GOAL_KEY = "fk_crisis_contact_goal"
#: Over the wire one word, in the table many.
PLURAL = {"reason": "reasons", "referral": "referrals"}
YES = {
    "wants_follow_up_14d": "follow_up_yes_at",
    "wants_call_72h": "call_yes_at",
    "wants_shown_in_app": "shown_yes_at",
}


def apply(contact: Contact, fields: Mapping[str, Any], now: datetime) -> None:
    """Set the named fields; what a person says yes to keeps the instant of the first yes.

    :raises Invalid: if something is said about a person, and nobody known is on the line
    """
    values = dict(fields)
    if "callback" in values:
        _agree(contact, values.pop("callback"))
    if contact.citizen_id is None:
        for name in ("goal_id", "wants_shown_in_app"):
            if values.get(name):
                raise Invalid(errors={name: ["Belongs to a person who was found."]})
    for name, column in YES.items():
        if name in values:
            given_at = getattr(contact, column) or now
            setattr(contact, column, given_at if values.pop(name) else None)
    for name, value in values.items():
        column = PLURAL.get(name, name)
        setattr(contact, column, list(dict.fromkeys(value)) if isinstance(value, list) else value)


def _agree(contact: Contact, callback: Mapping[str, Any] | None) -> None:
    said = callback or {}
    contact.may_ring = bool(said.get("may_ring"))
    contact.ring_phone, contact.ring_when = said.get("phone"), said.get("when")
    contact.ring_code_word = said.get("code_word")
    contact.ring_voicemail = said.get("voicemail") or Voicemail.NEVER


def flush(session: Session) -> None:
    """Write, and let the database judge now whose goal it is.

    :raises Invalid: if the goal is not the person's
    """
    try:
        with session.begin_nested():
            session.flush()
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} IMMEDIATE"))
            session.execute(text(f"SET CONSTRAINTS {GOAL_KEY} DEFERRED"))
    except IntegrityError as err:
        if GOAL_KEY not in str(err.orig):
            raise
        raise Invalid(errors={"goal_id": ["Must be a goal of this person."]}) from None
