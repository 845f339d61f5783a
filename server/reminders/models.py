"""What a citizen has chosen about reminders."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime
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
