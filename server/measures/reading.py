"""What staff see: what a person is asked and when, and those answers that the person offered."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.consents import offers
from server.core import clock
from server.core.access import Actor
from server.core.errors import NotFound
from server.measures import definitions, plans, visible, windows
from server.measures.models import MeasurePlan, MeasureResult, PlanStatus, WithdrawnBy
from server.measures.windows import Answered, Window, WindowState

READ = "measures.read"
MOST = 500


class ShownWindow(NamedTuple):
    """A window and where it stands for who looks: answers that were not offered leave no trace in it."""

    key: str
    opens_on: date
    due_on: date
    overdue_on: date
    expires_on: date
    state: WindowState
    result_id: UUID | None


class ShownPlan(NamedTuple):
    """What a person is asked, and its windows up to the next that opens."""

    id: UUID
    code: str
    start_on: date
    end_on: date | None
    status: PlanStatus
    withdrawn_by: WithdrawnBy | None
    withdrawn_on: date | None
    version: int
    windows: list[ShownWindow]


class ShownResult(NamedTuple):
    """Answers as their writer lets somebody see them."""

    id: UUID
    code: str
    definition_version: int
    plan_id: UUID | None
    window_key: str | None
    items: dict[str, int]
    things: list[dict[str, Any]]
    score: int | None
    at: datetime


class Shown(NamedTuple):
    """What the console shows. `shared`: there is a yes to all of it, or something was shared by itself."""

    shared: bool
    plans: list[ShownPlan]
    results: list[ShownResult]
    offered: list[str]


def read(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Shown:
    """What a person is asked, and what the person shares of the answers, newest first; the look is recorded.

    Whether a window was answered, put off or left shows only in what was shared.

    :raises NotFound: if the actor does not work with the citizen
    """
    look = offers.hold_look(session, citizen_id=citizen_id, choice=visible.CHOICE, actor=actor, now=now)
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    if own is None:
        raise NotFound()
    results = list_shared(session, citizen_id=citizen_id, actor=actor, now=now)
    asked = session.scalars(
        visible.plans(actor, now)
        .where(MeasurePlan.citizen_id == citizen_id)
        .order_by(MeasurePlan.start_on.desc(), MeasurePlan.id)
    ).all()
    is_shared = look.stands or bool(results)
    audit.record(
        session,
        event=READ,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=look.relation_id or own.id,
        purpose=visible.CHOICE.purpose,
        outcome="ok" if is_shared else "not-shared",
    )
    today = clock.to_wall(now).date()
    return Shown(
        is_shared,
        [show_plan(one, results, today) for one in asked],
        results,
        list(definitions.known()),
    )


def list_shared(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> list[ShownResult]:
    """The answers that a person shares with this staff member, newest first; the caller records the look."""
    wanted = visible.shared(actor, now).where(MeasureResult.citizen_id == citizen_id)
    newest = wanted.order_by(MeasureResult.at.desc(), MeasureResult.id.desc()).limit(MOST)
    return [
        ShownResult(
            row.id,
            row.code,
            row.definition_version,
            row.plan_id,
            row.window_key,
            row.items,
            row.things,
            row.score,
            row.at,
        )
        for row in session.scalars(newest)
        if row.code is not None and row.definition_version is not None and row.at is not None
    ]


def shared_scores(
    session: Session, *, result_ids: Sequence[UUID], actor: Actor, now: datetime
) -> dict[UUID, tuple[str, int]]:
    """The questionnaire and score of those answers that are shared with this staff member and have a score.

    The caller records the look.
    """
    wanted = visible.shared(actor, now).where(MeasureResult.id.in_(result_ids))
    return {
        row.id: (row.code, row.score)
        for row in session.scalars(wanted)
        if row.code is not None and row.score is not None
    }


def show_plan(plan: MeasurePlan, results: Sequence[ShownResult], today: date) -> ShownPlan:
    """A plan with its windows, each as far as the shared answers tell of it."""
    own = {one.window_key: one.id for one in reversed(results) if one.plan_id == plan.id and one.window_key}
    answered = [Answered(key, complete=True) for key in own]
    stopped_on = plans.withdrawn_on(plan)
    found = windows.windows(start_on=plan.start_on, end_on=plan.end_on, until=today)
    return ShownPlan(
        plan.id,
        plan.code,
        plan.start_on,
        plan.end_on,
        plan.status,
        plan.withdrawn_by,
        stopped_on,
        plan.version,
        [_window(one, answered, own.get(one.key), stopped_on, today) for one in found],
    )


def _window(
    one: Window, answered: Sequence[Answered], result_id: UUID | None, stopped_on: date | None, today: date
) -> ShownWindow:
    state = windows.state(one, today=today, answered=answered, withdrawn_on=stopped_on)
    return ShownWindow(*one, state, result_id)
