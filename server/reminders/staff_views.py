"""What counsellors can do about a citizen's phones."""

from typing import Any
from uuid import UUID

from flask import current_app

from server.citizens import service as citizens
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.reminders import phones, schemas

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
    return {"ended_sessions": lost.ended_sessions, "pairing": card}
