"""What staff can call about the days until the first talk."""

from typing import Any
from uuid import UUID

from flask import current_app

from server.citizens import guarantee, schemas
from server.citizens.models import WaiverReason
from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.library.models import LANGUAGES, Content

guarantees = blueprint("guarantees", "staff")


@guarantees.get("/guarantee")
@requires(Action.READ_CASELOAD)
@guarantees.response(200, schemas.GuaranteeRulesSchema)
def read_rules() -> dict[str, Any]:
    """Within how many days my centre has to hold a first talk, and when the days do not count."""
    with transaction() as session:
        sought, rules = guarantee.list_sought(session, actor=current_actor())
    return {
        "days": rules.days if rules else None,
        "sought": [{**one._asdict(), **_names(one.id)} for one in sought],
        "waivers": [{"code": one.code, **one.names} for one in rules.waivers] if rules else [],
    }


@guarantees.put("/citizens/<uuid:citizen_id>/guarantee-waiver")
@requires(Action.WAIVE_GUARANTEE)
@guarantees.arguments(schemas.WaiverSchema)
@guarantees.response(200, schemas.WaiverSchema)
@guarantees.alt_response(404, schema=ProblemSchema)
@guarantees.alt_response(409, schema=ProblemSchema)
def waive(body: dict[str, Any], citizen_id: UUID) -> Any:
    """Say why the days do not count for somebody I work with; the person is told."""
    with transaction() as session:
        return guarantee.waive(
            session,
            citizen_id=citizen_id,
            reason=WaiverReason(body["reason"]),
            actor=current_actor(),
            now=clock.now(),
        )


@guarantees.delete("/citizens/<uuid:citizen_id>/guarantee-waiver")
@requires(Action.WAIVE_GUARANTEE)
@guarantees.response(204)
@guarantees.alt_response(404, schema=ProblemSchema)
def withdraw(citizen_id: UUID) -> None:
    """Let the days count again."""
    with transaction() as session:
        guarantee.withdraw_waiver(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())


def _names(service_id: str) -> dict[str, str]:
    """What a service is called, by language."""
    content: Content = current_app.extensions["content"]
    services = [service for centre in content.centres for service in centre.services]
    found = next((service for service in services if service.id == service_id), None)
    return {lang: found.texts[lang].title if found else service_id for lang in LANGUAGES}
