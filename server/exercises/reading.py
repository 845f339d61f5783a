"""What was given as staff see it: with its days, and with the answers that were offered to them alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.consents import offers
from server.core import clock
from server.core.access import Actor
from server.exercises import visible
from server.exercises.giving import rhythm_of, versions_of
from server.exercises.models import Answer, Assignment, AssignmentStatus
from server.exercises.states import Occurrence, states

READ = "exercises.read"
NEWEST = 500  #: answers that are looked through for the days
SHOWN = 100  #: answers that are shown


class Given(NamedTuple):
    """A given exercise and its days, the newest last."""

    assignment: dict[str, Any]
    occurrences: list[Occurrence]


class GivenPage(NamedTuple):
    """What a person was given, and the shared part of what came of it, newest first.

    `shared`: whether there is a yes to all of it, or something was shared by itself.
    """

    items: list[Given]
    shared: bool
    answers: list[dict[str, Any]]


def read_given(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> GivenPage:
    """The exercises of a person; the look is on the trail before any word is out.

    The relation and the yes are held: neither can end before the caller's commit.

    :raises NotFound: if the actor does not work with the citizen
    """
    look = offers.hold_look(session, citizen_id=citizen_id, choice=visible.CHOICE, actor=actor, now=now)
    theirs = visible.assignments(actor, now).where(Assignment.citizen_id == citizen_id)
    given = session.scalars(theirs.order_by(Assignment.given_at.desc(), Assignment.id)).all()
    answers = shared_with(session, citizen_id=citizen_id, actor=actor, now=now, limit=NEWEST)
    is_shared = look.stands or bool(answers)
    audit.record(
        session,
        event=READ,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=look.relation_id,
        purpose=visible.CHOICE.purpose,
        outcome="ok" if is_shared else "not-shared",
    )
    return GivenPage(_with_days(session, given, answers, now), is_shared, _shown(session, answers[:SHOWN]))


def shared_with(
    session: Session, *, citizen_id: UUID, actor: Actor, now: datetime, limit: int
) -> Sequence[Answer]:
    """The answers that a person shares with this staff member, newest first. The caller records the look."""
    wanted = visible.shared_answers(actor, now).where(Answer.citizen_id == citizen_id)
    return session.scalars(wanted.order_by(Answer.seq.desc()).limit(limit)).all()


def show(session: Session, given: Sequence[Assignment]) -> list[dict[str, Any]]:
    """Given exercises as staff see them."""
    versions = versions_of(session, [row.ref for row in given])
    names = accounts.staff_names(session, staff_ids={row.given_by for row in given})
    return [
        {
            **{name: getattr(row, name) for name in _AT_DESK},
            "ref": row.ref.wire,
            "title": own.title if (own := versions.get((row.own_id, row.own_version))) else None,
            "by_name": names[row.given_by],
        }
        for row in given
    ]


_AT_DESK = ("id", "goal_id", "given_on", "due_on", "repeat", "until_on", "line", "status", "version")


def _with_days(
    session: Session, given: Sequence[Assignment], answers: Sequence[Answer], now: datetime
) -> list[Given]:
    today = clock.to_wall(now).date()
    by_assignment: dict[UUID | None, list[Answer]] = {}
    for answer in answers:
        by_assignment.setdefault(answer.assignment_id, []).append(answer)
    return [
        Given(shown, states(rhythm_of(row), by_assignment.get(row.id, []), today=_last_day(row, today)))
        for row, shown in zip(given, show(session, given), strict=True)
    ]


def _last_day(row: Assignment, today: date) -> date:
    """What was taken back has no days after that."""
    if row.status == AssignmentStatus.WITHDRAWN and row.withdrawn_at is not None:
        return min(today, clock.to_wall(row.withdrawn_at).date())
    return today


def _shown(session: Session, answers: Sequence[Answer]) -> list[dict[str, Any]]:
    refs = [answer.ref for answer in answers if answer.ref is not None]
    versions = versions_of(session, refs)
    return [
        {
            **{name: getattr(answer, name) for name in _OF_ANSWER},
            "ref": answer.ref.wire if answer.ref else None,
            "title": own.title if (own := versions.get((answer.own_id, answer.own_version))) else None,
        }
        for answer in answers
    ]


_OF_ANSWER = ("id", "assignment_id", "on", "at", "outcome", "how", "written", "note")
