"""What came of tries: judged, written down, and their consequences drawn, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import update
from sqlalchemy.orm import Session

from notifications.dispatcher import circuits
from notifications.dispatcher.claims import CONFIRM_WITHIN
from notifications.dispatcher.reactions import LONG, Sign, Verdict, judge, reaction_to
from notifications.dispatcher.sending import Job
from notifications.models import DeliveryState, PushDevice
from notifications.models.sql import run, spelled
from notifications.models.states import OPEN_DELIVERY
from notifications.models.tables import new_ids
from notifications.models.transitions import (
    check_delivery_step,
    end_devices,
    lock_occurrences,
    lock_occurrences_of_devices,
    settle,
)
from notifications.push import Answer


class Try(NamedTuple):
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


class Outcome(NamedTuple):
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
    if noted := _about_devices(judged, now):
        lock_occurrences(session, {one.job.occurrence_id for one in judged})
        _note_devices(session, noted)
    attempt_ids = new_ids(len(judged))
    ours = _write(session, judged, attempt_ids, now)
    done = [one._replace(is_ours=number in ours) for number, one in enumerate(judged)]
    for one in done:
        ends = one.verdict.reaction.device
        if one.is_ours and ends is not None:
            reason = one.verdict.reaction.name
            end_devices(session, [one.job.target.device_id], state=ends, reason=reason, now=now)
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


def _status_class(answer: Answer) -> str:
    return f"{answer.status // 100}xx" if answer.status else str(answer.failure)


def _about_devices(judged: Sequence[Outcome], now: datetime) -> list[tuple[UUID, dict[str, object]]]:
    """What the answers say about the phones; one that is well costs no write."""
    found = []
    for one in judged:
        values: dict[str, object] = {}
        reaction = one.verdict.reaction
        if reaction.name in circuits.REFUSED:
            values["refusals"] = PushDevice.refusals + 1
        elif reaction.state is DeliveryState.ACCEPTED and one.job.around.refusals > 1:
            values["refusals"] = 0
        if reaction.sign is Sign.TOO_MUCH:
            values["wait_until"] = now + (one.answer.retry_after or LONG)
        if values:
            found.append((one.job.target.device_id, values))
    return sorted(found, key=itemgetter(0))


def _note_devices(session: Session, noted: Sequence[tuple[UUID, dict[str, object]]]) -> None:
    for device_id, values in noted:
        session.execute(
            update(PushDevice)
            .where(PushDevice.id == device_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def _write(
    session: Session, judged: Sequence[Outcome], attempt_ids: Sequence[UUID], now: datetime
) -> set[int]:
    """The tries and their results, in one statement; says which of them (by number) were still ours.

    As one JSON value: to hand over a list for each column takes ten times as long.
    """
    for state in {one.verdict.state for one in judged}:
        check_delivery_step([DeliveryState.INTENT], state)
    results = [_result(number, attempt_ids[number], one) for number, one in enumerate(judged)]
    rows = run(
        session,
        _WRITE,
        results=orjson.dumps(results).decode(),
        occurrences=spelled({one.job.occurrence_id for one in judged}),
        now=now,
        confirm_by=now + CONFIRM_WITHIN,
    )
    return {number for (number,) in rows}


def _result(number: int, attempt_id: UUID, one: Outcome) -> dict[str, object]:
    job, answer, verdict = one.job, one.answer, one.verdict
    reaction = verdict.reaction
    result: dict[str, object] = {
        "number": number,
        "attempt_id": attempt_id,
        "delivery_id": job.delivery_id,
        "token": job.token,
        "origin": job.phone.origin,
        "outcome": reaction.name,
        "status_class": _status_class(answer),
        "duration_ms": answer.duration_ms,
        "state": verdict.state,
        "is_over": verdict.state not in OPEN_DELIVERY,
        "was_taken": reaction.state is DeliveryState.ACCEPTED,
        "awaits_phone": verdict.state is DeliveryState.ACCEPTED and not job.around.was_accepted,
    }
    if verdict.reason is not None:
        result["reason"] = verdict.reason
    if verdict.next_attempt_at is not None:
        result["next_attempt_at"] = verdict.next_attempt_at
    if answer.location_hash is not None:
        result["location_hash"] = answer.location_hash.hex()
    if answer.granted_ttl is not None:
        result["granted_ttl"] = answer.granted_ttl
    return result


# Occurrences are locked in the common order before the first delivery is touched: `ours` asks for their
# count. A delivery that somebody moved meanwhile is looked at anew by the UPDATE itself, state and token
# included.
# Not a pipeline of statements: PostgreSQL ends no transaction of one who stands still after such.
_WRITE = """
WITH result AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(results)s::json) AS told (
        number integer, attempt_id uuid, delivery_id uuid, token uuid, origin text, outcome text,
        status_class text, duration_ms integer, state text, is_over boolean, was_taken boolean,
        awaits_phone boolean, reason text, next_attempt_at timestamptz, location_hash text,
        granted_ttl integer
    )
), locked AS MATERIALIZED (
    SELECT id FROM occurrence WHERE id = ANY(%(occurrences)s::uuid[]) ORDER BY id FOR NO KEY UPDATE
), tried AS (
    INSERT INTO delivery_attempt (id, delivery_id, origin, outcome, status_class, duration_ms, at)
    SELECT attempt_id, delivery_id, origin, outcome, status_class, duration_ms, %(now)s FROM result
), ours AS (
    UPDATE delivery SET
        state = result.state,
        lease_token = NULL,
        lease_until = NULL,
        reason = result.reason,
        next_attempt_at = result.next_attempt_at,
        finished_at = CASE WHEN is_over THEN %(now)s ELSE finished_at END,
        accepted_at = CASE WHEN was_taken THEN coalesce(accepted_at, %(now)s) ELSE accepted_at END,
        location_hash = CASE
            WHEN was_taken THEN decode(result.location_hash, 'hex') ELSE delivery.location_hash END,
        granted_ttl = CASE WHEN was_taken THEN result.granted_ttl ELSE delivery.granted_ttl END
    FROM result, (SELECT count(*) FROM locked) AS all_locked
    WHERE delivery.id = result.delivery_id AND delivery.state = 'intent'
        AND delivery.lease_token = result.token
    RETURNING result.number, delivery.occurrence_id, result.awaits_phone
), awaited AS (
    UPDATE occurrence SET confirm_by = greatest(confirm_by, %(confirm_by)s)
    WHERE state = 'fanned-out' AND id IN (SELECT occurrence_id FROM ours WHERE awaits_phone)
)
SELECT number FROM ours
"""


def _note_services(
    session: Session, done: Sequence[Outcome], attempt_ids: Sequence[UUID], now: datetime
) -> None:
    by_origin: dict[str, list[circuits.Noted]] = {}
    for one in done:
        noted = circuits.Noted(one.verdict.reaction.sign, one.job.is_probe, one.answer.retry_after)
        by_origin.setdefault(one.job.phone.origin, []).append(noted)
    for origin in sorted(by_origin):
        circuits.note(session, origin, by_origin[origin], now=now, but=attempt_ids)
