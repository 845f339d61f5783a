"""What a check-in and a day are."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.consents.offers import OFFER_CODE, Offer, Offered
from server.core import crypto
from server.core.db import Base

LINE, WHAT = "check_in.line", "used_day.what"


def _instant() -> DateTime:
    return DateTime(timezone=True)


class CheckIn(Offered, Base):
    """How it was at one moment, in a person's own hand. Erased for good, it is an empty tombstone."""

    __tablename__ = "check_in"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime | None] = mapped_column(_instant())  #: by the phone's clock; only ever shown
    received_at: Mapped[datetime] = mapped_column(_instant())
    mood: Mapped[int | None]  #: 0 very bad … 10 very good
    urge: Mapped[int | None]  #: 0 none … 10 very strong
    line_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    goal_id: Mapped[UUID | None]
    erased_at: Mapped[datetime | None] = mapped_column(_instant())

    @property
    def erased(self) -> bool:
        """Whether only the empty tombstone is left."""
        return self.erased_at is not None

    @property
    def line(self) -> str | None:
        """The person's own words, if there are any."""
        return crypto.unseal(self.line_sealed, context=LINE, row_id=self.id)

    @line.setter
    def line(self, text: str | None) -> None:
        self.line_sealed = crypto.seal(text, context=LINE, row_id=self.id)


class UsedDay(Base):
    """What a person says of one day and one thing: yes, no, or nothing any more. The newest word counts."""

    __tablename__ = "used_day"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column("day_on")
    used: Mapped[bool | None]
    what_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    sharing: Mapped[Offer] = mapped_column(OFFER_CODE)
    offered_seq: Mapped[int | None] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)  #: step of the citizen's sequence by which it was said
    received_at: Mapped[datetime] = mapped_column(_instant())

    @property
    def what(self) -> str | None:
        """The thing, in the person's own word; None if the person named none."""
        return crypto.unseal(self.what_sealed, context=WHAT, row_id=self.id)

    @what.setter
    def what(self, text: str | None) -> None:
        self.what_sealed = crypto.seal(text, context=WHAT, row_id=self.id)
