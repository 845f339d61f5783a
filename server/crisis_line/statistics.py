"""The crisis line's figures: true counts for its own staff and manager, suppressed ones for analysts.

What an analyst is given of a span of months is written down the first time and never changes: a contact
that comes late, is corrected or erased would otherwise stand out as the difference of two answers.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.core import clock
from server.core.access import Actor, Role
from server.core.errors import Forbidden, Invalid
from server.crisis_line import figures, follow_ups
from server.crisis_line.models import Contact
from server.crisis_line.models_desk import FigureRelease, FollowUp, FollowUpStatus
from server.crisis_line.releases import Block, Group, Way, blocks_of, later, month_key, quarter_of, together

LONGEST_SPAN = timedelta(days=3 * 366)
#: A contact that was written without the server can come so late; only then is a quarter complete.
COMPLETE_AFTER = timedelta(days=31)
_OWN = frozenset({Role.CRISIS_LINE, Role.MANAGER})


class BadSpan(Invalid):
    """The days cannot be shown."""

    def __init__(self) -> None:
        super().__init__(errors={"to": ["Must not lie before `from`, at most three years."]})


def read(
    session: Session, *, first: date, last: date, by: Way, actor: Actor, now: datetime
) -> dict[str, Any]:
    """The figures of the actor's unit for Danish days, both included; the look is recorded.

    :raises BadSpan: if the span ends before it begins, or is longer than three years
    """
    if actor.unit_id is None:
        raise Forbidden()
    if not timedelta() <= last - first <= LONGEST_SPAN:
        raise BadSpan()
    is_own = not actor.roles.isdisjoint(_OWN)
    read_for = _read_own if is_own else _read_released
    shown = {
        "first": first,
        "last": last,
        "by": by,
        "audience": "own" if is_own else "analyst",
        **read_for(session, actor.unit_id, first, last, by, now),
    }
    purpose = f"{by} {first} to {last}"
    audit.record(session, event="desk-figures.read", actor=actor, at=now, purpose=purpose)
    return shown


def _read_own(
    session: Session, unit_id: UUID, first: date, last: date, by: Way, _now: datetime
) -> dict[str, Any]:
    rows = figures.read_rows(session, unit_id=unit_id, first=first, last=last)
    agreed = select(FollowUp).where(
        FollowUp.contact_id.in_(select(Contact.id).where(Contact.id.in_([row.id for row in rows]))),
        FollowUp.status != FollowUpStatus.CANCELLED,
    )
    return {
        **figures.count(rows, by, first=first, last=last),
        "not_shown": [],
        "callers": figures.callers(rows),
        "safety": figures.safety(rows),
        "mentioned": figures.mentioned(rows) if by is Way.REASON else None,
        "follow_ups": follow_ups.summary(session.scalars(agreed).all() if rows else []),
    }


def _read_released(
    session: Session, unit_id: UUID, first: date, last: date, by: Way, now: datetime
) -> dict[str, Any]:
    """Whole blocks inside the span and nothing else; of people and follow-ups nothing."""
    blocks = [
        block
        for block in release(session, unit_id=unit_id, now=now)
        if first <= block.months[0] and later(block.months[-1], 1) - timedelta(days=1) <= last
    ]
    groups = together(blocks, by)
    shown = {month for block in blocks for month in block.months}
    return {
        "rows": [{"keys": list(group.keys), "count": group.count} for group in groups],
        "gaps": [],
        "total": sum(block.total for block in blocks),
        "not_shown": [month_key(month) for month in _months(first, last) if month not in shown],
        **dict.fromkeys(("callers", "safety", "mentioned", "follow_ups")),
    }


def release(session: Session, *, unit_id: UUID, now: datetime) -> list[Block]:
    """Every block that analysts may see, those that have become complete since the last time included."""
    key = func.hashtextextended(f"desk-figures:{unit_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))
    standing = select(FigureRelease).where(FigureRelease.unit_id == unit_id)
    blocks = [_block(row) for row in session.scalars(standing.order_by(FigureRelease.first_month))]
    begins = _begins(session, unit_id, blocks)
    after = quarter_of(clock.to_wall(now - COMPLETE_AFTER).date())
    if begins is None or begins >= after:
        return blocks
    rows = figures.read_rows(session, unit_id=unit_id, first=begins, last=after - timedelta(days=1))
    counted = [figures.counted(row) for row in rows if not row.is_erased]
    new = blocks_of(counted, first=begins, after=after)
    session.add_all(_row(unit_id, block, now) for block in new)
    session.flush()
    return [*blocks, *new]


def _begins(session: Session, unit_id: UUID, blocks: Sequence[Block]) -> date | None:
    if blocks:
        return later(blocks[-1].months[-1], 1)
    day = figures.first_day(session, unit_id=unit_id)
    return quarter_of(day) if day else None


def _row(unit_id: UUID, block: Block, now: datetime) -> FigureRelease:
    groups = {
        way: [{"keys": list(group.keys), "count": group.count} for group in block.groups[way]] for way in Way
    }
    return FigureRelease(
        unit_id=unit_id,
        first_month=block.months[0],
        last_month=block.months[-1],
        released_at=now,
        groups=groups,
    )


def _block(row: FigureRelease) -> Block:
    groups = {
        way: tuple(Group(tuple(group["keys"]), group["count"]) for group in row.groups[way]) for way in Way
    }
    return Block(tuple(_months(row.first_month, row.last_month)), groups)


def _months(first: date, last: date) -> list[date]:
    months = [first.replace(day=1)]
    while later(months[-1], 1) <= last:
        months.append(later(months[-1], 1))
    return months
