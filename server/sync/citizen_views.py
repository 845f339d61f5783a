"""What a citizen's phone pulls."""

from typing import Any

from flask import current_app

from server.appointments.schemas import AppointmentSchema
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import blueprint
from server.goals.schemas import GoalSchema
from server.sync import schemas, service
from server.sync.schemas import Entity, Op

sync = blueprint("sync", "citizen")

_DATA = {
    Entity.PROFILE: schemas.PhoneProfileSchema(),
    Entity.APPOINTMENT: AppointmentSchema(),
    Entity.GOAL: GoalSchema(),
}


@sync.get("/sync/pull")
@requires(Action.READ_OWN_RECORD)
@sync.arguments(schemas.PullSchema, location="query")
@sync.response(200, schemas.PageSchema)
def pull(query: dict[str, str]) -> dict[str, Any]:
    """Everything that is new since the cursor; without one, everything."""
    with transaction() as session:
        page = service.pull(
            session,
            cursor=query.get("cursor"),
            actor=current_actor(),
            now=clock.now(),
            centre_phones=current_app.config["CENTRE_PHONES"],
        )
    return {**page._asdict(), "changes": [_written(change) for change in page.changes]}


def _written(change: service.Pulled) -> dict[str, Any]:
    entity = Entity(change.entity)
    if change.data is None:
        return {"entity": entity, "id": change.id, "op": Op.FORGET, "data": None}
    return {"entity": entity, "id": change.id, "op": Op.PUT, "data": _DATA[entity].dump(change.data)}
