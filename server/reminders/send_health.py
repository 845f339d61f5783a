"""Send health: whether reminders go out as they should, for managers. Counts and push services, nobody."""

from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from notifications import alarms, health, outbox, way_health
from notifications.health import Books, OriginFigures
from notifications.way_health import WayFigures
from server.audit import service as audit
from server.core.access import Actor
from server.core.metrics import Figure


@dataclass(frozen=True)
class Alarm:
    """Something to look after, or that was over within the last week."""

    code: str
    service: str | None  #: the push service it is about, or none
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
    ways: list[WayFigures]
    alarms: list[Alarm]


def report(session: Session, *, actor: Actor, now: datetime) -> Report:
    """Look at everything; a worker that is missing is an alarm even though nobody could write it down."""
    audit.record(session, event="send-health.read", actor=actor, at=now)
    silent = health.is_worker_silent(session, now=now)
    missing = [Alarm(health.Code.WORKER_SILENT.value, None, 1, health.last_tick(session, now=now), None)]
    written = [
        Alarm(row.code, host(row.origin) or None, row.count, row.since, row.cleared_at)
        for row in alarms.alarms(session, now=now)
    ]
    return Report(
        at=now,
        working=not silent,
        overdue=health.overdue(session, now=now),
        books=health.last_books(session),
        services=health.origin_figures(session, now=now),
        ways=way_health.way_figures(session, now=now),
        alarms=[*(missing if silent else []), *written],
    )


def host(origin: str) -> str:
    """A push service as people read it: its name without the scheme."""
    return urlsplit(origin).netloc or origin


def figures(session: Session, *, now: datetime) -> list[Figure]:
    """The same for a monitoring system: what stands where, what is late, each open alarm as 1."""
    last, books = health.last_tick(session, now=now), health.last_books(session)
    found = [
        Figure("occurrences", "Due instances of reminders by state.", count, {"state": state})
        for state, count in outbox.ledger(session).items()
    ]
    found.append(
        Figure("overdue", "Reminders more than five minutes late.", health.overdue(session, now=now))
    )
    if last is not None:
        found.append(
            Figure("tick_age_seconds", "Since a worker looked at the clock.", (now - last).total_seconds())
        )
    if books is not None:
        found.append(Figure("ledger_difference", "Planned less open and ended; 0.", books.difference))
    open_alarms = {
        (row.code, row.origin) for row in alarms.alarms(session, now=now) if row.cleared_at is None
    }
    found += [
        Figure(
            "alarm",
            "1 while it lasts.",
            ((code.value, "") in open_alarms) * 1,
            {"code": code.value, "service": ""},
        )
        for code in (health.Code.LEDGER, health.Code.OVERDUE, health.Code.OTHER_WAY_LATE)
    ]
    found += [
        Figure("alarm", "1 while it lasts.", 1, {"code": code, "service": host(origin)})
        for code, origin in sorted(open_alarms)
        if origin
    ]
    found += [
        Figure(
            "other_ways_24h",
            "Text messages and mails of the last 24 hours.",
            one.count,
            {"channel": one.channel or "none", "state": one.state},
        )
        for one in way_health.way_figures(session, now=now)
    ]
    for one in health.origin_figures(session, now=now):
        counts = asdict(one)
        service = host(counts.pop("origin"))
        found += [
            Figure("deliveries_24h", "Of the last 24 hours.", count, {"service": service, "what": what})
            for what, count in counts.items()
        ]
    return found
