"""What a citizen's phone can call to see how far its trial came."""

from typing import Any

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import blueprint
from server.reminders import sending_schemas, trial

sending = blueprint("sending", "citizen")


@sending.get("/test-reminder")
@requires(Action.CHANGE_OWN_REMINDERS)
@sending.response(200, sending_schemas.TrialSchema)
def read_trial() -> dict[str, Any]:
    """How far this phone's last trial came."""
    with transaction() as session:
        return {"trial": trial.last_steps(session, actor=current_actor(), now=clock.now())}
