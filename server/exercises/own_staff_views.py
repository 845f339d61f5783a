"""What counsellors do with exercises of their own: write, ask for a second reader, read, withdraw."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.exercises import blocks, schemas, service

own = blueprint("own-exercises", "staff")


@own.get("/exercises")
@requires(Action.READ_EXERCISES)
@own.response(200, schemas.OwnListSchema)
def list_own() -> dict[str, Any]:
    """My own exercises, and those of my unit that wait for a second reader or are shared."""
    with transaction() as session:
        return {"items": service.list_own(session, actor=current_actor())}


@own.post("/exercises")
@requires(Action.WRITE_EXERCISES)
@own.arguments(schemas.NewOwnSchema)
@own.response(201, schemas.OwnSchema)
@own.alt_response(409, schema=ProblemSchema)
def create(body: dict[str, Any]) -> dict[str, Any]:
    """Begin an exercise of my own as a draft."""
    exercise_id, actor = body.pop("id", None), current_actor()
    with transaction() as session:
        made = service.create(
            session, exercise_id=exercise_id, text=service.OwnText(**body), actor=actor, now=clock.now()
        )
        return service.show(session, [made], actor=actor)[0]


@own.post("/exercises/preview")
@requires(Action.WRITE_EXERCISES)
@own.arguments(schemas.OwnBodySchema)
@own.response(200, schemas.OwnPreviewSchema)
def preview(body: dict[str, str]) -> dict[str, Any]:
    """What a phone would show of a text, and what it would not; nothing is kept."""
    return blocks.read(body["body"])._asdict()


@own.put("/exercises/<uuid:exercise_id>")
@requires(Action.WRITE_EXERCISES)
@versioned
@own.arguments(schemas.OwnTextSchema)
@own.response(200, schemas.OwnSchema)
@own.alt_response(404, schema=ProblemSchema)
def rewrite(body: dict[str, Any], exercise_id: UUID, version: int) -> dict[str, Any]:
    """Write the next version of my exercise; it is a draft again."""
    actor = current_actor()
    with transaction() as session:
        made = service.rewrite(
            session,
            exercise_id=exercise_id,
            version=version,
            text=service.OwnText(**body),
            actor=actor,
            now=clock.now(),
        )
        return service.show(session, [made], actor=actor)[0]


@own.post("/exercises/<uuid:exercise_id>/submit")
@requires(Action.WRITE_EXERCISES)
@versioned
@own.response(200, schemas.OwnSchema)
@own.alt_response(404, schema=ProblemSchema)
@own.alt_response(409, schema=ProblemSchema)
def submit(exercise_id: UUID, version: int) -> dict[str, Any]:
    """Ask a colleague of another profession to read this version."""
    actor = current_actor()
    with transaction() as session:
        made = service.submit(session, exercise_id=exercise_id, version=version, actor=actor, now=clock.now())
        return service.show(session, [made], actor=actor)[0]


@own.post("/exercises/<uuid:exercise_id>/review")
@requires(Action.WRITE_EXERCISES)
@versioned
@own.arguments(schemas.OwnReviewSchema)
@own.response(200, schemas.OwnSchema)
@own.alt_response(404, schema=ProblemSchema)
@own.alt_response(409, schema=ProblemSchema)
def review(body: dict[str, Any], exercise_id: UUID, version: int) -> dict[str, Any]:
    """Say as the second reader that this very version may be shared in the unit, or what to change."""
    actor = current_actor()
    with transaction() as session:
        made = service.review(
            session, exercise_id=exercise_id, version=version, **body, actor=actor, now=clock.now()
        )
        return service.show(session, [made], actor=actor)[0]


@own.post("/exercises/<uuid:exercise_id>/withdraw")
@requires(Action.WRITE_EXERCISES)
@versioned
@own.response(200, schemas.OwnSchema)
@own.alt_response(404, schema=ProblemSchema)
@own.alt_response(409, schema=ProblemSchema)
def withdraw(exercise_id: UUID, version: int) -> dict[str, Any]:
    """Give an exercise to nobody new; those who have it keep it."""
    actor = current_actor()
    with transaction() as session:
        made = service.withdraw(
            session, exercise_id=exercise_id, version=version, actor=actor, now=clock.now()
        )
        return service.show(session, [made], actor=actor)[0]
