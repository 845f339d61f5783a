"""The nights: places at the crisis line, and what each person wants this one night."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.audit import service as audit
from server.citizens import finding
from server.core import clock
from server.core.access import Actor
from server.core.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed
from server.core.ids import new_id
from server.crisis_line import hanging, visible_desk
from server.crisis_line.contacts import hold
from server.crisis_line.models import Contact
from server.crisis_line.models_desk import NightPlace, NightSupport, SupportAnswer, SupportResult
from server.library.desk_models import Desk

NIGHT_ENDS = timedelta(hours=6)  #: until six in the morning it is still last evening's night
LONGEST_SPAN = timedelta(days=62)
AHEAD = timedelta(days=14)


class NoPlaceFree(Conflict):
    """Every place is taken that night."""

    code, title = "no-place-free", "There is no free place that night."


class PlaceNotFound(NotFound):
    """There is no such place in the actor's unit, or it is free already."""


class SupportNotFound(NotFound):
    """There is no such answer in the actor's unit."""


class NothingWanted(Conflict):
    """The person said no for this night, so there is nothing that could come of it."""

    code, title = "nothing-wanted", "Nothing was wanted this night."


def evening_of(now: datetime) -> date:
    """The evening to whose night this instant belongs, on Danish clocks."""
    return (clock.to_wall(now) - NIGHT_ENDS).date()


def list_places(
    session: Session, *, first: date, last: date, desk: Desk, actor: Actor, now: datetime
) -> list[dict[str, Any]]:
    """Each evening with its places: how many there are, how many are free, which are taken.

    :raises Invalid: if the span ends before it begins, or is longer than 62 days
    """
    if not timedelta() <= last - first <= LONGEST_SPAN:
        raise Invalid(errors={"to": [f"Must not lie before `from`, at most {LONGEST_SPAN.days} days."]})
    within = visible_desk.night_places(actor).where(NightPlace.evening_on.between(first, last))
    taken: defaultdict[date, list[NightPlace]] = defaultdict(list)
    for place in session.scalars(within.order_by(NightPlace.evening_on, NightPlace.place)):
        taken[place.evening_on].append(place)
    tonight = [place for place in taken[evening_of(now)] if place.contact_id]
    aliases = _aliases(session, {place.contact_id for place in tonight if place.contact_id}, actor)
    nights = []
    for step in range((last - first).days + 1):
        evening = first + timedelta(days=step)
        capacity = desk.places_on(evening)
        nights.append(
            {
                "date": evening,
                "capacity": capacity,
                "free": max(0, capacity - len(taken[evening])),
                "taken": [
                    {"place": one, "alias": aliases.get(one.contact_id) if one in tonight else None}
                    for one in taken[evening]
                ],
            }
        )
    audit.record(session, event="night-places.read", actor=actor, at=now)
    return nights


def take_place(
    session: Session,
    *,
    evening: date,
    contact_id: UUID | None,
    desk: Desk,
    actor: Actor,
    now: datetime,
    place_id: UUID | None = None,
) -> NightPlace:
    """Give the lowest free place of a night away; a contact that has one keeps it, and so does the same id.

    :raises ContactNotFound: if the contact is not in the actor's unit
    :raises Invalid: if the night is over, or more than 14 days ahead
    :raises NoPlaceFree: if every place is taken
    """
    if actor.staff_id is None or actor.unit_id is None:
        raise Forbidden()
    _check_evening(evening, now)
    if contact_id is not None:
        hold(session, contact_id=contact_id, actor=actor)
    _take_turns(session, actor.unit_id, evening)
    taken = _taken(session, evening, actor)
    for one in taken:
        if one.id == place_id or (contact_id is not None and one.contact_id == contact_id):
            return one
    free = set(range(1, desk.places_on(evening) + 1)) - {one.place for one in taken}
    if not free:
        raise NoPlaceFree()
    place = NightPlace(id=place_id or new_id(), unit_id=actor.unit_id, evening_on=evening, place=min(free))
    place.contact_id, place.taken_by, place.taken_at = contact_id, actor.staff_id, now
    session.add(place)
    session.flush()
    audit.record(session, event="night-place.taken", actor=actor, at=now, subject_id=place.id)
    return place


def free_place(session: Session, *, place_id: UUID, actor: Actor, now: datetime) -> None:
    """Give a place back.

    :raises PlaceNotFound: if it is not one of the actor's unit, or free already
    """
    own = visible_desk.night_places(actor).where(NightPlace.id == place_id)
    place = session.scalars(own.with_for_update()).one_or_none()
    if place is None:
        raise PlaceNotFound()
    place.freed_by, place.freed_at = actor.staff_id, now
    session.flush()
    audit.record(session, event="night-place.freed", actor=actor, at=now, subject_id=place.id)


