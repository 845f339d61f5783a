"""What a shift, a night's place, night support, a follow-up and a released set of figures are."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Enum, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base


class SupportAnswer(StrEnum):
    """What a person wants this night, asked anew every evening."""

    VISIT = "visit"  #: somebody comes by
    CALL = "call"  #: somebody rings
    NO = "no"  #: not this night


class SupportResult(StrEnum):
    """What became of the night support that was wanted."""

    GIVEN = "given"
    NOT_REACHED = "not-reached"
    DECLINED = "declined"  #: the person did not want it after all


class FollowUpKind(StrEnum):
    """Which of the two follow-ups the person said yes to."""

    CALL_72H = "call-72h"
    AFTER_14_DAYS = "after-14-days"


class FollowUpStatus(StrEnum):
    """Where a follow-up stands (FHIR R4 task status)."""

    REQUESTED = "requested"  #: waits for its day, or for another try
    COMPLETED = "completed"  #: done; `result` says how
    CANCELLED = "cancelled"  #: the person took the yes back


class FollowUpResult(StrEnum):
    """What came of trying to reach the person."""

    DONE = "done"
    NOT_REACHED = "not-reached"  #: nobody could be reached, and nobody tries again
    DECLINED = "declined"  #: the person did not want it after all
    LATER = "later"  #: to be tried again


class Changed(StrEnum):
    """Whether something has changed since the contact, in the person's own judgement."""

    YES = "yes"
    SOME = "some"
    NO = "no"
    NOT_ASKED = "not-asked"


def _code(enum: type[StrEnum]) -> Enum:
    return Enum(enum, native_enum=False, create_constraint=False, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class Shift(Base):
    """One colleague's turn at the desk, with what the next one must know. The note goes after a week."""

    __tablename__ = "desk_shift"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    started_at: Mapped[datetime] = mapped_column(_instant())
    ended_at: Mapped[datetime | None] = mapped_column(_instant())
    on_the_road_since: Mapped[datetime | None] = mapped_column(_instant())
    handover_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    handover_at: Mapped[datetime | None] = mapped_column(_instant())
    version: Mapped[int]

    @property
    def on_the_road(self) -> bool:
        """Whether the colleague is out of the house now."""
        return self.on_the_road_since is not None

    @property
    def handover_note(self) -> str | None:
        """What the next shift must know."""
        return crypto.unseal(self.handover_note_sealed, context="desk_shift.handover_note", row_id=self.id)

    @handover_note.setter
    def handover_note(self, value: str | None) -> None:
        self.handover_note_sealed = crypto.seal(value, context="desk_shift.handover_note", row_id=self.id)


class NightPlace(Base):
    """That one of the places is taken from an evening until the next morning."""

    __tablename__ = "night_place"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    evening_on: Mapped[date] = mapped_column(Date)
    place: Mapped[int]  #: from 1 up to that evening's capacity
    contact_id: Mapped[UUID | None]
    taken_by: Mapped[UUID]
    taken_at: Mapped[datetime] = mapped_column(_instant())
    freed_by: Mapped[UUID | None]
    freed_at: Mapped[datetime | None] = mapped_column(_instant())


class NightSupport(Base):
    """What one person wants this one night, and what became of it; yesterday's answer says nothing."""

    __tablename__ = "night_support"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    evening_on: Mapped[date] = mapped_column(Date)
    contact_id: Mapped[UUID]
    answer: Mapped[SupportAnswer] = mapped_column(_code(SupportAnswer))
    wanted_at: Mapped[str | None] = mapped_column(Text)  #: HH:MM on Danish clocks
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime] = mapped_column(_instant())
    result: Mapped[SupportResult | None] = mapped_column(_code(SupportResult))
    done_by: Mapped[UUID | None]
    done_at: Mapped[datetime | None] = mapped_column(_instant())
    version: Mapped[int]


class FollowUp(Base):
    """A call that the person said yes to, some days after a contact. Without the yes there is no row."""

    __tablename__ = "crisis_follow_up"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    kind: Mapped[FollowUpKind] = mapped_column(_code(FollowUpKind))
    yes_at: Mapped[datetime] = mapped_column(_instant())
    due_on: Mapped[date] = mapped_column(Date)
    owner_id: Mapped[UUID]
    stand_in_id: Mapped[UUID | None]
    status: Mapped[FollowUpStatus] = mapped_column(_code(FollowUpStatus))
    tries: Mapped[int]
    result: Mapped[FollowUpResult | None] = mapped_column(_code(FollowUpResult))
    changed: Mapped[Changed | None] = mapped_column(_code(Changed))
    safety: Mapped[int | None]
    closed_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None] = mapped_column(_instant())
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(_instant())
    updated_at: Mapped[datetime] = mapped_column(_instant())


class FigureRelease(Base):
    """The figures of some whole months as analysts were given them; they never change afterwards."""

    __tablename__ = "desk_figure_release"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    first_month: Mapped[date] = mapped_column(Date, primary_key=True)
    last_month: Mapped[date] = mapped_column(Date)
    released_at: Mapped[datetime] = mapped_column(_instant())
    groups: Mapped[dict[str, Any]] = mapped_column(JSONB)
