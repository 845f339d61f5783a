"""Which sharing choices are the start of a read."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from server.consents.models import ItemClass, OralYes, Purpose, SharingChoice

#: A person, or the column of another query that names one.
Whose = UUID | InstrumentedAttribute[UUID]


def choices(citizen_id: UUID) -> Select[SharingChoice]:
    """Every choice a citizen has made, withdrawn ones too."""
    return select(SharingChoice).where(SharingChoice.citizen_id == citizen_id)


def open_choices(citizen_id: UUID, purpose: Purpose, item_class: ItemClass) -> Select[SharingChoice]:
    """The yes that stands for this purpose, if there is one."""
    return choices(citizen_id).where(
        SharingChoice.purpose == purpose,
        SharingChoice.item_class == item_class,
        SharingChoice.withdrawn_at.is_(None),
    )


def held_yes(citizen_id: UUID, purpose: Purpose, item_class: ItemClass) -> Select[UUID]:
    """The id of the yes that stands, so that it cannot be withdrawn before the asker's commit."""
    standing = open_choices(citizen_id, purpose, item_class)
    return standing.with_only_columns(SharingChoice.id).with_for_update(read=True)


def willing(citizen_ids: Collection[UUID], purpose: Purpose, item_class: ItemClass) -> Select[UUID]:
    """The ids of those people whose yes stands for this purpose."""
    return select(SharingChoice.citizen_id).where(
        SharingChoice.citizen_id.in_(citizen_ids),
        SharingChoice.purpose == purpose,
        SharingChoice.item_class == item_class,
        SharingChoice.withdrawn_at.is_(None),
    )


def standing_yes(whose: Whose, purpose: Purpose, item_class: ItemClass) -> ScalarSelect[int | None]:
    """The step of the sequence by which the yes that stands was given; nothing if none stands."""
    standing = select(SharingChoice.given_seq).where(
        *_about(whose, purpose, item_class), SharingChoice.withdrawn_at.is_(None)
    )
    return standing.scalar_subquery()


def last_no(whose: Whose, purpose: Purpose, item_class: ItemClass) -> Select[int | None]:
    """The step of the sequence by which a yes was last taken back; nothing if none ever was."""
    return select(func.max(SharingChoice.withdrawn_seq)).where(*_about(whose, purpose, item_class))


def _about(whose: Whose, purpose: Purpose, item_class: ItemClass) -> tuple[ColumnElement[bool], ...]:
    return (
        SharingChoice.citizen_id == whose,
        SharingChoice.purpose == purpose,
        SharingChoice.item_class == item_class,
    )


def oral_yeses(citizen_id: UUID, now: datetime) -> Select[OralYes]:
    """The yeses said aloud that hold now, whichever contact they belong to."""
    return select(OralYes).where(
        OralYes.citizen_id == citizen_id, OralYes.given_at <= now, OralYes.ends_at > now
    )
