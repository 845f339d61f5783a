"""Asking somebody one questionnaire from a day on: begun and changed by staff, stopped by either."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import service as citizens
from server.citizens.own_hand import hold_own
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.measures import definitions, visible, windows
from server.measures.models import MeasurePlan, PlanStatus, WithdrawnBy

ENTITY = "measure_plan"
EARLIEST, LATEST = timedelta(days=3 * 366), timedelta(days=366)
LONGEST = timedelta(days=10 * 366)


class PlanNotFound(NotFound):
    """There is no such plan, or it is about somebody out of sight."""


class AlreadyAsked(Conflict):
    """One plan a questionnaire is enough."""

    code, title = "already-asked", "The person is asked this already."


class PlanStopped(Conflict):
    """A plan that was stopped stays stopped; a new one can be begun."""

    code, title = "plan-stopped", "This was stopped. Begin anew if the person wants it."


class PhonePlan(NamedTuple):
    """A plan as the person's own phone keeps it."""

    id: UUID
    code: str
    start_on: date
    end_on: date | None
    status: PlanStatus
    withdrawn_by: WithdrawnBy | None
    withdrawn_on: date | None
    skipped: list[str]
    version: int


def begin(
    session: Session,
    *,
    citizen_id: UUID,
    code: str,
    start_on: date,
    end_on: date | None,
    actor: Actor,
    now: datetime,
) -> MeasurePlan:
    """Ask somebody one questionnaire from a day on, at the latest from a year ahead.

    :raises NotFound: if the actor does not work with the citizen
    :raises Invalid: for a questionnaire or days that cannot be
    :raises AlreadyAsked: if a plan for the same questionnaire runs
    """
    relation_id = _hold(session, citizen_id=citizen_id, actor=actor, now=now)
    definitions.get(code)
    today = clock.to_wall(now).date()
    if not today - EARLIEST <= start_on <= today + LATEST:
        raise Invalid(errors={"start_on": ["Must lie within three years back and a year ahead."]})
    _check_end(start_on, end_on)
    if actor.staff_id is None:
        raise Forbidden()
    plan = MeasurePlan(
        citizen_id=citizen_id,
        id=new_id(),
        code=code,
        start_on=start_on,
        end_on=end_on,
        status=PlanStatus.ACTIVE,
        skipped=[],
        given_by=actor.staff_id,
        given_at=now,
        version=1,
    )
    plan.tell_on = first_tell_on(plan, today)
    try:
        with session.begin_nested():
            session.add(plan)
            session.flush()
    except IntegrityError:
        raise AlreadyAsked() from None
    _note(session, plan, "measure-plan.begun", relation_id, actor, now)
    return plan


def change(
    session: Session,
    *,
    plan_id: UUID,
    version: int,
    end_on: date | None,
    stop: bool,
    actor: Actor,
    now: datetime,
) -> MeasurePlan:
    """Set or lift the end of a plan, or stop it. What was answered stays.

    :raises PlanNotFound: if the actor does not work with the person
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises PlanStopped: if it was stopped already
    :raises Invalid: if it would end before it starts
    """
    found = session.scalars(visible.plans(actor, now).where(MeasurePlan.id == plan_id)).one_or_none()
    if found is None:
        raise PlanNotFound()
    relation_id = _hold(session, citizen_id=found.citizen_id, actor=actor, now=now)
    session.refresh(found)
    if found.version != version:
        raise PreconditionFailed()
    if found.status != PlanStatus.ACTIVE:
        raise PlanStopped()
    if stop:
        _stop(found, WithdrawnBy.STAFF, now)
    else:
        _check_end(found.start_on, end_on)
        found.end_on = end_on
        found.tell_on = first_tell_on(found, clock.to_wall(now).date())
    found.version += 1
    event = "measure-plan.stopped" if stop else "measure-plan.changed"
    _note(session, found, event, relation_id, actor, now)
    return found


