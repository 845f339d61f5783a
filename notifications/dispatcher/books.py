"""What is written before and after the calls, many deliveries in one transaction."""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.dispatcher import broken, recording, sending
from notifications.dispatcher.recording import Outcome, Try
from notifications.dispatcher.sending import Claimed, Job, Rules
from notifications.failpoints import Point

log = logging.getLogger("notifications.dispatcher")


class Books:
    """Intents and results. Each method is one transaction: what it says is committed when it is back."""

    def __init__(
        self,
        *,
        session_factory: Callable[[], AbstractContextManager[Session]],
        rules: Rules,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self._session, self._rules, self._clock, self._jitter = session_factory, rules, clock, jitter

    def intend(self, claimed: Sequence[Claimed]) -> list[Job]:
        """Commit that these are about to be sent; those missing in the answer may not or need not be."""
        with self._session() as session:
            jobs = sending.intend(session, self._rules, claimed=claimed, now=self._clock())
        if jobs:
            failpoints.reach(Point.INTENT_COMMITTED)
        return jobs

    def put_aside(self, delivery_id: UUID, token: UUID) -> None:
        """Let one wait that failed in this house; its lease runs out if even that cannot be written."""
        with self._session() as session:
            broken.put_aside(session, delivery_id=delivery_id, token=token, now=self._clock())

    def record(self, tries: Sequence[Try]) -> list[Outcome]:
        """Commit what came of these tries; one that stands alone comes alone."""
        with self._session() as session:
            outcomes = recording.record(session, tries, now=self._clock(), random=self._jitter)
            failpoints.reach(Point.RECORDED)
        failpoints.reach(Point.RECORD_COMMITTED)
        for one in outcomes:
            _tell(one)
        return outcomes


def _tell(one: Outcome) -> None:
    """Log ids, status and time; never an address or what a push service wrote."""
    level = logging.ERROR if one.verdict.reaction.alarm else logging.INFO
    log.log(
        level,
        "push %s: delivery %s, try %d, status %s, %d ms%s",
        one.verdict.reaction.name,
        one.job.delivery_id,
        one.job.attempts + 1,
        one.answer.status or one.answer.failure,
        one.answer.duration_ms,
        "" if one.is_ours else ", lease lost",
    )
