"""Whom to call because a reminder reached nobody: before the appointment, the soonest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.appointments import unreached
from server.appointments.unreached import Unreached
from server.audit import service as audit
from server.citizens import answering
from server.citizens import visible as citizens_visible
from server.core.access import Actor
from server.overview import calling
from server.tasks import service as tasks
from server.tasks.service import Task


def list_unreached(session: Session, *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Everybody this actor is to call because no reminder told them, who comes next first; recorded.

    A manager also sees those for whom no contact person or stand-in is at work: alias and time alone. Who
    has answered meanwhile, or has no such appointment any more, is not among them, even with an open task.
    """
    found = tasks.list_open(session, kind=unreached.KIND, actor=actor, now=now)
    rows = _show(session, found, actor=actor, now=now)
    audit.record(
        session, event="unreached.listed", actor=actor, at=now, purpose=f"unreached reminders: {len(rows)}"
    )
    return sorted(rows, key=lambda row: (row["appointment"]["starts_at"], row["id"]))


def _show(session: Session, found: Sequence[Task], *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    people = {task.citizen_id for task in found}
    ahead = unreached.find_unreached(session, now=now, appointment_ids=[task.subject_id for task in found])
    calls = tasks.list_calls(session, task_ids=[task.id for task in found])
    helpers = answering.list_helpers(session, citizen_ids=people, now=now)
    own = set(session.scalars(citizens_visible.citizen_ids(actor, now)))
    aliases = calling.living(session, people, actor=actor, now=now)
    names = calling.names(session, {one.staff_id for one in ahead.values()}, calls, helpers)
    return [
        {
            "id": task.id,
            "version": task.version,
            "citizen_id": task.citizen_id,
            "citizen_alias": aliases[task.citizen_id],
            "appointment": _appointment(ahead[task.subject_id], names, is_own=task.citizen_id in own),
            "mine": task.citizen_id in own,
            "owner": calling.owner(task, helpers[task.citizen_id], names),
            "due_on": task.due_on,
            "tries": len(calls[task.id]),
            "calls": [calling.call(one, names) for one in calls[task.id]] if task.citizen_id in own else [],
        }
        for task in found
        if task.subject_id in ahead and task.citizen_id in aliases
    ]


def _appointment(one: Unreached, names: dict[Any, str], *, is_own: bool) -> dict[str, Any]:
    return {
        "id": one.id,
        "starts_at": one.starts_at,
        "kind": one.kind if is_own else None,
        "staff_name": names.get(one.staff_id, ""),
    }
