"""How far each phone's pushes have come, and what became of each of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class PushResult(StrEnum):
    """What became of one mutation; whatever it is, the phone's queue goes on."""

    APPLIED = "applied"  #: it stands as it was sent
    MERGED = "merged"  #: it stands beside something the writer did not know of
    KEPT_BOTH = "kept_both"  #: two versions stand, somebody chooses later
    DUPLICATE = "duplicate"  #: it had come before; nothing was done again
    REJECTED_PERMISSION = "rejected_permission"  #: not this person's to do, at this moment
    REJECTED_VALIDATION = "rejected_validation"  #: something in it cannot be used
    REJECTED_GONE = "rejected_gone"  #: what it speaks of is not there, or was erased for good
    REJECTED_REUSE = "rejected_reuse"  #: its id came before with another content

    @property
    def is_rejected(self) -> bool:
        """Whether nothing was written where it was meant to go."""
        return self.value.startswith("rejected")


class SyncClient(Base):
    """One pairing of one phone, and the number of the last mutation it was answered for."""

    __tablename__ = "sync_client"

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    session_id: Mapped[UUID]
    last_seq: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SyncResult(Base):
    """The answer to one mutation, kept so that it can be given again; it holds nobody's words."""

    __tablename__ = "sync_result"

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    client_seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    citizen_id: Mapped[UUID]
    mutation_id: Mapped[UUID]
    repeats: Mapped[bool]
    body_hash: Mapped[bytes] = mapped_column(LargeBinary)
    result: Mapped[PushResult] = mapped_column(
        Enum(PushResult, native_enum=False, length=24, values_callable=list)
    )
    data: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
