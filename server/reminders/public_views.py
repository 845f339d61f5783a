"""What a service worker can call without a session."""

from typing import Any

from notifications import outbox
from server.core import clock
from server.core.access import Action, requires
from server.core.db import transaction
from server.core.http import blueprint
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
