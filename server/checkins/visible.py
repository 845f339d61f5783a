"""Which check-ins and days are the start of a read.

A citizen's own are the citizen's. Of somebody else's, staff see what was offered to them: only who is turned
to (the contact person and who stands in for that person), and only as long as the yes that covers it stands.
Steps of the citizen's sequence are compared, not clocks: they are in the order of the commits.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from server.checkins.models import CheckIn, Offer, UsedDay
from server.citizens import visible as citizens
from server.consents import service as consents
from server.consents import visible as choices
from server.core.access import Actor

CHOICE = (consents.Purpose.CONTACT_PERSON, consents.ItemClass.CHECK_INS)


def own(citizen_id: UUID) -> Select[CheckIn]:
    """Every check-in of one person, tombstones too; for the person's own phone."""
    return select(CheckIn).where(CheckIn.citizen_id == citizen_id)


def own_days(citizen_id: UUID) -> Select[UsedDay]:
    """Every day of one person, also those that say nothing any more; for the person's own phone."""
    return select(UsedDay).where(UsedDay.citizen_id == citizen_id)


def own_among(citizen_id: UUID, ids: Collection[UUID]) -> Select[CheckIn]:
    """Those of the ids that are this person's check-ins."""
    return own(citizen_id).where(CheckIn.id.in_(ids))


def shared(actor: Actor, now: datetime) -> Select[CheckIn]:
    """The check-ins of others that this staff member may see now.

    An entry is seen if the yes stands that stood when it came, or if it was shared by itself after the last
    no to all of them.
    """
    last_no = func.coalesce(choices.last_no(CheckIn.citizen_id, *CHOICE).scalar_subquery(), 0)
    by_itself = and_(CheckIn.sharing == Offer.SHARED, CheckIn.offered_seq > last_no)
    return select(CheckIn).where(
        _is_turned_to(CheckIn.citizen_id, actor, now),
        CheckIn.erased_at.is_(None),
        or_(_is_covered(CheckIn.sharing, CheckIn.citizen_id, CheckIn.offered_seq), by_itself),
    )


def shared_days(actor: Actor, now: datetime) -> Select[UsedDay]:
    """The days of others that this staff member may see now: those offered under the yes that stands."""
    return select(UsedDay).where(
        _is_turned_to(UsedDay.citizen_id, actor, now),
        UsedDay.used.is_not(None),
        _is_covered(UsedDay.sharing, UsedDay.citizen_id, UsedDay.offered_seq),
    )


def _is_turned_to(
    citizen_id: InstrumentedAttribute[UUID], actor: Actor, now: datetime
) -> ColumnElement[bool]:
    return and_(
        citizen_id.in_(citizens.citizen_ids(actor, now)),
        citizen_id.in_(citizens.contact_citizen_ids(actor, now)),
    )


def _is_covered(
    sharing: InstrumentedAttribute[Offer],
    citizen_id: InstrumentedAttribute[UUID],
    offered_seq: InstrumentedAttribute[int | None],
) -> ColumnElement[bool]:
    return and_(sharing == Offer.AS_CHOSEN, offered_seq > choices.standing_yes(citizen_id, *CHOICE))