def decline(
    session: Session,
    *,
    citizen_id: UUID,
    plan_id: UUID,
    window_key: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say "not now" to one window, or without one: do not ask me this any more. Saying it twice is saying it.

    :raises Forbidden: if it is not the person's own phone
    :raises PlanNotFound: if it is not one of the person's plans
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    plan = session.get(MeasurePlan, (citizen_id, plan_id), populate_existing=True)
    if plan is None:
        raise PlanNotFound()
    if plan.status != PlanStatus.ACTIVE or window_key in plan.skipped:
        return
    if window_key is None:
        _stop(plan, WithdrawnBy.CITIZEN, now)
        plan.version += 1
    else:  # not a new version: staff see the number, and are not to learn of a "not now"
        plan.skipped = [*plan.skipped, window_key]
    session.flush()
    citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=plan.id, at=now)
    event = "measure-plan.declined" if window_key is None else "measure-plan.not-now"
    audit.record(
        session, event=event, actor=actor, at=now, unit_id=unit_id, citizen_id=citizen_id, subject_id=plan.id
    )


def current_plans(session: Session, *, citizen_id: UUID, ids: Collection[UUID]) -> Mapping[UUID, PhonePlan]:
    """Those of the ids that are the citizen's plans; for the citizen's own phone."""
    return {row.id: _for_phone(row) for row in session.scalars(visible.own_plans(citizen_id, ids))}


def first_tell_on(plan: MeasurePlan, today: date) -> date | None:
    """Today while a window is open whose day has come, else the day of the next one."""
    found = windows.windows(start_on=plan.start_on, end_on=plan.end_on, until=today)
    is_open = windows.current([one for one in found if one.due_on <= today], today) is not None
    return today if is_open else next_tell_on(plan, after=today)


def next_tell_on(plan: MeasurePlan, *, after: date) -> date | None:
    """The day of the next window after a day; None once there is none to come."""
    found = windows.windows(start_on=plan.start_on, end_on=plan.end_on, until=after)
    return next((one.due_on for one in found if one.due_on > after and one.key not in plan.skipped), None)


def _for_phone(row: MeasurePlan) -> PhonePlan:
    return PhonePlan(
        id=row.id,
        code=row.code,
        start_on=row.start_on,
        end_on=row.end_on,
        status=row.status,
        withdrawn_by=row.withdrawn_by,
        withdrawn_on=withdrawn_on(row),
        skipped=row.skipped,
        version=row.version,
    )


def withdrawn_on(row: MeasurePlan) -> date | None:
    """The Danish day on which a plan was stopped, if it was."""
    return None if row.withdrawn_at is None else clock.to_wall(row.withdrawn_at).date()


def _stop(plan: MeasurePlan, by: WithdrawnBy, now: datetime) -> None:
    plan.status, plan.withdrawn_by, plan.withdrawn_at = PlanStatus.WITHDRAWN, by, now
    plan.tell_on = None


def _check_end(start_on: date, end_on: date | None) -> None:
    if end_on is not None and not start_on <= end_on <= start_on + LONGEST:
        raise Invalid(errors={"end_on": ["Must not lie before the start, nor ten years after it."]})


def _hold(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> UUID:
    """The relation that allows it, asked again once nobody else can end it."""
    _relation(session, citizen_id, actor, now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    return _relation(session, citizen_id, actor, now)


def _relation(session: Session, citizen_id: UUID, actor: Actor, now: datetime) -> UUID:
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    if own is None:
        raise NotFound()
    return own.id


def _note(
    session: Session, plan: MeasurePlan, event: str, relation_id: UUID, actor: Actor, now: datetime
) -> None:
    session.flush()
    citizens.record_change(session, citizen_id=plan.citizen_id, entity=ENTITY, entity_id=plan.id, at=now)
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        citizen_id=plan.citizen_id,
        subject_id=plan.id,
        relation_id=relation_id,
    )
