"""How many people a contact person has, beside the figure that the centre itself has set; no judgement.

A case is somebody living whom the centre works with now and whose contact person this colleague is now. Who
stands in for somebody, or works along in a team, has no case by that. The figure is that of a full post; a
part of a post has that part of it, rounded to the nearest whole, a half upwards. It stops nobody.
"""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts import service as accounts
from server.citizens import visible
from server.citizens.models import CareRelation, CareRole
from server.core.access import Actor, Role
from server.core.errors import Forbidden


class Load(NamedTuple):
    """One contact person's cases, and how many this colleague's part of a post has at most."""

    staff_id: UUID
    name: str
    percent: int
    cases: int
    figure: int


class Gauge(NamedTuple):
    """The centre's figure for a full post, and the colleagues whom the reader may see; no figure, nobody."""

    figure: int | None
    items: list[Load]


def read_gauge(session: Session, *, actor: Actor, now: datetime) -> Gauge:
    """The reader's own load; for a manager that of every counsellor at work in the unit, by name."""
    if actor.unit_id is None:
        raise Forbidden()
    figure = accounts.get_unit(session, unit_id=actor.unit_id).caseload_figure
    if figure is None:
        return Gauge(None, [])
    is_manager = Role.MANAGER in actor.roles
    colleagues = [
        one
        for one in accounts.list_colleagues(session, actor=actor)
        if one.active and Role.COUNSELLOR in one.role_set and (is_manager or one.id == actor.staff_id)
    ]
    cases = _count_cases(session, unit_id=actor.unit_id, now=now)
    return Gauge(
        figure,
        [
            Load(
                staff_id=one.id,
                name=one.name,
                percent=int(one.employment_fraction * 100),
                cases=cases.get(one.id, 0),
                figure=pro_rata(figure, one.employment_fraction),
            )
            for one in colleagues
        ],
    )


def pro_rata(figure: int, fraction: Decimal) -> int:
    """The figure of a part of a post, at least 1."""
    return max(1, int((figure * fraction).quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def _count_cases(session: Session, *, unit_id: UUID, now: datetime) -> dict[UUID, int]:
    in_care = visible.findable().subquery()
    counted = (
        select(CareRelation.staff_id, func.count(CareRelation.citizen_id.distinct()))
        .where(
            CareRelation.unit_id == unit_id,
            CareRelation.role == CareRole.CONTACT_PERSON,
            visible.in_force(now),
            CareRelation.citizen_id.in_(select(in_care.c.id)),
        )
        .group_by(CareRelation.staff_id)
    )
    return {staff_id: count for staff_id, count in session.execute(counted)}
