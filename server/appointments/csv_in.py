"""Booking from a sheet: shown row by row first, then booked as shown, all or nothing, and nothing twice.

A row names a person by the alias, among the people the actor works with; anybody else is unknown. What the
preview showed is sealed in its digest: if anything it depends on has changed, nothing is booked.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.appointments import csv_cells, csv_text, service, visible
from server.appointments.csv_cells import BadCell, Wish
from server.appointments.csv_text import Line
from server.appointments.csv_words import Column
from server.appointments.models import (
    TAKES_TIME,
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Cancellation,
)
from server.audit import service as audit
from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.core import crypto
from server.core.access import Actor
from server.core.clock import ZONE, from_wall
from server.core.errors import Conflict, Invalid
from server.core.fields import instant_text
from server.core.ids import new_id
from server.core.starts import BadStart, check_start

_A_DAY = timedelta(days=1)
_SETTLED = (*TAKES_TIME, AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW)


class Outcome(StrEnum):
    """What becomes of one row."""

    NEW = "new"  #: will be booked
    ALREADY_BOOKED = "already-booked"  #: the person has an appointment then, or an earlier row makes it
    WAS_MOVED = "was-moved"  #: the person had it and it was moved; booked only if it is asked for again
    WAS_CANCELLED = "was-cancelled"  #: the same, and it was cancelled
    NOT_BOOKED = "not-booked"  #: its status says that it is no booking
    BAD_CELL = "bad-cell"  #: a cell means nothing here; `column` says which, none for too few or too many
    UNKNOWN_ALIAS = "unknown-alias"  #: nobody the actor works with
    AMBIGUOUS_ALIAS = "ambiguous-alias"  #: more than one of the people the actor works with
    BAD_TIME = "bad-time"  #: past, too far ahead, or skipped by the clocks
    DOUBLE_BOOKED = "double-booked"  #: the actor is taken then, or an earlier row takes the time


#: What may be booked again, if somebody asks for it.
_GONE = (Outcome.WAS_MOVED, Outcome.WAS_CANCELLED)


class BadAgain(Invalid):
    """A row that is to be booked again was neither moved nor cancelled, or its time is taken now."""

    def __init__(self, lines: Iterable[int]) -> None:
        super().__init__(errors={"again": [f"Row {line} cannot be booked again." for line in sorted(lines)]})


class ImportChanged(Conflict):
    """Something has changed since the preview, so nothing was booked."""

    code, title = "import-changed", "Something has changed since the preview. Nothing was booked."


@dataclass(frozen=True)
class Row:
    """One row of the sheet and what becomes of it."""

    line: Line
    outcome: Outcome
    column: Column | None = None
    citizen_id: UUID | None = None
    starts_at: datetime | None = None
    wish: Wish | None = None


class Booked(NamedTuple):
    """How many appointments a sheet has made; `already` if that was at an earlier try."""

    number: int
    already: bool


@dataclass(frozen=True)
class Preview:
    """What a sheet would do now; `digest` stands for exactly this."""

    digest: str
    rows: Sequence[Row]

    @property
    def new(self) -> list[Row]:
        """The rows that would be booked."""
        return [row for row in self.rows if row.outcome is Outcome.NEW]


def preview(session: Session, *, data: bytes, actor: Actor, now: datetime) -> Preview:
    """What a sheet would book for the actor, row by row; nothing is booked. The look is recorded.

    :raises SheetTooLarge: if the file has too many bytes
    :raises BadSheet: if the file as a whole cannot be used
    """
    made = _judge(session, data, actor, now)
    audit.record(session, event="appointments.import-previewed", actor=actor, at=now, purpose="sheet")
    return made


def book_sheet(
    session: Session,
    *,
    data: bytes,
    digest: str,
    actor: Actor,
    now: datetime,
    again: Collection[int] = (),
) -> Booked:
    """Book the new rows of a sheet as its preview showed them, and of those moved or cancelled which `again`.

    The ids follow from the preview and the row, so that the same confirmation, sent once more after a lost
    answer, is known for what it is.

    Every person's row is held first, in one order, so that two sheets at once wait for each other.

    :raises SheetTooLarge: if the file has too many bytes
    :raises BadSheet: if the file as a whole cannot be used
    :raises BadAgain: if a row named in `again` cannot be booked again
    :raises ImportChanged: if the preview would say anything else now
    :raises DoubleBooked: if somebody took one of the times in this moment
    """
    wanted = frozenset(again)
    named = {row.citizen_id for row in _judge(session, data, actor, now, wanted).new if row.citizen_id}
    citizens.lock_sequences(session, citizen_ids=sorted(named))
    shown = _judge(session, data, actor, now)
    made = _made_before(session, shown, digest, actor)
    if shown.digest != digest and made:
        return Booked(len(made), already=True)
    chosen = _judge(session, data, actor, now, wanted)
    if shown.digest != digest or {row.citizen_id for row in chosen.new} != named:
        raise ImportChanged()
    expected = {row.line.number for row in shown.new} | wanted
    may_return = {row.line.number for row in shown.rows if row.outcome in _GONE}
    if faults := (wanted - may_return) | (expected ^ {row.line.number for row in chosen.new}):
        raise BadAgain(faults)
    with audit.at_the_end(session):
        for row in chosen.new:
            _book(session, row, _free_id(session, digest, row, actor), actor, now)
    audit.record(session, event="appointments.imported", actor=actor, at=now, purpose="sheet")
    return Booked(len(chosen.new), already=False)


def _id_of(digest: str, row: Row, actor: Actor) -> UUID:
    said = f"{digest}/{actor.staff_id}/{row.line.number}"
    return UUID(bytes=crypto.blind_index(said, context="appointments.sheet")[:16], version=5)


def _made_before(session: Session, shown: Preview, digest: str, actor: Actor) -> set[UUID]:
    """Which appointments this very confirmation has made; what was struck since counts as never made."""
    ids = [_id_of(digest, row, actor) for row in shown.rows]
    made = select(Appointment.id).where(
        Appointment.id.in_(ids),
        Appointment.created_by == actor.staff_id,
        Appointment.status != AppointmentStatus.ENTERED_IN_ERROR,
    )
    return set(session.scalars(made))


def _free_id(session: Session, digest: str, row: Row, actor: Actor) -> UUID:
    """The id of what a row makes; another one if that was used by what was struck since."""
    wanted = _id_of(digest, row, actor)
    return new_id() if service.exists(session, appointment_id=wanted) else wanted


def _book(session: Session, row: Row, appointment_id: UUID, actor: Actor, now: datetime) -> None:
    if row.citizen_id is None or row.starts_at is None or row.wish is None:
        raise ImportChanged()
    service.book(
        session,
        appointment_id=appointment_id,
        citizen_id=row.citizen_id,
        starts_at=row.starts_at,
        duration_minutes=row.wish.minutes,
        kind=row.wish.kind,
        mode=row.wish.mode,
        place=row.wish.place,
        actor=actor,
        now=now,
    )


def _judge(
    session: Session, data: bytes, actor: Actor, now: datetime, again: Collection[int] = ()
) -> Preview:
    lines = csv_text.read_sheet(data)
    desk = _Desk(
        people=_people(session, actor, now),
        now=now,
        booked=_booked(session, actor, now),
        gone=_gone(session, actor, now),
        again=again,
        taken=_Taken(),
    )
    for one in _own_ahead(session, actor, now):
        desk.taken.add(one.starts_at, one.duration_minutes, one.kind)
    rows = [desk.judge(line) for line in lines]
    return Preview(digest=_digest(data, rows, actor), rows=rows)


def _people(session: Session, actor: Actor, now: datetime) -> dict[str, set[UUID]]:
    cases = citizens_visible.cases(actor, now).subquery()
    found: dict[str, set[UUID]] = defaultdict(set)
    for citizen_id, alias in session.execute(select(cases.c.id, cases.c.alias)):
        found[_spoken(alias)].add(citizen_id)
    return found


def _spoken(alias: str) -> str:
    """An alias as people compare it: composed, in any case, with single spaces."""
    return " ".join(normalize("NFC", alias).casefold().split())


def _booked(session: Session, actor: Actor, now: datetime) -> set[tuple[UUID, datetime]]:
    seen = visible.appointments(actor, now).where(Appointment.status.in_(_SETTLED))
    found = seen.with_only_columns(Appointment.citizen_id, Appointment.starts_at)
    return {(row.citizen_id, row.starts_at) for row in session.execute(found)}


def _gone(session: Session, actor: Actor, now: datetime) -> dict[tuple[UUID, datetime], Outcome]:
    """What people had and have no more, by person and start; what became of it last."""
    seen = visible.appointments(actor, now).where(Appointment.status == AppointmentStatus.CANCELLED)
    found = seen.with_only_columns(
        Appointment.citizen_id, Appointment.starts_at, Appointment.cancellation
    ).order_by(Appointment.updated_at)
    return {
        (row.citizen_id, row.starts_at): (
            Outcome.WAS_MOVED if row.cancellation == Cancellation.MOVED else Outcome.WAS_CANCELLED
        )
        for row in session.execute(found)
    }


def _own_ahead(session: Session, actor: Actor, now: datetime) -> Iterable[Appointment]:
    """What takes the actor's time, whoever it is with: of people out of sight only the time is used."""
    return session.scalars(
        select(Appointment).where(
            Appointment.staff_id == actor.staff_id,
            Appointment.status.in_(TAKES_TIME),
            Appointment.ends_at > now,
        )
    )


