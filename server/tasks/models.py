"""What a task is, and what a call about it came to."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Date, DateTime, Enum, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base


class TaskKind(StrEnum):
    """What a task is about; `subject_id` names the thing."""

    MISSED_TALK = "missed-talk"  #: the person did not come; the subject is the appointment
    REMINDER_NOT_REACHED = "reminder-not-reached"  #: no reminder of an appointment told anybody
    CLOSER_CONTACT = "closer-contact"  #: it became hard on the way to a goal; the subject is what was told
    CALL_WISHED = "call-wished"  #: the person asked to be called; the subject is the answers before it


class TaskStatus(StrEnum):
    """Where a task stands (FHIR R4 task status)."""

    REQUESTED = "requested"  #: nobody has begun
    IN_PROGRESS = "in-progress"  #: somebody has taken it or has called
    COMPLETED = "completed"  #: done; `business_outcome` says how
    CANCELLED = "cancelled"  #: its cause was taken back


OPEN = (TaskStatus.REQUESTED, TaskStatus.IN_PROGRESS)


class Outcome(StrEnum):
    """What came of a call."""

    AGREED = "agreed"  #: a new appointment was agreed
    CALL_LATER = "call-later"  #: to be tried again on a day
    CLOSED = "closed"  #: nothing more is to be done; `reason` says why


class ClosedReason(StrEnum):
    """Why nothing more is done about it."""

    NOT_REACHED = "not-reached"  #: the person could not be reached
    NO_WISH = "no-wish"  #: the person wants no appointment now
    OTHER_HELP = "other-help"  #: the person has help elsewhere
    CAME_SINCE = "came-since"  #: the person has come since
    OTHER = "other"  #: something else; the note says what


def _code(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, length=24, values_callable=lambda each: [m.value for m in each])


def _instant() -> DateTime:
    return DateTime(timezone=True)


class Task(Base):
    """One thing to be done about one citizen; there is at most one per kind and subject."""

    __tablename__ = "task"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    citizen_id: Mapped[UUID]
    kind: Mapped[TaskKind] = mapped_column(_code(TaskKind))
    subject_id: Mapped[UUID]
    owner_id: Mapped[UUID | None]
    status: Mapped[TaskStatus] = mapped_column(_code(TaskStatus))
    due_on: Mapped[date] = mapped_column(Date)
    business_outcome: Mapped[Outcome | None] = mapped_column(_code(Outcome))
    reason: Mapped[ClosedReason | None] = mapped_column(_code(ClosedReason))
    messaged_at: Mapped[datetime | None] = mapped_column(_instant())
    wants_talk: Mapped[bool | None]  #: whether the person asks for a talk; None where nobody was asked
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(_instant())
    updated_at: Mapped[datetime] = mapped_column(_instant())
    closed_at: Mapped[datetime | None] = mapped_column(_instant())


class Call(Base):
    """One try to reach the person, and what came of it; never changed."""

    __tablename__ = "task_call"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    task_id: Mapped[UUID]
    citizen_id: Mapped[UUID]
    outcome: Mapped[Outcome] = mapped_column(_code(Outcome))
    reason: Mapped[ClosedReason | None] = mapped_column(_code(ClosedReason))
    next_on: Mapped[date | None] = mapped_column(Date)
    appointment_id: Mapped[UUID | None]
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    called_by: Mapped[UUID]
    called_at: Mapped[datetime] = mapped_column(_instant())

    @property
    def note(self) -> str | None:
        """What the caller wrote down, if anything."""
        return crypto.unseal(self.note_sealed, context="task_call.note", row_id=self.id)

    @note.setter
    def note(self, value: str | None) -> None:
        self.note_sealed = crypto.seal(value, context="task_call.note", row_id=self.id)
