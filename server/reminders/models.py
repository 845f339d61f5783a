"""What a citizen has chosen about reminders, and what staff have paused."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Enum, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class PauseReason(StrEnum):
    """Why staff send a citizen nothing for a while; never told to a phone."""

    HOSPITAL = "hospital"
    ARREST = "arrest"
    BREAK = "break"  #: an agreed break
    OTHER = "other"


class ReminderSettings(Base):
    """One citizen's choices; no row means that nothing was changed yet."""

    __tablename__ = "reminder_settings"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    appointments: Mapped[bool]
    week_before: Mapped[bool]
    two_hours_before: Mapped[bool]
    messages: Mapped[bool]
    exercises: Mapped[bool]
    sessions: Mapped[bool]
    questionnaires: Mapped[bool]
    paused_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    staff_paused_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    staff_pause_reason: Mapped[PauseReason | None] = mapped_column(
        Enum(PauseReason, native_enum=False, create_constraint=False, values_callable=list)
    )
    staff_paused_by: Mapped[UUID | None]
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ReminderOff(Base):
    """When a choice was last turned off: in which version, and by which change of a phone if by one."""

    __tablename__ = "reminder_off"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    choice: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    mutation_id: Mapped[UUID | None]
