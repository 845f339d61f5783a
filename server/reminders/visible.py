"""Whose reminder settings somebody may see."""

from datetime import datetime

from sqlalchemy import Select, select

from server.citizens import visible as citizens
from server.core.access import Actor
from server.reminders.models import ReminderSettings


def settings(actor: Actor, now: datetime) -> Select[ReminderSettings]:
    """The settings of every citizen this actor may see."""
    return select(ReminderSettings).where(ReminderSettings.citizen_id.in_(citizens.citizen_ids(actor, now)))
