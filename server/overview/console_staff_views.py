"""What staff can call to see what there is to do today, and how a person has come along."""

from typing import Any

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import blueprint
from server.overview import console_schemas as schemas
from server.overview import today

console = blueprint("console", "staff")


@console.get("/today")
@requires(Action.READ_TODAY)
@console.response(200, schemas.TodaySchema)
def read_today() -> dict[str, Any]:
    """What I have to see to today, the most urgent first; for a manager also whom nobody answers for."""
    with transaction() as session:
        return {"items": today.read_today(session, actor=current_actor(), now=clock.now())}
