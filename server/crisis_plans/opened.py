"""A whole plan at once, for a page: each line as it stands and how it came to be, in one statement."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Connection,
    Select,
    Uuid,
    and_,
    case,
    func,
    literal,
    select,
)

from server.accounts import visible as accounts
from server.audit import service as audit
from server.citizens import service as citizens
from server.core import prepared
from server.core.access import Actor, ActorKind, Role
from server.core.dumping import Written
from server.core.errors import NotFound
from server.crisis_plans import visible
from server.crisis_plans.authors import PURPOSE, ground
from server.crisis_plans.models import CrisisPlan, LineField, PlanLineVersion, PlanLink, Section, open_value
from server.crisis_plans.reading import is_head

#: What the trail calls a look of staff at a plan.
READ = "crisis-plan.read"
_TEXT, _PHONE = LineField.TEXT.value, LineField.PHONE.value
_SECTIONS = {section: place for place, section in enumerate(Section)}


def read_shared(session: Connection, *, citizen_id: UUID, actor: Actor, now: datetime) -> Written:
    """Open a plan with its owner's yes, or say that there is none; the look is on the trail before any word.

    An answer by `SharedPlanSchema`: the lines that stand, by section and place, each with its steps, the
    newest first. On a connection that commits each statement by itself: the citizen's sequence is locked, and
    then one statement sees what is there after the wait, holds the relation and the yes to its commit, and
    lets no line out of the database without both.

    :raises NotFound: if the actor does not work with the citizen
    """
    rows = _plan(actor.roles).all(
        session,
        {**prepared.values_of(actor, now), "citizen_id": citizen_id},
        event=READ,
        actor=actor,
        at=now,
        citizen_id=citizen_id,
        purpose=PURPOSE,
        after=citizens.locking(citizen_id),
    )
    if not rows:
        raise NotFound()
    if not rows[0].shared:
        return Written(shared=False, lines=[])
    of_line: dict[UUID, list[Any]] = {}
    for row in rows:
        if row.line_id is not None:
            of_line.setdefault(row.line_id, []).append(row)
    in_order = sorted(of_line.values(), key=lambda found: _place(found[0]))
    return Written(shared=True, review_on=rows[0].review_on, lines=[_line(found) for found in in_order])


@lru_cache(maxsize=64)
def _plan(roles: frozenset[Role]) -> audit.Witnessed:
    """The statement for staff with these roles: first what lets them in, then, if it does, the plan."""
    citizen_id = prepared.an_id("citizen_id")
    let_in = ground(ActorKind.STAFF, roles).cte("let_in")
    shared = and_(let_in.c.relation_id.is_not(None), let_in.c.choice_id.is_not(None))
    found = _rows(citizen_id, let_in, shared).cte("found")
    told = select(
        case((found.c.shared, found.c.relation_id)).label("relation_id"),
        case((found.c.shared, literal("ok")), else_=literal("not-shared")).label("outcome"),
    ).limit(1)
    return audit.Witnessed(found, told, order_by=[found.c.seq, found.c.version])


def _rows(citizen_id: UUID, let_in: CTE, shared: ColumnElement[bool]) -> Select[Any]:
    """One row for each step of each line that stands; a single one without a line if there is none to see."""
    line = visible.standing_lines(citizen_id).subquery("line")
    author = accounts.names().subquery("author")
    linked = (
        select(PlanLink.action_line_id)
        .where(PlanLink.citizen_id == citizen_id, PlanLink.sign_line_id == line.c.id)
        .order_by(PlanLink.action_line_id)
    )
    of_line = and_(PlanLineVersion.citizen_id == citizen_id, PlanLineVersion.line_id == line.c.id)
    return (
        select(
            shared.label("shared"),
            let_in.c.relation_id,
            CrisisPlan.review_on,
            line.c.id.label("line_id"),
            line.c.section,
            line.c.position,
            line.c.restored,
            func.array(linked.scalar_subquery(), type_=ARRAY(Uuid())).label("links"),
            PlanLineVersion.id.label("version"),
            PlanLineVersion.seq,
            PlanLineVersion.field,
            PlanLineVersion.value_sealed,
            PlanLineVersion.author_kind,
            author.c.name.label("author_name"),
            PlanLineVersion.created_at,
            is_head().label("current"),
        )
        .select_from(let_in)
        .outerjoin(CrisisPlan, and_(shared, CrisisPlan.citizen_id == citizen_id))
        .outerjoin(line, line.c.citizen_id == CrisisPlan.citizen_id)
        .outerjoin(PlanLineVersion, of_line)
        .outerjoin(author, author.c.id == PlanLineVersion.author_staff_id)
    )


def _place(row: Any) -> tuple[int, str, UUID]:
    return _SECTIONS[row.section], row.position or "", row.line_id


def _line(rows: Sequence[Any]) -> dict[str, Any]:
    """A line from its versions, the oldest first."""
    standing: dict[str, list[dict[str, Any]]] = {_TEXT: [], _PHONE: []}
    history: list[dict[str, Any]] = []
    for row in rows:
        if row.version is None:
            continue
        written = {
            "version": row.version,
            "value": open_value(row.value_sealed, row.version),
            "author": row.author_kind,
            "author_name": row.author_name,
            "at": row.created_at,
        }
        if row.current:
            standing[row.field].append(written)
        history.append({**written, "field": row.field, "current": row.current})
    line = rows[0]
    return {
        "id": line.line_id,
        "section": line.section,
        "position": line.position,
        "text": standing[_TEXT],
        "phone": standing[_PHONE],
        "links": line.links,
        "deleted": False,
        "restored": line.restored,
        "erased": False,
        "history": history[::-1],
    }
