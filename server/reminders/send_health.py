"""Send health: whether reminders go out as they should, for managers. Counts and push services, nobody."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from notifications import alarms, health
from notifications.health import Books, OriginFigures
from server.audit import service as audit
from server.core.access import Actor


@dataclass(frozen=True)
class Alarm:
    """Something to look after, or that was over within the last week."""

    code: str
    service: str
    count: int
    since: datetime | None
    cleared_at: datetime | None


@dataclass(frozen=True)
class Report:
    """How the sending stands at this moment, and what the last 24 hours were like."""

    at: datetime
    working: bool
    overdue: int
    books: Books | None
    services: list[OriginFigures]
    alarms: list[Alarm]


def report(session: Session, *, actor: Actor, now: datetime) -> Report:
    """Look at everything; a worker that is missing is an alarm even though nobody could write it down."""
    audit.record(session, event="send-health.read", actor=actor, at=now)
    silent = health.is_worker_silent(session, now=now)
    missing = [Alarm(health.Code.WORKER_SILENT.value, "", 1, health.last_tick(session), None)]
    written = [
        Alarm(row.code, host(row.origin), row.count, row.since, row.cleared_at)
        for row in alarms.alarms(session, now=now)
    ]
    return Report(
        at=now,
        working=not silent,
        overdue=health.overdue(session, now=now),
        books=health.last_books(session),
        services=health.origin_figures(session, now=now),
        alarms=[*(missing if silent else []), *written],
    )


def host(origin: str) -> str:
    """A push service as people read it: its name without the scheme."""
    return urlsplit(origin).netloc or origin
