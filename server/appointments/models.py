"""A time that a citizen and somebody of the unit have set aside for each other."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Enum, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class AppointmentStatus(StrEnum):
    """Where an appointment stands (FHIR R4 appointment status)."""

    PROPOSED = "proposed"  #: suggested, not yet agreed
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
    TENTATIVE = "tentative"  #: not sure yet


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


def _code(kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, length=24, values_callable=lambda each: [m.value for m in each])


class Appointment(Base):
    """One appointment; a moved one stays as it was and points to its successor."""

    __tablename__ = "appointment"

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
    status: Mapped[AppointmentStatus] = mapped_column(_code(AppointmentStatus))
    cancellation: Mapped[Cancellation | None] = mapped_column(_code(Cancellation))
    moved_to_id: Mapped[UUID | None]
    noshow_excused: Mapped[bool | None]
    reply: Mapped[Reply] = mapped_column(_code(Reply))
    reply_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    replied_revision: Mapped[int | None]
    revision: Mapped[int]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
