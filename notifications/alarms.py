"""Alarms as rows: raised when something is wrong at two looks in a row, cleared when it no longer is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications import health, way_health
from notifications.health import Code
from notifications.models import Alarm, new_id

LOOK_EVERY = timedelta(seconds=30)
LOOKS_TO_BE_SURE = 2  #: one look may fall into the moment between two steps
REMEMBERED = timedelta(days=7)
_LOCK = "notifications.alarms"


@dataclass(frozen=True)
class Change:
    """An alarm that was raised or cleared at this look."""

    code: str
    origin: str
    count: int
    is_raised: bool


def watch(session: Session, *, now: datetime) -> list[Change]:
    """Look once, keep what was found as rows, and say what is new; another worker's look counts as ours."""
    if not session.scalar(select(func.pg_try_advisory_xact_lock(func.hashtextextended(_LOCK, 0)))):
        return []
    changes = _silence_over(session, now)
    health.check_books(session, now=now)
    found = [*health.look(session, now=now), *way_health.look(session, now=now)]
    for finding in found:
        _note(session, finding, now)
    changes += _cleared(session, now)
    session.execute(delete(Alarm).where(Alarm.cleared_at == now, Alarm.looks < LOOKS_TO_BE_SURE))
    raised = session.scalars(
        select(Alarm)
        .where(Alarm.cleared_at.is_(None), Alarm.looks == LOOKS_TO_BE_SURE)
        .execution_options(populate_existing=True)
    )
    return changes + [Change(row.code, row.origin, row.count, is_raised=True) for row in raised]


def _note(session: Session, finding: health.Finding, now: datetime) -> None:
    session.execute(
        insert(Alarm)
        .values(
            id=new_id(),
            code=finding.code.value,
            origin=finding.origin,
            since=now,
            last_seen=now,
            looks=1,
            count=finding.count,
        )
        .on_conflict_do_update(
            index_elements=["code", "origin"],
            index_where=Alarm.cleared_at.is_(None),
            set_={"last_seen": now, "looks": Alarm.looks + 1, "count": finding.count},
        )
    )


def _cleared(session: Session, now: datetime) -> list[Change]:
    """Close what this look did not see any more; says which of it people knew of."""
    gone = session.execute(
        update(Alarm)
        .where(Alarm.cleared_at.is_(None), Alarm.last_seen != now)
        .values(cleared_at=now)
        .returning(Alarm.code, Alarm.origin, Alarm.count.label("counted"), Alarm.looks)
        .execution_options(synchronize_session=False)
    ).all()
    return [
        Change(row.code, row.origin, row.counted, is_raised=False)
        for row in gone
        if row.looks >= LOOKS_TO_BE_SURE
    ]


def _silence_over(session: Session, now: datetime) -> list[Change]:
    """Who looks now is a worker: if there was none for a while, that is over, and stays written down."""
    last = health.last_tick(session, now=now)
    if last is None or not health.is_worker_silent(session, now=now):
        return []
    seconds = int((now - last).total_seconds())
    session.execute(
        insert(Alarm).values(
            id=new_id(),
            code=Code.WORKER_SILENT.value,
            origin="",
            since=last,
            last_seen=now,
            looks=LOOKS_TO_BE_SURE,
            count=seconds,
            cleared_at=now,
        )
    )
    return [Change(Code.WORKER_SILENT.value, "", seconds, is_raised=False)]


def alarms(session: Session, *, now: datetime) -> Sequence[Alarm]:
    """What people must look after, and what was over within the last week; the open ones first."""
    return session.scalars(
        select(Alarm)
        .where(
            Alarm.looks >= LOOKS_TO_BE_SURE,
            or_(Alarm.cleared_at.is_(None), Alarm.cleared_at > now - REMEMBERED),
        )
        .order_by(Alarm.cleared_at.is_not(None), Alarm.since.desc())
        .execution_options(populate_existing=True)
    ).all()
