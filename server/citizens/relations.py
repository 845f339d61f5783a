"""Care relations: who works with whom, from when to when, given by whom and why."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import changes, visible
from server.citizens.models import CareRelation, CareRole, Citizen, StandIn
from server.core.access import Actor, Role
from server.core.errors import Conflict, Forbidden, Invalid, NotFound
from server.core.ids import new_id


class UnknownColleague(Invalid):
    """The named person is not an active counsellor of this unit; also the answer for other units' staff."""

    def __init__(self, field: str) -> None:
        super().__init__(errors={field: ["Must be an active counsellor of your own unit."]})


class OwnCase(Forbidden):
    """A manager never gives a case to themself."""

    code, title = "own-case", "Ask another manager: nobody gives a case to themself."


class RelationExists(Conflict):
    """The person already has this role."""

    code, title = "relation-exists", "This person already has this role."


class RelationNotFound(NotFound):
    """There is no such relation in the manager's unit."""


def lock_unit(session: Session, *, unit_id: UUID) -> None:
    """Let one change of care relations at a time through in a unit, before any sequence row is locked.

    An intake and the naming of a stand-in would otherwise not see each other.
    """
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"care:{unit_id}", 0))))


def give_relation(
    session: Session,
    *,
    citizen_id: UUID,
    staff_id: UUID,
    role: CareRole,
    reason: str,
    actor: Actor,
    now: datetime,
) -> CareRelation:
    """Give a citizen a contact person or a member of the care team; a new contact person takes over.

    :raises NotFound: if the manager may not know of the citizen
    :raises OwnCase: if the manager names themself
    :raises UnknownColleague: if the person is not an active counsellor of the unit
    :raises RelationExists: if the person already has the role
    """
    citizen = session.scalars(visible.citizens(actor, now).where(Citizen.id == citizen_id)).one_or_none()
    if citizen is None or citizen.unit_id != actor.unit_id:
        raise NotFound()
    if staff_id == actor.staff_id:
        raise OwnCase()
    require_counsellor(session, staff_id=staff_id, actor=actor, field="staff_id")
    lock_unit(session, unit_id=citizen.unit_id)
    changes.lock_sequences(session, citizen_ids=[citizen_id])
    standing = _standing(session, citizen_id=citizen_id, now=now)
    if any(one.staff_id == staff_id and one.role == role for one in standing):
        raise RelationExists()
    if role == CareRole.CONTACT_PERSON:
        for former in [one for one in standing if one.role == role]:
            _close(session, relation=former, reason=reason, actor=actor, now=now)
    relation = open_relation(
        session, citizen=citizen, staff_id=staff_id, role=role, reason=reason, actor=actor, now=now
    )
    changes.record_profile_change(session, citizen_id=citizen_id, at=now)
    return relation


def open_relation(
    session: Session,
    *,
    citizen: Citizen,
    staff_id: UUID,
    role: CareRole,
    reason: str,
    actor: Actor,
    now: datetime,
) -> CareRelation:
    """Write a relation from now on, and the stand-in relations that follow from running arrangements."""
    if actor.staff_id is None:
        raise Forbidden()
    relation = CareRelation(
        id=new_id(),
        citizen_id=citizen.id,
        staff_id=staff_id,
        unit_id=citizen.unit_id,
        role=role,
        starts_at=now,
        reason=reason,
        granted_by=actor.staff_id,
    )
    session.add(relation)
    session.flush()
    _audit(session, event="care-relation.given", relation=relation, actor=actor, now=now)
    running = select(StandIn).where(
        StandIn.staff_id == staff_id, StandIn.ended_at.is_(None), StandIn.ends_at > now
    )
    for arrangement in session.scalars(running.order_by(StandIn.id)).all():
        derive_stand_in(session, arrangement=arrangement, base=relation, actor=actor, now=now)
    return relation


def derive_stand_in(
    session: Session, *, arrangement: StandIn, base: CareRelation, actor: Actor, now: datetime
) -> CareRelation | None:
    """Let the stand-in work with one citizen of the absent colleague, unless that is so already."""
    same = select(CareRelation.id).where(
        CareRelation.arrangement_id == arrangement.id,
        CareRelation.citizen_id == base.citizen_id,
        visible.not_over(now),
    )
    if session.scalars(same).first() is not None:
        return None
    relation = CareRelation(
        id=new_id(),
        citizen_id=base.citizen_id,
        staff_id=arrangement.stand_in_id,
        unit_id=base.unit_id,
        role=CareRole.STAND_IN,
        starts_at=max(arrangement.starts_at, base.starts_at),
        ends_at=arrangement.ends_at,
        reason=arrangement.reason,
        granted_by=arrangement.granted_by,
        stand_in_for_id=arrangement.staff_id,
        arrangement_id=arrangement.id,
    )
    session.add(relation)
    session.flush()
    _audit(session, event="care-relation.given", relation=relation, actor=actor, now=now)
    return relation


