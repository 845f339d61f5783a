"""The grid of days: for one day and one thing a yes, a no or nothing; the newest word counts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from server.audit import service as audit
from server.checkins import visible
from server.checkins.models import UsedDay
from server.citizens import rejected
from server.citizens import service as citizens
from server.citizens.own_hand import hold_own
from server.consents import offers
from server.consents.offers import Offer
from server.core.access import Actor
from server.core.errors import Conflict

DAY = "used_day"


class OtherDay(Conflict):
    """The id stands for another day."""

    code, title = "id-taken", "This id was already used for another day."


class SaidDay(NamedTuple):
    """What a person says of one day; `used` None leaves it open again, and takes the word with it."""

    on: date
    used: bool | None
    what: str | None
    sharing: Offer


def say_day(
    session: Session, *, citizen_id: UUID, day_id: UUID, said: SaidDay, actor: Actor, now: datetime
) -> None:
    """Keep what the person says of a day, in place of what was said before.

    A day is only ever offered under the yes to all check-ins, and only if the person ticked it.

    :raises Forbidden: if it is not the person's own phone
    :raises OtherDay: if the id stands for another day
    """
    unit_id = hold_own(session, citizen_id=citizen_id, actor=actor, now=now)
    row = session.get(UsedDay, (citizen_id, day_id), populate_existing=True)
    if row is not None and row.on != said.on:
        raise OtherDay()
    wished = Offer.PRIVATE if said.used is None else said.sharing
    offered = offers.resolve(session, citizen_id=citizen_id, choice=visible.CHOICE, wished=wished)
    is_offered = offered == Offer.AS_CHOSEN
    if said.used is None:
        rejected.blank(session, citizen_id=citizen_id, entity=DAY, entity_id=day_id, now=now)
    seq = citizens.record_change(session, citizen_id=citizen_id, entity=DAY, entity_id=day_id, at=now)
    if row is None:
        row = UsedDay(citizen_id=citizen_id, id=day_id, on=said.on)
        session.add(row)
    row.used, row.seq, row.received_at = said.used, seq, now
    row.what = None if said.used is None else said.what
    row.sharing, row.offered_seq = (Offer.AS_CHOSEN, seq) if is_offered else (Offer.PRIVATE, None)
    session.flush()
    audit.record(
        session,
        event="used-day.said",
        actor=actor,
        at=now,
        unit_id=unit_id,
        citizen_id=citizen_id,
        subject_id=day_id,
    )


def current_days(session: Session, *, citizen_id: UUID, ids: Sequence[UUID]) -> Mapping[UUID, UsedDay]:
    """Those of the ids that are the citizen's days; for the citizen's own phone."""
    wanted = visible.own_days(citizen_id).where(UsedDay.id.in_(ids))
    return {row.id: row for row in session.scalars(wanted)}
