"""What a service worker can call without a session."""

from typing import Any

from flask import current_app

from notifications import outbox
from server.core import clock
from server.core.access import Action, requires
from server.core.db import transaction
from server.core.http import blueprint
from server.library.models import LANGUAGES
from server.reminders import schemas

reminders = blueprint("reminders", "public")


@reminders.post("/acknowledgements")
@requires(Action.ACKNOWLEDGE_NOTICE)
@reminders.arguments(schemas.AcknowledgementSchema)
@reminders.response(204)
def acknowledge(body: dict[str, Any]) -> None:
    """Say that a notice was shown. The answer is the same whether the secret fits or not."""
    with transaction() as session:
        outbox.acknowledge(session, **body, now=clock.now())


@reminders.get("/configuration")
@requires(Action.READ_PUBLIC)
@reminders.response(200, schemas.ConfigurationSchema)
def read_configuration() -> dict[str, Any]:
    """What a phone needs to know before anybody is signed in."""
    return {
        "vapid_public_key": current_app.config["VAPID_PUBLIC_KEY"],
        "languages": list(LANGUAGES),
        "demo": current_app.config["DEMO"],
    }
