"""Who leads a course run in which somebody has a place: a relation that opens no record, and ends with it.

Its id is the place's. By it the leader knows a person's alias, and the house knows that somebody here works
with the person, so that reminders of sessions go out.
"""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, Update, false, select, update
from sqlalchemy.orm import Session

from server.citizens import visible
from server.citizens.models import Citizen, CourseRelation
from server.citizens.own_people import OwnPerson
from server.core.access import Actor, ActorKind, Role


def led_places(actor: Actor, now: datetime) -> Select[UUID]:
    """The ids of the places in runs that this staff member leads now."""
    if actor.kind != ActorKind.STAFF or Role.COURSE_LEADER not in actor.roles:
        return select(CourseRelation.id).where(false())
    return select(CourseRelation.id).where(
        CourseRelation.staff_id == actor.staff_id,
        CourseRelation.unit_id == actor.unit_id,
        CourseRelation.starts_at <= now,
        CourseRelation.ends_at > now,
    )


def led_now(session: Session, *, citizen_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of the citizens whom somebody leads through a course now, whoever asks: the house asks before it
    sends something of a course, and of nothing else.
    """
    leads = select(CourseRelation.citizen_id).where(
        CourseRelation.citizen_id.in_(citizen_ids),
        CourseRelation.starts_at <= now,
        CourseRelation.ends_at > now,
    )
    return set(session.scalars(leads))


def open_for_place(
    session: Session,
    *,
    place_id: UUID,
    citizen_id: UUID,
    leader_id: UUID,
    unit_id: UUID,
    ends_at: datetime,
    now: datetime,
) -> None:
    """Begin the relation of a place; call it with the citizen's sequence locked."""
    session.add(
        CourseRelation(
            id=place_id,
            citizen_id=citizen_id,
            staff_id=leader_id,
            unit_id=unit_id,
            starts_at=now,
            ends_at=max(now, ends_at),
        )
    )
    session.flush()


def end_for_places(session: Session, *, place_ids: Collection[UUID], ends_at: datetime) -> None:
    """End the relations of these places at an instant, those that end before apart."""
    later = update(CourseRelation).where(CourseRelation.id.in_(place_ids), CourseRelation.ends_at > ends_at)
    session.execute(_quietly(later.values(ends_at=ends_at)))


def change_for_places(
    session: Session, *, place_ids: Collection[UUID], leader_id: UUID, ends_at: datetime
) -> None:
    """Let the relations of these places be another leader's, or run to another end."""
    these = update(CourseRelation).where(CourseRelation.id.in_(place_ids))
    session.execute(_quietly(these.values(staff_id=leader_id, ends_at=ends_at)))


def find_people(session: Session, *, alias: str, unit_id: UUID) -> list[OwnPerson]:
    """The people in care at a unit who are called just this; the caller leads a run there.

    Capitals, spaces and the way an accent is written make no difference; a part of an alias finds nobody, so
    that nobody learns by trying who else is there.
    """
    wanted = _folded(alias)
    rows = session.execute(select(Citizen.id, Citizen.alias).where(Citizen.id.in_(_enrollable(unit_id))))
    found = [OwnPerson(row.id, row.alias) for row in rows if wanted == _folded(row.alias)]
    return sorted(found, key=lambda one: (one.alias.casefold(), one.id))


def may_be_enrolled(session: Session, *, citizen_id: UUID, unit_id: UUID) -> bool:
    """Whether the unit works with this person, who is alive; whoever asks."""
    found = _enrollable(unit_id).where(Citizen.id == citizen_id)
    return session.scalars(found).one_or_none() is not None


def aliases_of(session: Session, *, citizen_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """What these people are called; the caller has seen to it that the actor may know of them."""
    rows = session.execute(select(Citizen.id, Citizen.alias).where(Citizen.id.in_(citizen_ids)))
    return {row.id: row.alias for row in rows}


def _enrollable(unit_id: UUID) -> Select[UUID]:
    return visible.findable().with_only_columns(Citizen.id).where(Citizen.unit_id == unit_id)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).split())


def _quietly(statement: Update) -> Update:
    return statement.execution_options(synchronize_session=False)
