"""How much work a post holds: the centre's own figure, and how large a part of a post each colleague has."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from server.accounts import service, visible
from server.accounts.models import StaffMember, Unit
from server.audit import service as audit
from server.core.access import Actor
from server.core.errors import NotFound


def set_caseload_figure(session: Session, *, figure: int | None, actor: Actor, now: datetime) -> Unit:
    """Say how many cases a full post at the actor's centre has at most; None: the centre sets no figure.

    :raises NotFound: if the actor belongs to no centre
    """
    unit = session.scalar(visible.units(actor).with_for_update(key_share=True))
    if unit is None:
        raise NotFound()
    unit.caseload_figure = figure
    purpose = "none" if figure is None else str(figure)
    audit.record(session, event="unit.caseload-figure", actor=actor, at=now, purpose=purpose)
    return unit


def set_employment(
    session: Session, *, staff_id: UUID, percent: int, actor: Actor, now: datetime
) -> StaffMember:
    """Say how large a part of a full post a colleague has, in whole per cent.

    :raises NotFound: if the colleague is not of the actor's unit
    """
    member = service.get_staff_member(session, staff_id=staff_id, actor=actor)
    member.employment_fraction = Decimal(percent) / 100
    audit.record(
        session, event="staff.employment", actor=actor, at=now, subject_id=staff_id, purpose=f"{percent} %"
    )
    return member
