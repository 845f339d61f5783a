"""Notices that can wait: off until the person chooses them, and together at most one a day."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from server.reminders import once_a_day
from server.reminders.choices import choices_of
from server.reminders.models import ReminderSettings
from server.reminders.slots import SlotKey


def tell_once_a_day(
    session: Session,
    *,
    kind: str,
    slot: SlotKey,
    subject_id: UUID,
    citizen_id: UUID,
    now: datetime,
    last_on: date | None = None,
) -> None:
    """Plan a neutral notice for a person who chose this kind, unless that day has one already.

    The day is the one on which it would be shown: after a pause, and not at night. What is planned for any
    other day gives way, so that nobody gets two; if the pause changes, the notice follows it. Whether it
    still matters is asked when it is due; after `last_on` it does not, and takes no day from others.
    The caller holds the person's sequence.
    """
    once_a_day.plan(
        session,
        kind=kind,
        slot=slot.value,
        subject_id=subject_id,
        citizen_id=citizen_id,
        allowed=choices_of(session, citizen_ids=[citizen_id])[citizen_id].allow(slot, now),
        now=now,
        last_on=last_on,
    )


def wants(whose: InstrumentedAttribute[UUID], choice: str) -> ColumnElement[bool]:
    """Whether a person has chosen a kind of notice that is off until it is chosen; for a job's query.

    A pause is not asked about here: planning is.
    """
    chosen: InstrumentedAttribute[bool] = getattr(ReminderSettings, choice)
    return whose.in_(select(ReminderSettings.citizen_id).where(chosen))
