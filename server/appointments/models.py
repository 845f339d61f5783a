"""A time that a citizen and somebody of the unit have set aside for each other."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Computed, DateTime, Enum, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base


class AppointmentStatus(StrEnum):
    """Where an appointment stands (FHIR R4 appointment status)."""

    PROPOSED = "proposed"  #: suggested, not yet agreed; kept for FHIR, nothing makes one (decision 0013)
    BOOKED = "booked"  #: agreed; the person is expected
    ARRIVED = "arrived"  #: the person has come
    FULFILLED = "fulfilled"  #: the talk was held
    CANCELLED = "cancelled"  #: will not take place; `cancellation` says why
    NOSHOW = "noshow"  #: the person did not come
    ENTERED_IN_ERROR = "entered-in-error"  #: should never have been written


class Cancellation(StrEnum):
    """Why an appointment will not take place."""

    BY_CITIZEN = "by-citizen"  #: the person said no in time
    BY_SERVICE = "by-service"  #: we could not keep it
    LATE = "late"  #: the person said no too late for the time to be used otherwise
    MOVED = "moved"  #: it was given another time; `moved_to_id` names the new one


class Reply(StrEnum):
    """What the citizen has answered (FHIR R4 participation status)."""

    NEEDS_ACTION = "needs-action"  #: nothing yet
    ACCEPTED = "accepted"  #: "I will come"
    DECLINED = "declined"  #: "I cannot come"
    TENTATIVE = "tentative"  #: "I would like another time"; the booked one stands until staff move it


class ReasonCode(StrEnum):
    """Why an appointment was cancelled; content/reasons.toml holds the words."""

    ILL = "ill"
    WORK = "work"
    TRANSPORT = "transport"
    NO_WISH = "no-wish"
    OTHER_HELP = "other-help"
    SERVICE_ILL = "service-ill"
    SERVICE_PLANNING = "service-planning"
    UNKNOWN = "unknown"


class AppointmentKind(StrEnum):
    """What an appointment is for."""

    FIRST_TALK = "first-talk"
    TALK = "talk"
    GROUP = "group"
    DOCTOR = "doctor"
    OTHER = "other"


class Mode(StrEnum):
    """How the two meet."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    VIDEO = "video"


#: What still takes up a counsellor's time; the database's rule against double booking names the same.
TAKES_TIME = (AppointmentStatus.PROPOSED, AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)
#: What may still take place, or has begun without anybody having said what came of it.
UNSAID = (AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED)


def _code(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, length=24, values_callable=lambda each: [m.value for m in each])


class Appointment(Base):
    """One appointment; a moved one stays as it was and points to its successor."""

    __tablename__ = "appointment"
    __mapper_args__ = {"eager_defaults": True}  # the end comes back with the write

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    goal_id: Mapped[UUID | None]
    kind: Mapped[AppointmentKind] = mapped_column(_code(AppointmentKind))
    mode: Mapped[Mode] = mapped_column(_code(Mode))
    place: Mapped[str | None] = mapped_column(Text)
    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    starts_local: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    duration_minutes: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), Computed("start and duration, in migration 0011", persisted=True)
    )
    status: Mapped[AppointmentStatus] = mapped_column(_code(AppointmentStatus))
    cancellation: Mapped[Cancellation | None] = mapped_column(_code(Cancellation))
    moved_to_id: Mapped[UUID | None]
    noshow_excused: Mapped[bool | None]
    reason_code: Mapped[ReasonCode | None] = mapped_column(_code(ReasonCode))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    double_booked: Mapped[bool] = mapped_column(default=False)
    override_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    series_id: Mapped[UUID | None]
    reply: Mapped[Reply] = mapped_column(_code(Reply))
    reply_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    replied_revision: Mapped[int | None]
    late_no_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    wishes: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))
    wish_note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    arrived_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    revision: Mapped[int]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    @property
    def reason_text(self) -> str | None:
        """What staff wrote about why it was cancelled; for staff alone."""
        return crypto.unseal(self.reason_sealed, context="appointment.reason", row_id=self.id)

    @reason_text.setter
    def reason_text(self, value: str | None) -> None:
        self.reason_sealed = crypto.seal(value, context="appointment.reason", row_id=self.id)

    @property
    def override_reason(self) -> str | None:
        """Why a colleague was booked twice at one time; it may name others, so it is for staff alone."""
        return crypto.unseal(self.override_sealed, context="appointment.override", row_id=self.id)

    @override_reason.setter
    def override_reason(self, value: str | None) -> None:
        self.double_booked = value is not None
        self.override_sealed = crypto.seal(value, context="appointment.override", row_id=self.id)

    @property
    def wish_note(self) -> str | None:
        """What the citizen wrote beside the wish for another time."""
        return crypto.unseal(self.wish_note_sealed, context="appointment.wish_note", row_id=self.id)

    @wish_note.setter
    def wish_note(self, value: str | None) -> None:
        self.wish_note_sealed = crypto.seal(value, context="appointment.wish_note", row_id=self.id)
