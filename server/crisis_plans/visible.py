"""Which lines of which plan are the start of a read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from server.citizens import visible as citizens
from server.core.access import Actor
from server.crisis_plans.models import PlanLine, PlanLineVersion


def lines(citizen_id: UUID) -> Select[PlanLine]:
    """Every line of one plan, tombstones too; for the citizen's own phone."""
    return select(PlanLine).where(PlanLine.citizen_id == citizen_id)


def standing_lines(citizen_id: UUID) -> Select[PlanLine]:
    """The lines that stand in the plan: what the person took out is nobody else's to read."""
    return lines(citizen_id).where(PlanLine.deleted_at.is_(None), PlanLine.erased_at.is_(None))


def own_versions(actor: Actor, now: datetime) -> Select[PlanLineVersion]:
    """Every version in the citizen's own plan, none for anybody else."""
    return select(PlanLineVersion).where(
        PlanLineVersion.citizen_id == actor.citizen_id,
        PlanLineVersion.citizen_id.in_(citizens.citizen_ids(actor, now)),
    )
