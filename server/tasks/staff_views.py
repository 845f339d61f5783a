"""What counsellors can do with a task."""

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
