"""What a counsellor sees of a person's talks by kind."""

from typing import Any
from uuid import UUID

from server.core import clock
from server.core.access import Action, current_actor, requires
from server.core.db import transaction
from server.core.http import ProblemSchema, blueprint
from server.courses.decided_schemas import CoursePathsSchema
from server.overview import course_paths

paths = blueprint("course-paths", "staff")


@paths.get("/citizens/<uuid:citizen_id>/course-paths")
@requires(Action.READ_CITIZEN_COURSES)
@paths.response(200, CoursePathsSchema)
@paths.alt_response(404, schema=ProblemSchema)
def list_paths(citizen_id: UUID) -> dict[str, Any]:
    """The talks that were agreed with somebody I work with, and how many were held."""
    with transaction() as session:
        items = course_paths.list_paths(
            session, citizen_id=citizen_id, actor=current_actor(), now=clock.now()
        )
    return {"items": items}
