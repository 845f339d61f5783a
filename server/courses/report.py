"""What people thought of a course over half a year or a year: how many said what, and who never."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.core.access import Actor
from server.core.clock import from_wall, to_wall
from server.core.recurrence import months_after
from server.courses import report_groups, visible
from server.courses.models import CourseFeedback, CourseRun, CourseSession, SessionStatus
from server.courses.report_groups import LEAST
from server.library.course_models import Background, CourseContent

HIGHEST = 4


class Distribution(NamedTuple):
    """How many answered a question; the answers themselves only from five people on."""

    answered: int
    counts: dict[str, int] | None
    high: int | None


class Report(NamedTuple):
    """A course's feedback over some months."""

    code: str
    months: int
    since: date
    until: date
    runs: int
    people: int
    knowledge: Distribution | None
    useful: Distribution
    words: list[str]
    words_shown: bool
    background: Background | None


def read_report(
    session: Session, *, course: CourseContent, months: int, actor: Actor, now: datetime
) -> Report:
    """The feedback that came in over the last months at the actor's unit, one answer of each person in each
    run. It is told in whole groups (`report_groups.py`), a group by its last answer; before there is one,
    only how many answered. `runs`: how many had a session in that time.
    """
    until = to_wall(now).date()
    since = months_after(until, -months)
    from_at = from_wall(datetime.combine(since, datetime.min.time()))
    came = visible.feedback_at(actor, course.code).order_by(CourseFeedback.received_at, CourseFeedback.id)
    everything = session.scalars(came.execution_options(populate_existing=True)).all()
    told = report_groups.tell(session, everything, key=f"{actor.unit_id}:{course.code}", now=now)
    shown = [row for group in told for row in group if group[-1].received_at >= from_at]
    given = shown or [row for row in everything if row.received_at >= from_at]
    held = select(func.count(CourseSession.run_id.distinct())).where(
        CourseSession.run_id.in_(
            visible.runs(actor).where(CourseRun.code == course.code).with_only_columns(CourseRun.id)
        ),
        CourseSession.status == SessionStatus.HELD,
        CourseSession.starts_at >= from_at,
    )
    runs = session.scalar(held) or 0
    audit.record(session, event="course-report.read", actor=actor, at=now, purpose=course.code)
    is_shown = bool(shown)
    return Report(
        code=course.code,
        months=months,
        since=since,
        until=until,
        runs=runs,
        people=len({row.citizen_id for row in given}),
        knowledge=_distribution([(row.citizen_id, row.knowledge) for row in given], is_shown)
        if course.knowledge
        else None,
        useful=_distribution([(row.citizen_id, row.useful) for row in given], is_shown),
        words=sorted((row.words for row in shown if row.words is not None), key=_in_no_order),
        words_shown=is_shown,
        background=course.background,
    )


def _distribution(answers: Sequence[tuple[UUID, int | None]], is_shown: bool) -> Distribution:
    said = Counter(answer for _, answer in answers if answer is not None)
    people = {citizen_id for citizen_id, answer in answers if answer is not None}
    if not is_shown or len(people) < LEAST:
        return Distribution(said.total(), None, None)
    counts = {str(degree): said[degree] for degree in range(1, HIGHEST + 1)}
    return Distribution(said.total(), counts, said[HIGHEST])


def _in_no_order(words: str) -> bytes:
    """By a fingerprint: neither the time nor the person can be read from where words stand."""
    return hashlib.sha256(words.encode()).digest()
