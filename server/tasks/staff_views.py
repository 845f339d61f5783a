"""What counsellors can do with a task."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint, versioned
from server.tasks import schemas, service

tasks = blueprint("tasks", "staff")


@tasks.post("/tasks/<uuid:task_id>/owner")
@requires(Action.EDIT_TASKS)
@versioned
@tasks.response(200, schemas.TaskSchema)
@tasks.alt_response(404, schema=ProblemSchema)
@tasks.alt_response(409, schema=ProblemSchema)
def take(task_id: UUID, version: int) -> service.Task:
    """Take a task on myself."""
    with transaction() as session:
        return service.take(session, task_id=task_id, version=version, actor=current_actor(), now=clock.now())


@tasks.post("/tasks/<uuid:task_id>/outcome")
@requires(Action.EDIT_TASKS)
@versioned
@tasks.arguments(schemas.OutcomeSchema)
@tasks.response(200, schemas.TaskSchema)
@tasks.alt_response(404, schema=ProblemSchema)
@tasks.alt_response(409, schema=ProblemSchema)
def record_outcome(body: dict[str, Any], task_id: UUID, version: int) -> service.Task:
    """Say what came of a call."""
    with transaction() as session:
        return service.record_outcome(
            session, task_id=task_id, version=version, **body, actor=current_actor(), now=clock.now()
        )
