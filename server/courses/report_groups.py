"""In which company it is told what somebody thought of a course: five people together, or none of them.

A report that grew by one answer would tell what one person said to whoever reads it before and after. So the
answers of runs that are over are put together by five, in the order in which they came, and the group stands
from then on. When one of the five erases or changes the answer, the whole group is told no more: what is left
of it would tell, too. A changed answer waits for new company, the other four do not.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from server.core.ids import new_id
from server.courses import visible
from server.courses.models import CourseFeedback

LEAST = 5  #: so many people are told together; fewer never


def tell(
    session: Session, answers: Sequence[CourseFeedback], *, key: str, now: datetime
) -> list[list[CourseFeedback]]:
    """The groups that are whole, each in the order in which its answers came.

    `answers`: those to one unit's course, one of each person in each run, in the order in which they came;
    `key` names the two. Those that find company now are written down with it.
    """
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"course-report:{key}", 0))))
    rows = _free(session, [row for row in answers if not _stands(row)], now)
    for group in _put_together(rows):
        group_id = new_id()
        for row in group:
            row.report_group, row.report_at = group_id, max(now, row.received_at)
    session.flush()
    groups: dict[UUID | None, list[CourseFeedback]] = {}
    for row in answers:
        if _stands(row):
            groups.setdefault(row.report_group, []).append(row)
    return [group for group in groups.values() if len(group) == LEAST]


def _stands(row: CourseFeedback) -> bool:
    """Whether it is in a group, and still as it was when it came there."""
    return row.report_at is not None and row.received_at <= row.report_at


def _free(session: Session, rows: Sequence[CourseFeedback], now: datetime) -> list[CourseFeedback]:
    """Those whose run is over, held; what a phone is just changing waits for the next time."""
    run_ids = {row.run_id for row in rows if row.run_id is not None}
    unfinished = set(session.scalars(visible.unfinished(run_ids, now)))
    over = [(row.citizen_id, row.id) for row in rows if row.run_id not in unfinished]
    held = (
        select(CourseFeedback)
        .where(
            tuple_(CourseFeedback.citizen_id, CourseFeedback.id).in_(over), CourseFeedback.erased_at.is_(None)
        )
        .order_by(CourseFeedback.received_at, CourseFeedback.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return [row for row in session.scalars(held) if not _stands(row)]


def _put_together(rows: Sequence[CourseFeedback]) -> list[list[CourseFeedback]]:
    """Whole groups of different people, the earliest first; who finds no company waits."""
    groups: list[list[CourseFeedback]] = []
    rest = list(rows)
    while True:
        group: dict[UUID, CourseFeedback] = {}
        for row in rest:
            if len(group) < LEAST:
                group.setdefault(row.citizen_id, row)
        if len(group) < LEAST:
            return groups
        groups.append(list(group.values()))
        rest = [row for row in rest if group.get(row.citizen_id) is not row]
