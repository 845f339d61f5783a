"""What a person writes for themselves, and offers to the contact person or keeps (decision 0021).

One rule for every room: a thing is private, offered under the yes to all of its kind, or shared by itself.
Whether it is offered is decided as things stand when it comes. It is seen by who is turned to (the contact
person and who stands in for that person), as long as the yes that covers it stands. Steps of the citizen's
sequence are compared, not clocks: they are in the order of the commits.
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, DateTime, Enum, and_, func, or_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from server.citizens import service as citizens
from server.citizens import visible as cases
from server.consents import service as consents
from server.consents import visible
from server.consents.models import ItemClass, Purpose
from server.core.access import Actor


class Offer(StrEnum):
    """Whether the contact person may see something; a no to all of it closes every one of them."""

    PRIVATE = "private"  #: nobody but its writer
    AS_CHOSEN = "as-chosen"  #: as long as the yes stands that stood when it came
    SHARED = "shared"  #: this one by itself, until the next no to all of it


OFFER_CODE = Enum(Offer, native_enum=False, create_constraint=False, values_callable=list)


class Choice(NamedTuple):
    """The choice that a kind of thing hangs on."""

    purpose: Purpose
    item_class: ItemClass


class Look(NamedTuple):
    """By which relation staff look, None for somebody who is not turned to, and whether the yes stands."""

    relation_id: UUID | None
    stands: bool


class Offered:
    """The columns of something that its writer may offer; for the model of a room."""

    sharing: Mapped[Offer] = mapped_column(OFFER_CODE)
    offered_seq: Mapped[int | None] = mapped_column(BigInteger)  #: step of the citizen's sequence
    shared_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    def set_offer(self, sharing: Offer, *, seq: int, now: datetime) -> None:
        """Say who may see it from this step of the citizen's sequence on."""
        self.sharing = sharing
        self.offered_seq = None if sharing == Offer.PRIVATE else seq
        self.shared_at = now if sharing == Offer.SHARED else None


def resolve(session: Session, *, citizen_id: UUID, choice: Choice, wished: Offer, seen_no: int = 0) -> Offer:
    """What a wish from the phone comes to as things stand: without a yes, or after a no that the phone did
    not know of (`seen_no` is the last it knew, 0 for none), it is private.

    Call it with the citizen's sequence locked, before the step of the new thing is taken.
    """
    if wished == Offer.AS_CHOSEN:
        stands = consents.allows(session, citizen_id=citizen_id, **choice._asdict())
        return Offer.AS_CHOSEN if stands else Offer.PRIVATE
    if wished == Offer.SHARED:
        no = consents.last_no(session, citizen_id=citizen_id, **choice._asdict())
        return Offer.SHARED if seen_no >= no else Offer.PRIVATE
    return Offer.PRIVATE


def hold_look(session: Session, *, citizen_id: UUID, choice: Choice, actor: Actor, now: datetime) -> Look:
    """Hold what a look of staff stands on: neither the relation nor the yes ends before the caller's commit.

    :raises server.core.errors.NotFound: if the actor does not work with the citizen
    """
    citizens.lock_sequences(session, citizen_ids=[citizen_id])
    citizens.get_citizen(session, citizen_id=citizen_id, actor=actor, now=now)
    relation = citizens.hold_contact_relation(session, citizen_id=citizen_id, actor=actor, now=now)
    if relation is None:
        return Look(None, False)
    stands = consents.allows(session, citizen_id=citizen_id, **choice._asdict(), hold=True)
    return Look(relation.id, stands)


def is_seen(model: type[Offered], choice: Choice, actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Whether this staff member may see a thing now; the model names its person by `citizen_id`."""
    whose: InstrumentedAttribute[UUID] = model.citizen_id  # type: ignore[attr-defined]
    last_no = func.coalesce(visible.last_no(whose, *choice).scalar_subquery(), 0)
    by_itself = and_(model.sharing == Offer.SHARED, model.offered_seq > last_no)
    covered = is_covered(model.sharing, whose, model.offered_seq, choice)
    return and_(is_turned_to(whose, actor, now), or_(covered, by_itself))


def is_turned_to(whose: InstrumentedAttribute[UUID], actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Whether this staff member is the person's contact person, or stands in for that one."""
    return and_(
        whose.in_(cases.citizen_ids(actor, now)),
        whose.in_(cases.contact_citizen_ids(actor, now)),
    )


def is_covered(
    sharing: ColumnElement[Offer] | InstrumentedAttribute[Offer],
    whose: InstrumentedAttribute[UUID],
    offered_seq: ColumnElement[int | None] | InstrumentedAttribute[int | None],
    choice: Choice,
) -> ColumnElement[bool]:
    """Whether the yes stands under which something was offered."""
    return and_(sharing == Offer.AS_CHOSEN, offered_seq > visible.standing_yes(whose, *choice))
