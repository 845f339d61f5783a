"""Writing in a plan: every version is kept, and what two people wrote at once stands beside each other.

The citizen's sequence row is locked first, so writers about one plan take turns. A version names the
versions its writer had seen (its parents); whatever nobody names stands.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.citizens import service as citizens
from server.core.access import Actor
from server.crisis_plans import positions, reading
from server.crisis_plans.authors import Author, hold_author
from server.crisis_plans.models import CrisisPlan, LineField, PlanLine, PlanLineVersion, PlanLink
from server.crisis_plans.outcomes import Outcome, Result, calmest_first
from server.crisis_plans.trail import record_event

LINE, PLAN = "plan_line", "plan"


class Edit(NamedTuple):
    """One edit on its way into the plan."""

    citizen_id: UUID
    line_id: UUID
    mutation_id: UUID
    fields: Mapping[str, Any]
    device_at: datetime | None
    author: Author
    now: datetime

    def version_id(self, field: LineField) -> UUID:
        """The id of the version this edit makes; a phone works it out alike, before it was ever sent."""
        return uuid5(self.mutation_id, field)

    def written(self) -> list[LineField]:
        """The fields that come with new words."""
        return [field for field in LineField if field in self.fields]


def apply_put(
    session: Session,
    *,
    citizen_id: UUID,
    line_id: UUID,
    mutation_id: UUID,
    fields: Mapping[str, Any],
    device_at: datetime | None,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Write in a line, or begin one; `fields` as `schemas.LineFieldsSchema` loads them.

    A rejected edit has written nothing. The same mutation twice is one edit.

    :raises NotFound: if the actor may not know of the citizen
    """
    author = hold_author(session, citizen_id=citizen_id, actor=actor, now=now)
    if author is None:
        return Outcome(Result.REJECTED_PERMISSION)
    edit = Edit(citizen_id, line_id, mutation_id, fields, device_at, author, now)
    line = session.get(PlanLine, (citizen_id, line_id), populate_existing=True)
    refused = _refuse(session, edit, line)
    if refused is not None:
        return Outcome(refused, _now(session, line))
    if line is None and fields.get("section") is None:
        return Outcome(Result.REJECTED_VALIDATION, errors={"section": ["A new line needs its section."]})
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=LINE, entity_id=line_id, at=now)
    results = [Result.APPLIED]
    if line is None:
        line = _open_line(session, edit)
    elif line.deleted_at is not None:
        line.deleted_at, line.restored = None, True
        results.append(Result.MERGED)
    _place(line, fields)
    session.flush()
    results += [_write(session, edit, field, seq) for field in edit.written()]
    if "links" in fields:
        results.append(_set_links(session, edit, fields["links"]))
    record_event(session, event="plan-line.changed", author=author, actor=actor, line=line, now=now)
    return Outcome(calmest_first(results), _now(session, line))


def open_plan(session: Session, *, citizen_id: UUID, now: datetime) -> CrisisPlan:
    """The citizen's plan, begun now if there was none."""
    plan = session.get(CrisisPlan, citizen_id)
    if plan is None:
        plan = CrisisPlan(citizen_id=citizen_id, created_at=now)
        session.add(plan)
        session.flush()
        citizens.record_change(session, citizen_id=citizen_id, entity=PLAN, entity_id=citizen_id, at=now)
    return plan


def _refuse(session: Session, edit: Edit, line: PlanLine | None) -> Result | None:
    """Why the edit is not to be written at all: the line is gone for good, or it came before."""
    if line is not None and line.erased_at is not None:
        return Result.REJECTED_GONE
    ids = {edit.version_id(field): field for field in edit.written()}
    earlier = session.scalars(
        select(PlanLineVersion).where(
            PlanLineVersion.citizen_id == edit.citizen_id, PlanLineVersion.id.in_(ids)
        )
    ).all()
    if not earlier:
        return None
    same = len(earlier) == len(ids) and all(
        version.line_id == edit.line_id and version.value == edit.fields[version.field]["value"]
        for version in earlier
    )
    return Result.DUPLICATE if same else Result.REJECTED_REUSE


def _open_line(session: Session, edit: Edit) -> PlanLine:
    open_plan(session, citizen_id=edit.citizen_id, now=edit.now)
    section = edit.fields["section"]
    line = PlanLine(
        citizen_id=edit.citizen_id,
        id=edit.line_id,
        section=section,
        position=edit.fields.get("position")
        or positions.after_last(session, citizen_id=edit.citizen_id, section=section),
        created_at=edit.now,
        restored=False,
    )
    session.add(line)
    return line


def _place(line: PlanLine, fields: Mapping[str, Any]) -> None:
    """Section, position, and that the person has seen that the line came back: the last one counts."""
    line.section = fields.get("section") or line.section
    line.position = fields.get("position") or line.position
    line.restored = fields.get("restored", line.restored)


def _write(session: Session, edit: Edit, field: LineField, seq: int) -> Result:
    said = edit.fields[field]
    found = reading.list_heads(session, citizen_id=edit.citizen_id, line_ids=[edit.line_id])
    heads = [head for head in found if head.field == field]
    seen = _known(session, edit, field, said["parents"])
    agreeing = {head.id for head in heads if head.value == said["value"]}
    version = PlanLineVersion(
        citizen_id=edit.citizen_id,
        id=edit.version_id(field),
        line_id=edit.line_id,
        field=field,
        parents=sorted(seen | agreeing),
        author_kind=edit.author.kind,
        author_staff_id=edit.author.staff_id,
        created_at=edit.now,
        device_at=edit.device_at,
        seq=seq,
    )
    version.value = said["value"]
    session.add(version)
    session.flush()
    return _compare({head.id for head in heads}, seen, agreeing)


def _compare(heads: set[UUID], seen: set[UUID], agreeing: set[UUID]) -> Result:
    if heads <= seen:
        return Result.APPLIED
    return Result.MERGED if heads <= seen | agreeing else Result.KEPT_BOTH


def _known(session: Session, edit: Edit, field: LineField, parents: Collection[UUID]) -> set[UUID]:
    """The named parents that are versions of this very field; others replace nothing."""
    known = select(PlanLineVersion.id).where(
        PlanLineVersion.citizen_id == edit.citizen_id,
        PlanLineVersion.line_id == edit.line_id,
        PlanLineVersion.field == field,
        PlanLineVersion.id.in_(parents),
    )
    return set(session.scalars(known))


def _set_links(session: Session, edit: Edit, wanted: Sequence[UUID]) -> Result:
    """Let the sign point to exactly these of the person's own lines; one that is gone is left out."""
    there = select(PlanLine.id).where(
        PlanLine.citizen_id == edit.citizen_id,
        PlanLine.id.in_(wanted),
        PlanLine.id != edit.line_id,
        PlanLine.erased_at.is_(None),
    )
    known = set(session.scalars(there))
    of_sign = (PlanLink.citizen_id == edit.citizen_id, PlanLink.sign_line_id == edit.line_id)
    standing = set(session.scalars(select(PlanLink.action_line_id).where(*of_sign)))
    session.execute(delete(PlanLink).where(*of_sign, PlanLink.action_line_id.not_in(known)))
    session.add_all(
        PlanLink(citizen_id=edit.citizen_id, sign_line_id=edit.line_id, action_line_id=action)
        for action in known - standing
    )
    session.flush()
    return Result.APPLIED if known == set(wanted) else Result.MERGED


def _now(session: Session, line: PlanLine | None) -> reading.Line | None:
    if line is None:
        return None
    return reading.show(session, citizen_id=line.citizen_id, rows=[line])[0]
