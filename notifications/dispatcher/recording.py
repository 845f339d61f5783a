"""What came of a try: judged, written down, and its consequences drawn, in one transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.orm import Session

from notifications.dispatcher import circuits
from notifications.dispatcher.claims import CONFIRM_WITHIN
from notifications.dispatcher.reactions import LONG, Sign, Verdict, judge
from notifications.dispatcher.sending import Job
from notifications.models import (
    Delivery,
    DeliveryAttempt,
    DeliveryState,
    Occurrence,
    OccurrenceState,
    PushDevice,
)
from notifications.models.states import OPEN_DELIVERY
from notifications.models.transitions import (
    affected,
    delivery_step,
    end_devices,
    lock_occurrences,
    lock_occurrences_of_devices,
    settle,
)
from notifications.push import Answer


def record(
    session: Session, job: Job, answer: Answer, *, now: datetime, random: Callable[[], float]
) -> tuple[Verdict, bool]:
    """Decide what a try means and write it down; false if the lease was lost or the phone answered first."""
    around = circuits.look_around(session, job.around, answer=answer, device=job.phone, now=now)
    verdict = judge(
        answer, around, attempts=job.attempts, now=now, deadline_at=job.target.deadline_at, random=random
    )
    ends_device = verdict.reaction.device
    if ends_device is None:
        lock_occurrences(session, [job.occurrence_id])
    else:
        lock_occurrences_of_devices(session, [job.target.device_id], now=now)
    _note_try(session, job, answer, verdict, now)
    _note_device(session, job, answer, verdict, now)
    is_ours = affected(session, _result(job, answer, verdict, now)) == 1
    if is_ours and ends_device is not None:
        end_devices(session, [job.target.device_id], state=ends_device, reason=verdict.reaction.name, now=now)
    if is_ours and verdict.state is DeliveryState.ACCEPTED and not job.around.was_accepted:
        _expect_confirmation(session, job.occurrence_id, now)
    if not (is_ours and verdict.state in OPEN_DELIVERY):  # else it is open still, and so is its occurrence
        settle(session, [job.occurrence_id], now=now)
    circuits.note(
        session,
        origin=job.phone.origin,
        sign=verdict.reaction.sign,
        now=now,
        is_probe=job.is_probe,
        wait=answer.retry_after,
    )
    return verdict, is_ours


def _note_try(session: Session, job: Job, answer: Answer, verdict: Verdict, now: datetime) -> None:
    session.add(
        DeliveryAttempt(
            delivery_id=job.delivery_id,
            origin=job.phone.origin,
            at=now,
            outcome=verdict.reaction.name,
            status_class=f"{answer.status // 100}xx" if answer.status else str(answer.failure),
            duration_ms=answer.duration_ms,
        )
    )
    session.flush()


def _note_device(session: Session, job: Job, answer: Answer, verdict: Verdict, now: datetime) -> None:
    """What the answer says about the phone; one that is well costs no write."""
    values: dict[str, object] = {}
    if verdict.reaction.name in circuits.REFUSED:
        values["refusals"] = PushDevice.refusals + 1
    elif verdict.reaction.state is DeliveryState.ACCEPTED and job.around.refusals > 1:
        values["refusals"] = 0
    if verdict.reaction.sign is Sign.TOO_MUCH:
        values["wait_until"] = now + (answer.retry_after or LONG)
    if values:
        session.execute(
            update(PushDevice)
            .where(PushDevice.id == job.target.device_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _result(job: Job, answer: Answer, verdict: Verdict, now: datetime) -> Any:
    values: dict[str, object] = {"reason": verdict.reason, "next_attempt_at": verdict.next_attempt_at}
    if verdict.reaction.state is DeliveryState.ACCEPTED:
        values |= {
            "accepted_at": func.coalesce(Delivery.accepted_at, now),
            "location_hash": answer.location_hash,
            "granted_ttl": answer.granted_ttl,
        }
    step = delivery_step([DeliveryState.INTENT], verdict.state, now=now, **values)
    return step.where(Delivery.id == job.delivery_id, Delivery.lease_token == job.token)


def _expect_confirmation(session: Session, occurrence_id: UUID, now: datetime) -> None:
    session.execute(
        update(Occurrence)
        .where(Occurrence.id == occurrence_id, Occurrence.state == OccurrenceState.FANNED_OUT.value)
        .values(confirm_by=func.greatest(Occurrence.confirm_by, now + CONFIRM_WITHIN))
        .execution_options(synchronize_session=False)
    )
