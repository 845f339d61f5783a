"""The rows of the outbox. They carry ids, times and states; never a name, a text or a reason to call."""

import secrets
import time
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, MetaData, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

INSTANT = DateTime(timezone=True)


class Base(DeclarativeBase):
    """The library's own ancestor: its tables know no table of the server."""

    metadata = MetaData()


_FREE = ~(0xF << 76 | 0x3 << 62) & (2**80 - 1)  # what of an id is random


def new_id() -> UUID:
    """A new UUIDv7, so that rows sort by creation and indexes grow at one end (RFC 9562, section 5.7)."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[UUID]:
    """So many of them, in the order in which they sort."""
    at = (time.time_ns() // 1_000_000 & (2**48 - 1)) << 80 | 0x7 << 76 | 0x2 << 62
    noise = secrets.token_bytes(10 * count)
    values = [at | int.from_bytes(noise[10 * one : 10 * one + 10]) & _FREE for one in range(count)]
    return [UUID(int=value) for value in sorted(values)]


class Reminder(Base):
    """What somebody shall be told about: a kind, an opaque subject and a recipient."""

    __tablename__ = "reminder"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    recipient_id: Mapped[UUID]
    dedupe_key: Mapped[str]
    revision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(INSTANT)
    cancelled_at: Mapped[datetime | None] = mapped_column(INSTANT)


class Occurrence(Base):
    """One due instance of a reminder; exists from the booking on, so that its id is known."""

    __tablename__ = "occurrence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reminder_id: Mapped[UUID] = mapped_column(ForeignKey("reminder.id"))
    slot_key: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(INSTANT)
    deadline_at: Mapped[datetime] = mapped_column(INSTANT)
    confirm_by: Mapped[datetime | None] = mapped_column(INSTANT)
    state: Mapped[str]
    held_until: Mapped[datetime | None] = mapped_column(INSTANT)
    revision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(INSTANT)
    fanned_out_at: Mapped[datetime | None] = mapped_column(INSTANT)
    finished_at: Mapped[datetime | None] = mapped_column(INSTANT)
    fallback_at: Mapped[datetime | None] = mapped_column(INSTANT)  #: when other ways were looked for
    reason: Mapped[str | None]


class PushDevice(Base):
    """One push subscription of one session of one recipient; an ended one keeps no address and no keys.

    `origin` says whose push service it is, and stays: it points at nobody.
    """

    __tablename__ = "push_device"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    recipient_id: Mapped[UUID]
    session_id: Mapped[UUID]
    endpoint: Mapped[str | None]
    endpoint_hash: Mapped[bytes | None]
    p256dh: Mapped[str | None]
    auth: Mapped[str | None]
    origin: Mapped[str | None]
    vapid_key_id: Mapped[str]
    key_since: Mapped[datetime] = mapped_column(INSTANT)  #: since when it is bound to that key
    state: Mapped[str]
    refusals: Mapped[int]  #: times in a row that its push service called our message wrong
    unanswered: Mapped[int]  #: messages in a row that were taken and never acknowledged
    wait_until: Mapped[datetime | None] = mapped_column(INSTANT)  #: its push service asked for peace
    created_at: Mapped[datetime] = mapped_column(INSTANT)
    confirmed_at: Mapped[datetime | None] = mapped_column(INSTANT)
    finished_at: Mapped[datetime | None] = mapped_column(INSTANT)
    reason: Mapped[str | None]


class Delivery(Base):
    """One occurrence on its way to one device; the id stays the same however often it is sent."""

    __tablename__ = "delivery"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    occurrence_id: Mapped[UUID] = mapped_column(ForeignKey("occurrence.id"))
    device_id: Mapped[UUID] = mapped_column(ForeignKey("push_device.id"))
    due_at: Mapped[datetime] = mapped_column(INSTANT)
    deadline_at: Mapped[datetime] = mapped_column(INSTANT)
    state: Mapped[str]
    lease_token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(INSTANT)
    next_attempt_at: Mapped[datetime | None] = mapped_column(INSTANT)
    held_until: Mapped[datetime | None] = mapped_column(INSTANT)  #: the night or its reader asked to wait
    attempts: Mapped[int]
    ack_secret: Mapped[str]
    accepted_at: Mapped[datetime | None] = mapped_column(INSTANT)
    finished_at: Mapped[datetime | None] = mapped_column(INSTANT)
    location_hash: Mapped[bytes | None]
    granted_ttl: Mapped[int | None]
    reason: Mapped[str | None]


class DeliveryAttempt(Base):
    """One try: when, at whose service, how it went, how long it took. Append-only; no address, no text."""

    __tablename__ = "delivery_attempt"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    delivery_id: Mapped[UUID] = mapped_column(ForeignKey("delivery.id"))
    origin: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(INSTANT)
    outcome: Mapped[str]
    status_class: Mapped[str]
    duration_ms: Mapped[int]


class LedgerEntry(Base):
    """How many occurrences were planned at once: what must still be there, whatever happened to them.

    Written by a trigger on `occurrence`, so that no version of the house can plan without being counted.
    """

    __tablename__ = "ledger_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(INSTANT)
    slots: Mapped[int]


class LedgerCheck(Base):
    """The last time the books were compared: planned = open + ended, or something is lost."""

    __tablename__ = "ledger_check"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(INSTANT)
    planned: Mapped[int]
    open: Mapped[int]
    ended: Mapped[int]


class Alarm(Base):
    """Something that people must look after: a code, a push service, counts; never a person."""

    __tablename__ = "alarm"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    origin: Mapped[str]  #: the push service it is about, or nothing
    since: Mapped[datetime] = mapped_column(INSTANT)
    last_seen: Mapped[datetime] = mapped_column(INSTANT)
    looks: Mapped[int]  #: at how many looks in a row it was there; it counts from the second on
    count: Mapped[int]
    cleared_at: Mapped[datetime | None] = mapped_column(INSTANT)


class PushOrigin(Base):
    """A push service that was in trouble, shared by all workers; one that never was has no row."""

    __tablename__ = "push_origin"

    origin: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    reason: Mapped[str | None]
    opened_at: Mapped[datetime | None] = mapped_column(INSTANT)
    next_probe_at: Mapped[datetime | None] = mapped_column(INSTANT)
    closed_at: Mapped[datetime | None] = mapped_column(INSTANT)


class WorkerTick(Base):
    """When a worker last looked at the clock."""

    __tablename__ = "worker_tick"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(INSTANT, server_default=text("now()"))
