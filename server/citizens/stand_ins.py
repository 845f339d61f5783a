"""Stand-ins: while a colleague is away, another sees that caseload at once and not a day longer."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import changes, relations, visible
from server.citizens.models import CareRelation, CareRole, StandIn
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound
from server.core.ids import new_id

LONGEST = timedelta(days=366)


class Arrangement(NamedTuple):
    """A stand-in arrangement with the names of the two; both days are included."""

    id: UUID
    staff_id: UUID
    staff_name: str
    stand_in_id: UUID
    stand_in_name: str
    starts_on: date
    ends_on: date
    reason: str
    ended_at: datetime | None


class StandInExists(Conflict):
    """The same person already stands in for the same colleague in these days."""

    code, title = "stand-in-exists", "This person already stands in in these days."


class StandInNotFound(NotFound):
    """There is no such arrangement in the manager's unit."""


def name_stand_in(
    session: Session,
    *,
    staff_id: UUID,
    stand_in_id: UUID,
    ends_on: date,
    reason: str,
    actor: Actor,
    now: datetime,
    starts_on: date | None = None,
) -> Arrangement:
    """Let one counsellor stand in for another, both days included; each citizen gets a relation at once.

    :raises OwnCase: if the manager names themself
    :raises UnknownColleague: if one of the two is not of the unit
    :raises Invalid: if the days do not fit
    :raises StandInExists: if the same arrangement runs in these days
    """
    if actor.staff_id is None or actor.unit_id is None:
        raise Forbidden()
    _check_people(session, staff_id=staff_id, stand_in_id=stand_in_id, actor=actor)
    starts_at, ends_at = _span(starts_on, ends_on, now)
    relations.lock_unit(session, unit_id=actor.unit_id)
    _refuse_overlap(session, staff_id=staff_id, stand_in_id=stand_in_id, starts_at=starts_at, ends_at=ends_at)
    arrangement = StandIn(
        id=new_id(),
        unit_id=actor.unit_id,
        staff_id=staff_id,
        stand_in_id=stand_in_id,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=reason,
        granted_by=actor.staff_id,
        created_at=now,
    )
    session.add(arrangement)
    session.flush()
    _take_over(session, arrangement=arrangement, actor=actor, now=now)
    _audit(session, event="stand-in.named", arrangement=arrangement, actor=actor, now=now)
    return _with_names(session, [arrangement])[0]


def list_stand_ins(session: Session, *, actor: Actor, now: datetime) -> list[Arrangement]:
    """The unit's arrangements that run or are still to come, the earliest first."""
    running = visible.stand_ins(actor).where(StandIn.ended_at.is_(None), StandIn.ends_at > now)
    return _with_names(session, session.scalars(running.order_by(StandIn.starts_at, StandIn.id)).all())


def end_stand_in(
    session: Session, *, arrangement_id: UUID, actor: Actor, now: datetime, reason: str = "stand-in ended"
) -> Arrangement:
    """End an arrangement now, and with it the stand-in's relations; one that has ended stays as it is.

    :raises StandInNotFound: if it is not in the manager's unit
    """
    found = visible.stand_ins(actor).where(StandIn.id == arrangement_id)
    arrangement = session.scalars(found).one_or_none()
    if arrangement is None:
        raise StandInNotFound()
    relations.lock_unit(session, unit_id=arrangement.unit_id)
    session.refresh(arrangement)
    if arrangement.ended_at is not None or arrangement.ends_at <= now:
        return _with_names(session, [arrangement])[0]
    arrangement.ended_at = now
    derived = select(CareRelation).where(CareRelation.arrangement_id == arrangement.id, visible.not_over(now))
    given = session.scalars(derived.order_by(CareRelation.citizen_id)).all()
    changes.lock_sequences(session, citizen_ids=[relation.citizen_id for relation in given])
    for relation in given:
        relations.end_one(session, relation=relation, reason=reason, actor=actor, now=now)
        changes.record_profile_change(session, citizen_id=relation.citizen_id, at=now)
    _audit(session, event="stand-in.ended", arrangement=arrangement, actor=actor, now=now)
    return _with_names(session, [arrangement])[0]


def _check_people(session: Session, *, staff_id: UUID, stand_in_id: UUID, actor: Actor) -> None:
    if stand_in_id == actor.staff_id:
        raise relations.OwnCase()
    if stand_in_id == staff_id:
        raise Invalid(errors={"stand_in_id": ["Must be another person."]})
    relations.get_colleague(session, staff_id=staff_id, actor=actor, field="staff_id")
    relations.require_counsellor(session, staff_id=stand_in_id, actor=actor, field="stand_in_id")


def _span(starts_on: date | None, ends_on: date, now: datetime) -> tuple[datetime, datetime]:
    today = clock.to_wall(now).date()
    first = starts_on or today
    if first < today:
        raise Invalid(errors={"starts_on": ["Must not lie in the past."]})
    if ends_on < first:
        raise Invalid(errors={"ends_on": ["Must not lie before the first day."]})
    if ends_on - today > LONGEST:
        raise Invalid(errors={"ends_on": ["Must lie within a year."]})
    starts_at = now if first == today else clock.from_wall(datetime.combine(first, time.min))
    return starts_at, clock.from_wall(datetime.combine(ends_on + timedelta(days=1), time.min))


def _refuse_overlap(
    session: Session, *, staff_id: UUID, stand_in_id: UUID, starts_at: datetime, ends_at: datetime
) -> None:
    same = select(StandIn.id).where(
        StandIn.staff_id == staff_id,
        StandIn.stand_in_id == stand_in_id,
        StandIn.ended_at.is_(None),
        StandIn.starts_at < ends_at,
        StandIn.ends_at > starts_at,
    )
    if session.scalars(same).first() is not None:
        raise StandInExists()


def _take_over(session: Session, *, arrangement: StandIn, actor: Actor, now: datetime) -> None:
    found = select(CareRelation).where(
        CareRelation.staff_id == arrangement.staff_id,
        CareRelation.role != CareRole.STAND_IN,
        visible.not_over(now),
    )
    caseload = session.scalars(found.order_by(CareRelation.citizen_id, CareRelation.id)).all()
    changes.lock_sequences(session, citizen_ids=[base.citizen_id for base in caseload])
    for base in caseload:
        given = relations.derive_stand_in(session, arrangement=arrangement, base=base, actor=actor, now=now)
        if given is not None:
            changes.record_profile_change(session, citizen_id=base.citizen_id, at=now)


def _with_names(session: Session, found: Sequence[StandIn]) -> list[Arrangement]:
    people = {one.staff_id for one in found} | {one.stand_in_id for one in found}
    names = accounts.staff_names(session, staff_ids=people)
    return [
        Arrangement(
            id=one.id,
            staff_id=one.staff_id,
            staff_name=names[one.staff_id],
            stand_in_id=one.stand_in_id,
            stand_in_name=names[one.stand_in_id],
            starts_on=clock.to_wall(one.starts_at).date(),
            ends_on=clock.to_wall(one.ends_at).date() - timedelta(days=1),
            reason=one.reason,
            ended_at=one.ended_at,
        )
        for one in found
    ]


def _audit(session: Session, *, event: str, arrangement: StandIn, actor: Actor, now: datetime) -> None:
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=arrangement.unit_id,
        subject_id=arrangement.id,
    )
