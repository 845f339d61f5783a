"""Taking lines out: a plain delete keeps the words for a year, "Slet helt" leaves only an empty tombstone."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from server.citizens import rejected
from server.citizens import service as citizens
from server.core.access import Actor
from server.crisis_plans import reading
from server.crisis_plans.authors import hold_owner
from server.crisis_plans.editing import LINE, open_plan
from server.crisis_plans.models import PlanLine, PlanLineVersion, PlanLink
from server.crisis_plans.outcomes import Outcome, Result
from server.crisis_plans.trail import record_event

KEPT_AFTER_DELETE = timedelta(days=365)


def apply_delete(
    session: Session,
    *,
    citizen_id: UUID,
    line_id: UUID,
    parents: Collection[UUID],
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Take a line out of the plan; `parents` are the versions the person saw standing.

    Words the person had not seen keep the line, flagged as come back. Only the owner deletes.

    :raises NotFound: if the actor may not know of the citizen
    :raises Forbidden: if it is somebody else's plan
    """
    owner = hold_owner(session, citizen_id=citizen_id, actor=actor, now=now)
    line = session.get(PlanLine, (citizen_id, line_id), populate_existing=True)
    if line is None:
        return Outcome(Result.REJECTED_GONE)
    if line.deleted_at is not None or line.erased_at is not None:
        return Outcome(Result.APPLIED, _show(session, line))
    citizens.record_change(session, citizen_id=citizen_id, entity=LINE, entity_id=line_id, at=now)
    heads = reading.list_heads(session, citizen_id=citizen_id, line_ids=[line_id])
    knew_all = {head.id for head in heads} <= set(parents)
    line.deleted_at, line.restored = (now, False) if knew_all else (None, True)
    session.flush()
    record_event(session, event="plan-line.deleted", author=owner, actor=actor, line=line, now=now)
    return Outcome(Result.APPLIED if knew_all else Result.KEPT_BOTH, _show(session, line))


def apply_erase(session: Session, *, citizen_id: UUID, line_id: UUID, actor: Actor, now: datetime) -> Outcome:
    """Make a line's words gone for good, in every version and every refused edit; it beats every edit.

    Only the owner erases.

    :raises NotFound: if the actor may not know of the citizen
    :raises Forbidden: if it is somebody else's plan
    """
    owner = hold_owner(session, citizen_id=citizen_id, actor=actor, now=now)
    line = session.get(PlanLine, (citizen_id, line_id), populate_existing=True)
    if line is None:
        line = _bury_unborn(session, citizen_id=citizen_id, line_id=line_id, now=now)
    elif line.erased_at is not None:
        return Outcome(Result.APPLIED, _show(session, line))
    _empty(session, line, now)
    record_event(session, event="plan-line.erased", author=owner, actor=actor, line=line, now=now)
    return Outcome(Result.APPLIED, _show(session, line))


def erase_expired(session: Session, *, now: datetime) -> list[tuple[UUID, UUID]]:
    """Erase what was deleted a year ago; returns the citizen and the line of each."""
    expired = select(PlanLine.citizen_id, PlanLine.id).where(
        PlanLine.deleted_at <= now - KEPT_AFTER_DELETE, PlanLine.erased_at.is_(None)
    )
    found = session.execute(expired.order_by(PlanLine.citizen_id, PlanLine.id)).all()
    citizens.lock_sequences(session, citizen_ids=[row.citizen_id for row in found])
    erased = []
    for citizen_id, line_id in found:
        line = session.get_one(PlanLine, (citizen_id, line_id), populate_existing=True)
        if line.deleted_at is not None and line.deleted_at <= now - KEPT_AFTER_DELETE:
            _empty(session, line, now)
            erased.append((citizen_id, line_id))
    return erased


def _bury_unborn(session: Session, *, citizen_id: UUID, line_id: UUID, now: datetime) -> PlanLine:
    """A tombstone for a line that never came here, so that it never will."""
    open_plan(session, citizen_id=citizen_id, now=now)
    line = PlanLine(citizen_id=citizen_id, id=line_id, created_at=now, restored=False, erased_at=now)
    session.add(line)
    session.flush()
    return line


def _empty(session: Session, line: PlanLine, now: datetime) -> None:
    signs = _forget_links(session, line)
    versions = (PlanLineVersion.citizen_id == line.citizen_id, PlanLineVersion.line_id == line.id)
    session.execute(
        update(PlanLineVersion)
        .where(*versions)
        .values(value_sealed=None)
        .execution_options(synchronize_session="fetch")
    )
    rejected.blank(session, citizen_id=line.citizen_id, entity=LINE, entity_id=line.id, now=now)
    line.section = line.position = None
    line.restored, line.erased_at = False, now
    session.flush()
    for line_id in [line.id, *signs]:
        citizens.record_change(session, citizen_id=line.citizen_id, entity=LINE, entity_id=line_id, at=now)


def _forget_links(session: Session, line: PlanLine) -> list[UUID]:
    """Take the line out of every link; returns the other signs that pointed to it."""
    touching = (
        PlanLink.citizen_id == line.citizen_id,
        or_(PlanLink.sign_line_id == line.id, PlanLink.action_line_id == line.id),
    )
    gone = session.scalars(delete(PlanLink).where(*touching).returning(PlanLink.sign_line_id)).all()
    return sorted(set(gone) - {line.id})


def _show(session: Session, line: PlanLine) -> reading.Line:
    return reading.show(session, citizen_id=line.citizen_id, rows=[line])[0]