def _digest(data: bytes, rows: Sequence[Row], actor: Actor) -> str:
    told = [
        (
            row.line.number,
            row.outcome,
            row.column,
            row.citizen_id,
            row.starts_at and instant_text(row.starts_at),
        )
        for row in rows
    ]
    said = orjson.dumps([hashlib.sha256(data).hexdigest(), str(actor.staff_id), told])
    return hashlib.sha256(said).hexdigest()


@dataclass
class _Taken:
    """The times that are taken, by day, so that a long sheet is compared with its neighbours only."""

    by_day: dict[object, list[tuple[datetime, datetime, AppointmentKind]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, starts_at: datetime, minutes: int, kind: AppointmentKind) -> None:
        self.by_day[starts_at.date()].append((starts_at, starts_at + timedelta(minutes=minutes), kind))

    def clashes(self, starts_at: datetime, minutes: int, kind: AppointmentKind) -> bool:
        ends_at = starts_at + timedelta(minutes=minutes)
        near = (starts_at.date() - _A_DAY, starts_at.date(), starts_at.date() + _A_DAY)
        return any(
            start < ends_at and end > starts_at and not (_is_one_sitting(kind, other) and same)
            for day in near
            for start, end, other in self.by_day.get(day, [])
            for same in [(start, end) == (starts_at, ends_at)]
        )


def _is_one_sitting(kind: AppointmentKind, other: AppointmentKind) -> bool:
    return kind == other == AppointmentKind.GROUP


@dataclass
class _Desk:
    """What a row is judged by: the people, what is booked, and what the rows above already take."""

    people: dict[str, set[UUID]]
    now: datetime
    booked: set[tuple[UUID, datetime]]
    gone: Mapping[tuple[UUID, datetime], Outcome]
    again: Collection[int]
    taken: _Taken

    def judge(self, line: Line) -> Row:
        try:
            wish = csv_cells.read(line)
        except BadCell as bad:
            return Row(line, Outcome.BAD_CELL, column=bad.column)
        if wish.status != AppointmentStatus.BOOKED:
            return Row(line, Outcome.NOT_BOOKED)
        found = self.people.get(_spoken(wish.alias), set())
        if len(found) != 1:
            return Row(line, Outcome.AMBIGUOUS_ALIAS if found else Outcome.UNKNOWN_ALIAS, column=Column.ALIAS)
        return self._judge_time(line, wish, next(iter(found)))

    def _judge_time(self, line: Line, wish: Wish, citizen_id: UUID) -> Row:
        if (citizen_id, from_wall(wish.wall)) in self.booked:
            return Row(line, Outcome.ALREADY_BOOKED, citizen_id=citizen_id)
        try:
            starts_at, _ = check_start(wish.wall.replace(tzinfo=ZONE), self.now)
        except BadStart:
            return Row(line, Outcome.BAD_TIME, column=Column.TIME, citizen_id=citizen_id)
        gone = self.gone.get((citizen_id, starts_at))
        if gone is not None and line.number not in self.again:
            return Row(line, gone, citizen_id=citizen_id)
        if self.taken.clashes(starts_at, wish.minutes, wish.kind):
            return Row(line, Outcome.DOUBLE_BOOKED, column=Column.TIME, citizen_id=citizen_id)
        self.booked.add((citizen_id, starts_at))
        self.taken.add(starts_at, wish.minutes, wish.kind)
        return Row(line, Outcome.NEW, citizen_id=citizen_id, starts_at=starts_at, wish=wish)
