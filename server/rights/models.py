"""A citizen's wish to be erased, and the list that a restored backup is replayed against."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class ErasureRequest(Base):
    """One citizen's wish: asked for, carried out after seven days unless it was withdrawn."""

    __tablename__ = "erasure"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    done_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
