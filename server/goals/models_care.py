"""What was agreed about the effort, and the phase somebody is in; both are written anew, never changed."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Date, DateTime, Enum, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base

#: The texts of a plan, in the order of the quality standard: ground, needs, purpose, effort (source 001, 9).
PARTS = ("background", "needs", "purpose", "effort")


class Children(StrEnum):
    """Whether children live at home."""

    NOT_ASKED = "not-asked"
    NONE = "none"
    AT_HOME = "at-home"


class CarePlan(Base):
    """One version of a person's plan; the highest one holds."""

    __tablename__ = "care_plan"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    version: Mapped[int] = mapped_column(primary_key=True)
    background_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    needs_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    purpose_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    effort_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    methods: Mapped[list[str]] = mapped_column(ARRAY(Text))
    children: Mapped[Children] = mapped_column(
        Enum(Children, native_enum=False, create_constraint=False, values_callable=list)
    )
    review_on: Mapped[date | None] = mapped_column(Date)
    written_by: Mapped[UUID]
    written_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    def text(self, part: str) -> str | None:
        """The words of one of the `PARTS`."""
        sealed: bytes | None = getattr(self, f"{part}_sealed")
        return crypto.unseal(sealed, context=f"care_plan.{part}", row_id=self.id)

    def write(self, part: str, words: str | None) -> None:
        """Seal the words of one of the `PARTS`."""
        sealed = crypto.seal(words, context=f"care_plan.{part}", row_id=self.id)
        setattr(self, f"{part}_sealed", sealed)


class Phase(Base):
    """That somebody came into a phase of their centre on a day; without a code, that none holds any more."""

    __tablename__ = "phase"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    code: Mapped[str | None] = mapped_column(Text)
    from_on: Mapped[date] = mapped_column(Date)
    set_by: Mapped[UUID]
    set_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
