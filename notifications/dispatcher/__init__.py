"""The dispatcher: takes what is due, sends it, and writes down what came of it."""

import logging
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.dispatcher import claims, planning, sending
from notifications.dispatcher.claims import LEASE, Lease
from notifications.dispatcher.reactions import Verdict, judge
from notifications.dispatcher.sending import Job, MaySend, Render, Rules
from notifications.failpoints import Point
from notifications.push import Answer, Message, Target

__all__ = ["Dispatcher", "Lease", "MaySend", "Message", "Render", "Sender", "SessionFactory"]

SessionFactory = Callable[[], AbstractContextManager[Session]]
log = logging.getLogger("notifications.dispatcher")
_random = random.SystemRandom().random


class Sender(Protocol):
    """Whatever brings one message to one device."""

    def send(self, target: Target, body: bytes) -> Answer: ...


class Dispatcher:
    """Moves reminders along their states; any number may work on one database."""

    def __init__(
        self,
        *,
        session_factory: SessionFactory,
        render: Render,
        may_send: MaySend,
        public_url: str,
        push: Sender,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = _random,
        lease: timedelta = LEASE,
    ) -> None:
        """`session_factory` opens a transaction and commits it; `public_url` is where a tap leads.

        `lease`: how long a claimed delivery is ours, and again once it is about to be sent.
        """
        self._session = session_factory
        self._rules = Rules(render=render, may_send=may_send, public_url=public_url.rstrip("/"), lease=lease)
        self._push = push
        self._jitter = jitter
        self.clock = clock

    def look(self) -> tuple[datetime, bool]:
        """The database's clock, and whether anything is to be done; one cheap statement."""
        with self._session() as session:
            row = session.execute(
                select(func.clock_timestamp(), claims.is_work_waiting(now=self.clock()))
            ).one()
        return row[0].astimezone(UTC), row[1]

    def advance(self) -> int:
        """Bring everything one step on that needs no push service; says how many rows moved."""
        now = self.clock()
        with self._session() as session:
            moved = claims.sweep(session, now=now)
        with self._session() as session:
            return moved + planning.plan(session, now=now)

    def claim(self, limit: int) -> Lease:
        """Take up to `limit` deliveries, the most urgent first."""
        with self._session() as session:
            lease = claims.claim(session, limit=limit, now=self.clock(), lasts=self._rules.lease)
            failpoints.reach(Point.LEASED)
        failpoints.reach(Point.LEASE_COMMITTED)
        return lease

    def hand_back(self, token: UUID) -> int:
        """Give up what is left of a lease."""
        with self._session() as session:
            return claims.hand_back(session, token, now=self.clock())

    def deliver(self, delivery_id: UUID, token: UUID) -> bool:
        """Send one claimed delivery; true if it left the house and the result is ours to record."""
        with self._session() as session:
            job = sending.intend(session, self._rules, delivery_id=delivery_id, token=token, now=self.clock())
        if job is None:
            return False
        failpoints.reach(Point.INTENT_COMMITTED)
        answer = self._push.send(job.target, job.body)
        failpoints.reach(Point.ANSWERED)
        return self._record(job, answer)

    def _record(self, job: Job, answer: Answer) -> bool:
        now = self.clock()
        verdict = judge(
            answer,
            attempts=job.attempts,
            now=now,
            deadline_at=job.target.deadline_at,
            random=self._jitter,
        )
        with self._session() as session:
            recorded = sending.record(session, job, answer, verdict, now=now)
            failpoints.reach(Point.RECORDED)
        failpoints.reach(Point.RECORD_COMMITTED)
        _tell(job, answer, verdict, recorded)
        return recorded

    def run_until_idle(self) -> int:
        """Do all that is due now, in this thread; says how many messages left the house."""
        sent = 0
        while True:
            moved = self.advance()
            lease = self.claim(100)
            sent += sum(self.deliver(delivery_id, lease.token) for delivery_id in lease.delivery_ids)
            if not moved and not lease.delivery_ids:
                return sent


def _tell(job: Job, answer: Answer, verdict: Verdict, recorded: bool) -> None:
    """Log ids, status and time; never an address or what a push service wrote."""
    level = logging.ERROR if verdict.reaction.alarm else logging.INFO
    log.log(
        level,
        "push %s: delivery %s, try %d, status %s, %d ms%s",
        verdict.reaction.name,
        job.delivery_id,
        job.attempts + 1,
        answer.status or answer.failure,
        answer.duration_ms,
        "" if recorded else ", lease lost",
    )
