"""The trail: who did or saw what, when, on which ground. Never the content."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class AuditEvent(Base):
    """One thing that was done or refused; append-only by role and by trigger."""

    __tablename__ = "audit_event"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    event: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(32))
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[UUID | None]
    role: Mapped[str | None] = mapped_column(String(64))
    citizen_id: Mapped[UUID | None]
    subject_id: Mapped[UUID | None]
    relation_id: Mapped[UUID | None]
    purpose: Mapped[str | None] = mapped_column(String(64))
    request_id: Mapped[str | None] = mapped_column(String(32))
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Base):
    """The end of one unit's chain; locked last in every transaction."""

    __tablename__ = "audit_head"

    unit_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
