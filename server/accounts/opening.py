"""Opening a centre: its unit, and the invitation of a manager who invites everybody else."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.accounts import service, sign_in
from server.accounts.models import StaffInvitation, StaffMember
from server.audit import service as audit
from server.core.access import SYSTEM, Role


def invite_manager(
    session: Session, *, centre: str, centre_name: str, name: str, email: str, now: datetime
) -> tuple[StaffInvitation, str]:
    """Invite a manager on the operator's word; the centre is opened if it was not yet.

    :raises server.accounts.sign_in.EmailTaken: if somebody signs in with this address
    """
    taken = select(StaffMember.id).where(func.lower(StaffMember.email) == email.strip().lower())
    if session.scalar(taken) is not None:
        raise sign_in.EmailTaken()
    known = {unit.slug: unit for unit in service.list_units(session)}
    unit = known.get(centre) or service.create_unit(session, slug=centre, name=centre_name, now=now)
    invitation, code = sign_in.new_invitation(
        session, unit_id=unit.id, name=name, email=email, roles=[Role.MANAGER], by=None, now=now
    )
    audit.record(
        session, event="staff.invited", actor=SYSTEM, at=now, unit_id=unit.id, subject_id=invitation.id
    )
    return invitation, code
