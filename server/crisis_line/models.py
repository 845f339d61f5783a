"""What a contact to the crisis line, its claim code and a person's desk code are."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DateTime, Enum, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from server.core import crypto
from server.core.db import Base


class Channel(StrEnum):
    """How a contact came about."""

    PHONE = "phone"
    AT_THE_DOOR = "at-the-door"
    OUTREACH = "outreach"  #: out in the town
    NIGHT_VISIT = "night-visit"  #: at the person's home, in the evening or at night


class SearchKind(StrEnum):
    """By what a person was found."""

    PHONE = "phone"
    CPR = "cpr"
    CODE = "code"  #: the six characters that the person's own app shows
    ALIAS = "alias"


class Gender(StrEnum):
    """What a person says about gender; not asked is a value, and counted."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"
    NOT_REGISTERED = "not-registered"


class Voicemail(StrEnum):
    """Whether a message may be left on the person's answering machine."""

    NEVER = "never"
    OK = "ok"


def _code(enum: type[StrEnum]) -> Enum:
    return Enum(enum, native_enum=False, create_constraint=False, values_callable=list)


def _instant() -> DateTime:
    return DateTime(timezone=True)


class Contact(Base):
    """One time that somebody turned to the crisis line (henvendelse); about nobody known unless found.

    `opened_at` is when it began by the worker's word, `received_at` when the house heard of it; rights hang
    on the earlier of the two. What a person says yes to is kept as the instant of the yes.
    """

    __tablename__ = "crisis_contact"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    citizen_id: Mapped[UUID | None]
    opened_by: Mapped[UUID]
    closed_by: Mapped[UUID | None]
    channel: Mapped[Channel] = mapped_column(_code(Channel))
    found_by: Mapped[SearchKind | None] = mapped_column(_code(SearchKind))
    opened_at: Mapped[datetime] = mapped_column(_instant())
    received_at: Mapped[datetime] = mapped_column(_instant())
    closed_at: Mapped[datetime | None] = mapped_column(_instant())
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    given: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    referrals: Mapped[list[str]] = mapped_column(ARRAY(Text()))
    outcome: Mapped[str | None] = mapped_column(Text)
    duration_minutes: Mapped[int | None]
    gender: Mapped[Gender] = mapped_column(_code(Gender))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    safety_before: Mapped[int | None]
    safety_after: Mapped[int | None]
    goal_id: Mapped[UUID | None]
    may_ring: Mapped[bool]
    ring_phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ring_when_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ring_code_word_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ring_voicemail: Mapped[Voicemail] = mapped_column(_code(Voicemail))
    follow_up_yes_at: Mapped[datetime | None] = mapped_column(_instant())
    call_yes_at: Mapped[datetime | None] = mapped_column(_instant())
    shown_yes_at: Mapped[datetime | None] = mapped_column(_instant())
    claimed_at: Mapped[datetime | None] = mapped_column(_instant())
    erased_at: Mapped[datetime | None] = mapped_column(_instant())
    version: Mapped[int]
    request_digest: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(_instant())

    @property
    def is_open(self) -> bool:
        """Whether the worker is still with the person."""
        return self.closed_at is None

    @property
    def found_citizen_id(self) -> UUID | None:
        """Whom the desk knows it is about; who claimed a contact later has not told the desk."""
        return self.citizen_id if self.found_by else None

    @property
    def note(self) -> str | None:
        """What the worker wrote down, if anything."""
        return self._unseal("note")

    @note.setter
    def note(self, value: str | None) -> None:
        self.note_sealed = self._seal("note", value)

    @property
    def ring_phone(self) -> str | None:
        """The number for the one call that was agreed."""
        return self._unseal("ring_phone")

    @ring_phone.setter
    def ring_phone(self, value: str | None) -> None:
        self.ring_phone_sealed = self._seal("ring_phone", value)

    @property
    def ring_when(self) -> str | None:
        """When it suits the person to be called, in the person's words."""
        return self._unseal("ring_when")

    @ring_when.setter
    def ring_when(self, value: str | None) -> None:
        self.ring_when_sealed = self._seal("ring_when", value)

    @property
    def ring_code_word(self) -> str | None:
        """What the caller says first, so that the person knows who it is."""
        return self._unseal("ring_code_word")

    @ring_code_word.setter
    def ring_code_word(self, value: str | None) -> None:
        self.ring_code_word_sealed = self._seal("ring_code_word", value)

    def _seal(self, column: str, value: str | None) -> bytes | None:
        return crypto.seal(value, context=f"crisis_contact.{column}", row_id=self.id)

    def _unseal(self, column: str) -> str | None:
        sealed = getattr(self, f"{column}_sealed")
        return crypto.unseal(sealed, context=f"crisis_contact.{column}", row_id=self.id)


class ClaimCode(Base):
    """A short secret by which whoever got it can read, erase or claim one contact."""

    __tablename__ = "crisis_claim_code"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    made_by: Mapped[UUID]
    made_at: Mapped[datetime] = mapped_column(_instant())
    expires_at: Mapped[datetime] = mapped_column(_instant())
    used_at: Mapped[datetime | None] = mapped_column(_instant())


class DeskCode(Base):
    """The six characters by which the crisis line finds a person who reads them aloud."""

    __tablename__ = "desk_code"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    code_index: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(_instant())

    @property
    def code(self) -> str:
        """The code in clear, for its owner."""
        return crypto.unseal(self.code_sealed, context="desk_code.code", row_id=self.id) or ""

    @code.setter
    def code(self, value: str) -> None:
        self.code_sealed = crypto.seal(value, context="desk_code.code", row_id=self.id) or b""
        self.code_index = index_of(value)


def index_of(code: str) -> bytes:
    """The fingerprint by which a desk code is found."""
    return crypto.blind_index(code, context="desk_code.code")
