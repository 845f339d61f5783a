"""Which sharing choices are the start of a read."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from server.consents.models import ItemClass, OralYes, Purpose, SharingChoice


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


def willing(citizen_ids: Collection[UUID], purpose: Purpose, item_class: ItemClass) -> Select[UUID]:
    """The ids of those people whose yes stands for this purpose."""
    return select(SharingChoice.citizen_id).where(
        SharingChoice.citizen_id.in_(citizen_ids),
        SharingChoice.purpose == purpose,
        SharingChoice.item_class == item_class,
        SharingChoice.withdrawn_at.is_(None),
    )


def oral_yeses(citizen_id: UUID, now: datetime) -> Select[OralYes]:
    """The yeses said aloud that hold now, whichever contact they belong to."""
    return select(OralYes).where(
        OralYes.citizen_id == citizen_id, OralYes.given_at <= now, OralYes.ends_at > now
    )
