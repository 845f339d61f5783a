"""A lane: one thread that keeps many calls open, and writes before and after them in batches."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from notifications import failpoints
from notifications.dispatcher.books import Books
from notifications.dispatcher.recording import Outcome, Try
from notifications.dispatcher.sending import Claimed, Job
from notifications.failpoints import Point
from notifications.push import Answer, Calls

log = logging.getLogger("notifications.dispatcher")

LINGER = 0.02  #: seconds that an answer waits for others, so that they are written down together
SOON = 0.1  #: seconds in which an answer may come from any service
TOOK_TOO_LONG = "57014"  #: PostgreSQL ended one statement; it is there, and answers others
_Row = TypeVar("_Row")
_Done = TypeVar("_Done")


@dataclass(frozen=True)
class Finished:
    """Deliveries whose way is over, and how many of them left with a result that was ours to record."""

    over: list[Claimed]
    recorded: int


class Lane:
    """Deliveries on their way; one counts as under way until what came of it is written down.

    So neither a process that dies nor a database that is away can make more than `at_once` of them go out
    again: nothing is begun before its intent is committed, and nothing is begun in place of an answer that
    is not written down yet.
    """

    def __init__(self, *, books: Books, calls: Calls[Job], at_once: int) -> None:
        self._books, self._calls, self._at_once = books, calls, at_once
        self._under_way: dict[Claimed, float] = {}  # and when it began, by the machine's own clock

    @property
    def free(self) -> int:
        """How many more may be begun."""
        return self._at_once - len(self._under_way)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is under way."""
        return not self._under_way

    def begin(self, claimed: Sequence[Claimed]) -> list[Claimed]:
        """Commit the intents and start the calls; says which of these are not sent now.

        :raises ValueError: if they are more than `free`
        """
        if len(claimed) > self.free:
            raise ValueError(f"{len(claimed)} deliveries, room for {self.free}")
        if not claimed:
            return []
        jobs = in_one_or_one_by_one(self._books.intend, claimed, _name, self._put_aside)
        with self._calls.turn:
            failed = [job for job in jobs if not self._start(job)]
        for job in failed:  # the turn is not held for the database
            self._put_aside(_claimed(job))
        return [one for one in claimed if one not in self._under_way]

    def _start(self, job: Job) -> bool:
        try:
            self._calls.begin(job, job.target, job.body)
        except Exception as error:  # one that cannot even be tried must not take the others along
            log.error("delivery %s: %s; put aside", job.delivery_id, type(error).__name__)
            return False
        self._under_way[_claimed(job)] = time.monotonic()
        return True

    def _put_aside(self, one: Claimed) -> None:
        delivery_id, token = one
        try:
            self._books.put_aside(delivery_id, token)
        except Exception as error:  # the lease does it then
            log.error("delivery %s: %s; its lease runs out", delivery_id, type(error).__name__)

    def finish(self, seconds: float) -> Finished:
        """Wait up to so long for an answer, and write down what has come.

        An answer that cannot be written down is forgotten: the lease runs out, and it goes out again.
        """
        if not self._under_way:
            return Finished([], 0)
        tries = [Try(job, answer) for job, answer in self._gather(seconds)]
        recorded = sum(one.is_ours for one in self._record(tries))
        over = [_claimed(one.job) for one in tries]
        for one in over:
            self._under_way.pop(one, None)
        return Finished(over, recorded)

    def _gather(self, seconds: float) -> list[tuple[Job, Answer]]:
        found = self._calls.answered(seconds)
        if not found:
            return []
        failpoints.reach(Point.ANSWERED)
        give_up_at = time.monotonic() + LINGER
        enough = (self._expected(max(answer.duration_ms for _, answer in found)) + 1) // 2
        while len(found) < enough and (left := give_up_at - time.monotonic()) > 0:
            found += self._calls.answered(left)
        return found

    def _expected(self, took_ms: int) -> int:
        """How many answers may well come, now that one has after so many milliseconds.

        A call that is open for more than twice as long hangs, and must not make the others wait.
        """
        since = time.monotonic() - max(SOON, took_ms * 2 / 1000)
        return sum(began > since for began in self._under_way.values())

    def _record(self, tries: Sequence[Try]) -> list[Outcome]:
        together: list[Try] = []
        alone: list[Try] = []
        for one in tries:
            (alone if one.stands_alone else together).append(one)
        done: list[Outcome] = []
        for some in (together, *([one] for one in alone)):
            done += in_one_or_one_by_one(self._books.record, some, lambda one: str(one.job.delivery_id))
        return done

    def close(self) -> list[Claimed]:
        """Hang up; says what was under way, of which nobody knows whether it arrived."""
        self._calls.close()
        left = list(self._under_way)
        self._under_way.clear()
        return left


def _claimed(job: Job) -> Claimed:
    return job.delivery_id, job.token


def _name(one: Claimed) -> str:
    return str(one[0])


def in_one_or_one_by_one(
    work: Callable[[Sequence[_Row]], list[_Done]],
    rows: Sequence[_Row],
    name: Callable[[_Row], str],
    leave_out: Callable[[_Row], None] = lambda _: None,
) -> list[_Done]:
    """Do it for all rows at once; if one makes that fail, for each alone, so that only that one is left out.

    What is left out waits for its lease to run out, unless `leave_out` does better. A database that is away
    is not asked once a row.
    """
    if not rows:
        return []
    try:
        return work(rows)
    except Exception as error:  # one bad notice must not take the others along
        kind = type(error).__name__
        if is_database_away(error):
            log.error("%d deliveries: %s from the database; their leases run out", len(rows), kind)
            return []
        if len(rows) == 1:
            log.error("delivery %s: %s; left out", name(rows[0]), kind)
            leave_out(rows[0])
            return []
        log.warning("%d deliveries together: %s; one by one", len(rows), kind)
    return [done for row in rows for done in in_one_or_one_by_one(work, [row], name, leave_out)]


def is_database_away(error: Exception) -> bool:
    """Whether the database did not answer, as opposed to refusing a statement."""
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        return state is None or (state[:2] in ("08", "53", "57") and state != TOOK_TOO_LONG)
    return isinstance(error, NoConnection)
