"""What counsellors give to people, and what came of it as far as it is shared."""

from typing import Any
from uuid import UUID

from flask import current_app

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.exercises import schemas, service
from server.library.exercise_assembly import centres_by_id

exercises = blueprint("exercises", "staff")


@exercises.get("/citizens/<uuid:citizen_id>/exercises")
@requires(Action.READ_EXERCISES)
@exercises.response(200, schemas.GivenListSchema)
@exercises.alt_response(404, schema=ProblemSchema)
def list_given(citizen_id: UUID) -> dict[str, Any]:
    """What a citizen was given, and of what came of it the part that is shared with me."""
    with transaction() as session:
        page = service.read_given(session, citizen_id=citizen_id, actor=current_actor(), now=clock.now())
    return page._asdict()


@exercises.post("/citizens/<uuid:citizen_id>/exercises")
@requires(Action.GIVE_EXERCISES)
@exercises.arguments(schemas.NewAssignmentSchema)
@exercises.response(201, schemas.AssignmentSchema)
@exercises.alt_response(404, schema=ProblemSchema)
@exercises.alt_response(409, schema=ProblemSchema)
def give(body: dict[str, Any], citizen_id: UUID) -> dict[str, Any]:
    """Give a citizen an exercise."""
    assignment_id, library = body.pop("id", None), centres_by_id(current_app.extensions["content"])
    with transaction() as session:
        given = service.give(
            session,
            citizen_id=citizen_id,
            assignment_id=assignment_id,
            new=service.NewAssignment(**body),
            library=library,
            actor=current_actor(),
            now=clock.now(),
        )
        return service.show_given(session, [given])[0]


@exercises.patch("/exercise-assignments/<uuid:assignment_id>")
@requires(Action.GIVE_EXERCISES)
@versioned
@exercises.arguments(schemas.AssignmentChangeSchema)
@exercises.response(200, schemas.AssignmentSchema)
@exercises.alt_response(404, schema=ProblemSchema)
@exercises.alt_response(409, schema=ProblemSchema)
def change(body: dict[str, Any], assignment_id: UUID, version: int) -> dict[str, Any]:
    """Change what I or a colleague gave, or take it back."""
    with transaction() as session:
        given = service.change(
            session,
            assignment_id=assignment_id,
            version=version,
            changed=body,
            actor=current_actor(),
            now=clock.now(),
        )
        return service.show_given(session, [given])[0]
