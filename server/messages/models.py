"""What a message between a person and the contact person is."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base

TEXT = "message.text"
WITHDRAWN_TEXT = "message.withdrawn_text"


class Writer(StrEnum):
    """Whose words a message holds."""

    CITIZEN = "citizen"  #: the person's own; the person can delete them for good
    STAFF = "staff"  #: a counsellor's; can be taken back, and then stands as entered in error


def _instant() -> DateTime:
    return DateTime(timezone=True)


class Message(Base):
    """One message, never changed; `seq` is its place in the order in which the house took them in.

    `answers_seq`, for staff: the place of the newest message of the person that the writer had seen.
    `at`: when it was written by the clock of the device; nothing is decided by it.
    A citizen's erased message is an empty tombstone. Staff's words that were taken back are kept apart,
    shown to nobody: they may have been about somebody else.
    """

    __tablename__ = "message"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    by: Mapped[Writer] = mapped_column(
        Enum(Writer, native_enum=False, create_constraint=False, values_callable=list)
    )
    staff_id: Mapped[UUID | None]
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    withdrawn_text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers_seq: Mapped[int | None] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(_instant())
    received_at: Mapped[datetime] = mapped_column(_instant())
    erased_at: Mapped[datetime | None] = mapped_column(_instant())
    withdrawn_at: Mapped[datetime | None] = mapped_column(_instant())

    @property
    def text(self) -> str | None:
        """The words; None once they are erased or taken back."""
        return crypto.unseal(self.text_sealed, context=TEXT, row_id=self.id)

    @text.setter
    def text(self, words: str | None) -> None:
        self.text_sealed = crypto.seal(words, context=TEXT, row_id=self.id)

    def erase(self, *, at: datetime) -> None:
        """Empty the person's own words for good."""
        self.text_sealed, self.erased_at = None, at

    def withdraw(self, *, at: datetime) -> None:
        """Take staff's words back: nobody reads them any more."""
        kept = crypto.seal(self.text, context=WITHDRAWN_TEXT, row_id=self.id)
        self.text_sealed, self.withdrawn_text_sealed, self.withdrawn_at = None, kept, at


class OtherAnswer(Base):
    """That somebody answered in another way, by phone or face to face: whatever stood up to `answers_seq`."""

    __tablename__ = "message_other_answer"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    answers_seq: Mapped[int] = mapped_column(BigInteger)
    staff_id: Mapped[UUID]
    at: Mapped[datetime] = mapped_column(_instant())
