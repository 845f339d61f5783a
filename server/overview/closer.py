"""Whom to call because it became hard on the way to a goal, and the person lets us know."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import answering
from server.citizens import visible as citizens_visible
from server.core.access import Actor
from server.goals import reading as goals
from server.overview import calling
from server.tasks import service as tasks
from server.tasks.service import Task, TaskKind


def list_closer(session: Session, *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Everybody this actor is to call since it became hard, whoever told us first stands first; recorded.

    A manager also sees those for whom no contact person or stand-in is at work: alias and time alone. What
    the person wrote is not here; it stands in the goal's history, as far as the person shares it.
    """
    found = tasks.list_open(session, kind=TaskKind.CLOSER_CONTACT, actor=actor, now=now)
    rows = _show(session, found, actor=actor, now=now)
    audit.record(
        session, event="closer-contacts.listed", actor=actor, at=now, purpose=f"closer contacts: {len(rows)}"
    )
    return rows


def _show(session: Session, found: Sequence[Task], *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    people = {task.citizen_id for task in found}
    about = goals.goals_of_events(session, event_ids=[one.subject_id for one in found], actor=actor, now=now)
    calls = tasks.list_calls(session, task_ids=[task.id for task in found])
    helpers = answering.list_helpers(session, citizen_ids=people, now=now)
    own = set(session.scalars(citizens_visible.citizen_ids(actor, now)))
    aliases = calling.living(session, people, actor=actor, now=now)
    names = calling.names(session, set(), calls, helpers)
    return [
        {
            "id": task.id,
            "version": task.version,
            "citizen_id": task.citizen_id,
            "citizen_alias": aliases[task.citizen_id],
            "goal": about.get(task.subject_id),
            "wants_talk": task.wants_talk if task.citizen_id in own else None,
            "mine": task.citizen_id in own,
            "owner": calling.owner(task, helpers[task.citizen_id], names),
            "since": task.created_at,
            "due_on": task.due_on,
            "tries": len(calls[task.id]),
            "calls": [calling.call(one, names) for one in calls[task.id]] if task.citizen_id in own else [],
        }
        for task in found
        if task.citizen_id in aliases
    ]
