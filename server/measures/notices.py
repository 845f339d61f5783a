"""Telling somebody that a questionnaire can be answered: neutral, once a window, and only who wants it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from notifications import outbox
from server.citizens import service as citizens
from server.core import clock
from server.measures import plans, windows
from server.measures.models import MeasurePlan, MeasureResult, PlanStatus
from server.measures.windows import Answered, Window, WindowState
from server.reminders import daily
from server.reminders import service as reminders
from server.reminders.slots import SlotKey

KIND = "questionnaire"
BATCH = 200
OPEN = (WindowState.DUE, WindowState.OVERDUE, WindowState.PARTIAL)


def list_to_tell(
    session: Session, *, now: datetime, after: tuple[UUID, UUID] | None = None
) -> Sequence[tuple[UUID, UUID]]:
    """The next plans (citizen, plan) of which who wants it may have to be told today; for the worker."""
    key = tuple_(MeasurePlan.citizen_id, MeasurePlan.id)
    due = select(MeasurePlan.citizen_id, MeasurePlan.id).where(
        MeasurePlan.tell_on <= clock.to_wall(now).date(),
        daily.wants(MeasurePlan.citizen_id, "questionnaires"),
    )
    if after is not None:
        due = due.where(key > after)
    return [(row.citizen_id, row.id) for row in session.execute(due.order_by(key).limit(BATCH))]


def tell(session: Session, *, citizen_id: UUID, plan_id: UUID, now: datetime) -> None:
    """Plan the neutral notice of the window that is open, if it waits for an answer, and look again tomorrow.

    It is the next window's turn only once a notice may have been shown, or nothing waits any more: a day can
    belong to another notice, one that was planned can give way, and somebody may be away from care a while.
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    plan = session.get(MeasurePlan, (citizen_id, plan_id), populate_existing=True)
    today = clock.to_wall(now).date()
    if plan is None or plan.tell_on is None or plan.tell_on > today:
        return
    window = _open_window(plan, today)
    is_due = window is not None and window.due_on <= today and _waits(session, plan, window, today)
    if window is None or not is_due or _is_told(session, plan, window):
        plan.tell_on = plans.next_tell_on(plan, after=today)
        return
    plan.tell_on = today + windows.A_DAY
    if citizens.is_in_care(session, citizen_id=citizen_id, now=now):
        daily.tell_once_a_day(
            session,
            kind=KIND,
            slot=SlotKey.QUESTIONNAIRE,
            subject_id=plan.id,
            citizen_id=citizen_id,
            now=now,
        )


def may_send(
    session: Session,
    *,
    subject_id: UUID,
    recipient_id: UUID,
    revision: int,
    slot: str,
    device_session_id: UUID | None,
    now: datetime,
) -> bool | datetime:
    """Whether this citizen may be told on this device now, or when to ask again; something has to wait."""
    plan = session.get(MeasurePlan, (recipient_id, subject_id), populate_existing=True)
    today = clock.to_wall(now).date()
    window = None if plan is None else _open_window(plan, today)
    if plan is None or window is None or not _waits(session, plan, window, today):
        return False
    return reminders.may_notify(
        session, citizen_id=recipient_id, slot=slot, device_session_id=device_session_id, now=now
    )


def _open_window(plan: MeasurePlan, today: date) -> Window | None:
    """The window of a plan that goes on in which somebody can answer today."""
    if plan.status != PlanStatus.ACTIVE:
        return None
    found = windows.windows(start_on=plan.start_on, end_on=plan.end_on, until=today)
    return windows.current(found, today)


def _waits(session: Session, plan: MeasurePlan, window: Window, today: date) -> bool:
    """Whether it was neither answered nor put off."""
    own = select(MeasureResult.window_key, MeasureResult.complete).where(
        MeasureResult.citizen_id == plan.citizen_id,
        MeasureResult.plan_id == plan.id,
        MeasureResult.window_key == window.key,
    )
    answered = [Answered(row.window_key, row.complete) for row in session.execute(own)]
    return windows.state(window, today=today, answered=answered, skipped=plan.skipped) in OPEN


def _is_told(session: Session, plan: MeasurePlan, window: Window) -> bool:
    """Whether a notice of this plan may have been shown since the window opened."""
    since = clock.from_wall(datetime.combine(window.opens_on, time.min))
    return outbox.is_shown_since(session, subject_id=plan.id, recipient_id=plan.citizen_id, since=since)