def list_support(
    session: Session, *, evening: date | None, actor: Actor, now: datetime
) -> tuple[date, list[dict[str, Any]]]:
    """Who was asked about one night, by default this one, and what they want; who it is only this night.

    Nobody is to go to, or to ring, where somebody has died since.
    """
    tonight = evening_of(now)
    evening = evening or tonight
    rows = session.scalars(
        visible_desk.night_support(actor)
        .where(NightSupport.evening_on == evening, NightSupport.contact_id.not_in(hanging.of_the_dead()))
        .order_by(NightSupport.wanted_at.nulls_last(), NightSupport.id)
    ).all()
    named = {row.contact_id for row in rows} if evening == tonight else set()
    aliases = _aliases(session, named, actor)
    audit.record(session, event="night-support.read", actor=actor, at=now)
    return evening, [{"support": row, "alias": aliases.get(row.contact_id)} for row in rows]


def ask_support(
    session: Session,
    *,
    contact_id: UUID,
    answer: SupportAnswer,
    actor: Actor,
    now: datetime,
    evening: date | None = None,
    wanted_at: str | None = None,
) -> NightSupport:
    """Write down what a person wants this night; asked again, the new answer replaces the old one.

    :raises ContactNotFound: if the contact is not in the actor's unit
    :raises Invalid: if the night is over or far ahead, or a "no" has a time
    """
    if actor.staff_id is None or actor.unit_id is None:
        raise Forbidden()
    evening = evening or evening_of(now)
    _check_evening(evening, now)
    if answer == SupportAnswer.NO and wanted_at is not None:
        raise Invalid(errors={"wanted_at": ["Does not belong to a no."]})
    hold(session, contact_id=contact_id, actor=actor)
    _take_turns(session, actor.unit_id, evening)
    same = visible_desk.night_support(actor).where(
        NightSupport.contact_id == contact_id, NightSupport.evening_on == evening
    )
    support = session.scalars(same.with_for_update()).one_or_none() or NightSupport(
        id=new_id(), unit_id=actor.unit_id, contact_id=contact_id, evening_on=evening, version=0
    )
    support.answer, support.wanted_at = answer, wanted_at
    support.asked_by, support.asked_at = actor.staff_id, now
    support.result = support.done_by = support.done_at = None
    support.version += 1
    session.add(support)
    session.flush()
    audit.record(
        session, event="night-support.asked", actor=actor, at=now, subject_id=support.id, purpose=answer
    )
    return support


def record_support(
    session: Session, *, support_id: UUID, version: int, result: SupportResult, actor: Actor, now: datetime
) -> NightSupport:
    """Write down what became of the night support that was wanted.

    :raises SupportNotFound: if it is not one of the actor's unit
    :raises PreconditionFailed: if somebody changed it since `version`
    :raises NothingWanted: if the person said no
    """
    own = visible_desk.night_support(actor).where(NightSupport.id == support_id)
    support = session.scalars(own.with_for_update()).one_or_none()
    if support is None:
        raise SupportNotFound()
    if support.version != version:
        raise PreconditionFailed()
    if support.answer == SupportAnswer.NO:
        raise NothingWanted()
    support.result, support.done_by, support.done_at = result, actor.staff_id, now
    support.version += 1
    session.flush()
    audit.record(
        session, event="night-support.done", actor=actor, at=now, subject_id=support.id, purpose=result
    )
    return support


def _check_evening(evening: date, now: datetime) -> None:
    tonight = evening_of(now)
    if not tonight <= evening <= tonight + AHEAD:
        raise Invalid(errors={"date": [f"Must be this night or later, within {AHEAD.days} days."]})


def _take_turns(session: Session, unit_id: UUID, evening: date) -> None:
    key = func.hashtextextended(f"night:{unit_id}:{evening}", 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))


def _taken(session: Session, evening: date, actor: Actor) -> Sequence[NightPlace]:
    found = visible_desk.night_places(actor).where(NightPlace.evening_on == evening)
    return session.scalars(found.with_for_update()).all()


def _aliases(session: Session, contact_ids: Collection[UUID], actor: Actor) -> dict[UUID | None, str]:
    """Whom the contacts are about, where the desk found the person; whoever is asked in must be known."""
    known = select(Contact.id, Contact.citizen_id).where(
        Contact.id.in_(contact_ids), Contact.unit_id == actor.unit_id, Contact.found_by.is_not(None)
    )
    people = {row.id: row.citizen_id for row in session.execute(known)} if contact_ids else {}
    names = {one.id: one.alias for one in finding.by_ids(session, citizen_ids=set(people.values()))}
    return {contact: names[citizen] for contact, citizen in people.items() if citizen in names}
