"""Whom to call because it became hard on the way to a goal, and the person lets us know."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.audit import service as audit
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
    about = goals.goals_of_events(session, event_ids=[one.subject_id for one in found], actor=actor, now=now)
    return [
        {
            **row,
            "goal": about.get(task.subject_id),
            "wants_talk": task.wants_talk if row["mine"] else None,
        }
        for task, row in calling.rows(session, found, actor=actor, now=now)
    ]
