"""What a citizen decides about sharing."""

from typing import Any

from server.consents import schemas, service
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import blueprint

consents = blueprint("consents", "citizen")


@consents.get("/sharing")
@requires(Action.READ_OWN_RECORD)
@consents.response(200, schemas.ChoiceSchema(many=True))
def list_choices() -> list[service.Choice]:
    """What I share, in which words I said yes, and whom it is about now."""
    with transaction() as session:
        return service.list_choices(session, actor=current_actor(), now=clock.now())


@consents.put("/sharing")
@requires(Action.CHANGE_OWN_SHARING)
@consents.arguments(schemas.NewChoiceSchema)
@consents.response(200, schemas.ChoiceSchema(many=True))
def choose(body: dict[str, Any]) -> list[service.Choice]:
    """Say yes, or take it back; it holds from the next request on."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        service.choose(session, **body, actor=actor, now=now)
        return service.list_choices(session, actor=actor, now=now)
