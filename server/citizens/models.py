"""What a citizen, the relations to one, a stand-in, a change and a pairing code are."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, ForeignKey, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, validates

from server.citizens import fingerprints
from server.core import crypto
from server.core.db import Base


class Channel(StrEnum):
    """How a person first came to us."""

    AT_THE_DOOR = "at-the-door"
    PHONE = "phone"
    OUTREACH = "outreach"
    REFERRAL = "referral"
    OTHER = "other"


class Language(StrEnum):
    """A language the app speaks."""

    DANISH = "da"
    ENGLISH = "en"


class CitizenStatus(StrEnum):
    """Where a citizen's course with the unit stands (FHIR EpisodeOfCare.status)."""

    ACTIVE = "active"  #: the unit works with this person
    FINISHED = "finished"  #: the course has ended
    ENTERED_IN_ERROR = "entered-in-error"  #: this should never have been written


class SafeWhen(StrEnum):
    """When a person may be written to by a channel."""

    NEVER = "never"  #: not agreed, or not safe
    ALWAYS = "always"  #: at any waking hour
    HOURS = "hours"  #: between two whole hours of the day


class CareRole(StrEnum):
    """What a staff member is to one citizen."""

    CONTACT_PERSON = "contact-person"  #: the one the citizen turns to; at most one at a time
    CARE_TEAM = "care-team"  #: works with the citizen too
    STAND_IN = "stand-in"  #: works in the place of another, for a while


class WaiverReason(StrEnum):
    """Why the days of the guarantee do not count for somebody; the words stand in the content."""

    OTHER_PROVIDER = "other-provider"  #: the person chose to be treated somewhere else
    LATER_WISH = "later-wish"  #: the person asked to begin later


class ChangeOp(StrEnum):
    """What a phone does with a changed thing."""

    PUT = "put"  #: keep the new version
    FORGET = "forget"  #: remove it


def _code(enum: type[StrEnum]) -> Enum:
    return Enum(enum, native_enum=False, create_constraint=False, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class Citizen(Base):
    """A person the unit works with; an alias is enough, everything else may be unknown."""

    __tablename__ = "citizen"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    alias: Mapped[str] = mapped_column(Text)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    cpr_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    cpr_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[Language] = mapped_column(_code(Language))
    address_protected: Mapped[bool]
    home_municipality: Mapped[str | None] = mapped_column(Text)
    first_contact_at: Mapped[datetime] = mapped_column(_instant())
    first_contact_wall: Mapped[datetime] = mapped_column(DateTime(timezone=False))
    first_contact_channel: Mapped[Channel] = mapped_column(_code(Channel))
    status: Mapped[CitizenStatus] = mapped_column(_code(CitizenStatus))
    version: Mapped[int]
    intake_digest: Mapped[bytes] = mapped_column(LargeBinary)
    taken_in_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(_instant())
    deceased_at: Mapped[datetime | None] = mapped_column(_instant())
    alias_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    seeks: Mapped[str | None] = mapped_column(Text)  #: the service the person came for, if it was said

    @validates("alias")
    def _keep_index(self, _name: str, alias: str) -> str:
        if self.alias_index is None and self.phone_sealed is not None:
            self.phone_index = fingerprints.of_phone(self.phone)  # written before there were fingerprints
        self.alias_index = fingerprints.of_alias(alias)
        return alias

    @property
    def name(self) -> str | None:
        """The person's real name, if it is known."""
        return crypto.unseal(self.name_sealed, context="citizen.name", row_id=self.id)

    @name.setter
    def name(self, value: str | None) -> None:
        self.name_sealed = crypto.seal(value, context="citizen.name", row_id=self.id)

    @property
    def cpr(self) -> str | None:
        """The ten digits of the CPR number, if it is known."""
        return crypto.unseal(self.cpr_sealed, context="citizen.cpr", row_id=self.id)

    @cpr.setter
    def cpr(self, value: str | None) -> None:
        self.cpr_sealed = crypto.seal(value, context="citizen.cpr", row_id=self.id)
        self.cpr_index = None if value is None else fingerprints.of_cpr(value)

    @property
    def phone(self) -> str | None:
        """A number the person can be called on, if it is known."""
        return crypto.unseal(self.phone_sealed, context="citizen.phone", row_id=self.id)

    @phone.setter
    def phone(self, value: str | None) -> None:
        self.phone_sealed = crypto.seal(value, context="citizen.phone", row_id=self.id)
        self.phone_index = fingerprints.of_phone(value)


class CitizenSequence(Base):
    """The one row per citizen that puts everything written about that citizen in commit order."""

    __tablename__ = "citizen_sequence"

    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[int]


class CitizenChange(Base):
    """A note that something the citizen's phone shows has changed."""

    __tablename__ = "citizen_change"

    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    entity: Mapped[str] = mapped_column(Text)
    entity_id: Mapped[UUID]
    op: Mapped[ChangeOp] = mapped_column(_code(ChangeOp))
    at: Mapped[datetime] = mapped_column(_instant())


class ContactChannel(Base):
    """A number or an address, and whether it is safe to write to the person there.

    Without `verified_at` it is not used, whatever was agreed before: it has to be agreed once more.
    """

    __tablename__ = "contact_channel"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"))
    kind: Mapped[str] = mapped_column(Text)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    masked: Mapped[str] = mapped_column(Text)
    safe: Mapped[SafeWhen] = mapped_column(_code(SafeWhen))
    hours_from: Mapped[int | None]
    hours_until: Mapped[int | None]
    verified_at: Mapped[datetime | None] = mapped_column(_instant())
    created_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(_instant())
    updated_at: Mapped[datetime] = mapped_column(_instant())

    @property
    def is_agreed(self) -> bool:
        """Whether we may write there, at whatever hours."""
        return self.safe != SafeWhen.NEVER and self.verified_at is not None

    @property
    def address(self) -> str:
        """The whole number or address."""
        return crypto.unseal(self.address_sealed, context="contact_channel.address", row_id=self.id) or ""

    @address.setter
    def address(self, value: str) -> None:
        self.address_sealed = crypto.seal(value, context="contact_channel.address", row_id=self.id) or b""


class StandIn(Base):
    """An arrangement: one staff member works in the place of another, from one day to another."""

    __tablename__ = "stand_in"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    stand_in_id: Mapped[UUID]
    starts_at: Mapped[datetime] = mapped_column(_instant())
    ends_at: Mapped[datetime] = mapped_column(_instant())
    reason: Mapped[str] = mapped_column(Text)
    granted_by: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(_instant())
    ended_at: Mapped[datetime | None] = mapped_column(_instant())


class CareRelation(Base):
    """That one staff member works with one citizen, in a role, from one instant to another."""

    __tablename__ = "care_relation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"))
    staff_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    role: Mapped[CareRole] = mapped_column(_code(CareRole))
    starts_at: Mapped[datetime] = mapped_column(_instant())
    ends_at: Mapped[datetime | None] = mapped_column(_instant())
    reason: Mapped[str] = mapped_column(Text)
    end_reason: Mapped[str | None] = mapped_column(Text)
    granted_by: Mapped[UUID]
    stand_in_for_id: Mapped[UUID | None]
    arrangement_id: Mapped[UUID | None] = mapped_column(ForeignKey("stand_in.id"))


