"""Talks by kind with how many were held: the paths come from courses, the talks from appointments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from server.appointments import line
from server.core.access import Actor
from server.core.clock import to_wall
from server.courses import service as courses


def list_paths(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What was agreed with a person, newest first, each with the talks held from its first day on.

    Talks that are over are counted up to the day on which that was said.

    :raises server.core.errors.NotFound: if the actor may not open the record
    """
    paths = courses.list_paths(session, citizen_id=citizen_id, actor=actor, now=now)
    days = line.days_of_talks(session, citizen_id=citizen_id, unit_id=actor.unit_id)
    today = to_wall(now).date()
    shown = []
    for path in paths:
        until = to_wall(path.updated_at).date() if path.is_over else today
        held = sum(path.from_on <= day <= until for day in days)
        shown.append(
            {
                "id": path.id,
                "code": path.code,
                "planned": path.planned,
                "from_on": path.from_on,
                "evaluate_on": path.evaluate_on,
                "status": path.status,
                "version": path.version,
                "held": held,
            }
        )
    return shown
