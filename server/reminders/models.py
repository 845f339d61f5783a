"""What a citizen has chosen about reminders."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class ReminderSettings(Base):
    """One citizen's choices; no row means that nothing was changed yet."""

    __tablename__ = "reminder_settings"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    appointments: Mapped[bool]
    two_hours_before: Mapped[bool]
    paused_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    version: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    def paused_at(self, now: datetime) -> bool:
        """Whether the person has asked for quiet at this instant."""
        return self.paused_until is not None and now < self.paused_until


class ReminderOff(Base):
    """When a choice was last turned off: in which version, and by which change of a phone if by one."""

    __tablename__ = "reminder_off"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    choice: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    mutation_id: Mapped[UUID | None]
