"""Which sharing choices are the start of a read."""

from uuid import UUID

from sqlalchemy import Select, select

from server.consents.models import ItemClass, Purpose, SharingChoice


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
