"""What a citizen has chosen about reminders, and what staff have paused."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Enum
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
    paused_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    staff_paused_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    staff_pause_reason: Mapped[PauseReason | None] = mapped_column(
        Enum(PauseReason, native_enum=False, create_constraint=False, values_callable=list)
    )
    staff_paused_by: Mapped[UUID | None]
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