class GuaranteeWaiver(Base):
    """That the days until the first talk do not count for a citizen, and why; at most one stands."""

    __tablename__ = "guarantee_waiver"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"))
    unit_id: Mapped[UUID]
    reason: Mapped[WaiverReason] = mapped_column(_code(WaiverReason))
    given_by: Mapped[UUID]
    given_at: Mapped[datetime] = mapped_column(_instant())
    withdrawn_by: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(_instant())


class DeskRelation(Base):
    """That one worker of the crisis line, another unit, is in contact with one citizen; 24 hours at most.

    It stands apart from the care relations: nothing that reads those lets the crisis line in. `latest_at`
    is when it ends if nobody ends it before.
    """

    __tablename__ = "desk_relation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"))
    staff_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    starts_at: Mapped[datetime] = mapped_column(_instant())
    latest_at: Mapped[datetime] = mapped_column(_instant())
    ends_at: Mapped[datetime] = mapped_column(_instant())


class CourseRelation(Base):
    """That one staff member leads a course run in which one citizen has a place; ends with the run.

    Like the desk's it stands apart from the care relations and opens no record: who leads a run sees the
    alias and who came. Its id is the enrolment's.
    """

    __tablename__ = "course_relation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"))
    staff_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    starts_at: Mapped[datetime] = mapped_column(_instant())
    ends_at: Mapped[datetime] = mapped_column(_instant())


class PairingCode(Base):
    """A short secret that ties one phone to one citizen: ten minutes, once."""

    __tablename__ = "pairing_code"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(_instant())
    expires_at: Mapped[datetime] = mapped_column(_instant())
    used_at: Mapped[datetime | None] = mapped_column(_instant())
    voided_at: Mapped[datetime | None] = mapped_column(_instant())
    device_session_id: Mapped[UUID | None]


class RejectedEdit(Base):
    """Words that were not kept where they were meant to go; they wait here for whoever wrote them."""

    __tablename__ = "rejected_edit"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID] = mapped_column(ForeignKey("citizen.id"))
    author_kind: Mapped[str] = mapped_column(Text)
    author_staff_id: Mapped[UUID | None]
    entity: Mapped[str] = mapped_column(Text)
    entity_id: Mapped[UUID]
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(_instant())
    dismissed_at: Mapped[datetime | None] = mapped_column(_instant())

    @property
    def content(self) -> str | None:
        """The words; None once they were dismissed or erased for good."""
        return crypto.unseal(self.content_sealed, context="rejected_edit.content", row_id=self.id)

    @content.setter
    def content(self, value: str | None) -> None:
        self.content_sealed = crypto.seal(value, context="rejected_edit.content", row_id=self.id)
