"""What an exercise of a colleague's own is, one that is given, and an answer."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.consents.offers import Offered
from server.core import crypto
from server.core.db import Base
from server.exercises.occurrences import Repeat

WORDS, FIELDS, NOTE = "exercise_assignment.words", "exercise_answer.fields", "exercise_answer.note"


class OwnStatus(StrEnum):
    """How far an exercise that a colleague wrote has come."""

    DRAFT = "draft"  #: its author's alone; its author may give it to own citizens
    SUBMITTED = "submitted"  #: waits for a colleague of another profession
    SHARED = "shared"  #: in the unit's library, read by a second profession in this very version
    WITHDRAWN = "withdrawn"  #: given to nobody new


class Profession(StrEnum):
    """What somebody is by profession, as that person says when writing or reading an exercise."""

    SOCIAL_WORKER = "social-worker"
    PEDAGOGUE = "pedagogue"
    NURSE = "nurse"
    PSYCHOLOGIST = "psychologist"
    DOCTOR = "doctor"
    PEER = "peer"  #: has been there, too
    OTHER = "other"


class AssignmentStatus(StrEnum):
    """Whether an exercise is still given (FHIR RequestStatus: active, revoked)."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What came of it. Both are answers."""

    DONE = "done"
    NOT_NOW = "not-now"


class Ref(NamedTuple):
    """Which exercise: one of the house's library, or one that a colleague wrote, in one version."""

    library_id: str | None
    own_id: UUID | None
    own_version: int | None = None

    @property
    def wire(self) -> dict[str, str]:
        """As it goes over the wire: one of the two names."""
        return {"library": self.library_id} if self.library_id else {"own": str(self.own_id)}


def _code(enum: type[StrEnum]) -> Enum:
    return Enum(enum, native_enum=False, create_constraint=False, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class OwnExercise(Base):
    """An exercise that a colleague wrote for the people of the centre; its words stand in its versions."""

    __tablename__ = "own_exercise"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    author_id: Mapped[UUID]
    status: Mapped[OwnStatus] = mapped_column(_code(OwnStatus))
    version: Mapped[int]
    remark: Mapped[str | None]  #: what the second reader asks the author to change
    created_at: Mapped[datetime] = mapped_column(_instant())
    updated_at: Mapped[datetime] = mapped_column(_instant())


class OwnVersion(Base):
    """The words of an own exercise in one version, and who of another profession has read them."""

    __tablename__ = "own_exercise_version"

    exercise_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    lead: Mapped[str]
    body: Mapped[str]  #: Markdown, as far as `blocks.py` knows it
    method: Mapped[str]
    written_by: Mapped[UUID]
    author_profession: Mapped[Profession] = mapped_column(_code(Profession))
    written_at: Mapped[datetime] = mapped_column(_instant())
    reviewed_by: Mapped[UUID | None]
    reviewer_profession: Mapped[Profession | None] = mapped_column(_code(Profession))
    reviewed_at: Mapped[datetime | None] = mapped_column(_instant())


class Assignment(Base):
    """An exercise that a colleague gave to a person, with a day or a rhythm, and a line of their own."""

    __tablename__ = "exercise_assignment"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    library_id: Mapped[str | None]
    own_id: Mapped[UUID | None]
    own_version: Mapped[int | None]
    goal_id: Mapped[UUID | None]
    given_on: Mapped[date]  #: the Danish day of `given_at`
    due_on: Mapped[date | None]  #: by when; of a repeated one the first day
    repeat: Mapped[Repeat] = mapped_column(_code(Repeat))
    until_on: Mapped[date | None]  #: the last day of a repeated one
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    given_by: Mapped[UUID]
    given_at: Mapped[datetime] = mapped_column(_instant())
    status: Mapped[AssignmentStatus] = mapped_column(_code(AssignmentStatus))
    withdrawn_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(_instant())
    version: Mapped[int]

    @property
    def ref(self) -> Ref:
        """Which exercise it is."""
        return Ref(self.library_id, self.own_id, self.own_version)

    @property
    def line(self) -> str | None:
        """The personal line that came with it."""
        return crypto.unseal(self.words_sealed, context=WORDS, row_id=self.id)

    @line.setter
    def line(self, text: str | None) -> None:
        self.words_sealed = crypto.seal(text, context=WORDS, row_id=self.id)


class Answer(Offered, Base):
    """What came of an exercise, in the person's own hand. Erased for good, it is an empty tombstone."""

    __tablename__ = "exercise_answer"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)  #: step of the citizen's sequence by which it came
    assignment_id: Mapped[UUID | None]
    library_id: Mapped[str | None]
    own_id: Mapped[UUID | None]
    own_version: Mapped[int | None]
    on: Mapped[date | None] = mapped_column("done_on")  #: the Danish day it is about
    at: Mapped[datetime | None] = mapped_column(_instant())  #: by the phone's clock; only ever shown
    received_at: Mapped[datetime] = mapped_column(_instant())
    outcome: Mapped[Outcome | None] = mapped_column(_code(Outcome))
    how: Mapped[int | None]  #: 0 it made it worse … 4 it helped a lot
    fields_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    replaces: Mapped[UUID | None]  #: the earlier answer that this one is an edit of; both stay
    erased_at: Mapped[datetime | None] = mapped_column(_instant())

    @property
    def erased(self) -> bool:
        """Whether only the empty tombstone is left."""
        return self.erased_at is not None

    @property
    def ref(self) -> Ref | None:
        """Which exercise it was; None of a tombstone."""
        return None if self.erased else Ref(self.library_id, self.own_id, self.own_version)

    @property
    def named(self) -> dict[str, str] | None:
        """Which exercise it was, as it goes over the wire."""
        return None if self.ref is None else self.ref.wire

    @property
    def written(self) -> dict[str, str]:
        """What the person wrote, by the step that asked."""
        sealed = crypto.unseal(self.fields_sealed, context=FIELDS, row_id=self.id)
        return dict(json.loads(sealed)) if sealed else {}

    @written.setter
    def written(self, said: Mapping[str, str]) -> None:
        text = json.dumps(dict(said), ensure_ascii=False, sort_keys=True) if said else None
        self.fields_sealed = crypto.seal(text, context=FIELDS, row_id=self.id)

    @property
    def note(self) -> str | None:
        """A line about it, if there is one."""
        return crypto.unseal(self.note_sealed, context=NOTE, row_id=self.id)

    @note.setter
    def note(self, text: str | None) -> None:
        self.note_sealed = crypto.seal(text, context=NOTE, row_id=self.id)
