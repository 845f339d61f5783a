"""What a person wants to reach."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Enum, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class GoalOrigin(StrEnum):
    """Whose wish the goal is; both kinds stand in one list."""

    CITIZEN = "citizen"  #: the person's own words
    STAFF = "staff"  #: suggested by a counsellor


class GoalStatus(StrEnum):
    """Where a goal stands (FHIR R4 goal lifecycle)."""

    PROPOSED = "proposed"  #: suggested, nobody has said yes yet
    ACCEPTED = "accepted"  #: agreed, work has not begun
    ACTIVE = "active"  #: being worked on
    ON_HOLD = "on-hold"  #: resting for a while
    COMPLETED = "completed"  #: reached
    CANCELLED = "cancelled"  #: let go; nothing has failed
    ENTERED_IN_ERROR = "entered-in-error"  #: should never have been written


def _codes(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Goal(Base):
    """One thing a person wants to reach; a single sentence is a whole goal."""

    __tablename__ = "goal"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(String(300))
    origin: Mapped[GoalOrigin] = mapped_column(
        Enum(GoalOrigin, native_enum=False, length=16, values_callable=_codes)
    )
    status: Mapped[GoalStatus] = mapped_column(
        Enum(GoalStatus, native_enum=False, length=24, values_callable=_codes)
    )
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    version: Mapped[int]


class GoalTitle(Base):
    """What a goal was called from one version on; more than one standing: nobody has chosen yet."""

    __tablename__ = "goal_title"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(String(300))
    standing: Mapped[bool]
    mutation_id: Mapped[UUID | None]
