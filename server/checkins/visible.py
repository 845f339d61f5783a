"""Which check-ins and days are the start of a read.

A citizen's own are the citizen's. Of somebody else's, staff see what was offered to them
(`server.consents.offers`).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from server.checkins.models import CheckIn, UsedDay
from server.consents import offers
from server.consents import service as consents
from server.core.access import Actor

CHOICE = offers.Choice(consents.Purpose.CONTACT_PERSON, consents.ItemClass.CHECK_INS)


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
    return select(CheckIn).where(CheckIn.erased_at.is_(None), offers.is_seen(CheckIn, CHOICE, actor, now))


def shared_days(actor: Actor, now: datetime) -> Select[UsedDay]:
    """The days of others that this staff member may see now: those offered under the yes that stands."""
    return select(UsedDay).where(
        offers.is_turned_to(UsedDay.citizen_id, actor, now),
        UsedDay.used.is_not(None),
        offers.is_covered(UsedDay.sharing, UsedDay.citizen_id, UsedDay.offered_seq, CHOICE),
    )
