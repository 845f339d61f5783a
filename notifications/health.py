"""Whether the sending of reminders is in order: figures, the books, what is late. Counts, no person."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications.models import (
    Delivery,
    DeliveryAttempt,
    LedgerCheck,
    LedgerEntry,
    Occurrence,
    PushDevice,
    PushOrigin,
    WorkerTick,
)
from notifications.models.fallbacks import Fallback
from notifications.models.states import BROKEN, OPEN_OCCURRENCE

DAY = timedelta(hours=24)
LATE_AFTER = timedelta(minutes=5)
RECENTLY = timedelta(minutes=10)
BOOKS_EVERY = timedelta(minutes=10)
TICK_TOO_OLD = timedelta(seconds=60)
SLOW_ONE_IN, SLOW_LEAST = 10, 3
FAILING_ONE_IN, FAILING_LEAST = 20, 5
BOOKS = "reminders"
_origin = func.coalesce(PushDevice.origin, "unknown")


class Code(StrEnum):
    """What people must look after; docs/operations.md says what to do about each."""

    LEDGER = "ledger"  #: reminders that were planned are not there any more, or some are there that were not
    OVERDUE = "overdue"  #: reminders should have been sent more than five minutes ago
    BROKEN = "broken"  #: reminders fail in this house, before any push service or gateway is asked
    WORKER_SILENT = "worker-silent"  #: no worker has looked at the clock for a minute
    ORIGIN_SLOW = "origin-slow"  #: a push service takes more than five minutes for more than one in ten
    ORIGIN_FAILING = "origin-failing"  #: more than one in twenty tries at a push service fails
    ORIGIN_RESTING = "origin-resting"  #: a push service fails so much that only single tries go there
    OTHER_WAY_FAILING = "other-way-failing"  #: of the last text messages or mails none was taken
    OTHER_WAY_LATE = "other-way-late"  #: text messages or mails should have gone more than five minutes ago


@dataclass(frozen=True)
class Finding:
    """One thing that is not in order at this look, about one push service or about all."""

    code: Code
    count: int
    origin: str = ""


@dataclass(frozen=True)
class Books:
    """A comparison of what was planned with what is there, taken in one look at the database."""

    at: datetime
    planned: int
    open: int
    ended: int

    @property
    def difference(self) -> int:
        """Not 0: reminders were lost, or made behind the outbox's back."""
        return self.planned - self.open - self.ended


@dataclass(frozen=True)
class OriginFigures:
    """One push service's last 24 hours, in deliveries (a reminder on its way to one phone)."""

    origin: str
    due: int
    late: int
    accepted: int
    confirmed: int
    unconfirmed: int
    failed: int


def last_tick(session: Session, *, now: datetime) -> datetime | None:
    """When a worker last looked at the clock, by the database's own clock; a tick to come is no tick."""
    at = session.scalar(select(func.max(WorkerTick.at)).where(WorkerTick.at <= now + TICK_TOO_OLD))
    return None if at is None else at.astimezone(UTC)


def is_worker_silent(session: Session, *, now: datetime) -> bool:
    """Whether nobody has looked at the clock for a minute: reminders are late then."""
    last = last_tick(session, now=now)
    return last is None or now - last >= TICK_TOO_OLD


def compare_books(session: Session, *, now: datetime) -> Books:
    """Planned = open + ended, counted in one statement, that is, at one moment."""
    is_open = Occurrence.state.in_([state.value for state in OPEN_OCCURRENCE])
    planned = select(func.coalesce(func.sum(LedgerEntry.slots), 0)).scalar_subquery()
    row = session.execute(
        select(
            planned.label("planned"), func.count().filter(is_open), func.count().filter(~is_open)
        ).select_from(Occurrence)
    ).one()
    return Books(at=now, planned=row[0], open=row[1], ended=row[2])


def check_books(session: Session, *, now: datetime) -> Books | None:
    """Compare the books if that is due, and keep the result; None if another look was made lately."""
    last = session.get(LedgerCheck, BOOKS, populate_existing=True)
    if last is not None and now - BOOKS_EVERY < last.at <= now + BOOKS_EVERY:
        return None
    found = compare_books(session, now=now)
    values = {"at": now, "planned": found.planned, "open": found.open, "ended": found.ended}
    session.execute(
        insert(LedgerCheck)
        .values(name=BOOKS, **values)
        .on_conflict_do_update(index_elements=["name"], set_=values)
    )
    return found


def last_books(session: Session) -> Books | None:
    """The last comparison, or None if there was none yet."""
    row = session.get(LedgerCheck, BOOKS, populate_existing=True)
    return None if row is None else Books(row.at, row.planned, row.open, row.ended)


def overdue(session: Session, *, now: datetime) -> int:
    """How many reminders should have been sent more than five minutes ago and wait for no good reason."""
    late = now - LATE_AFTER
    waiting = select(func.count()).where(
        or_(
            and_(Occurrence.state.in_(["planned", "due"]), _asked_at() < late),
            and_(Occurrence.state == "held", Occurrence.held_until < late),
        )
    )
    lying = (
        select(func.count())
        .select_from(Delivery)
        .join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        .join(PushDevice, PushDevice.id == Delivery.device_id)
        .where(
            or_(
                and_(Delivery.state == "ready", _ready_since() < late),
                and_(Delivery.state.in_(["leased", "intent"]), Delivery.lease_until < late),
                and_(Delivery.state == "retry-wait", Delivery.next_attempt_at < late),
            )
        )
    )
    return (session.scalar(waiting) or 0) + (session.scalar(lying) or 0)


