"""The dispatcher: takes what is due, sends it, and writes down what came of it."""

import random
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Select, bindparam, func, select
from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.dispatcher import claims, other_ways, planning
from notifications.dispatcher.books import Books
from notifications.dispatcher.claims import LEASE, Lease
from notifications.dispatcher.fallback import Carrier, OtherWays, SafeChannel
from notifications.dispatcher.fallback_sender import AT_ONCE as FALLBACKS_AT_ONCE
from notifications.dispatcher.fallback_sender import FallbackSender
from notifications.dispatcher.lane import Lane
from notifications.dispatcher.recording import Try
from notifications.dispatcher.sending import About, Claimed, Job, MaySend, Render, Rules, Together
from notifications.failpoints import Point
from notifications.push import Answer, Calls, Message, Target

__all__ = [
    "FALLBACKS_AT_ONCE",
    "About",
    "Carrier",
    "Claimed",
    "Dispatcher",
    "Lane",
    "Lease",
    "MaySend",
    "Message",
    "OtherWays",
    "Render",
    "SafeChannel",
    "Sender",
    "SessionFactory",
    "Together",
]

SessionFactory = Callable[[], AbstractContextManager[Session]]
_random = random.SystemRandom().random


class Sender(Protocol):
    """Whatever brings messages to devices: one, or many at once."""

    def send(self, target: Target, body: bytes) -> Answer: ...

    def calls(self, *, at_once: int) -> Calls[Job]: ...


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
        together: Together | None = None,
        ways: OtherWays | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = _random,
        lease: timedelta = LEASE,
    ) -> None:
        """`session_factory` opens a transaction and commits it; `public_url` is where a tap leads.

        `together`: `may_send` and `render` for many pushes at once; without it one is asked about after the
        other. `ways`: what to do when no phone answers; without it nothing is done about that.
        `lease`: how long a claimed delivery is ours, and again once it is about to be sent.
        """
        self._session = session_factory
        self._rules = Rules(
            render=render,
            may_send=may_send,
            public_url=public_url.rstrip("/"),
            lease=lease,
            together=together,
        )
        self._push = push
        self.clock = clock
        self._books = Books(session_factory=session_factory, rules=self._rules, clock=clock, jitter=jitter)
        self._fallbacks = (
            None
            if ways is None
            else FallbackSender(
                session_factory=session_factory, ways=ways, may_send=may_send, clock=clock, lease=lease
            )
        )
        self._question = self._make_question(with_stuck=False)
        self._wider_question = self._make_question(with_stuck=True)

    def look(self) -> tuple[datetime, bool]:
        """The database's clock, and whether anything is to be done; one cheap statement."""
        now = self.clock()
        is_wider = self._fallbacks is not None and self._fallbacks.is_to_look_for_stuck(now)
        with self._session() as session:
            row = session.execute(self._wider_question if is_wider else self._question, {"now": now}).one()
        if self._fallbacks is not None and is_wider and not row[1]:
            self._fallbacks.found_none_stuck(now)
        return row[0].astimezone(UTC), row[1]

    def _make_question(self, *, with_stuck: bool) -> Select[*tuple[Any, ...]]:
        """Made once: putting it together costs more than the database needs to answer it.

        What no push service takes is asked for now and then only: that question has no index of its own.
        """
        now: Any = bindparam("now", type_=DateTime(timezone=True))
        is_waiting = claims.is_work_waiting(now=now)
        if self._fallbacks is not None:
            is_waiting = is_waiting | other_ways.is_work_waiting(now=now, with_stuck=with_stuck)
        return select(func.clock_timestamp(), is_waiting)

    def advance(self) -> int:
        """Bring everything one step on that needs no push service; says how many rows moved."""
        now = self.clock()
        with self._session() as session:
            moved = claims.sweep(session, now=now)
        with self._session() as session:
            moved += planning.plan(session, now=now)
        if self._fallbacks is not None:
            with self._session() as session:
                moved += self._fallbacks.order(session, now=now)
        return moved

    def claim(self, limit: int, *, slots: int | None = None, busy: Collection[UUID] = ()) -> Lease:
        """Take up to `limit` deliveries, the most urgent first; a few of them may be fallbacks.

        `slots`: how many calls the caller can have open at once; no push service gets more than its share,
        of which `busy`, the deliveries that the caller has not finished yet, hold some already.
        """
        token, now = uuid4(), self.clock()
        others: tuple[UUID, ...] = ()
        with self._session() as session:
            if self._fallbacks is not None:
                others = self._fallbacks.claim(session, token=token, limit=limit, now=now)
            limit -= len(others)
            pushes = claims.claim(
                session,
                token=token,
                limit=limit,
                now=now,
                lasts=self._rules.lease,
                slots=slots,
                busy=busy,
            )
            failpoints.reach(Point.LEASED)
        if self._fallbacks is not None:
            self._fallbacks.keep(others, token)
        failpoints.reach(Point.LEASE_COMMITTED)
        return Lease(token=token, delivery_ids=others + pushes)

    def hand_back(self, token: UUID) -> int:
        """Give up what is left of a lease."""
        now = self.clock()
        with self._session() as session:
            given = claims.hand_back(session, token, now=now)
            if self._fallbacks is not None:
                given += self._fallbacks.hand_back(session, token, now=now)
        return given

    def is_fallback(self, some_id: UUID, token: UUID) -> bool:
        """Whether this id of a lease is a message by another way than push."""
        return self._fallbacks is not None and self._fallbacks.owns(some_id, token)

    def deliver(self, delivery_id: UUID, token: UUID) -> bool:
        """Send one claimed delivery; true if it left the house and the result is ours to record."""
        if self._fallbacks is not None and self._fallbacks.owns(delivery_id, token):
            return self._fallbacks.deliver(delivery_id, token)
        try:
            jobs = self._books.intend([(delivery_id, token)])
        except Exception:
            self._books.put_aside(delivery_id, token)
            raise
        if not jobs:
            return False
        answer = self._push.send(jobs[0].target, jobs[0].body)
        failpoints.reach(Point.ANSWERED)
        [outcome] = self._books.record([Try(jobs[0], answer)])
        return outcome.is_ours

    def lane(self, *, at_once: int) -> Lane:
        """A way out for one thread, on which so many calls may be open."""
        return Lane(books=self._books, calls=self._push.calls(at_once=at_once), at_once=at_once)

    def run_until_idle(self) -> int:
        """Do all that is due now, in this thread; says how many messages left the house."""
        sent = 0
        while True:
            moved = self.advance()
            lease = self.claim(100)
            sent += sum(self.deliver(delivery_id, lease.token) for delivery_id in lease.delivery_ids)
            if not moved and not lease.delivery_ids:
                return sent