def end_relation(
    session: Session, *, relation_id: UUID, reason: str, actor: Actor, now: datetime
) -> CareRelation:
    """End a relation now; one that has ended already stays as it is. The last contact person may go.

    :raises RelationNotFound: if it is not in the manager's unit
    """
    found = visible.unit_relations(actor).where(CareRelation.id == relation_id)
    relation = session.scalars(found).one_or_none()
    if relation is None:
        raise RelationNotFound()
    lock_unit(session, unit_id=relation.unit_id)
    changes.lock_sequences(session, citizen_ids=[relation.citizen_id])
    session.refresh(relation)
    if relation.ends_at is None or relation.ends_at > now:
        _close(session, relation=relation, reason=reason, actor=actor, now=now)
        changes.record_profile_change(session, citizen_id=relation.citizen_id, at=now)
    return relation


def end_one(session: Session, *, relation: CareRelation, reason: str, actor: Actor, now: datetime) -> None:
    """End this one relation, without looking at those that follow from it."""
    relation.ends_at = max(now, relation.starts_at)
    relation.end_reason = reason
    session.flush()
    _audit(session, event="care-relation.ended", relation=relation, actor=actor, now=now)


def looked_after(session: Session, *, citizen_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of the citizens with whom somebody works now, whoever asks: the house asks before it sends.

    Whoever leads a course works with its people for that course alone (`course_relations.led_now`).
    """
    somebody = select(CareRelation.citizen_id).where(
        CareRelation.citizen_id.in_(citizen_ids), visible.in_force(now)
    )
    return set(session.scalars(somebody))


def list_relations(session: Session, *, citizen_id: UUID) -> Sequence[CareRelation]:
    """Everybody who works or worked with a citizen, oldest first."""
    found = select(CareRelation).where(CareRelation.citizen_id == citizen_id)
    return session.scalars(found.order_by(CareRelation.starts_at, CareRelation.id)).all()


def require_counsellor(session: Session, *, staff_id: UUID, actor: Actor, field: str) -> None:
    """Only an active counsellor of the same unit can be given a case.

    :raises UnknownColleague: naming the field, alike for unknown, inactive and other units' staff
    """
    staff = get_colleague(session, staff_id=staff_id, actor=actor, field=field)
    if not staff.active or Role.COUNSELLOR not in staff.role_set:
        raise UnknownColleague(field)


def get_colleague(session: Session, *, staff_id: UUID, actor: Actor, field: str) -> accounts.StaffMember:
    """Somebody of the manager's own unit, at work or not.

    :raises UnknownColleague: naming the field
    """
    try:
        return accounts.get_staff_member(session, staff_id=staff_id, actor=actor)
    except NotFound as err:
        raise UnknownColleague(field) from err


def _standing(session: Session, *, citizen_id: UUID, now: datetime) -> Sequence[CareRelation]:
    found = select(CareRelation).where(CareRelation.citizen_id == citizen_id, visible.not_over(now))
    return session.scalars(found.order_by(CareRelation.id)).all()


def _close(session: Session, *, relation: CareRelation, reason: str, actor: Actor, now: datetime) -> None:
    """End a relation, and with a person's last one the work of whoever stands in for that person."""
    end_one(session, relation=relation, reason=reason, actor=actor, now=now)
    if relation.role == CareRole.STAND_IN:
        return
    standing = _standing(session, citizen_id=relation.citizen_id, now=now)
    if any(one.staff_id == relation.staff_id and one.role != CareRole.STAND_IN for one in standing):
        return
    for follower in standing:
        if follower.stand_in_for_id == relation.staff_id:
            end_one(session, relation=follower, reason=reason, actor=actor, now=now)


def _audit(session: Session, *, event: str, relation: CareRelation, actor: Actor, now: datetime) -> None:
    audit.record(
        session,
        event=event,
        actor=actor,
        at=now,
        unit_id=relation.unit_id,
        citizen_id=relation.citizen_id,
        subject_id=relation.staff_id,
        relation_id=relation.id,
        purpose=relation.role,
    )
