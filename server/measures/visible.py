"""Which plans and answers are the start of a read.

A citizen's own are the citizen's. Staff who work with a person see what the person is asked; of the answers
they see what was offered to them, and nothing tells of the others (decisions 0021 and 0025).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from server.citizens import visible as citizens
from server.consents import offers
from server.consents import service as consents
from server.core.access import Actor
from server.measures.models import MeasurePlan, MeasureResult, MeasureRule

CHOICE = offers.Choice(consents.Purpose.CONTACT_PERSON, consents.ItemClass.MEASURES)


def own_results(citizen_id: UUID, ids: Collection[UUID]) -> Select[MeasureResult]:
    """Those of the ids that are this person's answers, tombstones too; for the person's own phone."""
    return select(MeasureResult).where(MeasureResult.citizen_id == citizen_id, MeasureResult.id.in_(ids))


def own_plans(citizen_id: UUID, ids: Collection[UUID]) -> Select[MeasurePlan]:
    """Those of the ids that are this person's plans; for the person's own phone."""
    return select(MeasurePlan).where(MeasurePlan.citizen_id == citizen_id, MeasurePlan.id.in_(ids))


def plans(actor: Actor, now: datetime) -> Select[MeasurePlan]:
    """The plans of the people whom this staff member works with."""
    return select(MeasurePlan).where(MeasurePlan.citizen_id.in_(citizens.citizen_ids(actor, now)))


def shared(actor: Actor, now: datetime) -> Select[MeasureResult]:
    """The answers of others that this staff member may see now."""
    return select(MeasureResult).where(
        offers.is_seen(MeasureResult, CHOICE, actor, now),
        MeasureResult.complete,
        MeasureResult.erased_at.is_(None),
    )


def rules(unit_id: UUID) -> Select[MeasureRule]:
    """Every rule that a unit has or had."""
    return select(MeasureRule).where(MeasureRule.unit_id == unit_id)


def standing_rules(unit_id: UUID) -> Select[MeasureRule]:
    """The rules that are on."""
    return rules(unit_id).where(MeasureRule.turned_off_at.is_(None))
