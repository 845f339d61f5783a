"""Series: the same appointment every week or every other, at the same time on a Danish wall."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.appointments import booking, clashes, late, visible, writing
from server.appointments.models import (
    Appointment,
    AppointmentKind,
    AppointmentStatus,
    Cancellation,
    Mode,
    ReasonCode,
)
from server.appointments.reading import record_event
from server.citizens import service as citizens
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict, Invalid, NotFound
from server.core.ids import new_id
from server.core.recurrence import Rule, walls_of
from server.core.starts import check_start
from server.library.models import AppointmentRules

TAKEN = "The colleague is taken at this time."


class SeriesNotFound(NotFound):
    """There is no such series, or it belongs to somebody out of sight."""


class SeriesClash(Conflict):
    """Some dates cannot be booked; `errors` names each with what stands in its way. Nothing was booked."""

    code, title = "series-clash", "Some of these dates cannot be booked."


@dataclass(frozen=True)
class Plan:
    """When a series takes place: its first start, how often, how many times, and on which dates not."""

    starts_at: datetime
    rule: Rule
    count: int
    skip: Collection[date] = ()


def book_series(
    session: Session,
    *,
    citizen_id: UUID,
    plan: Plan,
    duration_minutes: int,
    kind: AppointmentKind,
    mode: Mode,
    actor: Actor,
    now: datetime,
    place: str | None = None,
    goal_id: UUID | None = None,
    staff_id: UUID | None = None,
    series_id: UUID | None = None,
    override_reason: str | None = None,
) -> Sequence[Appointment]:
    """Book all of a series or none of it, each with its own reminders; a repeat books nothing twice.

    :raises NotFound: if the actor does not work with the citizen, or the citizen has no such goal
    :raises IdTaken: if the id already stands for another series
    :raises Invalid: if the first start, the colleague or a date to skip cannot be used
    :raises SeriesClash: naming every date that is taken or does not exist
    """
    unit_id, own_id = writing.place_of_work(actor)
    booking.hold_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    series_id = series_id or new_id()
    asked = {"citizen_id": citizen_id, "duration_minutes": duration_minutes, "kind": kind, "mode": mode}
    asked |= {"place": place, "goal_id": goal_id}
    request = _request(plan, **asked, staff_id=staff_id)
    repeat = _find_repeat(session, series_id, request)
    if repeat:
        return repeat
    staff_id = staff_id or own_id
    booking.require_colleague(session, staff_id=staff_id, unit_id=unit_id, citizen_id=citizen_id, now=now)
    common = {**asked, "unit_id": unit_id, "staff_id": staff_id}
    common |= {"series_id": series_id, "request_hash": request}
    booked = [
        Appointment(id=new_id(), starts_at=instant, starts_local=wall, **common)
        for instant, wall in _starts(plan, now)
    ]
    _settle(session, booked, override_reason=override_reason, actor=actor, now=now)
    for appointment in booked:
        writing.enter(session, appointment, actor, now)
        record_event(session, "appointment.booked", appointment, actor, now)
        if appointment.double_booked:
            record_event(session, "appointment.double-booked", appointment, actor, now)
    return booked


def end_series(
    session: Session,
    *,
    series_id: UUID,
    since: date,
    actor: Actor,
    now: datetime,
    cancellation: Cancellation = Cancellation.BY_SERVICE,
    reason_code: ReasonCode = ReasonCode.UNKNOWN,
    rules: AppointmentRules = late.DEFAULT,
) -> Sequence[Appointment]:
    """Cancel what is still ahead of a series from a date on, moved ones included; the others stay.

    :raises SeriesNotFound: if the actor sees nothing of such a series
    :raises BadCancellation: if the reason does not fit
    """
    of_series = visible.appointments(actor, now).where(Appointment.series_id == series_id)
    citizen_ids = session.scalars(of_series.with_only_columns(Appointment.citizen_id).distinct()).all()
    if not citizen_ids:
        raise SeriesNotFound()
    citizens.lock_sequences(session, citizen_ids=citizen_ids)
    rest = of_series.where(
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.starts_at > now,
        Appointment.starts_local >= datetime.combine(since, datetime.min.time()),
    ).order_by(Appointment.starts_at, Appointment.id)
    ended = session.scalars(rest.with_for_update().execution_options(populate_existing=True)).all()
    for appointment in ended:
        judged = late.judge(
            appointment,
            said=cancellation,
            reason_code=reason_code,
            reason_text=None,
            late=None,
            rules=rules,
            now=now,
        )
        writing.note_change(session, appointment, now)
        appointment.reason_code = reason_code
        writing.close(session, appointment, judged, now)
        writing.silence(session, appointment, judged.value, now)
        record_event(session, "appointment.cancelled", appointment, actor, now)
    return ended


def _request(plan: Plan, **asked: Any) -> bytes:
    skipped = ",".join(sorted(day.isoformat() for day in plan.skip))
    return booking.request_hash(
        **asked, starts_at=plan.starts_at, rule=plan.rule, count=plan.count, skip=skipped
    )


def _find_repeat(session: Session, series_id: UUID, request: bytes) -> Sequence[Appointment]:
    """What this very request has already booked, if anything; moved ones are not of the request."""
    known = session.scalars(
        select(Appointment)
        .where(Appointment.series_id == series_id)
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    same = [one for one in known if one.request_hash == request]
    if known and not same:
        raise booking.IdTaken()
    return same


def _starts(plan: Plan, now: datetime) -> list[tuple[datetime, datetime]]:
    """The instants and clock times of a series.

    :raises SeriesClash: naming the dates on which the clock time does not exist or cannot be booked
    """
    first, wall = check_start(plan.starts_at, now)
    walls = walls_of(wall, plan.rule, plan.count)
    if unknown := sorted(set(plan.skip) - {each.date() for each in walls}):
        raise Invalid(errors={"skip": [f"{day} is no date of this series." for day in unknown]})
    found, faults = [], {}
    for each in walls:
        if each.date() in plan.skip:
            continue
        try:
            found.append(check_start(first if each == wall else each.replace(tzinfo=clock.ZONE), now))
        except Invalid as bad:
            faults[each.date().isoformat()] = [
                f"{each:%H:%M}: {text}" for text in (bad.errors or {}).get("starts_at", [])
            ]
    if faults:
        raise SeriesClash(errors=faults)
    if not found:
        raise Invalid(errors={"skip": ["Leaves nothing to book."]})
    return found


def _settle(
    session: Session,
    booked: Sequence[Appointment],
    *,
    override_reason: str | None,
    actor: Actor,
    now: datetime,
) -> None:
    faults: dict[str, list[str]] = {}
    for appointment in booked:
        try:
            clashes.settle(session, appointment, override_reason=override_reason, actor=actor, now=now)
        except clashes.DoubleBooked as taken:
            day = appointment.starts_local.date().isoformat()
            faults[day] = (taken.errors or {}).get("starts_at", [TAKEN])
    if faults:
        raise SeriesClash(errors=faults)
