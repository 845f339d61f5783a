"""A plan as it stands now: each line with every text that nobody has replaced yet, and its history."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, any_, select
from sqlalchemy.orm import Session, aliased

from server.accounts import service as accounts
from server.core.access import Actor
from server.core.errors import NotFound
from server.crisis_plans import visible
from server.crisis_plans.models import (
    AuthorKind,
    CrisisPlan,
    LineField,
    PlanLine,
    PlanLineVersion,
    PlanLink,
    Section,
)


class Written(NamedTuple):
    """What somebody wrote, when, and who."""

    version: UUID
    value: str | None
    author: AuthorKind
    author_name: str | None
    at: datetime


class Line(NamedTuple):
    """A line as a phone shows it; more than one text or number means: nobody has chosen yet."""

    id: UUID
    section: Section | None
    position: str | None
    text: list[Written]
    phone: list[Written]
    links: list[UUID]
    deleted: bool
    restored: bool
    erased: bool


class Past(NamedTuple):
    """One step of a line's history."""

    version: UUID
    field: LineField
    value: str | None
    author: AuthorKind
    author_name: str | None
    at: datetime
    current: bool


class Plan(NamedTuple):
    """What a phone holds of the plan beside its lines; there is one plan, so it goes by the citizen's id."""

    id: UUID
    review_on: date | None


class LineNotFound(NotFound):
    """There is no such line in this person's plan."""


def is_head() -> ColumnElement[bool]:
    """Whether a version was not replaced: no other version of its line and field names it as a parent."""
    later = aliased(PlanLineVersion)
    replaced = select(later.id).where(
        later.citizen_id == PlanLineVersion.citizen_id,
        later.line_id == PlanLineVersion.line_id,
        later.field == PlanLineVersion.field,
        PlanLineVersion.id == any_(later.parents),
    )
    return ~replaced.exists()


def list_heads(
    session: Session, *, citizen_id: UUID, line_ids: Collection[UUID]
) -> Sequence[PlanLineVersion]:
    """The versions of these lines that stand, oldest first."""
    found = select(PlanLineVersion).where(
        PlanLineVersion.citizen_id == citizen_id, PlanLineVersion.line_id.in_(line_ids), is_head()
    )
    return session.scalars(found.order_by(PlanLineVersion.seq, PlanLineVersion.id)).all()


def current_lines(session: Session, *, citizen_id: UUID, line_ids: Collection[UUID]) -> dict[UUID, Line]:
    """Those of the lines that are in the citizen's own plan, as they stand now, by id."""
    rows = session.scalars(visible.lines(citizen_id).where(PlanLine.id.in_(line_ids))).all()
    return {line.id: line for line in show(session, citizen_id=citizen_id, rows=rows)}


def list_standing(session: Session, *, citizen_id: UUID) -> list[Line]:
    """The lines that stand in the plan, in the order of the sections and of their places."""
    rows = sorted(session.scalars(visible.standing_lines(citizen_id)), key=_place)
    return show(session, citizen_id=citizen_id, rows=rows)


def is_erased(session: Session, *, citizen_id: UUID, line_id: UUID) -> bool:
    """Whether its owner has deleted the line for good, so that no word for it may be kept anywhere."""
    erased = visible.lines(citizen_id).where(PlanLine.id == line_id, PlanLine.erased_at.is_not(None))
    return session.scalars(erased).first() is not None


def current_plans(session: Session, *, citizen_id: UUID) -> dict[UUID, Plan]:
    """The citizen's plan by its id, or nothing before the first line."""
    row = session.get(CrisisPlan, citizen_id)
    return {} if row is None else {citizen_id: Plan(id=citizen_id, review_on=row.review_on)}


def show(session: Session, *, citizen_id: UUID, rows: Sequence[PlanLine]) -> list[Line]:
    """Lines with their standing texts, numbers and links, in the given order."""
    ids = [row.id for row in rows if row.erased_at is None]
    heads = list_heads(session, citizen_id=citizen_id, line_ids=ids)
    names = _names(session, heads)
    links = _links(session, citizen_id=citizen_id, line_ids=ids)
    return [
        Line(
            id=row.id,
            section=row.section,
            position=row.position,
            text=_of(heads, row.id, LineField.TEXT, names),
            phone=_of(heads, row.id, LineField.PHONE, names),
            links=links.get(row.id, []),
            deleted=row.deleted_at is not None,
            restored=row.restored,
            erased=row.erased_at is not None,
        )
        for row in rows
    ]


def list_history(session: Session, *, line_id: UUID, actor: Actor, now: datetime) -> list[Past]:
    """Everything ever written in a line of the citizen's own plan, newest first.

    :raises LineNotFound: if there is no such line in it
    """
    if actor.citizen_id is None:
        raise LineNotFound()
    wanted = visible.lines(actor.citizen_id).where(PlanLine.id == line_id)
    line = session.scalars(wanted).one_or_none()
    if line is None:
        raise LineNotFound()
    if line.erased_at is not None:
        return []
    own = visible.own_versions(actor, now).where(PlanLineVersion.line_id == line_id)
    heads = list_heads(session, citizen_id=actor.citizen_id, line_ids=[line_id])
    return pasts(session, versions=session.scalars(own).all(), heads=heads)


def pasts(
    session: Session, *, versions: Sequence[PlanLineVersion], heads: Sequence[PlanLineVersion]
) -> list[Past]:
    """Versions as steps of a history, newest first."""
    names = _names(session, versions)
    standing = {head.id for head in heads}
    newest_first = sorted(versions, key=lambda version: (version.seq, version.id), reverse=True)
    return [
        Past(**_written(version, names)._asdict(), field=version.field, current=version.id in standing)
        for version in newest_first
    ]


def _place(row: PlanLine) -> tuple[int, str, UUID]:
    return list(Section).index(Section(row.section or "")), row.position or "", row.id


def _of(
    heads: Sequence[PlanLineVersion], line_id: UUID, field: LineField, names: dict[UUID, str]
) -> list[Written]:
    return [_written(head, names) for head in heads if (head.line_id, head.field) == (line_id, field)]


def _written(version: PlanLineVersion, names: dict[UUID, str]) -> Written:
    author = version.author_staff_id
    return Written(
        version=version.id,
        value=version.value,
        author=version.author_kind,
        author_name=names.get(author) if author else None,
        at=version.created_at,
    )


def _names(session: Session, versions: Sequence[PlanLineVersion]) -> dict[UUID, str]:
    authors = {version.author_staff_id for version in versions if version.author_staff_id}
    return accounts.staff_names(session, staff_ids=authors)


def _links(session: Session, *, citizen_id: UUID, line_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    found = select(PlanLink.sign_line_id, PlanLink.action_line_id).where(
        PlanLink.citizen_id == citizen_id, PlanLink.sign_line_id.in_(line_ids)
    )
    links: dict[UUID, list[UUID]] = {}
    for sign, action in session.execute(found.order_by(PlanLink.action_line_id)):
        links.setdefault(sign, []).append(action)
    return links
