"""The staff's read models: a caseload page, and one person's page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import subscriptions
from server.accounts import service as accounts
from server.appointments import first_talk
from server.citizens import service as citizens
from server.core.access import Actor
from server.reminders import service as reminders


def read_person(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> dict[str, Any]:
    """One person's page; the look is recorded with the relation that allowed it.

    :raises NotFound: if the actor may not know of the citizen
    """
    record = citizens.read_record(session, citizen_id=citizen_id, actor=actor, now=now)
    works_together = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    choices = reminders.choices_of(session, citizen_ids=[citizen_id])[citizen_id]
    return {
        **record._asdict(),
        "reachable": subscriptions.reachable(session, [citizen_id]).get(citizen_id, False),
        "paired": citizen_id in accounts.paired_citizens(session, citizen_ids=[citizen_id]),
        "reminders": choices if works_together else None,
        "first_contact": first_talk.read_clocks(session, citizen_ids=[citizen_id], now=now)[citizen_id],
    }
