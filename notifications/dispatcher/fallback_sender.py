"""The side door of a dispatcher: a few fallbacks at a time, so that a slow gateway holds up no push."""

import logging
import threading
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from notifications import failpoints
from notifications.dispatcher import broken, fallback, other_ways
from notifications.dispatcher.fallback import FallbackJob, OtherWays
from notifications.dispatcher.sending import MaySend
from notifications.failpoints import Point
from notifications.models.fallbacks import Told

log = logging.getLogger("notifications.fallback")

AT_ONCE = 2
LOOK_FOR_STUCK_EVERY = timedelta(seconds=30)


class FallbackSender:
    """Orders, claims and sends what no phone has answered."""

    def __init__(
        self,
        *,
        session_factory: Callable[[], AbstractContextManager[Session]],
        ways: OtherWays,
        may_send: MaySend,
        clock: Callable[[], datetime],
        lease: timedelta,
    ) -> None:
        self._session, self._ways, self._may_send = session_factory, ways, may_send
        self._clock, self._lease = clock, lease
        self._taken: dict[UUID, UUID] = {}  # fallback -> lease token
        self._lock = threading.Lock()
        self._looked_for_stuck_at: datetime | None = None

    def order(self, session: Session, *, now: datetime) -> int:
        """Take back what was abandoned and order what is missing; says how many rows were touched."""
        with_stuck = self.is_to_look_for_stuck(now)
        if with_stuck:
            self._looked_for_stuck_at = now
        return other_ways.sweep(session, now=now) + other_ways.order(session, now=now, with_stuck=with_stuck)

    def is_to_look_for_stuck(self, now: datetime) -> bool:
        """Whether it is time to ask what no push service takes: every half minute."""
        looked = self._looked_for_stuck_at
        return looked is None or not looked <= now < looked + LOOK_FOR_STUCK_EVERY

    def found_none_stuck(self, now: datetime) -> None:
        """That question was asked, and there was nothing."""
        self._looked_for_stuck_at = now

    def claim(self, session: Session, *, token: UUID, limit: int, now: datetime) -> tuple[UUID, ...]:
        """Take a few; what is kept already counts. After the commit the caller says `keep`."""
        with self._lock:
            room = min(AT_ONCE - len(self._taken), limit)
        if room <= 0:
            return ()
        return other_ways.claim(session, token=token, limit=room, now=now, lasts=self._lease)

    def keep(self, ids: Collection[UUID], token: UUID) -> None:
        """These are ours now: the lease stands in the database."""
        with self._lock:
            self._taken.update(dict.fromkeys(ids, token))

    def owns(self, some_id: UUID, token: UUID) -> bool:
        """Whether this id of a lease is a fallback."""
        with self._lock:
            return self._taken.get(some_id) == token

    def hand_back(self, session: Session, token: UUID, *, now: datetime) -> int:
        """Give up what is left of a lease."""
        with self._lock:
            self._taken = {one: of for one, of in self._taken.items() if of != token}
        return other_ways.hand_back(session, token, now=now)

    def deliver(self, fallback_id: UUID, token: UUID) -> bool:
        """Send one claimed fallback; true if it left the house and the result is ours to record."""
        try:
            job = self._intend(fallback_id, token)
            if job is None:
                return False
            failpoints.reach(Point.INTENT_COMMITTED)
            carrier = self._ways.carriers[job.channel]
            told = carrier.send(message_id=job.fallback_id, address=job.address, words=job.words)
            failpoints.reach(Point.ANSWERED)
            return self._record(job, told)
        finally:
            with self._lock:
                self._taken.pop(fallback_id, None)

    def _intend(self, fallback_id: UUID, token: UUID) -> FallbackJob | None:
        try:
            with self._session() as session:
                return fallback.intend(
                    session,
                    self._ways,
                    self._may_send,
                    fallback_id=fallback_id,
                    token=token,
                    now=self._clock(),
                    lasts=self._lease,
                )
        except Exception:
            with self._session() as session:
                broken.put_fallback_aside(session, fallback_id=fallback_id, token=token, now=self._clock())
            raise

    def _record(self, job: FallbackJob, told: Told) -> bool:
        with self._session() as session:
            recorded = fallback.record(session, job, told, now=self._clock())
            failpoints.reach(Point.RECORDED)
        failpoints.reach(Point.RECORD_COMMITTED)
        log.log(
            logging.INFO if told is Told.TAKEN else logging.WARNING,
            "fallback %s: %s by %s, try %d%s",
            job.fallback_id,
            told,
            job.channel,
            job.attempts,
            "" if recorded else ", lease lost",
        )
        return recorded