def broken(session: Session) -> int:
    """How many deliveries and other ways wait because of a failure in this house."""
    pushes = select(func.count()).where(
        Delivery.state.in_(["ready", "leased", "retry-wait"]), Delivery.reason == BROKEN
    )
    others = select(func.count()).where(Fallback.state.in_(["ready", "leased"]), Fallback.reason == BROKEN)
    return (session.scalar(pushes) or 0) + (session.scalar(others) or 0)


def _asked_at() -> ColumnElement[datetime]:
    """The moment from which an occurrence could be worked on: one booked late was not due before."""
    return func.greatest(Occurrence.due_at, Occurrence.created_at)


def _wanted_at() -> ColumnElement[datetime]:
    """When a delivery should have gone out: not before the night, a pause or a new phone let it."""
    return func.greatest(_asked_at(), Occurrence.held_until, Delivery.held_until, PushDevice.created_at)


def _ready_since() -> ColumnElement[datetime]:
    return func.greatest(_wanted_at(), Delivery.next_attempt_at, PushDevice.wait_until)


def origin_figures(session: Session, *, now: datetime) -> list[OriginFigures]:
    """The last 24 hours of every push service that had something to do."""
    done_at = func.coalesce(Delivery.accepted_at, Delivery.finished_at, now)
    is_accepted = Delivery.accepted_at.is_not(None)
    given_up = Delivery.state.in_(["dead-device", "quarantined", "expired"])
    rows = session.execute(
        select(
            _origin,
            func.count(),
            func.count().filter(done_at > _wanted_at() + LATE_AFTER, Delivery.state != "cancelled"),
            func.count().filter(is_accepted),
            func.count().filter(Delivery.state == "confirmed"),
            func.count().filter(is_accepted, given_up),
            func.count().filter(~is_accepted, given_up),
        )
        .join(Occurrence, Occurrence.id == Delivery.occurrence_id)
        .join(PushDevice, PushDevice.id == Delivery.device_id)
        .where(Delivery.due_at > now - DAY, Delivery.due_at <= now)
        .group_by(_origin)
        .order_by(_origin)
    )
    return [OriginFigures(*row) for row in rows]


def _origin_troubles(session: Session, now: datetime) -> list[Finding]:
    rows = session.execute(_recent_tries(now)).all()
    slow = [Finding(Code.ORIGIN_SLOW, int(row.slow), row.origin) for row in rows if _is_slow(row)]
    failing = [Finding(Code.ORIGIN_FAILING, int(row.failing), row.origin) for row in rows if _is_failing(row)]
    return slow + failing


def _recent_tries(now: datetime) -> Select[*tuple[Any, ...]]:
    """Per push service: what was tried in the last ten minutes, how many of it slow, and what failed."""
    is_failure = (DeliveryAttempt.status_class != "2xx") & (DeliveryAttempt.outcome != "gone")
    recent = (
        select(
            DeliveryAttempt.delivery_id,
            func.count().label("tries"),
            func.count().filter(is_failure).label("failures"),
        )
        .where(DeliveryAttempt.at > now - RECENTLY)
        .group_by(DeliveryAttempt.delivery_id)
        .subquery()
    )
    first_at = (
        select(func.min(DeliveryAttempt.at))
        .where(DeliveryAttempt.delivery_id == recent.c.delivery_id)
        .scalar_subquery()
    )
    took_long = func.coalesce(Delivery.accepted_at, now) - first_at > LATE_AFTER
    return (
        select(
            _origin.label("origin"),
            func.count().label("tried"),
            func.sum(case((took_long, 1), else_=0)).label("slow"),
            func.sum(recent.c.tries).label("tries"),
            func.sum(recent.c.failures).label("failing"),
        )
        .select_from(recent)
        .join(Delivery, Delivery.id == recent.c.delivery_id)
        .join(PushDevice, PushDevice.id == Delivery.device_id)
        .group_by(_origin)
        .order_by(_origin)
    )


def _resting(session: Session) -> list[Finding]:
    rows = session.execute(
        select(PushOrigin.origin, func.count(PushDevice.id))
        .outerjoin(PushDevice, and_(PushDevice.origin == PushOrigin.origin, PushDevice.state == "active"))
        .where(PushOrigin.state != "closed")
        .group_by(PushOrigin.origin)
        .order_by(PushOrigin.origin)
    )
    return [Finding(Code.ORIGIN_RESTING, phones, origin) for origin, phones in rows]


def _is_slow(row: Any) -> bool:
    return bool(row.slow >= SLOW_LEAST and row.slow * SLOW_ONE_IN > row.tried)


def _is_failing(row: Any) -> bool:
    return bool(row.failing >= FAILING_LEAST and row.failing * FAILING_ONE_IN > row.tries)


def look(session: Session, *, now: datetime) -> list[Finding]:
    """Everything that is not in order at this moment."""
    found = []
    books, late = last_books(session), overdue(session, now=now)
    if books is not None and books.difference:
        found.append(Finding(Code.LEDGER, abs(books.difference)))
    if late:
        found.append(Finding(Code.OVERDUE, late))
    if failing := broken(session):
        found.append(Finding(Code.BROKEN, failing))
    return found + _origin_troubles(session, now) + _resting(session)
