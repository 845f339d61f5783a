"""Finding a person by exactly what the person says; the caller decides what may be told, and records it.

Whoever is not in care any more, or has died, is not found.
"""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from server.citizens import cpr, fingerprints, visible
from server.citizens.models import Citizen, CitizenSequence, CitizenStatus


class Person(NamedTuple):
    """Somebody, by the alias alone."""

    id: UUID
    alias: str


def by_cpr(session: Session, *, value: str, today: date) -> list[Person]:
    """Everybody with this CPR number: one person, who may be known to several centres."""
    try:
        digits = cpr.parse(value.strip(), today=today)
    except cpr.BadCpr:
        return []
    return _people(session, Citizen.cpr_index == fingerprints.of_cpr(digits))


def by_phone(session: Session, *, value: str) -> list[Person]:
    """Everybody with this number; people can share a phone."""
    index_missing(session)
    return _people(session, Citizen.phone_index == fingerprints.of_phone(value))


def by_alias(session: Session, *, value: str) -> list[Person]:
    """Everybody with this alias; it is nobody's alone."""
    index_missing(session)
    return _people(session, Citizen.alias_index == fingerprints.of_alias(value))


def by_ids(session: Session, *, citizen_ids: Collection[UUID]) -> list[Person]:
    """Those of the ids who can be found at all."""
    return _people(session, Citizen.id.in_(citizen_ids)) if citizen_ids else []


def index_missing(session: Session) -> None:
    """Make the fingerprints of everybody who was written before there were any.

    Whoever is being changed at this moment gets them at the next search. The sequences are held with the
    rows, as everybody holds them: two who wait for each other would end the search.
    """
    missing = (
        select(Citizen)
        .join(CitizenSequence, CitizenSequence.citizen_id == Citizen.id)
        .where(Citizen.alias_index.is_(None), Citizen.status == CitizenStatus.ACTIVE)
    )
    for citizen in session.scalars(missing.with_for_update(skip_locked=True)):
        citizen.alias_index = fingerprints.of_alias(citizen.alias)
        citizen.phone_index = fingerprints.of_phone(citizen.phone)
    session.flush()


def _people(session: Session, condition: ColumnElement[bool]) -> list[Person]:
    found = visible.findable().where(condition).with_only_columns(Citizen.id, Citizen.alias)
    return [Person(*row) for row in session.execute(found.order_by(Citizen.id))]
