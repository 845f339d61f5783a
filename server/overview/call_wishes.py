"""Whom to call because the person asked for it, after answering a questionnaire."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.core.access import Actor
from server.measures import service as measures
from server.overview import calling
from server.tasks import service as tasks
from server.tasks.service import TaskKind


def list_wishes(session: Session, *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Everybody this actor is to call because they asked for it, who asked first stands first; recorded.

    A row says that a call is wished, and no more: what the answers came to is there only if the person shares
    those very answers with this colleague. A manager also sees those for whom no contact person or stand-in
    is at work: alias and time alone.
    """
    found = tasks.list_open(session, kind=TaskKind.CALL_WISHED, actor=actor, now=now)
    scores = measures.shared_scores(
        session, result_ids=[one.subject_id for one in found], actor=actor, now=now
    )
    shown = []
    for task, row in calling.rows(session, found, actor=actor, now=now):
        code, score = scores.get(task.subject_id, (None, None))
        shown.append({**row, "answered": code and {"code": code, "score": score}})
    audit.record(
        session, event="call-wishes.listed", actor=actor, at=now, purpose=f"call wishes: {len(shown)}"
    )
    return shown
