"""What a plan of asking, an answer and a unit's rule about low scores are."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Enum, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.consents.offers import Offer, Offered
from server.core import crypto
from server.core.db import Base

ANSWERS = "measure_result.answers"


class PlanStatus(StrEnum):
    """Where a plan stands."""

    ACTIVE = "active"  #: its windows open by the calendar
    WITHDRAWN = "withdrawn"  #: nothing is asked any more; what was answered stays


class WithdrawnBy(StrEnum):
    """Who stopped it."""

    CITIZEN = "citizen"
    STAFF = "staff"


class Answers(NamedTuple):
    """What was answered: a value for each item, or for each thing the days of each week, None for unsaid."""

    items: dict[str, int]
    things: list[dict[str, Any]]  #: {"what": str, "weeks": [0–7 | None, …]}


def _code(enum: type[StrEnum]) -> Enum:
    return Enum(enum, native_enum=False, create_constraint=False, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class MeasurePlan(Base):
    """That somebody is asked one questionnaire, from a day on; the windows follow from its dates."""

    __tablename__ = "measure_plan"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text)
    start_on: Mapped[date]
    end_on: Mapped[date | None]
    status: Mapped[PlanStatus] = mapped_column(_code(PlanStatus))
    withdrawn_by: Mapped[WithdrawnBy | None] = mapped_column(_code(WithdrawnBy))
    withdrawn_at: Mapped[datetime | None] = mapped_column(_instant())
    skipped: Mapped[list[str]] = mapped_column(ARRAY(Text))  #: the windows to which the person said "not now"
    tell_on: Mapped[date | None]  #: when a person who wants it is next reminded
    given_by: Mapped[UUID]
    given_at: Mapped[datetime] = mapped_column(_instant())
    version: Mapped[int]


class MeasureResult(Base, Offered):
    """Answers to one questionnaire, in a person's own hand. Erased for good, they are an empty tombstone."""

    __tablename__ = "measure_result"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID | None]  #: none where the person answered without being asked
    window_key: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    definition_version: Mapped[int | None]
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    complete: Mapped[bool]
    score: Mapped[int | None]  #: worked out by the server; none for a version that it does not know
    at: Mapped[datetime | None] = mapped_column(_instant())  #: by the phone's clock; only ever shown
    received_at: Mapped[datetime] = mapped_column(_instant())
    call_wished_at: Mapped[datetime | None] = mapped_column(_instant())
    erased_at: Mapped[datetime | None] = mapped_column(_instant())

    @property
    def erased(self) -> bool:
        """Whether only the empty tombstone is left."""
        return self.erased_at is not None

    @property
    def call_wished(self) -> bool:
        """Whether the person asked to be called after these answers."""
        return self.call_wished_at is not None

    @property
    def answers(self) -> Answers:
        """What was answered; nothing once it was erased."""
        text = crypto.unseal(self.answers_sealed, context=ANSWERS, row_id=self.id)
        return Answers(**json.loads(text)) if text else Answers({}, [])

    @answers.setter
    def answers(self, said: Answers) -> None:
        text = json.dumps(said._asdict(), ensure_ascii=False)
        self.answers_sealed = crypto.seal(text, context=ANSWERS, row_id=self.id)

    @property
    def items(self) -> dict[str, int]:
        """The value chosen for each item."""
        return self.answers.items

    @property
    def things(self) -> list[dict[str, Any]]:
        """The days of each week for each thing."""
        return self.answers.things

    def erase(self, *, at: datetime) -> None:
        """Empty it for good."""
        self.plan_id = self.window_key = self.code = self.definition_version = None
        self.answers_sealed = self.score = self.at = self.call_wished_at = None
        self.complete, self.sharing = False, Offer.PRIVATE
        self.offered_seq = self.shared_at = None
        self.erased_at = at


class MeasureRule(Base):
    """That a unit's people are asked about a call after a score this low; turned off, it stays as history."""

    __tablename__ = "measure_rule"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(Text)
    at_most: Mapped[int]
    turned_on_by: Mapped[UUID]
    turned_on_at: Mapped[datetime] = mapped_column(_instant())
    turned_off_by: Mapped[UUID | None]
    turned_off_at: Mapped[datetime | None] = mapped_column(_instant())
