"""What came of tries: judged, written down, and their consequences drawn, in one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TableValuedAlias, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, INTEGER, TEXT, TIMESTAMP
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
from notifications.models.sql import ID, among
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

_INSTANT = TIMESTAMP(timezone=True)


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
    rows = _columns(
        ("id", ID, ids),
        ("delivery_id", ID, [one.job.delivery_id for one in judged]),
        ("origin", TEXT(), [one.job.phone.origin for one in judged]),
        ("outcome", TEXT(), [one.verdict.reaction.name for one in judged]),
        ("status_class", TEXT(), [_status_class(one.answer) for one in judged]),
        ("duration_ms", INTEGER(), [one.answer.duration_ms for one in judged]),
    )
    names = [*rows.c.keys(), "at"]
    session.execute(insert(DeliveryAttempt).from_select(names, select(*rows.c, literal(now, _INSTANT))))
    return ids


def _status_class(answer: Answer) -> str:
    return f"{answer.status // 100}xx" if answer.status else str(answer.failure)


def _columns(*columns: tuple[str, Any, list[Any]]) -> TableValuedAlias:
    """Rows from name, type and values of each column: a statement of one shape, however many there are.

    Not a pipeline of statements: PostgreSQL ends no transaction of one who stands still after such.
    """
    values = [literal(found, ARRAY(kind)) for _, kind, found in columns]
    return (
        func.unnest(*values).table_valued(*(name for name, _, _ in columns), name="written").render_derived()
    )


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


def _write_results(session: Session, judged: Sequence[Outcome], now: datetime) -> set[int]:
    """One step for each state they go to; says which of them (by number) were still ours."""
    alike: dict[tuple[DeliveryState, bool], list[int]] = {}
    for number, one in enumerate(judged):
        was_taken = one.verdict.reaction.state is DeliveryState.ACCEPTED
        alike.setdefault((one.verdict.state, was_taken), []).append(number)
    ours: set[int] = set()
    for (state, was_taken), numbers in alike.items():
        ours.update(session.scalars(_step(state, was_taken, [(one, judged[one]) for one in numbers], now)))
    return ours


def _step(
    state: DeliveryState, was_taken: bool, results: Sequence[tuple[int, Outcome]], now: datetime
) -> Any:
    result = _columns(
        ("number", INTEGER(), [number for number, _ in results]),
        ("delivery_id", ID, [one.job.delivery_id for _, one in results]),
        ("token", ID, [one.job.token for _, one in results]),
        ("reason", TEXT(), [one.verdict.reason for _, one in results]),
        ("next_attempt_at", _INSTANT, [one.verdict.next_attempt_at for _, one in results]),
        ("location_hash", BYTEA(), [one.answer.location_hash for _, one in results]),
        ("granted_ttl", INTEGER(), [one.answer.granted_ttl for _, one in results]),
    ).c
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


def _expect_confirmation(session: Session, done: Sequence[Outcome], now: datetime) -> None:
    taken = [
        one.job.occurrence_id
        for one in done
        if one.is_ours and one.verdict.state is DeliveryState.ACCEPTED and not one.job.around.was_accepted
    ]
    if taken:
        session.execute(
            update(Occurrence)
            .where(among(Occurrence.id, taken), Occurrence.state == OccurrenceState.FANNED_OUT.value)
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
