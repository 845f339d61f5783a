"""Units, the people who work there, how they prove who they are, and the sessions of all devices."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, DateTime, LargeBinary, Numeric, String, false
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.access import Role
from server.core.db import Base
from server.core.ids import new_id


class Unit(Base):
    """A centre; the border between tenants."""

    __tablename__ = "unit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    caseload_figure: Mapped[int | None]  #: how many cases one full post has at most, if the centre says so
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class StaffMember(Base):
    """Somebody employed at a unit; kept for ever, active until deactivated."""

    __tablename__ = "staff_member"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(32)))
    employment_fraction: Mapped[Decimal] = mapped_column(Numeric(4, 3), default=Decimal(1))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    deactivated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @property
    def active(self) -> bool:
        """Whether the person still works here."""
        return self.deactivated_at is None

    @property
    def role_set(self) -> frozenset[Role]:
        """The person's roles as the access table names them."""
        return frozenset(Role(role) for role in self.roles)


class _HoldsTotp:
    totp_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    _sealed_in: str

    def _row_id(self) -> UUID:
        raise NotImplementedError

    @property
    def totp_secret(self) -> str:
        """The shared secret of the one-time codes, base32 (RFC 6238)."""
        return crypto.unseal(self.totp_sealed, context=self._sealed_in, row_id=self._row_id()) or ""

    @totp_secret.setter
    def totp_secret(self, secret: str) -> None:
        self.totp_sealed = crypto.seal(secret, context=self._sealed_in, row_id=self._row_id()) or b""


class Credential(_HoldsTotp, Base):
    """A staff member's password (argon2id) and one-time code secret; a used code's step is kept."""

    __tablename__ = "credential"
    _sealed_in = "credential.totp"

    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    password_hash: Mapped[str]
    totp_last_step: Mapped[int] = mapped_column(BigInteger, default=0)

    def _row_id(self) -> UUID:
        return self.staff_id


class StaffInvitation(_HoldsTotp, Base):
    """A one-time way in for a new colleague, 72 hours."""

    __tablename__ = "staff_invitation"
    _sealed_in = "staff_invitation.totp"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    roles: Mapped[list[str]] = mapped_column(ARRAY(String(32)))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    invited_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    def _row_id(self) -> UUID:
        return self.id


class SessionKind(StrEnum):
    """Which door a session opens."""

    STAFF = "staff"
    CITIZEN = "citizen"


class DeviceSession(Base):
    """One signed-in device; the token is stored hashed, and ending the row ends the device's access."""

    __tablename__ = "device_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[SessionKind] = mapped_column(String(16))
    staff_id: Mapped[UUID | None]
    citizen_id: Mapped[UUID | None]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    label: Mapped[str | None] = mapped_column(String(80))
    shared: Mapped[bool] = mapped_column(Boolean, server_default=false())
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
