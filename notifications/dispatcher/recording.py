"""What came of tries: judged, written down, and their consequences drawn, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, update
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, INTEGER, TEXT, TIMESTAMP
from sqlalchemy.dialects.postgresql import UUID as UUID_
from sqlalchemy.orm import Session

from notifications.dispatcher import circuits
from notifications.dispatcher.claims import CONFIRM_WITHIN
from notifications.dispatcher.reactions import LONG, Sign, Verdict, judge, reaction_to
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
from notifications.models.tables import new_id
from notifications.models.transitions import (
    delivery_step,
    end_devices,
    lock_occurrences,
    lock_occurrences_of_devices,
    settle,
)
from notifications.push import Answer


@dataclass(frozen=True)
class Try:
    """A message that left, and what was said about it."""

    job: Job
    answer: Answer

    @property
    def stands_alone(self) -> bool:
        """Whether it needs a transaction of its own.

        It does if it tries a service in trouble, ends a phone, or says more once one looks at other phones.
        """
        ends_phone = reaction_to(self.answer, self.job.around).device is not None
        return self.job.is_probe or ends_phone or self.answer.status in circuits.LOOKED_AROUND


@dataclass(frozen=True)
class Outcome:
    """What a try means; `is_ours` is false if the lease was lost or the phone answered first."""

    job: Job
    answer: Answer
    verdict: Verdict
    is_ours: bool = False


def record(
    session: Session, tries: Sequence[Try], *, now: datetime, random: Callable[[], float]
) -> list[Outcome]:
    """Decide what tries mean and write it down, all or none; one that `stands_alone` comes alone.

    :raises ValueError: if one that stands alone comes with others
    """
    if len(tries) > 1 and any(one.stands_alone for one in tries):
        raise ValueError("A try that stands alone came with others.")
    judged = [_judge(session, one, now, random) for one in tries]
    ending = [one.job.target.device_id for one in judged if one.verdict.reaction.device is not None]
    if ending:
        lock_occurrences_of_devices(session, ending, now=now)
    else:
        lock_occurrences(session, {one.job.occurrence_id for one in judged})
    attempt_ids = _note_tries(session, judged, now)
    _note_devices(session, judged, now)
    ours = _write_results(session, judged, now)
    done = [Outcome(one.job, one.answer, one.verdict, number in ours) for number, one in enumerate(judged)]
    for one in done:
        ends = one.verdict.reaction.device
        if one.is_ours and ends is not None:
            reason = one.verdict.reaction.name
            end_devices(session, [one.job.target.device_id], state=ends, reason=reason, now=now)
    _expect_confirmation(session, done, now)
    over = {one.job.occurrence_id for one in done if not (one.is_ours and one.verdict.state in OPEN_DELIVERY)}
    settle(session, over, now=now)
    _note_services(session, done, attempt_ids, now)
    return done


def _judge(session: Session, one: Try, now: datetime, random: Callable[[], float]) -> Outcome:
    job, answer = one.job, one.answer
    around = circuits.look_around(session, job.around, answer=answer, device=job.phone, now=now)
    deadline_at = job.target.deadline_at
    return Outcome(
        job,
        answer,
        judge(answer, around, attempts=job.attempts, now=now, deadline_at=deadline_at, random=random),
    )


def _note_tries(session: Session, judged: Sequence[Outcome], now: datetime) -> list[UUID]:
    ids = sorted(new_id() for _ in judged)  # the order in which they are judged is the order of the books
    rows = [
        {
            "id": attempt_id,
            "delivery_id": one.job.delivery_id,
            "origin": one.job.phone.origin,
            "at": now,
            "outcome": one.verdict.reaction.name,
            "status_class": f"{one.answer.status // 100}xx" if one.answer.status else str(one.answer.failure),
            "duration_ms": one.answer.duration_ms,
        }
        for attempt_id, one in zip(ids, judged, strict=True)
    ]
    session.execute(insert(DeliveryAttempt), rows)
    return ids


def _note_devices(session: Session, judged: Sequence[Outcome], now: datetime) -> None:
    """What the answers say about the phones; one that is well costs no write."""
    for one in sorted(judged, key=lambda one: one.job.target.device_id):
        values: dict[str, object] = {}
        reaction = one.verdict.reaction
        if reaction.name in circuits.REFUSED:
            values["refusals"] = PushDevice.refusals + 1
        elif reaction.state is DeliveryState.ACCEPTED and one.job.around.refusals > 1:
            values["refusals"] = 0
        if reaction.sign is Sign.TOO_MUCH:
            values["wait_until"] = now + (one.answer.retry_after or LONG)
        if values:
            session.execute(
                update(PushDevice)
                .where(PushDevice.id == one.job.target.device_id)
                .values(**values)
                .execution_options(synchronize_session=False)
            )


# Every result at once: a statement of one shape, however many there are. Their names are none of a column's,
# which SQLAlchemy would take for values to set.
_RESULTS = (
    func.unnest(
        bindparam("numbers", type_=ARRAY(INTEGER)),
        bindparam("delivery_ids", type_=ARRAY(UUID_(as_uuid=True))),
        bindparam("tokens", type_=ARRAY(UUID_(as_uuid=True))),
        bindparam("reasons", type_=ARRAY(TEXT)),
        bindparam("next_attempts_at", type_=ARRAY(TIMESTAMP(timezone=True))),
        bindparam("location_hashes", type_=ARRAY(BYTEA)),
        bindparam("granted_ttls", type_=ARRAY(INTEGER)),
    )
    .table_valued(
        "number",
        "delivery_id",
        "token",
        "reason",
        "next_attempt_at",
        "location_hash",
        "granted_ttl",
        name="result",
    )
    .render_derived()
)


def _write_results(session: Session, judged: Sequence[Outcome], now: datetime) -> set[int]:
    """One step for each state they go to; says which of them (by number) were still ours."""
    alike: dict[tuple[DeliveryState, bool], list[int]] = {}
    for number, one in enumerate(judged):
        was_taken = one.verdict.reaction.state is DeliveryState.ACCEPTED
        alike.setdefault((one.verdict.state, was_taken), []).append(number)
    ours: set[int] = set()
    for (state, was_taken), numbers in alike.items():
        columns = _columns([(number, judged[number]) for number in numbers])
        ours.update(session.scalars(_step(state, was_taken, now), columns))
    return ours


def _step(state: DeliveryState, was_taken: bool, now: datetime) -> Any:
    result = _RESULTS.c
    values: dict[str, object] = {"reason": result.reason, "next_attempt_at": result.next_attempt_at}
    if was_taken:
        values |= {
            "accepted_at": func.coalesce(Delivery.accepted_at, now),
            "location_hash": result.location_hash,
            "granted_ttl": result.granted_ttl,
        }
    step = delivery_step([DeliveryState.INTENT], state, now=now, **values)
    is_it = (Delivery.id == result.delivery_id) & (Delivery.lease_token == result.token)
    return step.where(is_it).returning(result.number)


def _columns(results: Sequence[tuple[int, Outcome]]) -> dict[str, list[Any]]:
    return {
        "numbers": [number for number, _ in results],
        "delivery_ids": [one.job.delivery_id for _, one in results],
        "tokens": [one.job.token for _, one in results],
        "reasons": [one.verdict.reason for _, one in results],
        "next_attempts_at": [one.verdict.next_attempt_at for _, one in results],
        "location_hashes": [one.answer.location_hash for _, one in results],
        "granted_ttls": [one.answer.granted_ttl for _, one in results],
    }


def _expect_confirmation(session: Session, done: Sequence[Outcome], now: datetime) -> None:
    taken = [
        one.job.occurrence_id
        for one in done
        if one.is_ours and one.verdict.state is DeliveryState.ACCEPTED and not one.job.around.was_accepted
    ]
    if taken:
        session.execute(
            update(Occurrence)
            .where(Occurrence.id.in_(taken), Occurrence.state == OccurrenceState.FANNED_OUT.value)
            .values(confirm_by=func.greatest(Occurrence.confirm_by, now + CONFIRM_WITHIN))
            .execution_options(synchronize_session=False)
        )


def _note_services(
    session: Session, done: Sequence[Outcome], attempt_ids: Sequence[UUID], now: datetime
) -> None:
    by_origin: dict[str, list[circuits.Noted]] = {}
    for one in done:
        noted = circuits.Noted(one.verdict.reaction.sign, one.job.is_probe, one.answer.retry_after)
        by_origin.setdefault(one.job.phone.origin, []).append(noted)
    for origin in sorted(by_origin):
        circuits.note(session, origin, by_origin[origin], now=now, but=attempt_ids)
