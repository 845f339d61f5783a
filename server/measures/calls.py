"""A person's wish to be called after answering: it is never lost."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.citizens.own_hand import hold_own
from server.core import clock
from server.core.access import Actor
from server.measures.models import MeasureResult
from server.measures.results import ENTITY
from server.tasks import service as tasks
from server.tasks.days import next_working_day

KIND = tasks.TaskKind.CALL_WISHED


def wish_call(
    session: Session,
    *,
    citizen_id: UUID,
    call_id: UUID,
    result_id: UUID,
    holidays: Collection[date],
    actor: Actor,
    now: datetime,
) -> None:
    """Note that the person wants a call: a task for who answers for the person, for the next working day.

    The wish stands by itself: it needs no rule that is on now and no answers that are still there, and it
    tells nobody what was answered. One open call is enough for all of them; once somebody has called, the
    next yes is a call more, also one about the same answers from another phone. `call_id`: this very wish.

    :raises Forbidden: if it is not the person's own phone
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    row = session.get(MeasureResult, (citizen_id, result_id), populate_existing=True)
    if row is not None and not row.erased and not row.call_wished:
        citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=result_id, at=now)
        row.call_wished_at = now
        session.flush()
    due_on = next_working_day(clock.to_wall(now).date(), holidays=holidays)
    if tasks.join_open(
        session, kind=KIND, citizen_id=citizen_id, due_on=due_on, wants_talk=True, actor=actor, now=now
    ):
        return
    was_called = tasks.known_subjects(session, kind=KIND, subject_ids=[result_id])
    tasks.open_task(
        session,
        kind=KIND,
        citizen_id=citizen_id,
        subject_id=call_id if was_called else result_id,
        unit_id=unit_id,
        due_on=due_on,
        wants_talk=True,
        actor=actor,
        now=now,
    )
