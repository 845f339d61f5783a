"""What a crisis plan, its lines and the versions of a line are."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base

VALUE = "plan_line_version.value"


class Section(StrEnum):
    """The parts of a crisis plan, in the order in which they stand."""

    WARNING_SIGNS = "warning-signs"  #: how I notice that it is getting bad
    OWN_ACTIONS = "own-actions"  #: what I can do myself
    DISTRACTION = "distraction"  #: people and places that take my mind elsewhere
    PEOPLE_TO_ASK = "people-to-ask"  #: people I can ask for help
    PROFESSIONALS = "professionals"  #: whom I can turn to who does this as work
    SAFER_AROUND_ME = "safer-around-me"  #: making it safer around me; never names a method
    LIVING_FOR = "living-for"  #: what I live for
    HELPS_FROM_OTHERS = "helps-from-others"  #: what helps when others help me
    DOES_NOT_HELP = "does-not-help"  #: what does not
    PRACTICAL = "practical"  #: children, pets, medicine, key


class LineField(StrEnum):
    """The parts of a line that are written by hand; each has its own versions."""

    TEXT = "text"
    PHONE = "phone"


class AuthorKind(StrEnum):
    """Who wrote a version."""

    CITIZEN = "citizen"  #: the person the plan belongs to
    STAFF = "staff"  #: a counsellor with the person's yes


def _code(enum: type[StrEnum]) -> Enum:
    return Enum(enum, native_enum=False, create_constraint=False, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class CrisisPlan(Base):
    """A person's own plan for when it gets hard; there is one from the first line on."""

    __tablename__ = "crisis_plan"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(_instant())
    review_on: Mapped[date | None]


class PlanLine(Base):
    """One line of a plan; its words are in the versions. Erased for good, it is an empty tombstone."""

    __tablename__ = "plan_line"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    section: Mapped[Section | None] = mapped_column(_code(Section))
    position: Mapped[str | None] = mapped_column(Text(collation="C"))
    created_at: Mapped[datetime] = mapped_column(_instant())
    deleted_at: Mapped[datetime | None] = mapped_column(_instant())
    restored: Mapped[bool]
    erased_at: Mapped[datetime | None] = mapped_column(_instant())


class PlanLineVersion(Base):
    """What somebody wrote in one field of a line, over which versions; only ever emptied."""

    __tablename__ = "plan_line_version"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    line_id: Mapped[UUID]
    field: Mapped[LineField] = mapped_column(_code(LineField))
    value_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    parents: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    author_kind: Mapped[AuthorKind] = mapped_column(_code(AuthorKind))
    author_staff_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(_instant())
    device_at: Mapped[datetime | None] = mapped_column(_instant())
    seq: Mapped[int] = mapped_column(BigInteger)

    @property
    def value(self) -> str | None:
        """The words; None for a number that was taken away, and for what was erased."""
        return open_value(self.value_sealed, self.id)

    @value.setter
    def value(self, text: str | None) -> None:
        self.value_sealed = crypto.seal(text, context=VALUE, row_id=self.id)


def open_value(sealed: bytes | None, version_id: UUID) -> str | None:
    """The words of a version whose columns were read alone."""
    return crypto.unseal(sealed, context=VALUE, row_id=version_id)


class PlanLink(Base):
    """That a sign points to something the person can do."""

    __tablename__ = "plan_link"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    sign_line_id: Mapped[UUID] = mapped_column(primary_key=True)
    action_line_id: Mapped[UUID] = mapped_column(primary_key=True)
