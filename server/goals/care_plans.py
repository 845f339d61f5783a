"""Care plans: what staff and the person agreed about the effort, and the phase it is in.

A counsellor writes it with the person, who reads it on the phone. Every version stays. A phase is the
centre's own word for where somebody is; only centres whose content names phases have any.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.audit import service as audit
from server.citizens import service as citizens
from server.citizens import visible as citizens_visible
from server.core import clock
from server.core.access import Actor
from server.core.errors import Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.goals.models_care import PARTS, CarePlan, Children, Phase

ENTITY = "care_plan"
NOTHING = {part: None for part in PARTS}


class Offered(NamedTuple):
    """What the person's centre has: ids of its services, codes of its phases in their order."""

    methods: Collection[str]
    phases: Sequence[str]


class Step(NamedTuple):
    """One phase somebody came into; without a code none holds from that day on."""

    code: str | None
    from_on: date
    set_by_name: str


class Shown(NamedTuple):
    """A plan as it stands, and the phases newest first. Version 0: nothing is written."""

    version: int
    background: str | None
    needs: str | None
    purpose: str | None
    effort: str | None
    methods: list[str]
    children: Children
    review_on: date | None
    written_at: datetime | None
    written_by_name: str | None
    phases: list[Step]


def read(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> Shown:
    """What was agreed with a citizen; the look is recorded.

    :raises NotFound: if the actor does not work with the citizen
    """
    relation_id = _own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    shown = _shown(session, citizen_id)
    audit.record(
        session,
        event="care-plan.read",
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        relation_id=relation_id,
    )
    return shown


def write(
    session: Session,
    *,
    citizen_id: UUID,
    version: int,
    texts: Mapping[str, str | None],
    methods: Sequence[str],
    children: Children,
    review_on: date | None,
    offered: Offered,
    actor: Actor,
    now: datetime,
) -> Shown:
    """Write the next version over the one that was seen (0: none).

    :raises NotFound: if the actor does not work with the citizen
    :raises PreconditionFailed: if somebody wrote since `version`
    :raises Invalid: for a method that the centre does not have, or one that stands twice
    """
    relation_id = _hold(session, citizen_id=citizen_id, actor=actor, now=now)
    current = session.scalars(_current(citizen_id)).one_or_none()
    if (current.version if current else 0) != version:
        raise PreconditionFailed()
    kept = set(current.methods) if current else set()
    if len(set(methods)) < len(methods) or set(methods) - kept - set(offered.methods):
        raise Invalid(errors={"methods": ["Must be services of this centre, each once."]})
    assert actor.staff_id is not None
    plan = CarePlan(
        citizen_id=citizen_id,
        id=new_id(),
        version=version + 1,
        methods=list(methods),
        children=children,
        review_on=review_on,
        written_by=actor.staff_id,
        written_at=now,
    )
    for part in PARTS:
        plan.write(part, texts.get(part))
    session.add(plan)
    _note(
        session,
        citizen_id=citizen_id,
        event="care-plan.written",
        relation_id=relation_id,
        actor=actor,
        at=now,
    )
    return _shown(session, citizen_id)


def set_phase(
    session: Session,
    *,
    citizen_id: UUID,
    code: str | None,
    from_on: date,
    offered: Offered,
    actor: Actor,
    now: datetime,
) -> Shown:
    """Say which phase somebody is in from a day on, or that none holds; earlier ones stay in the list.

    :raises NotFound: if the actor does not work with the citizen
    :raises Invalid: for a phase that the centre does not have, or a day to come
    """
    if code is not None and code not in offered.phases:
        raise Invalid(errors={"code": ["Must be a phase of this centre."]})
    if from_on > clock.to_wall(now).date():
        raise Invalid(errors={"from_on": ["Must not lie ahead."]})
    relation_id = _hold(session, citizen_id=citizen_id, actor=actor, now=now)
    phases = session.scalars(_phases(citizen_id)).all()
    newest = phases[0] if phases else None
    if (newest is None and code is None) or (newest and (newest.code, newest.from_on) == (code, from_on)):
        return _shown(session, citizen_id)
    assert actor.staff_id is not None
    session.add(
        Phase(
            citizen_id=citizen_id,
            id=new_id(),
            seq=newest.seq + 1 if newest else 1,
            code=code,
            from_on=from_on,
            set_by=actor.staff_id,
            set_at=now,
        )
    )
    _note(session, citizen_id=citizen_id, event="phase.set", relation_id=relation_id, actor=actor, at=now)
    return _shown(session, citizen_id)


def current(session: Session, *, citizen_id: UUID, ids: Collection[UUID]) -> dict[UUID, Shown]:
    """What the citizen's own phone holds of it, under the citizen's id."""
    return {citizen_id: _shown(session, citizen_id)} if citizen_id in ids else {}


def reviews_due(session: Session, *, until: date, actor: Actor, now: datetime) -> dict[UUID, date]:
    """Whose plan was to be looked at again by this day, of the people the actor works with.

    The caller records the look.
    """
    newest = (
        select(CarePlan.citizen_id, CarePlan.review_on)
        .where(CarePlan.citizen_id.in_(citizens_visible.citizen_ids(actor, now)))
        .ext(distinct_on(CarePlan.citizen_id))
        .order_by(CarePlan.citizen_id, CarePlan.version.desc())
    )
    found = session.execute(newest)
    return {citizen_id: review_on for citizen_id, review_on in found if review_on and review_on <= until}


def _own_relation(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> UUID:
    own = citizens.find_own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    if own is None:
        raise NotFound()
    return own.id


def _hold(session: Session, *, citizen_id: UUID, actor: Actor, now: datetime) -> UUID:
    """The relation that allows it, asked again once nobody else can end it."""
    _own_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    return _own_relation(session, citizen_id=citizen_id, actor=actor, now=now)


def _note(
    session: Session, *, citizen_id: UUID, event: str, relation_id: UUID, actor: Actor, at: datetime
) -> None:
    session.flush()
    citizens.record_change(session, citizen_id=citizen_id, entity=ENTITY, entity_id=citizen_id, at=at)
    audit.record(session, event=event, actor=actor, at=at, citizen_id=citizen_id, relation_id=relation_id)


def _current(citizen_id: UUID) -> Any:
    return (
        select(CarePlan).where(CarePlan.citizen_id == citizen_id).order_by(CarePlan.version.desc()).limit(1)
    )


def _phases(citizen_id: UUID) -> Any:
    return select(Phase).where(Phase.citizen_id == citizen_id).order_by(Phase.seq.desc())


def _shown(session: Session, citizen_id: UUID) -> Shown:
    plan = session.scalars(_current(citizen_id)).one_or_none()
    phases = session.scalars(_phases(citizen_id)).all()
    wrote = {phase.set_by for phase in phases} | ({plan.written_by} if plan else set())
    names = accounts.staff_names(session, staff_ids=wrote)
    return Shown(
        version=plan.version if plan else 0,
        **({part: plan.text(part) for part in PARTS} if plan else NOTHING),
        methods=list(plan.methods) if plan else [],
        children=plan.children if plan else Children.NOT_ASKED,
        review_on=plan.review_on if plan else None,
        written_at=plan.written_at if plan else None,
        written_by_name=names[plan.written_by] if plan else None,
        phases=[Step(phase.code, phase.from_on, names[phase.set_by]) for phase in phases],
    )
