"""What a run of a course is, its sessions, who has a place, who came, and what people thought of it."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Enum, Integer, LargeBinary, Text, Time
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base

MOST_SEATS = 40


class RunStatus(StrEnum):
    """Where a run stands."""

    PLANNED = "planned"  #: nothing has been held yet
    RUNNING = "running"  #: at least one session was held
    ENDED = "ended"  #: all that was to be held is over
    CANCELLED = "cancelled"  #: will not take place, or not any further


class SessionStatus(StrEnum):
    """Where a session stands (FHIR R4 appointment status, as far as it fits a group)."""

    BOOKED = "booked"  #: lies ahead, or nobody has said yet who came
    HELD = "held"  #: took place
    CANCELLED = "cancelled"  #: will not take place


class EnrollmentStatus(StrEnum):
    """Where somebody's place in a run stands."""

    ENROLLED = "enrolled"  #: has a seat at every session that is named
    WAITING = "waiting"  #: wishes for one, in the order in which it was asked for
    LEFT = "left"  #: does not come any more


class Presence(StrEnum):
    """Whether somebody was at a session; nobody has failed by not being there."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"  #: said so beforehand


class PathStatus(StrEnum):
    """Where somebody's talks of one kind stand."""

    ACTIVE = "active"
    ENDED = "ended"


def _code(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, create_constraint=False, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class CourseSetting(Base):
    """What one unit has decided about one course; no row means: as the content says."""

    __tablename__ = "course_setting"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    sessions: Mapped[int | None]
    talks_min: Mapped[int | None]
    talks_max: Mapped[int | None]
    themes: Mapped[list[dict[str, str | None]]] = mapped_column(JSONB)  #: id and own title, in their order
    version: Mapped[int]
    updated_by: Mapped[UUID]
    updated_at: Mapped[datetime] = mapped_column(_instant())


class CourseRun(Base):
    """One time that a course is held, with one leader and so many seats at each session."""

    __tablename__ = "course_run"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(Text)
    content_version: Mapped[str] = mapped_column(Text)
    leader_id: Mapped[UUID]
    place: Mapped[str | None] = mapped_column(Text)
    seats: Mapped[int]
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(Integer))  #: 1 is Monday
    at_wall: Mapped[time] = mapped_column(Time)
    minutes: Mapped[int]
    status: Mapped[RunStatus] = mapped_column(_code(RunStatus))
    version: Mapped[int]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(_instant())
    updated_at: Mapped[datetime] = mapped_column(_instant())


class CourseSession(Base):
    """One meeting of a run; its theme is fixed when the run is planned."""

    __tablename__ = "course_session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID]
    number: Mapped[int]
    theme: Mapped[str | None] = mapped_column(Text)
    theme_title: Mapped[str | None] = mapped_column(Text)  #: the unit's own name; None: the content's
    #: the content's words of the theme when the run was planned; None: an own theme, or none
    theme_words: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    starts_wall: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    starts_at: Mapped[datetime] = mapped_column(_instant())
    minutes: Mapped[int]
    status: Mapped[SessionStatus] = mapped_column(_code(SessionStatus))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    revision: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(_instant())

    @property
    def reason(self) -> str | None:
        """Why it was cancelled; for staff alone."""
        return crypto.unseal(self.reason_sealed, context="course_session.reason", row_id=self.id)

    @reason.setter
    def reason(self, value: str | None) -> None:
        self.reason_sealed = crypto.seal(value, context="course_session.reason", row_id=self.id)


class Enrollment(Base):
    """Somebody's place in a run, or the wish for one; it names the sessions by their numbers."""

    __tablename__ = "enrollment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    run_id: Mapped[UUID]
    goal_id: Mapped[UUID | None]  #: what the person comes for, one of the own goals
    numbers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    status: Mapped[EnrollmentStatus] = mapped_column(_code(EnrollmentStatus))
    asked_at: Mapped[datetime] = mapped_column(_instant())
    left_at: Mapped[datetime | None] = mapped_column(_instant())
    enrolled_by: Mapped[UUID]
    version: Mapped[int]


class Attendance(Base):
    """Whether one person was at one session, as staff say it, or as the person said beforehand."""

    __tablename__ = "attendance"

    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    status: Mapped[Presence] = mapped_column(_code(Presence))
    by: Mapped[UUID | None]  #: None: the person
    at: Mapped[datetime] = mapped_column(_instant())


class CourseFeedback(Base):
    """What somebody thought of a run; erased, it is empty. Staff see it only among others, without a name."""

    __tablename__ = "course_feedback"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID | None]
    knowledge: Mapped[int | None]  #: 1 not at all … 4 to a high degree
    useful: Mapped[int | None]  #: the same
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    at: Mapped[datetime | None] = mapped_column(_instant())
    received_at: Mapped[datetime] = mapped_column(_instant())
    erased_at: Mapped[datetime | None] = mapped_column(_instant())
    report_group: Mapped[UUID | None]  #: those with whom it is told in the course's report
    report_at: Mapped[datetime | None] = mapped_column(_instant())  #: as it stood then

    @property
    def is_erased(self) -> bool:
        """Whether its writer deleted it for good."""
        return self.erased_at is not None

    @property
    def words(self) -> str | None:
        """What the person wrote."""
        return crypto.unseal(self.words_sealed, context="course_feedback.words", row_id=self.id)

    @words.setter
    def words(self, value: str | None) -> None:
        self.words_sealed = crypto.seal(value, context="course_feedback.words", row_id=self.id)


class CoursePath(Base):
    """Talks of one kind that were agreed with one person: how many, from when, and when to look back."""

    __tablename__ = "course_path"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(Text)
    planned: Mapped[int | None]
    from_on: Mapped[date] = mapped_column(Date)
    evaluate_on: Mapped[date | None] = mapped_column(Date)
    status: Mapped[PathStatus] = mapped_column(_code(PathStatus))
    version: Mapped[int]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(_instant())
    updated_at: Mapped[datetime] = mapped_column(_instant())

    @property
    def is_over(self) -> bool:
        """Whether these talks are over."""
        return self.status == PathStatus.ENDED
