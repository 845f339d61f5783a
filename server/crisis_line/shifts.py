"""Who is at the desk, who is on the road, and what the next shift must know."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, update
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden
from server.core.ids import new_id
from server.crisis_line import visible_desk
from server.crisis_line.models_desk import Shift

LONGEST = timedelta(hours=24)  #: whoever forgot to end a shift is not at the desk any more
NOTES_SHOWN = timedelta(hours=24)
NOTES_KEPT = timedelta(days=7)


class NoShift(Conflict):
    """There is no shift to end."""

    code, title = "no-shift", "You are not on a shift."


def read_current(session: Session, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """My shift, the colleagues at the desk now, and the notes of 24 hours; the reading is recorded."""
    shown = _current(session, actor=actor, now=now)
    audit.record(session, event="desk-shift.read", actor=actor, at=now)
    return shown


def keep_current(
    session: Session, *, fields: Mapping[str, Any], actor: Actor, now: datetime
) -> dict[str, Any]:
    """Begin my shift if there is none, and write down what is given: `handover_note`, `on_the_road`."""
    shift = _hold_own(session, actor=actor, now=now) or _begin(session, actor=actor, now=now)
    _write(shift, fields, now)
    shift.version += 1
    session.flush()
    shown = _current(session, actor=actor, now=now)
    audit.record(session, event="desk-shift.kept", actor=actor, at=now, subject_id=shift.id)
    return shown


def end_current(
    session: Session, *, fields: Mapping[str, Any], actor: Actor, now: datetime
) -> dict[str, Any]:
    """End my shift; whoever was on the road is back. After more than a day, too, the note is kept.

    :raises NoShift: if I am on none
    """
    shift = _hold_begun(session, actor)
    if shift is None:
        raise NoShift()
    _write(shift, fields, now)
    _end(shift, now)
    session.flush()
    shown = _current(session, actor=actor, now=now)
    audit.record(session, event="desk-shift.ended", actor=actor, at=now, subject_id=shift.id)
    return shown


def forget_old_notes(session: Session, *, now: datetime) -> int:
    """Erase the notes that are a week old: they may tell of people, and belong to the next shifts alone."""
    old = update(Shift).where(Shift.handover_at <= now - NOTES_KEPT).returning(Shift.id)
    emptied = old.values(handover_note_sealed=None, handover_at=None, version=Shift.version + 1)
    return len(session.execute(emptied).all())


def _begin(session: Session, *, actor: Actor, now: datetime) -> Shift:
    if actor.staff_id is None or actor.unit_id is None:
        raise Forbidden()
    shift = Shift(id=new_id(), unit_id=actor.unit_id, staff_id=actor.staff_id, started_at=now, version=0)
    session.add(shift)
    return shift


def _hold_own(session: Session, *, actor: Actor, now: datetime) -> Shift | None:
    """My running shift, held; one that was forgotten is ended where it could last no longer."""
    shift = _hold_begun(session, actor)
    if shift is not None and shift.started_at <= now - LONGEST:
        _end(shift, now)
        session.flush()
        return None
    return shift


def _hold_begun(session: Session, actor: Actor) -> Shift | None:
    own = visible_desk.shifts(actor).where(Shift.staff_id == actor.staff_id, Shift.ended_at.is_(None))
    return session.scalars(own.with_for_update()).one_or_none()


def _end(shift: Shift, now: datetime) -> None:
    shift.ended_at, shift.on_the_road_since = min(now, shift.started_at + LONGEST), None
    shift.version += 1


def _write(shift: Shift, fields: Mapping[str, Any], now: datetime) -> None:
    if "handover_note" in fields:
        shift.handover_note = fields["handover_note"]
        shift.handover_at = now if fields["handover_note"] is not None else None
    if "on_the_road" in fields:
        since = shift.on_the_road_since or now
        shift.on_the_road_since = since if fields["on_the_road"] else None


def _is_running(now: datetime) -> ColumnElement[bool]:
    return and_(Shift.ended_at.is_(None), Shift.started_at > now - LONGEST)


def _current(session: Session, *, actor: Actor, now: datetime) -> dict[str, Any]:
    has_news = Shift.handover_at > now - NOTES_SHOWN
    found = visible_desk.shifts(actor).where(or_(_is_running(now), has_news))
    rows = session.scalars(found.order_by(Shift.started_at, Shift.id)).all()
    names = accounts.staff_names(session, staff_ids={row.staff_id for row in rows})
    running = [row for row in rows if row.ended_at is None and row.started_at > now - LONGEST]
    own = next((row for row in running if row.staff_id == actor.staff_id), None)
    noted = [
        row for row in rows if row.handover_at and row.handover_at > now - NOTES_SHOWN and row is not own
    ]
    return {
        "shift": own,
        "colleagues": [
            {"name": names[row.staff_id], "started_at": row.started_at, "on_the_road": row.on_the_road}
            for row in running
            if row is not own
        ],
        "handovers": [
            {"name": names[row.staff_id], "at": row.handover_at, "note": row.handover_note}
            for row in sorted(noted, key=lambda row: row.handover_at or now, reverse=True)
        ],
    }
