"""When a unit's citizens first came to it, for counting how long they waited; dates and ids, nothing else."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.citizens.models import Citizen, CitizenStatus

_TOMBSTONE = b"\x00"  # what erasure leaves in place of the intake's fingerprint


class FirstContact(NamedTuple):
    """One citizen's first contact, on a Danish wall, and whether the unit still works with the person."""

    citizen_id: UUID
    at: datetime
    active: bool


def list_first_contacts(
    session: Session, *, unit_id: UUID, since: datetime, until: datetime
) -> list[FirstContact]:
    """First contacts between two Danish wall times; who was erased or entered in error is not there."""
    found = select(Citizen.id, Citizen.first_contact_wall, Citizen.status, Citizen.deceased_at).where(
        Citizen.unit_id == unit_id,
        Citizen.first_contact_wall >= since,
        Citizen.first_contact_wall < until,
        Citizen.status != CitizenStatus.ENTERED_IN_ERROR,
        Citizen.intake_digest != _TOMBSTONE,
    )
    return [
        FirstContact(citizen_id, at, status == CitizenStatus.ACTIVE and died_at is None)
        for citizen_id, at, status, died_at in session.execute(found)
    ]
