"""What a sharing choice, a yes said aloud and a yes about one goal are."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Enum, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.db import Base


class Purpose(StrEnum):
    """Who may see something, and for what."""

    CONTACT_PERSON = "contact-person"  #: my contact person and who stands in
    CRISIS_LINE = "crisis-line"  #: the crisis line, another unit, when I call


class ItemClass(StrEnum):
    """What may be seen."""

    CRISIS_PLAN = "crisis-plan"  #: the plan with all its lines
    CHECK_INS = "check-ins"  #: how it goes: what is offered while the yes stands
    EXERCISES = "exercises"  #: what came of exercises: the same way
    MEASURES = "questionnaires"  #: answers to questionnaires: the same way


def _code(enum: type[StrEnum]) -> Enum:
    return Enum(enum, native_enum=False, create_constraint=False, values_callable=list)


class SharingChoice(Base):
    """A person's yes to one purpose and one kind of thing; open until it is withdrawn, then history."""

    __tablename__ = "sharing_choice"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    purpose: Mapped[Purpose] = mapped_column(_code(Purpose))
    item_class: Mapped[ItemClass] = mapped_column(_code(ItemClass))
    text_version: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    #: The steps of the citizen's sequence by which it was given and taken back; none before there were any.
    given_seq: Mapped[int | None] = mapped_column(BigInteger)
    withdrawn_seq: Mapped[int | None] = mapped_column(BigInteger)


class OralYes(Base):
    """A person's yes, said to one worker of the crisis line, for one contact, and over with it.

    Without `relation_id` it was said when the worker looked for the person, and waits for the contact.
    """

    __tablename__ = "oral_yes"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    citizen_id: Mapped[UUID]
    relation_id: Mapped[UUID | None]
    heard_by: Mapped[UUID]
    text_version: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class GoalYes(Base):
    """A person's yes that the crisis line may see the title of one goal; gone when it is taken back."""

    __tablename__ = "goal_yes"

    citizen_id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(primary_key=True)
    given_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
